/** Which table of one side is which of another, as each gets one number for all three. */

import type {Sides} from './sides.ts'
import type {MergeTable, TakenApart} from './take-apart.ts'

export type TableNumbers = Sides<ReadonlyMap<MergeTable, number>>

export function matchTables({base, ours, theirs}: Sides<TakenApart>): TableNumbers {
  let count = 0
  const fresh = (tables: readonly MergeTable[]) => new Map(tables.map((table) => [table, count++]))
  const ofBase = fresh(base.tables)
  const ofOurs = follow(ofBase, ours.tables)
  const ofTheirs = follow(ofBase, theirs.tables)
  const rest = (tables: readonly MergeTable[], known: ReadonlyMap<MergeTable, number>) =>
    tables.filter((table) => !known.has(table))
  const newOurs = fresh(rest(ours.tables, ofOurs))
  const newTheirs = follow(newOurs, rest(theirs.tables, ofTheirs))
  const alone = fresh(rest(theirs.tables, ofTheirs).filter((table) => !newTheirs.has(table)))
  return {
    base: ofBase,
    ours: new Map([...ofOurs, ...newOurs]),
    theirs: new Map([...ofTheirs, ...newTheirs, ...alone]),
  }
}

/** By kind and headings and, where these were changed, by the rows that they share. */
function follow(
  known: ReadonlyMap<MergeTable, number>,
  tables: readonly MergeTable[],
): Map<MergeTable, number> {
  const found = new Map<MergeTable, number>()
  const left = new Map(known)
  const take = (table: MergeTable, old: MergeTable | undefined): void => {
    const number = old && left.get(old)
    if (old === undefined || number === undefined) return
    found.set(table, number)
    left.delete(old)
  }
  for (const table of tables)
    take(
      table,
      [...left.keys()].find(({name}) => name === table.name),
    )
  for (const table of tables) {
    if (found.has(table)) continue
    const keys = new Set(table.rows.map(({key}) => key))
    const shared = (old: MergeTable) => old.rows.filter(({key}) => keys.has(key)).length
    const near = [...left.keys()].filter((old) => shared(old) > 0).sort((a, b) => shared(b) - shared(a))
    take(table, near[0])
  }
  return found
}
