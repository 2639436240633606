/** One file → its statements in order, each with its tree and its place, or the reason why it has none. */
import type {Node} from 'libpg-query'
import type {MigrationTool} from '../../model/default-registry.ts'
import type {Location} from '../../model/place.ts'
import type {Source} from './context.ts'
import {skipBlank} from './lexer.ts'
import type {Parser} from './parser.ts'
import {pointsOf, unitsOf} from './positions.ts'
import {prepare} from './prepare.ts'
import {nextPiece, type Piece, resume} from './split.ts'

export type Statement = {readonly location: Location; readonly source: Source} & (
  | {readonly kind: 'parsed'; readonly node: Node}
  /** A command of psql, such as `\connect`. */
  | {readonly kind: 'meta'; readonly command: string}
  | {readonly kind: 'failed'; readonly why: string}
  /** Not a statement: something about the file. */
  | {readonly kind: 'fault'; readonly why: string}
)

/** @param tool Whose folder the file is from. Never throws: what cannot be read comes back as `failed`. */
export function readStatements(
  parser: Parser,
  path: string,
  file: string,
  tool?: MigrationTool,
): Statement[] {
  const {text, conflicts, faults} = prepare(file, tool)
  const point = pointsOf(text)
  const unit = unitsOf(text)
  const at = (start: number, end: number): {location: Location; source: Source} => ({
    location: {path, place: {start: point(start), end: point(end)}},
    source: {text, unit, start, end},
  })
  const found: Statement[] = faults.map(({offset, why}) => ({kind: 'fault', why, ...at(offset, offset)}))
  if (conflicts.length === 0) {
    try {
      for (const {stmt, stmt_location: from = 0, stmt_len: length} of parser.parse(text)) {
        const start = skipBlank(text, unit(from))
        const end = length === undefined ? text.length : unit(from + length)
        if (stmt !== undefined) found.push({kind: 'parsed', node: stmt, ...at(start, end)})
      }
      return found
    } catch {
      found.length = faults.length
    }
  }
  for (const piece of readPieces(parser, text)) {
    const torn = conflicts.some(({start, end}) => piece.start < end && start < piece.end)
    const result: PieceResult = torn
      ? {why: 'it stands in a conflict of git, and was not applied'}
      : piece.result
    if ('command' in result)
      found.push({kind: 'meta', command: result.command, ...at(piece.start, piece.end)})
    else if ('why' in result) found.push({kind: 'failed', why: result.why, ...at(piece.start, piece.end)})
    else {
      const source: Source = {text, unit: pieceUnits(text, piece), start: piece.start, end: piece.end}
      for (const node of result.nodes)
        found.push({kind: 'parsed', node, ...at(piece.start, piece.end), source})
    }
  }
  return found
}

type PieceResult = {readonly nodes: readonly Node[]} | {readonly command: string} | {readonly why: string}
type Read = {readonly start: number; readonly end: number; readonly result: PieceResult}

function pieceUnits(text: string, piece: {start: number; end: number}): (byte: number) => number {
  const unit = unitsOf(text.slice(piece.start, piece.end))
  return (byte) => piece.start + unit(byte)
}

function* readPieces(parser: Parser, text: string): Generator<Read> {
  for (let from = 0; ; ) {
    const piece = nextPiece(text, from)
    if (piece === undefined) return
    const {start, end} = piece
    const result =
      piece.kind === 'meta' ? {command: text.slice(start, end).trim()} : parsePiece(parser, text, piece)
    if (!('why' in result)) {
      yield {start, end, result}
      from = Math.max(piece.next, from + 1)
      continue
    }
    const again = resume(text, start, piece.next)
    yield {start, end: again ?? end, result}
    from = again ?? Math.max(piece.next, from + 1)
  }
}

function parsePiece(parser: Parser, text: string, piece: Piece): PieceResult {
  if (piece.open === 'quote') return {why: 'a quote or a comment that is never closed'}
  if (piece.open === 'copy') return {why: 'COPY … FROM stdin without the line \\. that ends its data'}
  try {
    const statements = parser.parse(text.slice(piece.start, piece.end))
    return {nodes: statements.flatMap(({stmt}) => (stmt === undefined ? [] : [stmt]))}
  } catch (error) {
    return {why: error instanceof Error ? error.message : String(error)}
  }
}
