/** mdast table cell → the text that a reader sees, and what a cell must not hold. */
import type {PhrasingContent, TableCell, Text} from 'mdast'
import type {Place, Point} from '../model/place.ts'
import {findFormula, findFormulaCode, findStrayBacktick} from './cell-marks.ts'
import {tidy, withAddress} from './cell-text.ts'

/** As mdast calls them. */
const footnote = 'footnoteReference'
const formula = 'inlineMath'

/** Something in a cell that would be read otherwise than it is drawn. */
export type CellFault = {
  readonly ruleId: 'html-in-cell' | 'struck-through' | 'stray-backtick' | 'unreadable-content'
  readonly place: Place
  readonly actual: string
}

export type Cell = {
  /** As a reader sees it: marks resolved, `<br>` a line feed, a link's address behind its text. Trimmed. */
  readonly text: string
  /** The content without its padding; of an empty cell, what stands between the pipes. */
  readonly place: Place
  /** Code spans in the cell. */
  readonly codeSpans: number
  /** Whether the cell is exactly one code span. */
  readonly isCode: boolean
  readonly faults: readonly CellFault[]
}

/** A row of a table, as wide as it was written. */
export type Row = {readonly cells: readonly Cell[]; readonly place: Place}

export type CellContext = {
  /** The whole text, for what a tree does not say: backticks, footnotes and formulas that are text to it. */
  readonly source: string
  /** Labels in lower case. The parser of the hot path does not know footnotes. */
  readonly footnotes: ReadonlySet<string>
  readonly toSource: (point: Point) => Point
}

/** @param node Any producer's: the slices of this folder, or remark with remark-gfm. */
export function readCell(node: TableCell, {source, footnotes, toSource}: CellContext): Cell {
  const faults: CellFault[] = []
  let codeSpans = 0

  function flatten(child: PhrasingContent): string {
    switch (child.type) {
      case 'text':
        checkText(child)
        return child.value
      case 'inlineCode':
        codeSpans++
        return child.value
      case 'break':
        return '\n'
      case 'html':
        if (/^<br\s*\/?>$/i.test(child.value)) return '\n'
        fault('html-in-cell', place(child), child.value)
        return child.value
      case 'link': {
        const shown = child.children.map(flatten).join('')
        if (shown.trim() === '') fault('unreadable-content', place(child), 'link without a text')
        return withAddress(shown, child.url)
      }
      case 'delete': {
        const struck = child.children.map(flatten).join('')
        fault('struck-through', place(child), struck)
        return struck
      }
      case 'linkReference':
        if (isFootnote(child.identifier)) fault('unreadable-content', place(child), footnote)
        return child.children.map(flatten).join('')
      case 'emphasis':
      case 'strong':
        return child.children.map(flatten).join('')
      default: {
        // Images, footnotes, and whatever a remark plugin has added.
        const {type} = child
        fault('unreadable-content', place(child), type)
        return 'alt' in child ? (child.alt ?? '') : ''
      }
    }
  }

  function fault(ruleId: CellFault['ruleId'], where: Place, actual: string): void {
    faults.push({ruleId, place: where, actual})
  }

  /** What GitHub draws as something else than the characters that the tree has. */
  function checkText(child: Text): void {
    if (child.position === undefined) return
    const {start, end} = place(child)
    const written = source.slice(start.offset, end.offset)
    const part = (index: number, length: number): Place => ({
      start: {line: start.line, column: start.column + index, offset: start.offset + index},
      end: {line: start.line, column: start.column + index + length, offset: start.offset + index + length},
    })
    const backtick = findStrayBacktick(written)
    if (backtick !== -1) fault('stray-backtick', part(backtick, 1), '`')
    const found = findFormula(written)
    if (found) fault('unreadable-content', part(found.index, found.length), formula)
    for (const {0: call, index} of written.matchAll(/(?<!\\)\[\^[^\s\\[\]]+\]/g)) {
      if (isFootnote(call.slice(1, -1))) fault('unreadable-content', part(index, call.length), footnote)
    }
  }

  function isFootnote(label: string): boolean {
    return label.startsWith('^') && footnotes.has(label.slice(1).toLowerCase())
  }

  /** A node that a plugin has made without a place stands somewhere in the cell. */
  function place(child: PhrasingContent | TableCell): Place {
    const {start, end} = child.position ?? node.position ?? {}
    return {start: toSource(pointOf(start)), end: toSource(pointOf(end))}
  }

  const text = tidy(node.children.map(flatten).join(''))
  for (const code of findFormulaCode(node.children)) fault('unreadable-content', place(code), formula)
  const first = node.children[0]
  const last = node.children.at(-1)
  return {
    text,
    place:
      first && last ? {start: place(first).start, end: place(last).end} : emptyPlace(place(node), source),
    codeSpans,
    isCode: node.children.length === 1 && first?.type === 'inlineCode',
    faults,
  }
}

/** Every parser of unified gives points; a tree made by hand may not, and there is then no place to speak of. */
export function pointOf(
  point: {line: number; column: number; offset?: number | undefined} | undefined,
): Point {
  if (point?.offset === undefined)
    throw new TypeError('Expected a tree with positions, as remark-parse makes it')
  return {line: point.line, column: point.column, offset: point.offset}
}

/** The node of an empty cell begins at its pipe. */
function emptyPlace({start, end}: Place, source: string): Place {
  if (source[start.offset] !== '|' || start.offset === end.offset) return {start, end}
  return {start: {line: start.line, column: start.column + 1, offset: start.offset + 1}, end}
}
