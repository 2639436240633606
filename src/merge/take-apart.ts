/** A document → its lines with each registry table in one piece, and the rows of these by what they are known by. */
import type {Entry} from '../model/entry.ts'
import {indexLines} from '../model/lines.ts'
import {isError} from '../model/rules.ts'
import type {Measure} from '../source/edit/layout.ts'
import {outline} from '../source/edit/outline.ts'
import {splitRow} from '../source/edit/segments.ts'
import {cellsOf, formatTable} from '../source/format/format-tables.ts'
import type {ColumnNames} from '../source/header.ts'
import {type ReadResult, readRegistry} from '../source/registry.ts'

export type Reading = {
  readonly path: string
  readonly today: string
  readonly columns: ColumnNames
  readonly measure: Measure
}

/** What a row says; a heading above it may be reworded without a word about the row. */
export type RowValue = Omit<Entry, 'section'>

export type MergeRow = {
  /** Kind and id. */
  readonly key: string
  readonly value: RowValue
  /** Equal where the row says the same in the same words. */
  readonly content: string
  /** Its line. */
  readonly raw: string
}

export type MergeTable = {
  /** Kind and headings. */
  readonly name: string
  /** Its lines as they stand. */
  readonly raw: readonly string[]
  /** The same without padding: header, delimiter row, rows. */
  readonly compact: readonly string[]
  /** In table order, one for each line from the third on. */
  readonly rows: readonly MergeRow[]
}

export type TakenApart = {
  readonly parts: readonly (string | MergeTable)[]
  readonly tables: readonly MergeTable[]
}

/**
 * Take a document apart.
 *
 * @param text With line feeds alone, without a byte order mark.
 * @returns `undefined` for one that has errors: what its rows say is not sure.
 */
export function takeApart(text: string, reading: Reading): TakenApart | undefined {
  const read = readText(text, reading)
  if (read.findings.some(isError)) return undefined
  const {lines, tables: found} = outline(text, reading.columns, read.registry)
  const entries = new Map(read.registry.entries.map(({value, row}) => [row.start.line, value]))
  const parts: (string | MergeTable)[] = []
  const tables: MergeTable[] = []
  let next = 1
  const takeUntil = (line: number): void => {
    for (; next < line; next++) parts.push(lines.text(next))
  }
  for (const {kind, headings, firstLine, lastLine} of found) {
    takeUntil(firstLine)
    const raw: string[] = []
    for (; next <= lastLine; next++) raw.push(lines.text(next))
    const rows = raw.slice(2).map((line, index) => readRow(line, entries.get(firstLine + 2 + index)))
    const isWhole = rows.every((row) => row !== undefined)
    if (!isWhole) return undefined
    const name = JSON.stringify([kind, ...headings.map(({text}) => text)])
    const table = {name, raw, compact: formatTable(raw, 'compact', reading.measure), rows}
    tables.push(table)
    parts.push(table)
  }
  takeUntil(lines.count + 1)
  const count = tables.reduce((sum, {rows}) => sum + rows.length, 0)
  return count === entries.size ? {parts, tables} : undefined
}

export function readText(text: string, {path, today, columns}: Reading): ReadResult {
  return readRegistry(text, {path, today, columns})
}

export function keyOf({kind, id}: Pick<Entry, 'kind' | 'id'>): string {
  return `${kind} ${id}`
}

export function rowValue({section: _, ...value}: Entry): RowValue {
  return value
}

function readRow(raw: string, entry: Entry | undefined): MergeRow | undefined {
  if (entry === undefined) return undefined
  const value = rowValue(entry)
  const cells = cellsOf(splitRow(indexLines(raw), 1))
  return {key: keyOf(entry), value, content: JSON.stringify([cells, value]), raw}
}
