/** mdast table cell → the text that a reader sees, and what a cell must not hold. */
import type {PhrasingContent, TableCell} from 'mdast'
import type {Place, Point} from '../model/place.ts'

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

/**
 * @param node Any producer's: the slices of this folder, or remark with remark-gfm.
 * @param source The whole text, for what a tree does not say (backticks that are text).
 */
export function readCell(node: TableCell, source: string, toSource: (point: Point) => Point): Cell {
  const faults: CellFault[] = []
  let codeSpans = 0

  function flatten(child: PhrasingContent): string {
    switch (child.type) {
      case 'text':
        if (hasStrayBacktick(source.slice(...offsets(child)))) fault('stray-backtick', child, '`')
        return child.value
      case 'inlineCode':
        codeSpans++
        return child.value
      case 'break':
        return '\n'
      case 'html':
        if (/^<br\s*\/?>$/i.test(child.value)) return '\n'
        fault('html-in-cell', child, child.value)
        return child.value
      case 'link':
        return withAddress(child.children.map(flatten).join(''), child.url)
      case 'delete': {
        const struck = child.children.map(flatten).join('')
        fault('struck-through', child, struck)
        return struck
      }
      case 'emphasis':
      case 'strong':
      case 'linkReference':
        return child.children.map(flatten).join('')
      default: {
        // Images, footnotes, and whatever a remark plugin has added.
        const {type} = child
        fault('unreadable-content', child, type)
        return 'alt' in child ? (child.alt ?? '') : ''
      }
    }
  }

  function fault(ruleId: CellFault['ruleId'], child: PhrasingContent, actual: string): void {
    faults.push({ruleId, place: place(child), actual})
  }

  function offsets(child: PhrasingContent): [number, number] {
    const {start, end} = place(child)
    return [start.offset, end.offset]
  }

  function place(child: PhrasingContent | TableCell): Place {
    return {start: toSource(pointOf(child.position?.start)), end: toSource(pointOf(child.position?.end))}
  }

  const text = node.children
    .map(flatten)
    .join('')
    .replace(/ *\n */g, '\n')
    .trim()
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

/** A backtick that is text is one whose span did not close, unless it is escaped. */
function hasStrayBacktick(source: string): boolean {
  return source.replace(/\\[\s\S]/g, '').includes('`')
}

/** A bare address is its own text. */
function withAddress(text: string, url: string): string {
  const bare = url.replace(/^(?:https?:\/\/|mailto:)/, '')
  return text === url || text === bare ? text : `${text} (${url})`
}

/** The node of an empty cell begins at its pipe. */
function emptyPlace({start, end}: Place, source: string): Place {
  if (source[start.offset] !== '|' || start.offset === end.offset) return {start, end}
  return {start: {line: start.line, column: start.column + 1, offset: start.offset + 1}, end}
}
