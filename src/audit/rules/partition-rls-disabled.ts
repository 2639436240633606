/** A partition whose own row level security is off. */

import {guardedTables, judgeDisabled} from '../row-security.ts'
import {defineRule} from '../rule.ts'

export const partitionRlsDisabled = defineRule({
  id: 'partition-rls-disabled',
  group: 'relational',
  severity: 'error',
  title: 'A partition without row level security',
  why: [
    'The policies of a partitioned table apply to queries that name that table. A query that names the partition is',
    'bound by the policies of the partition alone; without row level security it sees every row.',
  ].join('\n'),
  resolve:
    'Enable and force it on the partition too. Without a policy nobody reads the partition directly, and nobody need.',
  judge: (subject) =>
    guardedTables(subject).flatMap((table) =>
      table.partitionOf === null
        ? []
        : judgeDisabled(
            table,
            `Unexpected partition ${table.id} of ${table.partitionOf} without row level security, expected its own`,
          ),
    ),
})
