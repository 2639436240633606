/** Foreign tables that API roles hold privileges on. */
import {judgeOpenings} from '../openings.ts'
import {defineRule} from '../rule.ts'

export const foreignTableOpen = defineRule({
  id: 'foreign-table-open',
  group: 'relational',
  severity: 'error',
  title: 'A foreign table that PUBLIC or an API role holds privileges on',
  why: [
    'Its rows are in another database, which sees the user of the mapping and not the caller. Row level security',
    'cannot be enabled on it.',
  ].join('\n'),
  resolve: 'Revoke the privilege. Where every row is meant for the role, add a row of kind `grant`.',
  judge: (subject) =>
    judgeOpenings(
      subject.relations.filter(({kind}) => kind === 'foreign-table'),
      'foreign table',
      subject,
    ),
})
