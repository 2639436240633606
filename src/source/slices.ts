/** Text → mdast, in slices: a long table is parsed some rows at a time, so that memory stays flat. */
import type {Nodes, Root} from 'mdast'
import {fromMarkdown} from 'mdast-util-from-markdown'
import {gfmStrikethroughFromMarkdown} from 'mdast-util-gfm-strikethrough'
import {gfmTableFromMarkdown} from 'mdast-util-gfm-table'
import {gfmStrikethrough} from 'micromark-extension-gfm-strikethrough'
import {gfmTable} from 'micromark-extension-gfm-table'
import type {Lines} from '../model/lines.ts'
import type {Point} from '../model/place.ts'
import type {Row} from './cell.ts'
import {footnoteSyntax} from './footnote-syntax.ts'
import {readPlainRow} from './plain-row.ts'

/** Rows in a slice. Below 20 the repeated header costs, above 100 the garbage does. */
const sliceRows = 50

/**
 * A piece of the document. Points in its tree are the piece's own until `toSource` has mapped them.
 *
 * `continues`: line of the header (in the document) of the table that this piece goes on with, by rows that are read
 * already, or by the only table of its tree.
 */
export type Piece =
  | {readonly tree: Root; readonly toSource: (point: Point) => Point; readonly continues?: number}
  | {readonly rows: readonly Row[]; readonly continues: number}

/**
 * Parse a document: first a piece with everything but the rows of tables, then those, some rows at a time.
 *
 * The first piece keeps the header and the delimiter row of each table. Where Markdown reads these as a table at the
 * top level, a further line that begins with a pipe can only be one more row of it, so the rows left out may be parsed
 * below a copy of the header, or read without it where they are plain. Where it does not (a code fence, a comment, a list), they stay in the first piece.
 */
export function* parseInSlices(text: string, lines: Lines, hasFootnotes = false): Generator<Piece> {
  let cuts = findTables(lines).filter((cut) => !joinsEndings(text, lines, cut))
  // Rows that are put back may be what the others depended on, so what was confirmed is looked at once more.
  for (let attempt = 1; attempt <= 2 && cuts.length > 0; attempt++) {
    const skeleton = cutOut(text, lines, cuts)
    const tree = parseMarkdown(skeleton.text, hasFootnotes)
    const tables = new Set(
      tree.children.filter((node) => node.type === 'table').map((node) => node.position?.start.line),
    )
    const confirmed = cuts.filter((_, index) => tables.has(skeleton.headers[index]))
    if (confirmed.length === cuts.length) {
      yield {tree, toSource: skeleton.toSource}
      const identifiers = collectIdentifiers(tree)
      for (const cut of cuts) yield* readRows(text, lines, cut, identifiers)
      return
    }
    cuts = confirmed
  }
  yield {tree: parseMarkdown(text, hasFootnotes), toSource: (point) => point}
}

/** CommonMark with GFM's tables and strikethrough, on the parser that remark is made of. */
function parseMarkdown(text: string, hasFootnotes = false): Root {
  return fromMarkdown(text, {
    extensions: [gfmTable(), gfmStrikethrough(), ...(hasFootnotes ? [footnoteSyntax] : [])],
    mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown()],
  })
}

/** Lines, 1-based: the header, the first row, and the last. */
type Cut = {readonly header: number; readonly first: number; readonly last: number}

/** What is written like a table of some rows. Whether it is one, the parser tells. */
function findTables(lines: Lines): Cut[] {
  const found: Cut[] = []
  let line = 1
  while (line < lines.count) {
    const header = line
    if (!beginsWithPipe(lines.text(line++)) || !/^ {0,3}\|[ \t:|-]*$/.test(lines.text(line))) continue
    while (line < lines.count && beginsWithPipe(lines.text(line + 1))) line++
    const first = header + 2
    if (line >= first) found.push({header, first, last: line})
    line++
  }
  return found
}

/** Whether without the rows a carriage return and a line feed, an ending each, would be one: a line fewer. */
function joinsEndings(text: string, lines: Lines, {first, last}: Cut): boolean {
  return text[lines.start(first) - 1] === '\r' && text[lines.start(last + 1)] === '\n'
}

