/** What becomes of each row: a row that both sides changed is a person's to decide, cell by cell or not. */
import type {TableNumbers} from './match-tables.ts'
import {mapSides, type Sides} from './sides.ts'
import type {MergeRow, MergeTable, TakenApart} from './take-apart.ts'

/** A row and the number of its table. */
export type PlacedRow = MergeRow & {readonly table: number}

export type RowOutcome =
  /** On the side that says it; for both, as each has laid it out. */
  | {readonly state: 'kept'; readonly table: number; readonly rows: Sides<PlacedRow | undefined>}
  /** One side has none where it took the row away. */
  | {readonly state: 'conflict'; readonly table: number; readonly rows: Sides<PlacedRow | undefined>}

export type MergedRows = {
  /** Every row of each side, by key. */
  readonly placed: Sides<ReadonlyMap<string, PlacedRow>>
  /** By key. Rows that are gone are left out. */
  readonly outcomes: ReadonlyMap<string, RowOutcome>
  /** The keys of each side in table order, by the number of the table. */
  readonly orders: Sides<ReadonlyMap<number, readonly string[]>>
}

/** @returns The id of a row instead, if it stands in two tables that both have a claim to it. */
export function mergeRows(sides: Sides<TakenApart>, numbers: TableNumbers): MergedRows | string {
  const placed: MergedRows['placed'] = {
    base: placeRows(sides.base, numbers.base),
    ours: placeRows(sides.ours, numbers.ours),
    theirs: placeRows(sides.theirs, numbers.theirs),
  }
  const outcomes = new Map<string, RowOutcome>()
  for (const key of new Set([...placed.ours.keys(), ...placed.theirs.keys()])) {
    const rows = mapSides(placed, (side) => side.get(key))
    const kept = decide(rows)
    if (kept === 'gone') continue
    const tables = new Set([kept.ours?.table, kept.theirs?.table].filter((table) => table !== undefined))
    const [table] = tables
    if (table === undefined || tables.size > 1) return rows.ours?.value.id ?? rows.theirs?.value.id ?? key
    const state = kept === rows && !isAgreed(rows) ? 'conflict' : 'kept'
    outcomes.set(key, {state, table, rows: kept})
  }
  const orderOf = (side: 'base' | 'ours' | 'theirs') =>
    new Map(
      sides[side].tables.map((table) => [numbers[side].get(table) ?? -1, table.rows.map(({key}) => key)]),
    )
  return {placed, outcomes, orders: {base: orderOf('base'), ours: orderOf('ours'), theirs: orderOf('theirs')}}
}

type Rows = Sides<PlacedRow | undefined>

/** The rows that have a say: all, where both sides say the same or each something else. */
function decide(rows: Rows): Rows | 'gone' {
  const {base, ours, theirs} = rows
  if (isSame(ours, theirs)) return rows
  // Where it stands is not what it says: a row that was only moved is gone, too.
  const [left] = [ours, theirs].filter((row) => row !== undefined)
  if ((!ours || !theirs) && left?.content === base?.content) return 'gone'
  if (isSame(ours, base)) return {...rows, ours: undefined}
  if (isSame(theirs, base)) return {...rows, theirs: undefined}
  return rows
}

function isAgreed({ours, theirs}: Rows): boolean {
  return isSame(ours, theirs)
}

function isSame(a: PlacedRow | undefined, b: PlacedRow | undefined): boolean {
  return a?.content === b?.content && a?.table === b?.table
}

function placeRows(
  {tables}: TakenApart,
  numbers: ReadonlyMap<MergeTable, number>,
): ReadonlyMap<string, PlacedRow> {
  return new Map(
    tables.flatMap((table) =>
      table.rows.map((row) => [row.key, {...row, table: numbers.get(table) ?? -1}] as const),
    ),
  )
}
