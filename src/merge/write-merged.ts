/** Merged lines and rows → the text of the document, its conflicts between markers or decided for one side. */
import type {Measure} from '../source/edit/layout.ts'
import {formatTable, styleOf} from '../source/format/format-tables.ts'
import type {TableNumbers} from './match-tables.ts'
import type {MergedRows, RowOutcome} from './merge-rows.ts'
import {orderRows} from './order-rows.ts'
import {pickLayout, type Sides} from './sides.ts'
import {type Hunk, tableOf} from './skeleton.ts'
import type {Side, Standings} from './standing.ts'
import type {MergeTable} from './take-apart.ts'

/** A line, or the two versions of a conflict: of one row, or of lines that may have whole tables among them. */
export type Piece = string | ({readonly of: 'row' | 'lines'} & Omit<Sides<readonly string[]>, 'base'>)

export type Merge = {
  readonly numbers: TableNumbers
  readonly rows: MergedRows
  readonly standings: Standings
  readonly token: string
  readonly measure: Measure
}

/** @returns Why a row has no place instead, in words. */
export function writeMerged(
  hunks: readonly Hunk[],
  merge: Merge,
): readonly Piece[] | {readonly refusal: string} {
  const lost = [...merge.rows.outcomes.values()].find(({table}) => !merge.standings.has(table))
  if (lost !== undefined) return {refusal: `${idOf(lost)} has no table any more`}

  const pieces: Piece[] = []
  for (const hunk of hunks) {
    const [ours, theirs] = (hunk.state === 'clean' ? [hunk.lines] : [hunk.ours, hunk.theirs]).map((lines) =>
      writeLines(lines, merge),
    )
    if (ours === undefined || (hunk.state === 'conflict' && theirs === undefined))
      return {refusal: 'the rows of a table were put into another order on each side'}
    if (theirs) pieces.push({of: 'lines', ours: keep(ours, 'ours'), theirs: keep(theirs, 'theirs')})
    else for (const piece of ours) pieces.push(piece)
  }
  return pieces
}

/** @returns `undefined` if there is no order for the rows of a table. */
function writeLines(lines: readonly string[], merge: Merge): Piece[] | undefined {
  const pieces: Piece[] = []
  for (const line of lines) {
    const number = tableOf(line, merge.token)
    if (number === undefined) {
      pieces.push(line)
      continue
    }
    // Where the header is in conflict, or stands above the conflict that has the rows, they follow it as they are.
    const header = pieces.slice(-2)
    const isWhole = header.length === 2 && header.every((piece) => typeof piece === 'string')
    const table = writeTable(number, isWhole ? (header as string[]) : undefined, merge)
    if (table === undefined) return undefined
    if (isWhole) pieces.splice(-2)
    for (const piece of table) pieces.push(piece)
  }
  return pieces
}

/** In a conflict of other lines there is no place for the markers of a row: a side of it has the row of this side. */
function keep(pieces: readonly Piece[], side: Side): string[] {
  return pieces.flatMap((piece) => (typeof piece === 'string' ? [piece] : piece[side]))
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
  if (outcome.state === 'conflict')
    return {of: 'row', ours: ours ? [ours.raw] : [], theirs: theirs ? [theirs.raw] : []}
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
