/** A table whose owner reads past its policies. */

import {guardedTables} from '../row-security.ts'
import {defineRule} from '../rule.ts'
import {qualified} from '../sql.ts'

export const rlsNotForced = defineRule({
  id: 'rls-not-forced',
  group: 'relational',
  severity: 'error',
  title: 'A table whose row level security is not forced',
  why: [
    'Policies do not apply to the owner of a table unless they are forced, and a SECURITY DEFINER routine runs as an',
    'owner. To a superuser and to a role with BYPASSRLS they do not apply even then.',
  ].join('\n'),
  resolve: 'Force it, and add a policy for the owner where routines need its rows.',
  yieldsTo: ['rls-disabled', 'partition-rls-disabled'],
  judge: (subject) =>
    guardedTables(subject)
      .filter(({rowSecurity}) => rowSecurity !== null && !rowSecurity.forced)
      .map((table) => ({
        verdict: 'refuted',
        object: table.id,
        message: `Unexpected table ${table.id} whose row level security is not forced, expected it to be`,
        mend: {statement: `ALTER TABLE ${qualified(table)} FORCE ROW LEVEL SECURITY;`},
        origin: table.origin,
      })),
})
