/** Privileges of API roles and PUBLIC on tables, columns, views and sequences. */
import {judgeOpenings} from '../openings.ts'
import {defineRule} from '../rule.ts'

export const residualGrant = defineRule({
  id: 'residual-grant',
  group: 'relational',
  severity: 'error',
  title: 'A privilege on a relation that PUBLIC or an API role holds',
  why: [
    'The baseline is that `anon`, `authenticated` and PUBLIC hold nothing, so that a missing policy is no hole. Row',
    'level security does not bind every privilege: `TRUNCATE` empties a forced table. A privilege on a column counts',
    'like one on the table.',
  ].join('\n'),
  resolve: [
    'Revoke it. Where an API role works on the table itself, bound by policies, add a row of kind `grant` that names',
    'the relation, the privileges and the role.',
  ].join('\n'),
  yieldsTo: ['materialized-view-open', 'foreign-table-open'],
  judge: (subject) =>
    subject.relations.flatMap((relation) =>
      judgeOpenings([relation], relation.kind.replaceAll('-', ' '), subject),
    ),
})
