/** Rows that say “Same as”: an approval from one side must not be carried to risks that the other side has rewritten. */
import type {MergedRows, PlacedRow, RowOutcome} from './merge-rows.ts'
import {mapSides} from './sides.ts'

type RowsById = ReadonlyMap<string, readonly string[]>

/** Put into conflict what one side alone has written or approved, where the risks that it refers to are others now. */
export function guardReferences(merged: MergedRows): MergedRows {
  const said = mapSides(merged.placed, (rows) => risksById([...rows.values()]))
  const becomes = risksById([...merged.outcomes.values()].flatMap(rowsOf))
  const sameAs = mapSides(merged.placed, (rows) => referencesById([...rows.values()]))
  const outcomes = new Map<string, RowOutcome>()
  for (const [key, outcome] of merged.outcomes) {
    const side = outcome.rows.ours ? 'ours' : 'theirs'
    const isShared = outcome.rows.ours && outcome.rows.theirs
    const referred = outcome.rows[side]?.value.sameAs
    const ids = referred ? follow(referred, sameAs[side]) : []
    const isOther = ids.some((id) => said[side].get(id)?.join('\n') !== becomes.get(id)?.join('\n'))
    const rows = mapSides(merged.placed, (placed) => placed.get(key))
    outcomes.set(key, isOther && !isShared ? {...outcome, state: 'conflict', rows} : outcome)
  }
  return {...merged, outcomes}
}

/** Both versions of what is in conflict: neither side has seen what becomes of it. */
function rowsOf({rows: {ours, theirs}}: RowOutcome): PlacedRow[] {
  const rows = [ours, theirs].filter((row) => row !== undefined)
  return rows.length === 2 && rows[0]?.value.risks === rows[1]?.value.risks ? rows.slice(1) : rows
}

function risksById(rows: readonly PlacedRow[]): RowsById {
  const found = new Map<string, string[]>()
  for (const {value} of rows) found.set(value.id, [...(found.get(value.id) ?? []), value.risks])
  return new Map([...found].map(([id, risks]) => [id, risks.sort()]))
}

function referencesById(rows: readonly PlacedRow[]): ReadonlyMap<string, string> {
  return new Map(rows.flatMap(({value: {id, sameAs}}) => (sameAs === null ? [] : [[id, sameAs] as const])))
}

/** What a row refers to, and what that refers to. The reader refuses a circle. */
function follow(id: string, references: ReadonlyMap<string, string>): string[] {
  const next = references.get(id)
  return next === undefined ? [id] : [id, ...follow(next, references)]
}
