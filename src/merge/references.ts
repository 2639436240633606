/** Rows that say “Same as”: an approval from one side must not be carried to risks that the other side has rewritten. */
import type {MergedRows, PlacedRow, RowOutcome} from './merge-rows.ts'
import {mapSides} from './sides.ts'
import {keyOf} from './take-apart.ts'

type Rows = ReadonlyMap<string, PlacedRow>

/** Put into conflict what one side alone has written or approved, where the risks that it refers to are others now. */
export function guardReferences(merged: MergedRows): MergedRows {
  const outcomes = new Map<string, RowOutcome>()
  for (const [key, outcome] of merged.outcomes) {
    const {ours, theirs} = outcome.rows
    const isShared = ours && theirs
    const own = merged.placed[ours ? 'ours' : 'theirs']
    const isOther = referredBy(ours ?? theirs, own).some(
      (referred) => meaning(own.get(referred)) !== becomes(merged.outcomes.get(referred)),
    )
    const rows = mapSides(merged.placed, (placed) => placed.get(key))
    outcomes.set(key, isOther && !isShared ? {...outcome, state: 'conflict', rows} : outcome)
  }
  return {...merged, outcomes}
}

/** What a row refers to, and what that refers to, by key. The reader refuses a circle. */
function referredBy(row: PlacedRow | undefined, rows: Rows): string[] {
  if (row === undefined || row.value.sameAs === null) return []
  const key = keyOf({kind: row.value.kind, id: row.value.sameAs})
  return [key, ...referredBy(rows.get(key), rows)]
}

/** The words alone may refer to another row on the other side. */
function meaning(row: PlacedRow | undefined): string | undefined {
  return row && JSON.stringify([row.value.risks, row.value.sameAs])
}

/** `undefined` where it is gone or in conflict about this: neither side has seen what becomes of it. */
function becomes(outcome: RowOutcome | undefined): string | undefined {
  if (outcome === undefined) return undefined
  const {ours, theirs} = outcome.rows
  if (outcome.state === 'kept') return meaning(ours ?? theirs)
  return meaning(ours) === meaning(theirs) ? meaning(ours) : undefined
}
