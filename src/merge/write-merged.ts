/** Merged lines and rows → the text of the document, its conflicts between markers or decided for one side. */
import type {Measure} from '../source/edit/layout.ts'
import {formatTable, styleOf} from '../source/format/format-tables.ts'
import type {TableNumbers} from './match-tables.ts'
import type {MergedRows, RowOutcome} from './merge-rows.ts'
import {orderRows} from './order-rows.ts'
import {pickLayout, type Sides} from './sides.ts'
import {type Hunk, tableOf} from './skeleton.ts'
import type {MergeTable} from './take-apart.ts'

/** Lines from one side, or the two versions of a conflict. */
export type Piece = string | Omit<Sides<readonly string[]>, 'base'>

export type Merge = {
  readonly numbers: TableNumbers
  readonly rows: MergedRows
  readonly token: string
  readonly measure: Measure
}

/** @returns Why a row has no place instead, in words. */
export function writeMerged(
  hunks: readonly Hunk[],
  merge: Merge,
): readonly Piece[] | {readonly refusal: string} {
  const tables = placedTables(hunks, merge.token)
  const lost = [...merge.rows.outcomes.values()].find(({table}) => !tables.has(table))
  if (lost !== undefined) return {refusal: `${idOf(lost)} has no table any more`}
  const twice = [...tables.values()].some(({clean, conflicts}) => clean > 1 || (clean > 0 && conflicts > 0))
  if (twice) return {refusal: 'a table would stand there twice'}

  const pieces: Piece[] = []
  for (const hunk of hunks) {
    if (hunk.state === 'conflict') {
      const side = (name: 'ours' | 'theirs') => expandSide(hunk[name], merge, name)
      pieces.push({ours: side('ours'), theirs: side('theirs')})
      continue
    }
    for (const line of hunk.lines) {
      const number = tableOf(line, merge.token)
      if (number === undefined) {
        pieces.push(line)
        continue
      }
      // A conflict about the header ends right above the rows.
      const header = pieces.slice(-2)
      const isWhole = header.length === 2 && header.every((piece) => typeof piece === 'string')
      const table = writeTable(number, isWhole ? (header as string[]) : undefined, merge)
      if (table === undefined)
        return {refusal: 'the rows of a table were put into another order on each side'}
      if (isWhole) pieces.splice(-2)
      for (const piece of table) pieces.push(piece)
    }
  }
  return pieces
}

function placedTables(hunks: readonly Hunk[], token: string) {
  const found = new Map<number, {clean: number; conflicts: number}>()
  for (const hunk of hunks) {
    const lines = hunk.state === 'clean' ? hunk.lines : [...hunk.ours, ...hunk.theirs]
    for (const line of lines) {
      const number = tableOf(line, token)
      if (number === undefined) continue
      const {clean, conflicts} = found.get(number) ?? {clean: 0, conflicts: 0}
      const isClean = hunk.state === 'clean'
      found.set(number, {clean: clean + (isClean ? 1 : 0), conflicts: conflicts + (isClean ? 0 : 1)})
    }
  }
  return found
}

/** In a conflict about more than rows, each side is shown as it is. */
function expandSide(lines: readonly string[], {numbers, token}: Merge, name: 'ours' | 'theirs'): string[] {
  const out: string[] = []
  for (const line of lines) {
    const number = tableOf(line, token)
    const table = number === undefined ? undefined : tableOn(numbers[name], number)
    if (table === undefined) out.push(line)
    else {
      const hasHeader = out.slice(-2).join('\n') === table.compact.slice(0, 2).join('\n')
      if (hasHeader) out.splice(-2, 2, ...table.raw)
      else out.push(...table.raw.slice(2))
    }
  }
  return out
}

/** @param header Its first two lines without padding; `undefined` where they are in conflict. */
function writeTable(
  number: number,
  header: readonly string[] | undefined,
  {numbers, rows: {outcomes, orders}, measure}: Merge,
): Piece[] | undefined {
  const own = new Map([...outcomes].filter(([, {table}]) => table === number))
  const named = new Map([...own].map(([key, outcome]) => [key, namesOf(outcome)]))
  const keysOf = (side: 'base' | 'ours' | 'theirs') => orders[side].get(number) ?? []
  const order = orderRows({base: keysOf('base'), ours: keysOf('ours'), theirs: keysOf('theirs')}, named)
  if (order === undefined) return undefined
  const rows = order.map((key) => writeRow(own.get(key)))
  const tables = {
    base: tableOn(numbers.base, number),
    ours: tableOn(numbers.ours, number),
    theirs: tableOn(numbers.theirs, number),
  }
  const isPlain = rows.every((row) => typeof row === 'string')
  if (header === undefined) return rows
  const raw = pickHeader(header, tables)
  if (!isPlain) return [...raw, ...rows]
  const lines = [...raw, ...(rows as string[])]
  const compact = formatTable(lines, 'compact', measure).join('\n')
  const equal = (table: MergeTable | undefined) => (table?.compact.join('\n') === compact ? table : undefined)
  const styleOn = (table: MergeTable | undefined) => table && styleOf(table.raw, measure)
  const [ofOurs = 'compact', ofTheirs = ofOurs] = [
    styleOn(tables.ours) ?? styleOn(tables.theirs),
    styleOn(tables.theirs),
  ]
  const style = pickLayout({base: styleOn(tables.base), ours: ofOurs, theirs: ofTheirs})
  const [ours, theirs] = [equal(tables.ours), equal(tables.theirs)].map((table) =>
    table && styleOn(table) === style ? table.raw.join('\n') : undefined,
  )
  const whole = ours ?? theirs
  if (whole !== undefined) {
    const base = equal(tables.base)?.raw.join('\n')
    return pickLayout({base, ours: whole, theirs: theirs ?? whole}).split('\n')
  }
  // Rows of two layouts are given one; where there is but one, it may be one of a person's own.
  return style === 'aligned' || ofOurs !== ofTheirs ? formatTable(lines, style, measure) : lines
}

function writeRow(outcome: RowOutcome | undefined): Piece {
  if (outcome === undefined) throw new Error('A row without an outcome')
  const {base, ours, theirs} = outcome.rows
  if (outcome.state === 'conflict') return {ours: ours ? [ours.raw] : [], theirs: theirs ? [theirs.raw] : []}
  if (ours && theirs) return pickLayout({base: base?.raw, ours: ours.raw, theirs: theirs.raw})
  return (ours ?? theirs)?.raw ?? ''
}

/** As a side has laid it out that has this very one. */
function pickHeader(
  header: readonly string[],
  {base, ours, theirs}: Sides<MergeTable | undefined>,
): string[] {
  const rawOf = (table: MergeTable | undefined) =>
    table?.compact.slice(0, 2).join('\n') === header.join('\n') ? table.raw.slice(0, 2).join('\n') : undefined
  const [first, second] = [rawOf(ours), rawOf(theirs)]
  const fallback = header.join('\n')
  return pickLayout({
    base: rawOf(base),
    ours: first ?? second ?? fallback,
    theirs: second ?? first ?? fallback,
  }).split('\n')
}

function tableOn(numbers: ReadonlyMap<MergeTable, number>, wanted: number): MergeTable | undefined {
  return [...numbers].find(([, number]) => number === wanted)?.[0]
}

function namesOf({rows: {ours, theirs}}: RowOutcome): {id: string; name: string} {
  const {id = '', name = ''} = (ours ?? theirs)?.value ?? {}
  return {id, name}
}

export function idOf(outcome: RowOutcome): string {
  return namesOf(outcome).id
}
