/** A patch for a person at a terminal: a unified diff, long ones cut with a count. */

import type {Patch} from '../model/patch.ts'
import {count} from '../model/words.ts'
import type {Style} from './style.ts'
import {visible} from './visible.ts'

export type PatchView = {
  readonly path: string
  readonly patch: Patch
  readonly style: Style
  /** Columns of the terminal. */
  readonly width: number
  /** Whether it is of what is staged, not of what is on the disk. */
  readonly isStaged?: boolean
}

/** Lines of a patch that are shown of one output. */
const shownLines = 20

/** What is kept of the beginning of a line, to know it by, and of what stands before its first difference. */
const [head, lead] = [40, 24]

export function prettyPatch({path, patch, style, width, isStaged = false}: PatchView): string {
  const {hunks, added, removed} = patch
  const room = Math.max(width, 40)
  const all = hunks.flatMap(({header, lines}) => [header, ...narrow(lines, room)])
  const shown = all.slice(0, shownLines)
  const isChange = (line: string) => /^[+-]/.test(line)
  const rest = added + removed - shown.filter(isChange).length
  const lines = [
    style('bold', `--- ${visible(path)} (${isStaged ? 'staged' : 'on disk'})`),
    style('bold', `+++ ${visible(path)} (from the document, +${added} −${removed})`),
    ...shown.map((line) => paint(line, style)),
    ...(rest > 0 ? [style('dim', `… ${count(rest, 'more changed line')}`)] : []),
    '',
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/**
 * A generated line can hold a whole record. Where lines take the place of as many others, each pair is cut to
 * its beginning and the same window around its first difference; any other line to its beginning.
 */
function narrow(lines: readonly string[], room: number): string[] {
  const starts = lines.map(() => 0)
  for (let index = 0; index < lines.length; ) {
    const added = countFrom(lines, index, '-') + index
    const end = countFrom(lines, added, '+') + added
    if (end - added === added - index) {
      for (let line = index; line < added; line++) {
        const other = line + added - index
        const start = firstDifference(lines[line] ?? '', lines[other] ?? '')
        starts[line] = start
        starts[other] = start
      }
    }
    index = Math.max(end, index + 1)
  }
  return lines.map((line, index) => cut(line, starts[index] ?? 0, room))
}

/** How many lines with this sign follow each other. */
function countFrom(lines: readonly string[], index: number, sign: '-' | '+'): number {
  let count = 0
  while (lines[index + count]?.startsWith(sign)) count++
  return count
}

/** Behind the sign. */
function firstDifference(a: string, b: string): number {
  let index = 1
  while (index < a.length && a[index] === b[index]) index++
  return index - 1
}

/**
 * A letter counts as one column, which wide ones are not: such a line may be wrapped.
 *
 * @param start What must be seen, counted behind the sign.
 */
function cut(line: string, start: number, room: number): string {
  const sign = line.slice(0, 1)
  const text = [...visible(line.slice(1))]
  const at = [...visible(line.slice(1, start + 1))].length
  if (text.length < room) return sign + text.join('')
  if (at < room - lead) return `${sign}${text.slice(0, room - 2).join('')}…`
  const begin = text.slice(0, Math.min(head, Math.floor(room / 3)))
  const space = room - begin.length - 3
  const from = Math.min(at - lead, Math.max(text.length - space, 0))
  const inside = text.slice(from, from + space)
  return `${sign}${begin.join('')}…${inside.join('')}${from + inside.length < text.length ? '…' : ''}`
}

function paint(line: string, style: Style): string {
  if (line.startsWith('+')) return style('green', line)
  if (line.startsWith('-')) return style('red', line)
  return line.startsWith('@@') ? style('cyan', line) : line
}
