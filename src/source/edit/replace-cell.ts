/** New content of a cell of an entry → the edit of its segment alone. */
import type {Lines} from '../../model/lines.ts'
import {fitCell, type Measure, readLayout} from './layout.ts'
import type {RegistryTable} from './outline.ts'
import {leftPadOf, rightPadOf, splitRow} from './segments.ts'
import type {TextEdit} from './text-edit.ts'

/** In a table that is not aligned, the cell keeps the blanks around it. */
export function replaceCell(
  lines: Lines,
  table: RegistryTable,
  line: number,
  column: string,
  content: string,
  measure: Measure,
): TextEdit {
  const index = table.columns.indexOf(column)
  const {segments, closes} = splitRow(lines, line)
  const segment = segments[index]
  if (segment === undefined || segments.length !== table.columns.length)
    throw new Error(`No cell of ${column} in line ${line}`)
  const {start, text} = segment
  const layout = readLayout(lines, table, table.columns.length, measure).columns[index]
  const isLast = !closes && index === segments.length - 1
  const fresh =
    layout?.width === undefined || isLast
      ? leftPadOf(text) + content + rightPadOf(text)
      : fitCell(content, layout, measure)
  return {start, end: start + text.length, text: fresh}
}
