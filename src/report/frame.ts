/** A line of source with the stretch at fault underlined; a wide line is cut to a window around it. */
import stringWidth from 'string-width'
import type {Place} from '../model/place.ts'
import {indexLines} from '../source/lines.ts'
import type {Style} from './style.ts'
import {visible} from './visible.ts'

/** @param width Columns to fit into, the gutter included. */
export function drawFrame(source: string, place: Place, width: number, style: Style): string[] {
  const lines = indexLines(source)
  const {start, end} = place
  const line = lines.text(start.line)
  const from = start.column - 1
  const to = end.line === start.line ? Math.max(end.column - 1, from) : line.length
  const gutter = String(start.line).length + 3
  const {before, marked, after} = cut(line, from, to, Math.max(width - gutter - 1, 40))

  const bar = (label: string) => style('dim', `${label.padStart(gutter - 2)} │`)
  const underline = ' '.repeat(stringWidth(before)) + '^'.repeat(Math.max(stringWidth(marked), 1))
  return [
    `${bar(String(start.line))} ${before}${style('bold', marked)}${after}`,
    `${bar('')} ${style('red', underline)}`,
    ...(end.line > start.line ? [`${bar('')} ${style('dim', `… to line ${end.line}`)}`] : []),
  ]
}

/** Three parts that together fit into `room` columns; an ellipsis stands for what is cut off. */
function cut(
  line: string,
  from: number,
  to: number,
  room: number,
): {before: string; marked: string; after: string} {
  const marked = takeLeft(visible(line.slice(from, to)), room)
  const rest = room - stringWidth(marked)
  const after = takeLeft(
    visible(line.slice(to)),
    Math.max(Math.floor(rest / 3), rest - stringWidth(visible(line.slice(0, from)))),
  )
  const before = takeRight(visible(line.slice(0, from)), rest - stringWidth(after))
  return {before, marked, after}
}

function takeLeft(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text
  let taken = ''
  for (const grapheme of graphemes(text)) {
    if (stringWidth(taken + grapheme) > columns - 1) break
    taken += grapheme
  }
  return columns < 1 ? '' : `${taken}…`
}

function takeRight(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text
  let taken = ''
  for (const grapheme of graphemes(text).reverse()) {
    if (stringWidth(grapheme + taken) > columns - 1) break
    taken = grapheme + taken
  }
  return columns < 1 ? '' : `…${taken}`
}

/** A window never cuts through a letter and its accents, or a composed emoji. */
function graphemes(text: string): string[] {
  return [...new Intl.Segmenter('en').segment(text)].map(({segment}) => segment)
}
