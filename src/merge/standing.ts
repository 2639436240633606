/** Where in the merged lines each table stands: a conflict of other lines may take it in, with its rows. */
import type {TableNumbers} from './match-tables.ts'
import type {MergedRows, RowOutcome} from './merge-rows.ts'
import {type Hunk, tableOf} from './skeleton.ts'

export type Side = 'ours' | 'theirs'

/** Outside of conflicts, or in one: on each side of it, or on one alone. */
export type Standing = 'clean' | 'both' | Side

/** By the number of the table. One that stands nowhere is gone. */
export type Standings = ReadonlyMap<number, Standing>

export const sideNames = ['ours', 'theirs'] as const

/** @returns `undefined` if a table stands in two places, or would, if both are kept. */
export function findStandings(hunks: readonly Hunk[], token: string): Standings | undefined {
  const found = new Map<number, Standing>()
  for (const hunk of hunks) {
    const numbersOf = (lines: readonly string[]) =>
      lines.map((line) => tableOf(line, token)).filter((number) => number !== undefined)
    const numbers =
      hunk.state === 'clean'
        ? numbersOf(hunk.lines).map((number) => [number, 'clean'] as const)
        : standingsIn(numbersOf(hunk.ours), numbersOf(hunk.theirs))
    for (const [number, standing] of numbers) {
      if (found.has(number)) return undefined
      found.set(number, standing)
    }
  }
  return found
}

function standingsIn(ours: readonly number[], theirs: readonly number[]): [number, Standing][] {
  return [...new Set([...ours, ...theirs])].map((number) => {
    if (!theirs.includes(number)) return [number, 'ours']
    return [number, ours.includes(number) ? 'both' : 'theirs']
  })
}

/** Whether what a conflict says of a table is to be read where this side of it is kept. */
export function standsOn(standing: Standing | undefined, side: Side): boolean {
  return standing === 'clean' || standing === 'both' || standing === side
}

/**
 * Put into conflict the rows of a table that one side has taken away and the other shows in a conflict: whether the
 * table stays is whether they do.
 *
 * @returns The id of a row instead, if it is in conflict and there is no place for both of its versions.
 */
export function openTables(
  merged: MergedRows,
  numbers: TableNumbers,
  standings: Standings,
): MergedRows | string {
  const outcomes = new Map<string, RowOutcome>(merged.outcomes)
  for (const [number, side] of standings) {
    if (side !== 'ours' && side !== 'theirs') continue
    const other = side === 'ours' ? 'theirs' : 'ours'
    const isOn = (name: 'base' | Side) => [...numbers[name].values()].includes(number)
    if (isOn(other)) {
      const open = [...outcomes.values()].find(({state, table}) => state === 'conflict' && table === number)
      if (open !== undefined) return (open.rows.ours ?? open.rows.theirs)?.value.id ?? ''
      continue
    }
    if (!isOn('base')) continue
    for (const [key, row] of merged.placed[side]) {
      // It may have gone to another table, where it is shown, or have come from one.
      if (row.table !== number || (outcomes.get(key)?.table ?? number) !== number) continue
      if (merged.placed[other].has(key)) return row.value.id
      const rows = {ours: undefined, theirs: undefined, base: merged.placed.base.get(key), [side]: row}
      outcomes.set(key, {state: 'conflict', table: number, rows})
    }
  }
  return {...merged, outcomes}
}
