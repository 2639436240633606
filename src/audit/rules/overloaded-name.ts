/** A row that fits several routines and does not say which it means. */
import {compareCodePoints} from '../../model/compare.ts'
import type {Origin, Routine} from '../../model/inventory.ts'
import type {LocatedEntry} from '../match.ts'
import {defineRule, type Judgement} from '../rule.ts'

export const overloadedName = defineRule({
  id: 'overloaded-name',
  group: 'document',
  severity: 'error',
  title: 'A name that several routines have',
  why: [
    'PostgreSQL tells functions apart by name and argument types. A row without types would cover every overload,',
    'those too that somebody adds later, although only one was reviewed.',
  ].join('\n'),
  resolve: 'State the argument types of the one that was reviewed, and add a row for each of the others.',
  judge({match, entries, excuses}) {
    const rows = match.rows.flatMap((row) =>
      row.state === 'ambiguous' ? [judge(row.entry, row.routines)] : [],
    )
    const grants = entries.flatMap((entry) => {
      if (entry.value.grant?.privileges.includes('EXECUTE') !== true) return []
      const {routines} = excuses.namedBy(entry)
      return routines.length > 1 && entry.value.signature === null ? [judge(entry, routines)] : []
    })
    return [...rows, ...grants]
  },
})

function judge(entry: LocatedEntry, routines: readonly Routine[]): Judgement {
  const ids = routines.map((routine) => routine.id).sort(compareCodePoints)
  return {
    verdict: 'refuted',
    object: entry.value.id,
    message: `Unexpected name ${entry.value.id} of ${ids.length} routines, expected a signature: ${ids.join(', ')}`,
    mend: {advice: `State the argument types in the row: one of ${ids.join(', ')}.`},
    entry: {row: entry, column: 'Object Name'},
    origin: newest(routines),
    routines: entry.value.kind === 'grant' ? [] : routines,
  }
}

/** The overload that came last is the one that the row did not reckon with. */
function newest(routines: readonly Routine[]): Origin | null {
  const origins = routines.flatMap(({origin}) => origin ?? [])
  const order = (a: Origin, b: Origin) =>
    compareCodePoints(a.path, b.path) || (a.place?.start.offset ?? 0) - (b.place?.start.offset ?? 0)
  return origins.sort(order).at(-1) ?? null
}
