/** A row whose routine is not in its schema: gone, or never there. */
import {compareCodePoints} from '../../model/compare.ts'
import {defineRule, type Judgement} from '../rule.ts'

export const absentRoutine = defineRule({
  id: 'absent-routine',
  group: 'document',
  severity: 'error',
  title: 'A documented routine that does not exist',
  why: [
    'A row for a routine that is gone is an approval in stock: whoever creates a routine of that name later has it',
    'excused without a review.',
  ].join('\n'),
  resolve: 'Delete the row, or correct its name or its argument types.',
  judge({match, inventory}) {
    const seen = new Set(inventory.coverage.schemas)
    return match.rows.flatMap((row): Judgement[] => {
      if (row.state !== 'absent' && row.state !== 'unsure-types') return []
      const {id, schema} = row.entry.value
      const base = {object: id, entry: {row: row.entry, column: 'Object Name'}}
      if (row.state === 'unsure-types') {
        const ids = row.routines.map((routine) => routine.id).join(', ')
        return [
          {
            ...base,
            verdict: 'unknown',
            message: `Could not establish whether ${id} is ${ids}, whose argument types are unknown`,
            mend: {
              advice: `Write out the argument types of ${ids} where it is created, or audit a database.`,
            },
            routines: row.routines,
          },
        ]
      }
      // A schema that was not looked at proves nothing about what is in it.
      if (!seen.has(schema)) {
        return [
          {
            ...base,
            verdict: 'unknown',
            answersFor: [schema],
            message: `Could not establish whether ${id} exists: schema ${schema} was not seen`,
            mend: {advice: `See that schema ${schema} exists and is looked at, or delete the row.`},
          },
        ]
      }
      const others = row.namesakes.map((routine) => routine.id).sort(compareCodePoints)
      const instead = others.length > 0 ? `; there is ${others.join(', ')}` : ''
      return [
        {
          ...base,
          verdict: 'refuted',
          message: `Unexpected row for ${id}, which does not exist${instead}`,
          mend: {advice: 'Delete the row, or correct its name or argument types.'},
        },
      ]
    })
  },
})
