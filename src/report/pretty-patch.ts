/** A patch for a person at a terminal: a unified diff, long ones cut with a count. */
import type {Patch} from '../model/patch.ts'
import type {Style} from './style.ts'
import {visible} from './visible.ts'

/** Lines of a patch that are shown of one output. */
const shownLines = 20

/** A generated line can hold a whole record; its difference shows at the beginning or not at all. */
const shownColumns = 200

export function prettyPatch(path: string, {hunks, added, removed}: Patch, style: Style): string {
  const all = hunks.flatMap(({header, lines}) => [header, ...lines])
  const shown = all.slice(0, shownLines)
  const rest = all.slice(shownLines).filter((line) => /^[+-]/.test(line)).length
  const lines = [
    style('bold', `--- ${visible(path)} (on disk)`),
    style('bold', `+++ ${visible(path)} (from the document, +${added} −${removed})`),
    ...shown.map((line) => paint(visible(shorten(line)), style)),
    ...(rest > 0 ? [style('dim', `… ${rest} more changed ${rest === 1 ? 'line' : 'lines'}`)] : []),
    '',
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function shorten(line: string): string {
  return line.length > shownColumns ? `${line.slice(0, shownColumns - 1)}…` : line
}

function paint(line: string, style: Style): string {
  if (line.startsWith('+')) return style('green', line)
  if (line.startsWith('-')) return style('red', line)
  return line.startsWith('@@') ? style('cyan', line) : line
}
