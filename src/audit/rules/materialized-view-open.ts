/** Materialised views that API roles hold privileges on. */
import {judgeOpenings} from '../openings.ts'
import {defineRule} from '../rule.ts'

export const materializedViewOpen = defineRule({
  id: 'materialized-view-open',
  group: 'relational',
  severity: 'error',
  title: 'A materialised view that PUBLIC or an API role may read',
  why: [
    'It holds the rows that its owner saw when it was refreshed. Row level security cannot be enabled on it, and that',
    'of its tables does not apply: whoever may read it reads every row.',
  ].join('\n'),
  resolve: [
    'Revoke the privilege, and let a view or a routine hand out what a caller may see. Where every row is meant for',
    'the role, add a row of kind `grant`.',
  ].join('\n'),
  judge: (subject) =>
    judgeOpenings(
      subject.relations.filter(({kind}) => kind === 'materialized-view'),
      'materialised view',
      subject,
    ),
})
