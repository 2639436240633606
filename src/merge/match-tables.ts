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

/**
 * By kind and headings: those that share rows, then what is left, by position. Where headings were changed, by the rows
 * alone.
 */
function follow(
  known: ReadonlyMap<MergeTable, number>,
  tables: readonly MergeTable[],
): Map<MergeTable, number> {
  const found = new Map<MergeTable, number>()
  const left = new Map(known)
  const take = (pairs: readonly Pair[]): void => {
    for (const {old, table} of pairs) {
      const number = left.get(old)
      if (number === undefined || found.has(table)) continue
      found.set(table, number)
      left.delete(old)
    }
  }
  const rest = () => tables.filter((table) => !found.has(table))
  for (const name of new Set(tables.map((table) => table.name))) {
    const isNamed = (table: MergeTable) => table.name === name
    take(pairBySharedRows([...left.keys()].filter(isNamed), tables.filter(isNamed)))
    const [olds, others] = [[...left.keys()].filter(isNamed), rest().filter(isNamed)]
    // Where one more or less is there, the position tells nothing, and a row may not be put where it happens to lead.
    if (olds.length === others.length) take(pairByPosition(olds, others))
  }
  take(pairBySharedRows([...left.keys()], rest()))
  return found
}

type Pair = {readonly old: MergeTable; readonly table: MergeTable}

function pairByPosition(olds: readonly MergeTable[], tables: readonly MergeTable[]): Pair[] {
  return olds.flatMap((old, index) => tables.slice(index, index + 1).map((table) => ({old, table})))
}

/** Those that share most rows first; of these, the same whichever of the two lists is the old one. */
function pairBySharedRows(olds: readonly MergeTable[], tables: readonly MergeTable[]): Pair[] {
  const pairs = tables.flatMap((table, index) => {
    const keys = new Set(table.rows.map(({key}) => key))
    return olds.map((old, oldIndex) => {
      const shared = old.rows.filter(({key}) => keys.has(key)).length
      return {old, table, shared, position: index + oldIndex}
    })
  })
  return pairs.filter(({shared}) => shared > 0).sort((a, b) => b.shared - a.shared || a.position - b.position)
}
