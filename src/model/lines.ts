/** The lines of a text, as Markdown counts them: where each begins, and which point an offset is. */
import type {Place, Point} from './place.ts'

export type Lines = {
  /** How many there are; a text that ends in a line ending has an empty last line. */
  readonly count: number
  /** Offset of the first character of a 1-based line; of a line past the end, the length of the text. */
  start(line: number): number
  /** A 1-based line without its line ending. */
  text(line: number): string
  pointAt(offset: number): Point
}

/**
 * @param text Without a byte order mark.
 * @see https://spec.commonmark.org/0.31.2/#line-ending line feed, carriage return, or both
 */
export function indexLines(text: string): Lines {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length)
  const start = (line: number) => starts[line - 1] ?? text.length

  return {
    count: starts.length,
    start,
    text: (line) => text.slice(start(line), start(line + 1)).replace(/[\r\n]+$/, ''),
    pointAt(offset) {
      let low = 0
      let high = starts.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((starts[middle] ?? 0) <= offset) low = middle
        else high = middle - 1
      }
      return {line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset}
    },
  }
}

export function placeAt(lines: Lines, start: number, end: number): Place {
  return {start: lines.pointAt(start), end: lines.pointAt(end)}
}

/** From the first character of one line to the end of another, line endings not counted. Lines are 1-based. */
export function placeOfLines(lines: Lines, first: number, last: number): Place {
  return placeAt(lines, lines.start(first), lines.start(last) + lines.text(last).length)
}
