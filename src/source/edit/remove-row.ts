/** A row → the edit that takes its line away, with one line ending. */
import type {Lines} from '../../model/lines.ts'
import type {TextEdit} from './text-edit.ts'

/** A document that ends without a line ending still does. */
export function removeLine(lines: Lines, line: number): TextEdit {
  const start = lines.start(line)
  if (line < lines.count) return {start, end: lines.start(line + 1), text: ''}
  const above = lines.start(line - 1) + lines.text(line - 1).length
  return {start: above, end: start + lines.text(line).length, text: ''}
}
