/** An audit that had nothing to look at. */
import {defineRule, type Judgement} from '../rule.ts'

export const nothingSeen = defineRule({
  id: 'nothing-seen',
  group: 'coverage',
  severity: 'fatal',
  title: 'Nothing was seen',
  why: [
    'A catalogue read without the right to see it, an empty folder and a wrong database all yield no finding. That',
    'is no clean database: nothing can be decided, and no other rule is judged.',
  ].join('\n'),
  resolve:
    'See that the folder, the database and the schemas are those that were meant, and that the role sees them.',
  judge({inventory, entries}) {
    const {label} = inventory.source
    const missing = (object: string, what: string, advice: string): Judgement => ({
      verdict: 'unknown',
      object,
      message: `Unexpected ${label} without ${what}, expected something to hold against the registry`,
      mend: {advice},
    })
    if (entries.length === 0) {
      return [missing('rows', 'a row of a registry', 'See that the registry is the one that was meant.')]
    }
    if (inventory.schemas.length === 0 || inventory.coverage.schemas.length === 0) {
      return [
        missing(
          'schemas',
          'a schema',
          'See that the source is the one that was meant, and which schemas are looked at.',
        ),
      ]
    }
    if (inventory.routines.length === 0) {
      return [
        missing(
          'routines',
          'a routine',
          'See that the source is the one that was meant, and that its routines can be seen.',
        ),
      ]
    }
    return []
  },
})
