/** A file of migrations → the statements to run, each at its place. */

import {lineEnd} from '../../inventory/migrations/lexer.ts'
import {pointsOf} from '../../inventory/migrations/positions.ts'
import {cutSections} from '../../inventory/migrations/prepare.ts'
import {isHarmlessCommand} from '../../inventory/migrations/psql.ts'
import {nextPiece, resume} from '../../inventory/migrations/split.ts'
import type {Piece} from '../../io/pglite/run-file.ts'
import type {MigrationTool} from '../../model/default-registry.ts'

const open = {
  quote: 'A quote or a comment is never closed',
  parenthesis: 'A parenthesis or a body is never closed',
  copy: 'The data of COPY never end',
} as const

/**
 * What is broken is a piece too, so that it is told; reading goes on behind it where a line begins a statement.
 *
 * @param tool Whose folder the file is from: it says whether sections that undo are run.
 */
export function splitPieces(file: string, tool?: MigrationTool): Piece[] {
  const {text, faults} = cutSections(file, tool)
  const pointAt = pointsOf(text)
  const pieces = faults.map(({offset, why}): Piece => {
    const end = lineEnd(text, offset)
    return {
      text: text.slice(offset, end),
      place: {start: pointAt(offset), end: pointAt(end)},
      broken: why.replace(/^./, (first) => first.toUpperCase()),
    }
  })
  for (let from = 0; ; ) {
    const found = nextPiece(text, from)
    if (found === undefined) return pieces
    const broken = found.open !== undefined ? open[found.open] : undefined
    const source = text.slice(found.start, found.end)
    const isMeta = found.kind === 'meta'
    if (!isMeta || !isHarmlessCommand(source.trim())) {
      pieces.push({
        text: source,
        place: {start: pointAt(found.start), end: pointAt(found.end)},
        broken: isMeta ? 'A command of psql is not followed' : broken,
      })
    }
    from = broken === undefined ? found.next : (resume(text, found.start, found.end) ?? found.next)
  }
}
