/** Row conservation: every line that looks like a row is in a table, in a closed code fence, or a finding. */
import type {Report, StrayCause} from '../model/rules.ts'
import {type Lines, placeOfLines} from './lines.ts'
import type {Block, Blocks} from './tables.ts'

/** Report each run of lines that look like rows and that no table holds. */
export function reportStrayRows(lines: Lines, {tables, others}: Blocks, report: Report): void {
  const inTable = new Set<number>()
  for (const {firstLine, lastLine} of tables) for (let n = firstLine; n <= lastLine; n++) inTable.add(n)
  const blockOf = new Map<number, Block>()
  for (const block of others) for (let n = block.firstLine; n <= block.lastLine; n++) blockOf.set(n, block)

  let line = 1
  while (line <= lines.count) {
    const block = blockOf.get(line)
    if (inTable.has(line) || !isStray(lines, line, block)) {
      line++
      continue
    }
    const first = line
    do line++
    while (
      line <= lines.count &&
      !inTable.has(line) &&
      blockOf.get(line) === block &&
      isStray(lines, line, block)
    )
    report('stray-row', placeOfLines(lines, first, line - 1), {
      cause: findCause(lines, first, line - 1, block, inTable),
      lines: line - first,
    })
  }
}

function isStray(lines: Lines, line: number, block: Block | undefined): boolean {
  if (block?.type === 'html' && /<t[rhd][\s>]/i.test(lines.text(line))) return true
  return looksLikeRow(lines.text(line)) && !(block?.type === 'code' && isClosedFence(lines, block))
}

/** What may stand before the content of a line inside block quotes and lists. */
const containerMarks = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*/

/**
 * Whether a line would be a row if it stood in a table: it begins with a pipe, or with a code span or a delimiter
 * and a pipe, or has as many pipes as the smallest registry table without outer ones.
 */
export function looksLikeRow(line: string): boolean {
  const content = line.replace(containerMarks, '')
  if (/^\||^`[^`]+`\s*\||^:?-+:?\s*\|/.test(content)) return true
  const outsideCode = content.replace(/\\[\s\S]/g, '').replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '')
  return outsideCode.split('|').length > 3
}

/** A fence without its end runs to the end of the document, or of its quote or list, and takes all rows along. */
function isClosedFence(lines: Lines, {firstLine, lastLine, start}: Block): boolean {
  const fence = /^(?:`{3,}|~{3,})/.exec(lines.text(firstLine).slice(start.column - 1))?.[0]
  if (fence === undefined) return false
  const end = lines.text(lastLine).replace(containerMarks, '').trimEnd()
  return lastLine > firstLine && end.startsWith(fence) && end === fence[0]?.repeat(end.length)
}

function findCause(
  lines: Lines,
  first: number,
  last: number,
  block: Block | undefined,
  inTable: ReadonlySet<number>,
): StrayCause {
  if (block?.type === 'html') {
    if (/<t[rhd][\s>]/i.test(lines.text(first))) return 'html-table'
    return lines.text(block.firstLine).includes('<!--') ? 'comment' : 'html-block'
  }
  if (block?.type === 'code') {
    const opening = lines.text(block.firstLine).slice(block.start.column - 1)
    return /^(?:```|~~~)/.test(opening) ? 'open-fence' : 'indented-code'
  }
  for (let line = first; line <= last; line++) if (isDelimiter(lines.text(line))) return 'delimiter'
  let above = first - 1
  while (above > 0 && lines.text(above).trim() === '') above--
  if (inTable.has(above)) return 'blank-line'
  if (/^\s*<|-->\s*$/.test(lines.text(above)) && above > 1) return 'html-between'
  return last > first ? 'no-delimiter' : 'text'
}

function isDelimiter(line: string): boolean {
  return /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/.test(line)
}
