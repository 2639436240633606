/** A row whose routine runs as its caller. */
import {defineRule, type Judgement} from '../rule.ts'

export const documentedInvoker = defineRule({
  id: 'documented-invoker',
  group: 'document',
  severity: 'error',
  title: 'A documented routine that is not SECURITY DEFINER, or no longer',
  why: [
    '`CREATE OR REPLACE FUNCTION` drops `SECURITY DEFINER` where the new text does not repeat it. The row is then an',
    'approval in stock, for whatever the next migration makes a definer again, or the routine is broken.',
  ].join('\n'),
  resolve: [
    'Delete the row if the routine need not run as its owner. If it must, make it `SECURITY DEFINER` again in a',
    'migration, together with its `SET search_path`, which was dropped as well.',
  ].join('\n'),
  judge({match}) {
    return match.rows.flatMap((row): Judgement[] => {
      if (row.state !== 'invoker' && row.state !== 'unsure-definer') return []
      const {entry, routine} = row
      const isSure = row.state === 'invoker'
      return [
        {
          verdict: isSure ? 'refuted' : 'unknown',
          object: entry.value.id,
          message: isSure
            ? `Unexpected row for ${routine.kind} ${routine.id}, which is SECURITY INVOKER, expected SECURITY DEFINER`
            : `Could not establish whether ${routine.kind} ${routine.id} is SECURITY DEFINER`,
          // To make a routine a definer is for a person to decide.
          mend: {
            advice: 'Delete the row, or make the routine SECURITY DEFINER with a search_path in a migration.',
          },
          entry: {row: entry, column: 'Object Name'},
          origin: routine.origin,
          routines: [routine],
        },
      ]
    })
  },
})
