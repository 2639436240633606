/** Where in a registry table a line or an offset stands: its row, its cells, its columns. */

import type {RegistryTable} from '../source/edit/outline.ts'
import {type RowSegments, type Segment, splitRow} from '../source/edit/segments.ts'
import type {Reading} from './reading.ts'

export type RowSite = {
  readonly table: RegistryTable
  readonly line: number
  readonly row: RowSegments
}

export type CellSite = RowSite & {
  readonly column: string
  readonly segment: Segment
  /** The content without its padding; of an empty cell, the point where it would begin. */
  readonly content: {readonly start: number; readonly end: number; readonly text: string}
}

/** The body row that stands on a line. */
export function rowSiteAt(reading: Reading, line: number): RowSite | undefined {
  const table = reading
    .outline()
    ?.tables.find(({firstLine, lastLine}) => line > firstLine + 1 && line <= lastLine)
  return table && {table, line, row: splitRow(reading.lines, line)}
}

/** The cell of a body row that an offset is in. */
export function cellSiteAt(reading: Reading, offset: number): CellSite | undefined {
  const site = rowSiteAt(reading, reading.lines.pointAt(offset).line)
  const index = site?.row.segments.findIndex(
    ({start, text}) => offset >= start && offset <= start + text.length,
  )
  return site === undefined || index === undefined ? undefined : cellSite(site, index)
}

/** The cell of a column, where the row has it. */
export function cellOf(site: RowSite, column: string): CellSite | undefined {
  return cellSite(site, site.table.columns.indexOf(column))
}

function cellSite(site: RowSite, index: number): CellSite | undefined {
  const segment = site.row.segments[index]
  const column = site.table.columns[index]
  if (segment === undefined || column === undefined) return undefined
  // Blanks alone are padding: a no-break space is content, and a finding.
  const text = segment.text.replace(/^[ \t]+|[ \t]+$/g, '')
  const margin = text === '' ? Math.min(1, segment.text.length) : segment.text.indexOf(text)
  const start = segment.start + margin
  return {...site, column, segment, content: {start, end: start + text.length, text}}
}
