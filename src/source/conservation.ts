/** Row conservation: every line that looks like a row is in a table, in a closed code fence, or a finding. */

import {type Lines, placeOfLines} from '../model/lines.ts'
import type {Report, StrayCause} from '../model/rules.ts'
import {withoutCode} from './code-spans.ts'
import {contentOf} from './container-marks.ts'
import type {Block, Blocks} from './tables.ts'

/** Report each run of lines that look like rows and that no table holds. */
export function reportStrayRows(lines: Lines, {tables, others}: Blocks, report: Report): void {
  const inTable = new Set<number>()
  for (const {firstLine, lastLine} of tables) for (let n = firstLine; n <= lastLine; n++) inTable.add(n)
  const examples = findExamples(lines, others)
  const blockOf = new Map<number, Block>()
  for (const block of others) for (let n = block.firstLine; n <= block.lastLine; n++) blockOf.set(n, block)

  let line = 1
  while (line <= lines.count) {
    const block = blockOf.get(line)
    if (!isStray(line)) {
      line++
      continue
    }
    const first = line
    do line++
    while (line <= lines.count && blockOf.get(line) === block && isStray(line))
    report('stray-row', placeOfLines(lines, first, line - 1), {
      cause: findCause(lines, first, line - 1, block, inTable),
      lines: line - first,
    })
  }

  function isStray(line: number): boolean {
    const block = blockOf.get(line)
    if (inTable.has(line) || (block && examples.has(block))) return false
    const text = lines.text(line)
    return looksLikeRow(text) || (block?.type !== 'code' && hasHtmlCell(text))
  }
}

/** The cells of a table that is written in HTML, in a block of it or in the middle of a sentence. */
function hasHtmlCell(line: string): boolean {
  return /<t[rhd](?![a-z])/i.test(line) && /<t[rhd](?![a-z])/i.test(withoutCode(line))
}

/**
 * Whether a line would be a row if it stood in a table: it begins with a pipe, or with a code span or a delimiter
 * and a pipe, or has as many pipes as the smallest registry table without outer ones.
 */
export function looksLikeRow(line: string): boolean {
  const content = contentOf(line)
  if (/^\||^`[^`]+`\s*\||^:?-+:?\s*\|/.test(content)) return true
  return withoutCode(content).split('|').length > 3
}

/**
 * The code fences whose rows are examples.
 *
 * A fence without its end runs to the end of the document, or of its quote or list, and takes all rows along. Or it
 * ends where the next one begins: then the fence that stays open is the last one, and what opens it is content of
 * another. So when any fence is open, none is trusted, and never one that holds the opening line of another.
 */
function findExamples(lines: Lines, others: readonly Block[]): ReadonlySet<Block> {
  const fences = others.flatMap((block) => {
    const fence = openingOf(lines, block)
    return fence === undefined ? [] : [{block, fence, closed: isClosed(lines, block, fence)}]
  })
  if (fences.some(({closed}) => !closed)) return new Set()
  return new Set(
    fences.filter(({block, fence}) => !holdsOpening(lines, block, fence)).map(({block}) => block),
  )
}

/** The marks that open a fenced code block. */
function openingOf(lines: Lines, {type, firstLine, start}: Block): string | undefined {
  if (type !== 'code') return undefined
  return /^(?:`{3,}|~{3,})/.exec(lines.text(firstLine).slice(start.column - 1))?.[0]
}

/** The last line closes the fence if it looks like it and is not content. */
function isClosed(lines: Lines, {firstLine, lastLine, codeLines}: Block, fence: string): boolean {
  const end = contentOf(lines.text(lastLine)).trimEnd()
  const isFence = end.startsWith(fence) && end === fence[0]?.repeat(end.length)
  return isFence && lastLine > firstLine && codeLines === Math.max(lastLine - firstLine - 1, 1)
}

function holdsOpening(lines: Lines, {firstLine, lastLine}: Block, fence: string): boolean {
  for (let line = firstLine + 1; line < lastLine; line++)
    if (contentOf(lines.text(line)).startsWith(fence)) return true
  return false
}

function findCause(
  lines: Lines,
  first: number,
  last: number,
  block: Block | undefined,
  inTable: ReadonlySet<number>,
): StrayCause {
  if (block?.type !== 'code' && hasHtmlCell(lines.text(first))) return 'html-table'
  if (block?.type === 'html') {
    return lines.text(block.firstLine).includes('<!--') ? 'comment' : 'html-block'
  }
  if (block?.type === 'code') {
    return openingOf(lines, block) === undefined ? 'indented-code' : 'open-fence'
  }
  for (let line = first; line <= last; line++) if (isDelimiter(lines.text(line))) return 'delimiter'
  let above = first - 1
  while (above > 0 && lines.text(above).trim() === '') above--
  if (inTable.has(above)) return 'blank-line'
  if (/^\s*<|-->\s*$/.test(lines.text(above)) && above > 1) return 'html-between'
  return last > first ? 'no-delimiter' : 'text'
}

function isDelimiter(line: string): boolean {
  const cells = contentOf(line)
    .split('|')
    .map((cell) => cell.trim())
  if (cells[0] === '') cells.shift()
  if (cells.at(-1) === '') cells.pop()
  return cells.length > 0 && cells.every((cell) => /^:?-+:?$/.test(cell))
}
