/** Fitting text into a terminal: a line of source with the fault underlined, and wrapped sentences. */
import stringWidth from 'string-width'
import {indexLines, type Lines} from '../model/lines.ts'
import type {Place} from '../model/place.ts'
import type {Style} from './style.ts'
import {visible} from './visible.ts'

/** Columns that a line gets in the narrowest of terminals. */
const minColumns = 40

/** Code units of a column, at most, that are looked at: a line can be a whole file. */
const unitsPerColumn = 20

/** Frames of places in these texts; each text is indexed once, however many findings it has. */
export function frames(sources: ReadonlyMap<string, string>, width: number, style: Style) {
  const indexed = new Map<string, Lines>()
  return (path: string, place: Place | undefined): readonly string[] => {
    const source = sources.get(path)
    if (place === undefined || source === undefined) return []
    const lines = indexed.get(path) ?? indexLines(source)
    indexed.set(path, lines)
    return drawFrame(lines, place, width, style)
  }
}

/** @param width Columns to fit into, the gutter included. */
function drawFrame(lines: Lines, place: Place, width: number, style: Style): string[] {
  const {start, end} = place
  const line = lines.text(start.line)
  const from = start.column - 1
  const to = end.line === start.line ? Math.max(end.column - 1, from) : line.length
  const gutter = String(start.line).length + 3
  const {before, marked, after} = cut(line, from, to, Math.max(width - gutter - 2, minColumns))

  const bar = (label: string) => style('dim', `${label.padStart(gutter - 1)} │`)
  const underline = ' '.repeat(stringWidth(before)) + '^'.repeat(Math.max(stringWidth(marked), 1))
  return [
    `${bar(String(start.line))} ${before}${style('bold', marked)}${after}`.trimEnd(),
    `${bar('')} ${style('red', underline)}`,
    ...(end.line > start.line ? [`${bar('')} ${style('dim', `… to line ${end.line}`)}`] : []),
  ]
}

type Window = {readonly before: string; readonly marked: string; readonly after: string}

/** Three parts that together fit into `room` columns; an ellipsis stands for what is cut off. */
function cut(line: string, from: number, to: number, room: number): Window {
  const far = room * unitsPerColumn
  const left = visible(line.slice(Math.max(0, from - far), from))
  const right = visible(line.slice(to, to + far))
  const marked = takeLeft(visible(line.slice(from, Math.min(to, from + far))), room)
  const rest = room - stringWidth(marked)
  const after = takeLeft(right, Math.max(Math.floor(rest / 3), rest - stringWidth(left)))
  const before = takeRight(left, rest - stringWidth(after))
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

/**
 * Break text at blanks into lines of at most `width` columns. A word that is wider stands on a line of its own,
 * as a path or a command must stay in one piece.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
