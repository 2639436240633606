/** Text → the Markdown of a cell that is read back as exactly this text. */
import {indexLines} from '../../model/lines.ts'
import type {Cell} from '../cell.ts'
import {tidy} from '../cell-text.ts'
import {reportDeepNesting} from '../nesting.ts'
import {parseInSlices} from '../slices.ts'
import {readBlocks} from '../tables.ts'

/**
 * Write a text into a cell: its marks escaped, its line feeds as `<br>`.
 *
 * Only what has a meaning where it stands is escaped, so that a sentence stays a sentence: each way is tried by
 * reading it back, the one with the fewest marks first.
 *
 * @returns `undefined` for a text that no cell can hold.
 */
export function cellMarkdown(text: string): string | undefined {
  const wanted = tidy(text)
  if (wanted === '') return ''
  if (wanted.includes('\r')) return undefined
  return [gently, carefully, thoroughly]
    .map((mark) => wanted.split('\n').map(mark).join('<br>'))
    .find((markdown) => isCell(markdown, (cell) => cell.text === wanted && cell.faults.length === 0))
}

/** Write a name into a cell, as one code span; `undefined` for a name that none can hold. */
export function codeSpan(name: string): string | undefined {
  const longest = Math.max(0, ...[...name.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const markdown = fence + name.replaceAll('|', '\\|') + fence
  return isCell(markdown, (cell) => cell.isCode && cell.text === name) ? markdown : undefined
}

function isCell(markdown: string, holds: (cell: Cell) => boolean): boolean {
  const source = `| x |\n| --- |\n| ${markdown} |\n`
  const lines = indexLines(source)
  // What no parser ends with must not be tried.
  if (lines.count !== 4 || reportDeepNesting(lines, () => {})) return false
  const {tables} = readBlocks(parseInSlices(source, lines), {source, footnotes: new Set()}, () => {})
  const [row] = tables[0]?.rows ?? []
  const [cell] = row?.cells ?? []
  return row?.cells.length === 1 && cell !== undefined && holds(cell)
}

/** A bracket may refer to a definition or a footnote anywhere in the document, now or later. */
function gently(line: string): string {
  return line.replace(/\\+(?=[[|]|$)|\||\[(?=[^\]]*\])/g, (mark) =>
    mark.startsWith('\\') ? mark + mark : `\\${mark}`,
  )
}

/** `\` before a letter and `_` between letters are themselves. */
function carefully(line: string): string {
  return line.replace(/\\(?=[!-/:-@[-`{-~]|$)|[`*~[\]<&|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
}

/** A formula is one behind backslashes, too. */
function thoroughly(line: string): string {
  return line.replace(/[\\`*~[\]<>&|_!]/g, '\\$&').replaceAll('$', '&#36;')
}
