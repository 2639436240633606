/** mdast → tables with the headings above them, and every other block with its lines. */
import type {Nodes, Root, Table, TableRow} from 'mdast'
import {toString as nodeToString} from 'mdast-util-to-string'
import type {Place, Point} from '../model/place.ts'
import {type CellContext, pointOf, type Row, readCell} from './cell.ts'
import type {Piece} from './slices.ts'

export type Heading = {readonly depth: number; readonly text: string}

export type TextTable = {
  /** Innermost last. */
  readonly headings: readonly Heading[]
  readonly header: Row
  /** In document order. */
  readonly rows: readonly Row[]
  readonly firstLine: number
  readonly lastLine: number
}

/** A block that is no table and holds no blocks: where rows end up that are not in a table. */
export type Block = {
  readonly type: string
  readonly firstLine: number
  readonly lastLine: number
  readonly start: Point
  /** How many lines the content of a code block has; 0 of any other block. */
  readonly codeLines: number
}

export type Blocks = {readonly tables: readonly TextTable[]; readonly others: readonly Block[]}

const containers = new Set(['root', 'blockquote', 'list', 'listItem', 'footnoteDefinition'])

/** Cells turn into text right here, so that no slice's tree outlives its slice. */
export function readBlocks(
  pieces: Iterable<Piece>,
  {source, footnotes}: Omit<CellContext, 'toSource'>,
  onRows: (count: number) => void,
): Blocks {
  const tables = new Map<number, MutableTable>()
  const others: Block[] = []
  let headings: Heading[] = []
  let count = 0

  for (const piece of pieces) {
    if ('rows' in piece) append(tables.get(piece.continues), piece.rows)
    else if (piece.continues === undefined) visit(piece.tree, piece.toSource)
    else append(tables.get(piece.continues), rowsOf(piece.tree, piece.toSource))
    onRows(count)
  }
  const inOrder = [...tables.values()].map((table) => ({
    ...table,
    rows: table.rows.toSorted((a, b) => a.place.start.line - b.place.start.line),
  }))
  return {tables: inOrder, others}

  function visit(node: Nodes, toSource: (point: Point) => Point): void {
    if (node.type === 'table') {
      addTable(node, toSource)
      return
    }
    if (node.type === 'heading') addHeading({depth: node.depth, text: nodeToString(node)})
    if (node.type === 'html') {
      for (const [, depth, text = ''] of node.value.matchAll(/<h([1-6])\b[^<>]*>([^<]*)/gi))
        addHeading({depth: Number(depth), text: text.trim()})
    }
    if (containers.has(node.type) && 'children' in node) {
      // What stands in a quote or a list has no say over what follows it.
      const outer = headings
      for (const child of node.children) visit(child, toSource)
      headings = outer
    } else {
      const {start, end} = placeOf(node, toSource)
      const {type} = node
      const codeLines = type === 'code' ? node.value.split(/\r\n|\n|\r/).length : 0
      others.push({type, firstLine: start.line, lastLine: end.line, start, codeLines})
    }
  }

  function addHeading(heading: Heading): void {
    headings = [...headings.filter(({depth}) => depth < heading.depth), heading]
  }

  function addTable(node: Table, toSource: (point: Point) => Point): void {
    const [head, ...body] = node.children.map((row) => readRow(row, toSource))
    if (head === undefined) throw new TypeError('Expected a table with a header row')
    count += body.length
    const {start, end} = placeOf(node, toSource)
    tables.set(start.line, {headings, header: head, rows: body, firstLine: start.line, lastLine: end.line})
  }

  function append(table: MutableTable | undefined, rows: readonly Row[]): void {
    if (table === undefined) throw new Error('A slice belongs to no table')
    for (const row of rows) {
      table.rows.push(row)
      table.lastLine = Math.max(table.lastLine, row.place.end.line)
    }
    count += rows.length
  }

  function rowsOf(tree: Root, toSource: (point: Point) => Point): Row[] {
    const [node] = tree.children
    if (node?.type !== 'table') throw new Error('A slice of a table was not read as one')
    return node.children.slice(1).map((row) => readRow(row, toSource))
  }

  function readRow(node: TableRow, toSource: (point: Point) => Point): Row {
    return {
      cells: node.children.map((cell) => readCell(cell, {source, footnotes, toSource})),
      place: placeOf(node, toSource),
    }
  }
}

type MutableTable = {-readonly [Key in keyof TextTable]: Key extends 'rows' ? Row[] : TextTable[Key]}

function placeOf(node: Nodes, toSource: (point: Point) => Point): Place {
  return {start: toSource(pointOf(node.position?.start)), end: toSource(pointOf(node.position?.end))}
}
