/** Text → the edits that lay out its registry tables, each line on its own: nothing but blanks and hyphens changes. */
import type {TableStyle} from '../../model/config.ts'
import {indexLines, type Lines} from '../../model/lines.ts'
import {type Measure, readLayout, type TableLayout, writeRow} from '../edit/layout.ts'
import {outline} from '../edit/outline.ts'
import {type RowSegments, splitRow} from '../edit/segments.ts'
import type {TextEdit} from '../edit/text-edit.ts'
import type {ColumnNames} from '../header.ts'

export type FormatOptions = {
  /** `undefined`: each table as it is found. */
  readonly style: TableStyle | undefined
  readonly measure: Measure
  readonly columns?: ColumnNames
}

/** @param text One that was read before without an error, without a byte order mark. */
export function formatTables(text: string, {style, measure, columns = {}}: FormatOptions): TextEdit[] {
  const {lines, tables} = outline(text, columns, {path: '', entries: [], history: []})
  return tables.flatMap(({firstLine, rowLines}) => {
    const numbers = [firstLine, firstLine + 1, ...rowLines]
    const fresh = formatTable(
      numbers.map((line) => lines.text(line)),
      style,
      measure,
    )
    return numbers.flatMap((line, index) => editLine(lines, line, fresh[index] ?? ''))
  })
}

function editLine(lines: Lines, line: number, text: string): TextEdit[] {
  const start = lines.start(line)
  const old = lines.text(line)
  return old === text ? [] : [{start, end: start + old.length, text}]
}

/**
 * Lay out the lines of one table, without their line endings: the header, the delimiter row, the rows.
 *
 * @param style `undefined`: as it is found.
 */
export function formatTable(
  table: readonly string[],
  style: TableStyle | undefined,
  measure: Measure,
): string[] {
  const chosen = style ?? styleOf(table, measure)
  const fresh = layOut(table, chosen, measure)
  // What would be taken for an aligned table next time is one now, so that a second run changes nothing.
  if (style === undefined && chosen === 'compact' && styleOf(fresh, measure) === 'aligned')
    return layOut(table, 'aligned', measure)
  return fresh
}

export function styleOf(table: readonly string[], measure: Measure): TableStyle {
  const lines = indexLines(table.join('\n'))
  const rowLines = table.slice(2).map((_, index) => index + 3)
  const {columns} = readLayout(lines, {firstLine: 1, rowLines}, splitRow(lines, 1).segments.length, measure)
  return columns.some(({width}) => width !== undefined) ? 'aligned' : 'compact'
}

function layOut(table: readonly string[], style: TableStyle, measure: Measure): string[] {
  const lines = indexLines(table.join('\n'))
  const rows = table.map((_, index) => splitRow(lines, index + 1))
  const cells = rows.map(cellsOf)
  const count = cells[0]?.length ?? 0
  const columns = [...Array(count).keys()].map((index) => {
    const mark = cells[1]?.[index] ?? ''
    const [left, right] = [mark.startsWith(':'), mark.endsWith(':')]
    const alignment = right ? (left ? 'center' : 'right') : 'left'
    const contents = cells.filter((_, row) => row !== 1).map((row) => row[index] ?? '')
    const widest = style === 'aligned' ? contents.map(measure) : []
    const width = Math.max(3, ...widest)
    return {left, right, alignment, width} as const
  })
  return rows.map(({prefix}, row) => {
    const layout: TableLayout = {
      prefix,
      opens: true,
      closes: true,
      columns: columns.map(({alignment, width}) => ({
        left: ' ',
        right: ' ',
        alignment,
        width: style === 'aligned' ? width + 2 : undefined,
      })),
    }
    const delimiters = columns.map(
      ({left, right, width}) => `${left ? ':' : '-'}${'-'.repeat(width - 2)}${right ? ':' : '-'}`,
    )
    return writeRow(layout, row === 1 ? delimiters : (cells[row] ?? []), measure)
  })
}

/** What stands in the cells of a line, as it is written. Only blanks and tabs pad: others are content. */
export function cellsOf({segments}: RowSegments): string[] {
  return segments.map(({text}) => text.replace(/^[ \t]+|[ \t]+$/g, ''))
}
