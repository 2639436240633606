/** Two states of a text → the one row in which they differ, where nothing around it can make another thing of it. */
import type {Outline, RegistryTable} from '../source/edit/outline.ts'
import type {Reading} from './reading.ts'

export type ChangedRow = {
  readonly table: RegistryTable
  readonly line: number
  /** How much longer the text has become. */
  readonly delta: number
}

/**
 * Find the row that a change is in.
 *
 * At the top level, a line that begins with a pipe and stands in a table can only be a row of it, whatever follows the
 * pipe, and is read by itself but for what it refers to: definitions and footnotes, which must not be there.
 *
 * @returns `undefined` where anything else may have changed.
 */
export function findChangedRow(before: Reading, outline: Outline, text: string): ChangedRow | undefined {
  const old = before.text
  const delta = text.length - old.length
  let start = 0
  const shorter = Math.min(old.length, text.length)
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++
  let end = 0
  while (
    end < shorter - start &&
    old.charCodeAt(old.length - 1 - end) === text.charCodeAt(text.length - 1 - end)
  )
    end++

  const {lines} = before
  const {line} = lines.pointAt(start)
  const [from, to] = [lines.start(line), lines.start(line) + lines.text(line).length]
  if (old.length - end > to) return undefined
  const [row, fresh] = [lines.text(line), text.slice(from, to + delta)]
  if (![row, fresh].every(isRow) || !isRow(lines.text(line + 1) || '|')) return undefined
  const table = outline.tables.find(({firstLine, lastLine}) => line > firstLine + 1 && line <= lastLine)
  return table !== undefined && isPlainTable(before, table) && !refers(old) ? {table, line, delta} : undefined
}

/** Begins at the margin, ends with a pipe, and is no marker of a conflict. */
function isRow(line: string): boolean {
  return line.startsWith('|') && !line.startsWith('||') && !/[\r\n]/.test(line)
}

/** At the top level, not struck by HTML around it, below a heading that says the same in every document. */
function isPlainTable({lines, findings}: Reading, {firstLine, schema}: RegistryTable): boolean {
  const isStruck = findings.some(({place}) => place?.start.line === firstLine)
  const isTold = schema === undefined || /^\p{L}[\p{L}\p{N} .,:()/-]*$/u.test(schema.text)
  return (
    lines.text(firstLine).startsWith('|') && lines.text(firstLine + 1).startsWith('|') && !isStruck && isTold
  )
}

/** Whether there is a definition, or what may look like one to some dialect. */
function refers(text: string): boolean {
  return text.includes(']:')
}
