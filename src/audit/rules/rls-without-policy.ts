/** A table that nobody to whom policies apply can read. */

import {guardedTables} from '../row-security.ts'
import {defineRule} from '../rule.ts'

export const rlsWithoutPolicy = defineRule({
  id: 'rls-without-policy',
  group: 'relational',
  severity: 'info',
  title: 'A table with row level security and no policy',
  why: [
    'It is closed to everybody to whom policies apply. That is safe, and may be meant; but who needs its rows then',
    'reaches them by a definer or by BYPASSRLS.',
  ].join('\n'),
  resolve: 'Add a policy for those who need rows, or leave it closed.',
  judge: (subject) =>
    guardedTables(subject)
      // Rows of a partition are reached by the policies of its parent.
      .filter(
        ({rowSecurity, policies, partitionOf}) =>
          rowSecurity?.enabled === true && policies.length === 0 && partitionOf === null,
      )
      .map((table) => ({
        verdict: 'refuted',
        object: table.id,
        message: `Unexpected table ${table.id} with row level security and no policy, expected one unless it is closed on purpose`,
        mend: {advice: 'Add a policy for those who need rows, or leave it closed.'},
        origin: table.origin,
      })),
})
