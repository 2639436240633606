/** A routine that was changed after it was approved. */
import {defineRule} from '../rule.ts'

export const staleApproval = defineRule({
  id: 'stale-approval',
  group: 'document',
  severity: 'error',
  title: 'An approval older than the routine',
  why: [
    'What was approved is not what runs: `CREATE OR REPLACE FUNCTION` keeps the name, the privileges and the comment,',
    'and replaces everything that was reviewed. An approval of a month covers the whole month. A migration without a',
    'date in its name cannot be held against it.',
  ].join('\n'),
  resolve: 'Review the routine as it is now, and write who approved it and when into the row.',
  judge({match}) {
    return match.rows.flatMap((row) => {
      if (row.state !== 'covered') return []
      const {entry, routine} = row
      const {date} = entry.value.approval
      const changed = routine.origin?.date
      // ISO dates compare as text; of the change, as much counts as the approval states.
      if (changed == null || changed.slice(0, date.length) <= date) return []
      return [
        {
          verdict: 'refuted' as const,
          object: entry.value.id,
          message: `Unexpected approval of ${date} for ${routine.id}, which was changed on ${changed}, expected a later one`,
          mend: {advice: `Review ${routine.id} as it is now, and date its approval.`},
          entry: {row: entry, column: 'Approved By'},
          origin: routine.origin,
          routines: [routine],
        },
      ]
    })
  },
})
