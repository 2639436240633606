/** A table without row level security. */

import {guardedTables, judgeDisabled} from '../row-security.ts'
import {defineRule} from '../rule.ts'

export const rlsDisabled = defineRule({
  id: 'rls-disabled',
  group: 'relational',
  severity: 'error',
  title: 'A table without row level security',
  why: [
    'No policy applies, whatever policies there are: whoever holds a privilege on the table has it for every row.',
    'The baseline is that every table has row level security enabled and forced.',
  ].join('\n'),
  resolve: [
    'Enable and force it, and add policies for those who need rows. A table that everybody may read, such as a list of',
    'codes, can have a row of kind `no-rls` instead.',
  ].join('\n'),
  yieldsTo: ['partition-rls-disabled'],
  judge: (subject) =>
    guardedTables(subject).flatMap((table) =>
      judgeDisabled(
        table,
        `Unexpected table ${table.id} without row level security, expected it enabled and forced`,
      ),
    ),
})
