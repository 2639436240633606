/** Text → mdast, in slices: a long table is parsed some rows at a time, so that memory stays flat. */
import type {Definition, Nodes, Root} from 'mdast'
import {fromMarkdown} from 'mdast-util-from-markdown'
import {gfmStrikethroughFromMarkdown} from 'mdast-util-gfm-strikethrough'
import {gfmTableFromMarkdown} from 'mdast-util-gfm-table'
import {gfmStrikethrough} from 'micromark-extension-gfm-strikethrough'
import {gfmTable} from 'micromark-extension-gfm-table'
import type {Point} from '../model/place.ts'
import type {Lines} from './lines.ts'

/** Rows in a slice. Below 20 the repeated header costs, above 100 the garbage does. */
const sliceRows = 50

/** A piece of the document. Points in its tree are the piece's own until `toSource` has mapped them. */
export type Piece = {
  readonly tree: Root
  readonly toSource: (point: Point) => Point
  /** Line of the header (in the document) of the table that this piece's only table goes on with. */
  readonly continues?: number
}

/**
 * Parse a document: first a piece with everything but the middle of long tables, then those, row by row.
 *
 * The first piece keeps the beginning of each long table. Where Markdown reads that as a table at the top level,
 * a further line that begins with a pipe can only be one more row of it, so the rows left out may be parsed
 * below a copy of the header. Where it does not (a code fence, a comment, a list), the document is parsed whole.
 */
export function* parseInSlices(text: string, lines: Lines): Generator<Piece> {
  const long = findLongTables(lines)
  if (long.length > 0) {
    const skeleton = cutOut(text, lines, long)
    const tree = parseMarkdown(skeleton.text)
    const tables = new Set(
      tree.children.filter((node) => node.type === 'table').map((node) => node.position?.start.line),
    )
    if (long.every((table) => tables.has(skeleton.lineOf(table.header)))) {
      yield {tree, toSource: skeleton.toSource}
      const definitions = collectDefinitions(tree).map((node) => sourceOf(node, skeleton.text))
      for (const table of long) yield* parseRows(text, lines, table, definitions)
      return
    }
  }
  yield {tree: parseMarkdown(text), toSource: (point) => point}
}

/** CommonMark with GFM's tables and strikethrough, on the parser that remark is made of. */
function parseMarkdown(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfmTable(), gfmStrikethrough()],
    mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown()],
  })
}

/** Lines, 1-based: the header, the first row to leave out of the skeleton, and the last. */
type LongTable = {readonly header: number; readonly first: number; readonly last: number}

function findLongTables(lines: Lines): LongTable[] {
  const found: LongTable[] = []
  let line = 1
  while (line < lines.count) {
    const header = line
    if (!beginsWithPipe(lines.text(line++)) || !/^ {0,3}\|[ \t:|-]*$/.test(lines.text(line))) continue
    while (line < lines.count && beginsWithPipe(lines.text(line + 1))) line++
    const first = header + 2 + sliceRows
    if (line - first >= sliceRows) found.push({header, first, last: line})
    line++
  }
  return found
}

function beginsWithPipe(line: string): boolean {
  return /^ {0,3}\|/.test(line)
}

function cutOut(text: string, lines: Lines, cuts: readonly LongTable[]) {
  const kept: string[] = []
  let from = 0
  for (const cut of cuts) {
    kept.push(text.slice(from, lines.start(cut.first)))
    from = lines.start(cut.last + 1)
  }
  kept.push(text.slice(from))

  return {
    text: kept.join(''),
    /** Line of the document → line of the skeleton; for lines that were kept. */
    lineOf(line: number): number {
      let removed = 0
      for (const cut of cuts) if (cut.last < line) removed += cut.last - cut.first + 1
      return line - removed
    },
    toSource({line, column, offset}: Point): Point {
      let sourceLine = line
      let sourceOffset = offset
      for (const cut of cuts) {
        if (sourceLine < cut.first) break
        sourceLine += cut.last - cut.first + 1
        sourceOffset += lines.start(cut.last + 1) - lines.start(cut.first)
      }
      return {line: sourceLine, column, offset: sourceOffset}
    },
  }
}

function* parseRows(text: string, lines: Lines, table: LongTable, definitions: string[]): Generator<Piece> {
  const head = text.slice(lines.start(table.header), lines.start(table.header + 2))
  for (let first = table.first; first <= table.last; first += sliceRows) {
    const end = Math.min(first + sliceRows, table.last + 1)
    const rows = text.slice(lines.start(first), lines.start(end))
    const lineShift = first - 3
    const offsetShift = lines.start(first) - head.length
    yield {
      tree: parseMarkdown([head + rows, ...definitions].join('\n\n')),
      toSource: ({line, column, offset}) => ({line: line + lineShift, column, offset: offset + offsetShift}),
      continues: table.header,
    }
  }
}

/** Link reference definitions reach into every cell of a document, so every slice needs them. */
function collectDefinitions(node: Nodes): Definition[] {
  if (node.type === 'definition') return [node]
  return 'children' in node ? node.children.flatMap(collectDefinitions) : []
}

function sourceOf(node: Definition, text: string): string {
  return text.slice(node.position?.start.offset, node.position?.end.offset)
}