function beginsWithPipe(line: string): boolean {
  return /^ {0,3}\|/.test(line)
}

function cutOut(text: string, lines: Lines, cuts: readonly Cut[]) {
  const kept: string[] = []
  let from = 0
  for (const cut of cuts) {
    kept.push(text.slice(from, lines.start(cut.first)))
    from = lines.start(cut.last + 1)
  }
  kept.push(text.slice(from))

  // For each cut: the line of the skeleton where it was, and what is missing from there on.
  const gaps: {line: number; lines: number; characters: number}[] = []
  let missing = {lines: 0, characters: 0}
  for (const {first, last} of cuts) {
    const line = first - missing.lines
    const characters = lines.start(last + 1) - lines.start(first)
    missing = {lines: missing.lines + last - first + 1, characters: missing.characters + characters}
    gaps.push({line, ...missing})
  }

  return {
    text: kept.join(''),
    /** Lines of the skeleton at which the header of each cut table stands. */
    headers: cuts.map(({header}, index) => header - (gaps[index - 1]?.lines ?? 0)),
    toSource({line, column, offset}: Point): Point {
      let low = 0
      let high = gaps.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((gaps[middle]?.line ?? 0) <= line) low = middle + 1
        else high = middle
      }
      const gap = gaps[low - 1] ?? {lines: 0, characters: 0}
      return {line: line + gap.lines, column, offset: offset + gap.characters}
    },
  }
}

function* readRows(
  text: string,
  lines: Lines,
  table: Cut,
  identifiers: ReadonlySet<string>,
): Generator<Piece> {
  const plain: Row[] = []
  const others: number[] = []
  for (let line = table.first; line <= table.last; line++) {
    const row = readPlainRow(lines, line)
    if (row === undefined) others.push(line)
    else plain.push(row)
  }
  yield {continues: table.header, rows: plain}
  for (let index = 0; index < others.length; index += sliceRows) {
    yield parseRows(text, lines, table, others.slice(index, index + sliceRows), identifiers)
  }
}

/** Some rows of a table, which need not follow each other, below a copy of its header. */
function parseRows(
  text: string,
  lines: Lines,
  table: Cut,
  rows: readonly number[],
  identifiers: ReadonlySet<string>,
): Piece {
  const starts: number[] = []
  let slice = text.slice(lines.start(table.header), lines.start(table.header + 2))
  for (const row of rows) {
    starts.push(slice.length)
    slice += `${lines.text(row)}\n`
  }
  return {
    tree: parseMarkdown([slice, ...definitionsFor(slice, identifiers)].join('\n\n')),
    toSource({line, column, offset}) {
      const row = rows[line - 3]
      const start = starts[line - 3]
      // The header is the other piece's, and nothing asks for its place here.
      if (row === undefined || start === undefined) return {line: table.header, column, offset}
      return {line: row, column, offset: lines.start(row) + offset - start}
    },
    continues: table.header,
  }
}

/** Link reference definitions reach into every cell of a document, so a slice needs those that its rows may use. */
function definitionsFor(rows: string, identifiers: ReadonlySet<string>): string[] {
  if (identifiers.size === 0) return []
  const used = new Set<string>()
  for (const [, label = ''] of rows.matchAll(/\[((?:[^\\[\]]|\\.)*)\]/g)) {
    const identifier = normalizeIdentifier(label)
    if (identifiers.has(identifier)) used.add(identifier)
  }
  // Only whether there is one matters: a reference is read as its text.
  return [...used].map((identifier) => `[${identifier}]: <>`)
}

/** As micromark compares labels. */
function normalizeIdentifier(label: string): string {
  return label
    .replace(/[\t\n\r ]+/g, ' ')
    .trim()
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
}

/** By a stack of its own: a document may nest deeper than calls can. */
function collectIdentifiers(tree: Root): ReadonlySet<string> {
  const found = new Set<string>()
  const open: Nodes[] = [tree]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'definition') found.add(node.identifier)
    else if ('children' in node) for (const child of node.children) open.push(child)
  }
  return found
}
