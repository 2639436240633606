/** Text that nests so deep that no parser ends with it: refused before it is parsed. */

import {type Lines, placeOfLines} from '../model/lines.ts'
import type {Report} from '../model/rules.ts'
import {withoutCode} from './code-spans.ts'
import {containerMarksOf} from './container-marks.ts'

/** Quotes and lists that one line may open. */
const mostContainers = 100

/** Marks that may open or close something within one paragraph or row. Each may pair with each. */
const mostMarks = 1000

/** An opening of a comment or a declaration makes the parser look for its end, up to the end of the paragraph. */
const weightOfOpening = 20

/**
 * Report lines that open very many quotes and lists, and paragraphs and rows with very many marks of emphasis and
 * links: Markdown parsers take a time that grows with the square of these, and more, and nobody writes them by hand.
 *
 * @returns Whether there are any.
 */
export function reportDeepNesting(lines: Lines, report: Report): boolean {
  let found = false
  let first = 1
  let marks = 0
  let fence: string | undefined
  for (let line = 1; line <= lines.count; line++) {
    const text = lines.text(line)
    const prefix = containerMarksOf(text)
    const containers = prefix === '' ? 0 : countContainers(prefix)
    if (containers > mostContainers) {
      report('deep-nesting', placeOfLines(lines, line, line), {count: containers, most: mostContainers})
      found = true
    }
    const content = text.slice(prefix.length)
    fence = fenceAfter(fence, content)
    // A row, a list item and a definition begin anew; a blank line and code end what was before.
    if (fence !== undefined || prefix !== '' || /^[ \t]*(?:\||$|\[[^[\]]*\]:)/.test(content)) {
      first = line
      marks = 0
    }
    if (fence !== undefined) continue
    const before = marks
    marks += countMarks(text)
    if (marks > mostMarks && before <= mostMarks) {
      report('deep-nesting', placeOfLines(lines, first, line), {count: marks, most: mostMarks})
      found = true
    }
  }
  return found
}

/** The code fence that is open behind a line, as far as can be told without a parser. */
function fenceAfter(open: string | undefined, content: string): string | undefined {
  const mark = /^[ \t]*(`{3,}|~{3,})/.exec(content)?.[1]
  if (mark === undefined) return open
  if (open === undefined) return mark
  return mark.startsWith(open) && content.trim() === mark ? undefined : open
}

/** A list may also be opened by each line above that is less far to the right. */
function countContainers(prefix: string): number {
  const marks = prefix.match(/[^ \t\d]/g)?.length ?? 0
  const indentation = /^[ \t]*/.exec(prefix)?.[0].length ?? 0
  return marks + Math.floor(indentation / 2)
}

function countMarks(text: string): number {
  const marks = weigh(text)
  return marks <= 10 ? marks : weigh(withoutCode(text))
}

function weigh(text: string): number {
  const marks = text.match(/[*~[]|(?<!\w)_|_(?!\w)/g)?.length ?? 0
  const openings = text.match(/<[!?]/g)?.length ?? 0
  return marks + openings * weightOfOpening
}
