/** Which footnotes a document defines: the parser of the hot path takes their marks for text. */

import type {Lines} from '../model/lines.ts'
import {contentOf} from './container-marks.ts'

/**
 * Labels of all footnotes, in lower case.
 *
 * @see https://docs.github.com/en/get-started/writing-on-github#footnotes
 */
export function findFootnotes(lines: Lines): ReadonlySet<string> {
  const labels = new Set<string>()
  for (let line = 1; line <= lines.count; line++) {
    const label = /^\[\^([^\s[\]]+)\]:/.exec(contentOf(lines.text(line)))?.[1]
    if (label !== undefined) labels.add(label.toLowerCase())
  }
  return labels
}
