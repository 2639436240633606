/** A new row → the edit that puts it below the last row of its table. */
import type {Lines} from '../../model/lines.ts'
import {type Measure, readLayout, writeRow} from './layout.ts'
import type {Outline, RegistryTable} from './outline.ts'
import {type RowRequest, rowContents} from './row-contents.ts'
import type {TextEdit} from './text-edit.ts'

export function insertRow(
  {text, lines}: Outline,
  table: RegistryTable,
  request: RowRequest,
  measure: Measure,
): TextEdit {
  const contents = rowContents(request, {...table, headingSchema: table.schema?.schema})
  const row = writeRow(readLayout(lines, table, table.columns.length, measure), contents, measure)
  return insertBelow(text, lines, table.rowLines.at(-1) ?? table.firstLine + 1, [row])
}

/** Put whole lines below a line, in its line ending. A document that ends without one still does. */
export function insertBelow(text: string, lines: Lines, line: number, fresh: readonly string[]): TextEdit {
  const end = lines.start(line) + lines.text(line).length
  const ending = text.slice(end, lines.start(line + 1)) || endingOf(text)
  return {start: end, end, text: fresh.map((one) => ending + one).join('')}
}

function endingOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n'
}
