/** A file of migrations → the statements to run, each at its place. */

import {pointsOf} from '../../inventory/migrations/positions.ts'
import {nextPiece, resume} from '../../inventory/migrations/split.ts'
import type {Piece} from '../../io/pglite/run-file.ts'

const open = {
  quote: 'A quote or a comment is never closed',
  parenthesis: 'A parenthesis or a body is never closed',
  copy: 'The data of COPY never end',
} as const

/** Of psql, and without effect on what a database contains. */
const harmless = /^\\(?:restrict|unrestrict|echo|qecho|warn|timing|pset|x|t|a|encoding|!?)(?:\s|$)/

/** What is broken is a piece too, so that it is told; reading goes on behind it where a line begins a statement. */
export function splitPieces(text: string): Piece[] {
  const pointAt = pointsOf(text)
  const pieces: Piece[] = []
  for (let from = 0; ; ) {
    const found = nextPiece(text, from)
    if (found === undefined) return pieces
    const broken = found.open !== undefined ? open[found.open] : undefined
    const source = text.slice(found.start, found.end)
    const isMeta = found.kind === 'meta'
    if (!isMeta || !harmless.test(source)) {
      pieces.push({
        text: source,
        place: {start: pointAt(found.start), end: pointAt(found.end)},
        broken: isMeta ? 'A command of psql is not followed' : broken,
      })
    }
    from = broken === undefined ? found.next : (resume(text, found.start, found.end) ?? found.next)
  }
}
