/** Text → where its registry tables and headings stand: what an edit needs to know beyond the entries. */

import type {Kind} from '../../model/kind.ts'
import {indexLines, type Lines} from '../../model/lines.ts'
import type {Registry} from '../../model/registry.ts'
import {collectFindings} from '../../model/rules.ts'
import {findFootnotes} from '../footnotes.ts'
import {type ColumnNames, readHeader} from '../header.ts'
import {type HeadingSchema, schemaOfHeadings} from '../heading-schema.ts'
import {parseInSlices} from '../slices.ts'
import {type Block, type Heading, readBlocks} from '../tables.ts'

export type RegistryTable = {
  readonly kind: Kind
  /** Canonical headings, in table order. */
  readonly columns: readonly string[]
  /** Innermost last. */
  readonly headings: readonly Heading[]
  /** The schema that the headings name. */
  readonly schema: HeadingSchema | undefined
  /** The schemas that its rows name. */
  readonly schemas: ReadonlySet<string>
  /** The line of the header; the delimiter row is the next one. */
  readonly firstLine: number
  /** Lines of the rows, but for a line of text that is read as one. */
  readonly rowLines: readonly number[]
  readonly lastLine: number
  /** Whether the Schema cell of the last row is code. */
  readonly schemaIsCode: boolean
}

export type HeadingLine = {readonly depth: number; readonly firstLine: number}

export type Outline = {
  readonly text: string
  readonly lines: Lines
  readonly tables: readonly RegistryTable[]
  /** Headings that stand in no quote, in document order. */
  readonly headings: readonly HeadingLine[]
}

/** @param text One that was read before, without a byte order mark, and that nests no deeper than can be parsed. */
export function outline(text: string, columns: ColumnNames, registry: Registry): Outline {
  const lines = indexLines(text)
  const footnotes = findFootnotes(lines)
  const pieces = parseInSlices(text, lines, footnotes.size > 0)
  const blocks = readBlocks(pieces, {source: text, footnotes}, () => {})
  // Whoever read the text has these findings already.
  const {report} = collectFindings(registry.path)
  const tables = blocks.tables.flatMap((table): RegistryTable[] => {
    const header = readHeader(table, columns, report)
    if (header.role !== 'registry') return []
    const {headings, firstLine, lastLine} = table
    const entries = registry.entries.filter(
      ({row}) => row.start.line > firstLine && row.start.line <= lastLine,
    )
    const rows = table.rows.filter(({cells}) => cells.length === header.columns.length)
    const column = header.columns.indexOf('Schema')
    return [
      {
        kind: header.kind,
        columns: header.columns,
        headings,
        schema: schemaOfHeadings(headings),
        schemas: new Set(entries.map(({value}) => value.schema)),
        firstLine,
        rowLines: rows.map(({place}) => place.start.line),
        lastLine,
        schemaIsCode: rows.at(-1)?.cells[column]?.isCode ?? false,
      },
    ]
  })
  return {text, lines, tables, headings: blocks.others.flatMap((block) => headingLine(block, lines))}
}

/** What a table is called: its innermost heading, and the ones above it where that alone is not enough. */
export function sectionNames(tables: readonly RegistryTable[]): string[] {
  const inner = tables.map(({headings}) => headings.at(-1)?.text ?? '')
  return tables.map(({headings, firstLine}, index) => {
    const name = inner[index] ?? ''
    const full = headings.map(({text}) => text).join(' > ')
    const isAlone = name !== '' && inner.filter((other) => other === name).length === 1
    return isAlone ? name : full === '' ? `line ${firstLine}` : full
  })
}

/** The tree says no depth of a heading, its line does. */
function headingLine({type, firstLine, lastLine}: Block, lines: Lines): HeadingLine[] {
  if (type !== 'heading') return []
  const marks = /^ {0,3}(#{1,6})(?![^ \t])/.exec(lines.text(firstLine))?.[1]
  if (marks !== undefined) return [{depth: marks.length, firstLine}]
  const underline =
    lastLine > firstLine ? /^ {0,3}([=-])[=-]*[ \t]*$/.exec(lines.text(lastLine))?.[1] : undefined
  return underline === undefined ? [] : [{depth: underline === '=' ? 1 : 2, firstLine}]
}
