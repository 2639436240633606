/** Merge-conflict markers: whatever stands between them, nothing may be read. */

import {type Lines, placeOfLines} from '../model/lines.ts'
import type {Report} from '../model/rules.ts'
import {clip} from './shorten.ts'

/**
 * Report the marker lines that git leaves, anywhere in the document.
 *
 * A line of equals signs alone underlines a heading, and one of pipes is a row of empty cells, so they count only
 * between an opening and a closing marker.
 *
 * @returns Whether there are any.
 * @see https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
 */
export function reportConflictMarkers(lines: Lines, report: Report): boolean {
  let found = false
  let open = false
  for (let line = 1; line <= lines.count; line++) {
    const marker = /^(?:<{7,}|>{7,}|\|{7,}|={7,})(?=\s|$)/.exec(lines.text(line))?.[0]
    if (marker === undefined) continue
    if ((marker.startsWith('=') || marker.startsWith('|')) && !open) continue
    open = !marker.startsWith('>')
    found = true
    report('conflict-marker', placeOfLines(lines, line, line), {marker: clip(marker)})
  }
  return found
}
