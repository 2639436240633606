/** How a table is laid out: outer pipes, margins, and the widths of its columns where it is aligned. */
import type {Lines} from '../../model/lines.ts'
import {leftPadOf, type RowSegments, rightPadOf, splitRow, unpad} from './segments.ts'

/** Columns of a terminal that a text takes; formatters align wide letters by it. */
export type Measure = (text: string) => number

type Alignment = 'left' | 'center' | 'right'

export type ColumnLayout = {
  /** The least that stands before and after a cell. */
  readonly left: string
  readonly right: string
  /** Of a whole segment; `undefined` where the table is not aligned. */
  readonly width: number | undefined
  readonly alignment: Alignment
}

export type TableLayout = {
  readonly prefix: string
  readonly opens: boolean
  readonly closes: boolean
  readonly columns: readonly ColumnLayout[]
}

/**
 * Read the layout of a table.
 *
 * A table is aligned when most of its lines share the widths of its header. One row that is too long for its column
 * does not change that.
 *
 * @param table The line of the header, and the lines of its rows.
 * @param count How many columns there are.
 */
export function readLayout(
  lines: Lines,
  table: {readonly firstLine: number; readonly rowLines: readonly number[]},
  count: number,
  measure: Measure,
): TableLayout {
  const header = splitRow(lines, table.firstLine)
  const delimiter = splitRow(lines, table.firstLine + 1)
  const body = table.rowLines
    .map((line) => splitRow(lines, line))
    .filter(({segments}) => segments.length === count)
  const model = body.at(-1) ?? delimiter
  const widths = widthsOf(header, measure)
  const others = [delimiter, ...body].map((row) => widthsOf(row, measure).join())
  const isAligned = others.filter((other) => other === widths.join()).length * 2 > others.length
  const hasTab = [header, ...body].some(({segments}) => segments.some(({text}) => text.includes('\t')))

  const cells = body.length > 0 ? body : [header]
  const columns = [...Array(count).keys()].map((index): ColumnLayout => {
    const width = isAligned && !hasTab ? widths[index] : undefined
    const textsOf = (rows: readonly RowSegments[]) =>
      rows.map(({segments}) => segments[index]?.text ?? '').filter((text) => unpad(text) !== '')
    const filled = textsOf(width === undefined ? cells : [header, ...body])
    // Where no cell fills its column, the delimiter row still shows the margins.
    const shown = width === undefined ? [] : textsOf([delimiter]).filter((text) => /^ .* $/.test(text))
    const choose = width === undefined ? commonest : shortest
    const left = choose([...filled, ...shown].map(leftPadOf))
    const right = choose([...filled, ...shown].map(rightPadOf))
    const stated = statedAlignment(delimiter.segments[index]?.text ?? '')
    const column: ColumnLayout = {left, right, width, alignment: stated}
    const padded = filled.filter((text) => text.length > left.length + unpad(text).length + right.length)
    const asStated = padded.filter((text) => fitCell(unpad(text), column, measure) === text)
    return asStated.length * 2 >= padded.length ? column : {...column, alignment: 'left'}
  })
  return {prefix: model.prefix, opens: model.opens, closes: model.closes, columns}
}

/** The content of a cell with its padding. What is too wide for its column stands out of it. */
export function fitCell(content: string, column: ColumnLayout, measure: Measure): string {
  const {left, right, width, alignment} = column
  const room = width === undefined ? 0 : Math.max(width - measure(left + content + right), 0)
  const before = alignment === 'left' ? 0 : alignment === 'right' ? room : Math.floor(room / 2)
  return `${left}${' '.repeat(before)}${content}${' '.repeat(room - before)}${right}`
}

/**
 * A whole row, its prefix included.
 *
 * Without an outer pipe an empty cell at either end would be lost, and what begins the first cell could begin a list.
 */
export function writeRow(layout: TableLayout, contents: readonly string[], measure: Measure): string {
  const parts = layout.columns.map((column, index) => fitCell(contents[index] ?? '', column, measure))
  const opens = layout.opens || !contents[0]?.startsWith('`')
  const closes = layout.closes || contents.at(-1) === ''
  const row = `${opens ? '|' : ''}${parts.join('|')}${closes ? '|' : ''}`
  return layout.prefix + (closes ? row : row.replace(/[ \t]+$/, ''))
}

/** Without a closing pipe nothing pads the last cell, whose width then says nothing. */
function widthsOf({segments, closes}: RowSegments, measure: Measure): (number | undefined)[] {
  return segments.map(({text}, index) =>
    !closes && index === segments.length - 1 ? undefined : measure(text),
  )
}

function statedAlignment(delimiter: string): Alignment {
  const mark = unpad(delimiter)
  if (!mark.endsWith(':')) return 'left'
  return mark.startsWith(':') ? 'center' : 'right'
}

function shortest(texts: readonly string[]): string {
  return texts.reduce((a, b) => (b.length < a.length ? b : a), texts[0] ?? ' ')
}

function commonest(texts: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  const most = Math.max(...counts.values())
  return shortest([...counts].filter(([, number]) => number === most).map(([text]) => text))
}
