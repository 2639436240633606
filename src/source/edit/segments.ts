/** The raw segments of a line of a table: what stands between its pipes, padding included. */
import type {Lines} from '../../model/lines.ts'
import {contentOf} from '../container-marks.ts'

export type Segment = {
  /** In the document. */
  readonly start: number
  readonly text: string
}

export type RowSegments = {
  /** What stands before the row in its line: marks of quotes, indentation. */
  readonly prefix: string
  /** Whether the row begins, and ends, with a pipe. */
  readonly opens: boolean
  readonly closes: boolean
  readonly segments: readonly Segment[]
}

/** The text of a segment without its padding: blanks and tabs, as for the parser. */
export function unpad(text: string): string {
  return text.slice(leftPadOf(text).length).replace(/[ \t]+$/, '')
}

/** All of it where there is nothing but padding. */
export function leftPadOf(text: string): string {
  return /^[ \t]*/.exec(text)?.[0] ?? ''
}

/** None where there is nothing but padding. */
export function rightPadOf(text: string): string {
  return text.slice(leftPadOf(text).length + unpad(text).length)
}

/** Split a line as the parser does: a backslash before a pipe or another backslash takes its meaning. */
export function splitRow(lines: Lines, line: number): RowSegments {
  const text = lines.text(line)
  const prefix = text.slice(0, text.length - contentOf(text).length)
  const start = lines.start(line)
  const opens = text[prefix.length] === '|'
  const segments: Segment[] = []
  let from = prefix.length + (opens ? 1 : 0)
  for (let index = from; index < text.length; index++) {
    if (text[index] === '\\' && /[\\|]/.test(text[index + 1] ?? '')) index++
    else if (text[index] === '|') {
      segments.push({start: start + from, text: text.slice(from, index)})
      from = index + 1
    }
  }
  const rest = text.slice(from)
  const closes = unpad(rest) === ''
  if (!closes) segments.push({start: start + from, text: rest})
  return {prefix, opens, closes, segments}
}
