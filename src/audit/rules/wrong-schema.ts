/** A row whose routine is a definer of another schema. */
import {defineRule} from '../rule.ts'

export const wrongSchema = defineRule({
  id: 'wrong-schema',
  group: 'document',
  severity: 'error',
  title: 'A routine that is documented in one schema and found in another',
  why: [
    'The row excuses what does not exist, and the routine that was meant has no row. A routine that was moved by',
    '`SET SCHEMA` keeps its definition and its privileges, but is exposed to whoever may use its new schema.',
  ].join('\n'),
  resolve:
    'Correct the schema of the row if the routine belongs where it is, and have it approved again if it was moved.',
  judge({match}) {
    return match.rows.flatMap((row) => {
      if (row.state !== 'elsewhere') return []
      const {entry, routine} = row
      const isSure = routine.securityDefiner === true
      return [
        {
          verdict: isSure ? ('refuted' as const) : ('unknown' as const),
          object: entry.value.id,
          answersFor: [entry.value.schema],
          message: `Unexpected schema ${entry.value.schema} for ${entry.value.id}, expected ${routine.schema}: there is ${routine.id}`,
          mend: {
            advice: `Write schema ${routine.schema} into the row if ${routine.id} is what was approved.`,
          },
          entry: {row: entry, column: 'Schema'},
          origin: routine.origin,
          routines: [routine],
        },
      ]
    })
  },
})
