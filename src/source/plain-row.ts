/** Rows in which Markdown has nothing to read but cells of plain words and names in code. Most are. */
import type {Lines} from '../model/lines.ts'
import type {Cell, Row} from './cell.ts'

/**
 * Words that mean themselves in every dialect: ASCII without the characters that Markdown, GFM or GitHub give a
 * meaning. An underscore between letters has none.
 *
 * @see https://spec.commonmark.org/0.31.2/#inlines
 */
const words = /^(?:[A-Za-z0-9 .,;:'"()/+=%?!#-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))+$/

/** A code span of printable ASCII without a backtick, a pipe, a backslash, or a blank at either end. */
const codeSpan = /^`(?! )[ -[\]-_a-{}~]+(?<! )`$/

/**
 * Read a line that is known to be a body row of a table at the top level.
 *
 * The parser would come to the same cells, at thirty times the price. Whatever is not plain beyond doubt is left to it.
 *
 * @returns `undefined` for a row that the parser has to read.
 */
export function readPlainRow(lines: Lines, line: number): Row | undefined {
  const text = lines.text(line)
  if (!text.startsWith('|') || !text.endsWith('|') || text.length < 2) return undefined
  const start = lines.start(line)
  const cells: Cell[] = []
  let from = 1
  while (from < text.length) {
    const to = text.indexOf('|', from)
    let first = from
    let end = to
    while (text[first] === ' ') first++
    while (end > first && text[end - 1] === ' ') end--
    const content = text.slice(first, end)
    const isCode = codeSpan.test(content)
    if (!isCode && !words.test(content)) return undefined
    cells.push({
      text: isCode ? content.slice(1, -1) : content,
      place: {
        start: {line, column: first + 1, offset: start + first},
        end: {line, column: end + 1, offset: start + end},
      },
      codeSpans: isCode ? 1 : 0,
      isCode,
      faults: [],
    })
    from = to + 1
  }
  const place = {
    start: {line, column: 1, offset: start},
    end: {line, column: text.length + 1, offset: start + text.length},
  }
  return {cells, place}
}
