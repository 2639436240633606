/** Document → registry: the whole way, with every finding of the document in one run. */
import type {Root} from 'mdast'
import type {ApprovalsConfig} from '../model/config.ts'
import type {Entry} from '../model/entry.ts'
import {indexLines} from '../model/lines.ts'
import type {Located, LocatedEvent, Registry} from '../model/registry.ts'
import {collectFindings, type Finding, isError, type Report, sortFindings} from '../model/rules.ts'
import {reportConflictMarkers} from './conflict-markers.ts'
import {reportStrayRows} from './conservation.ts'
import {reportDuplicates} from './duplicates.ts'
import {type EntryContext, readEntry} from './entry.ts'
import {findFootnotes} from './footnotes.ts'
import {type ColumnNames, readHeader} from './header.ts'
import {schemaOfHeadings} from './heading-schema.ts'
import {readAuditEvent} from './history.ts'
import {reportDeepNesting} from './nesting.ts'
import {resolveSameAs} from './same-as.ts'
import {shorten} from './shorten.ts'
import {type Piece, parseInSlices} from './slices.ts'
import {findStruckTables} from './struck-html.ts'
import {readBlocks} from './tables.ts'

export type ReadOptions = {
  /** The document's path, relative to the project's root, with `/`. Only named, never opened. */
  readonly path: string
  /** The day against which dates are held, `YYYY-MM-DD`. */
  readonly today: string
  /** Further headings by canonical heading. */
  readonly columns?: ColumnNames
  /** How long an approval holds, and who may give it. */
  readonly approvals?: ApprovalsConfig
  /** Called between slices of a long document with the rows read so far. */
  readonly onRows?: (count: number) => void
  /** A tree of the same text that remark has already made, with remark-gfm's tables. */
  readonly tree?: Root
}

export type ReadResult = {
  /** All rows that could be read; not to be relied on while there is a finding that is an error. */
  readonly registry: Registry
  /** In document order. */
  readonly findings: readonly Finding[]
}

/**
 * Read a document. Bad Markdown never throws: every fault is a finding at its place.
 *
 * @param document In any line ending. Offsets count from behind a byte order mark.
 */
export function readRegistry(document: string, options: ReadOptions): ReadResult {
  // Parsers skip a byte order mark too, and count from behind it.
  const text = document.startsWith('\ufeff') ? document.slice(1) : document
  const {report, findings} = collectFindings(options.path)
  const nothing = {path: options.path, entries: [], history: []}
  const lines = indexLines(text)
  if (reportConflictMarkers(lines, report)) return {registry: nothing, findings}
  if (reportDeepNesting(lines, report)) return {registry: nothing, findings}

  const footnotes = findFootnotes(lines)
  const pieces: Iterable<Piece> = options.tree
    ? [{tree: options.tree, toSource: (point) => point}]
    : parseInSlices(text, lines, footnotes.size > 0)
  const blocks = readBlocks(pieces, {source: text, footnotes}, options.onRows ?? (() => {}))
  reportStrayRows(lines, blocks, report)
  const struck = findStruckTables(blocks.tables, blocks.others, lines)

  const entries: Located<Entry>[] = []
  const history: LocatedEvent[] = []
  let registryTables = 0
  for (const table of blocks.tables) {
    const header = readHeader(table, options.columns ?? {}, report)
    if (header.role === 'rejected' || header.role === 'registry') registryTables++
    if (header.role === 'registry' && struck.has(table)) {
      const {place} = table.header
      report('struck-through', place, {actual: shorten(text.slice(place.start.offset, place.end.offset))})
    } else if (header.role === 'registry') {
      const context: EntryContext = {
        kind: header.kind,
        columns: header.columns,
        heading: schemaOfHeadings(table.headings),
        // The title says nothing of a row, and renaming it would change every record.
        section: table.headings.filter(({depth}) => depth > 1).map(({text}) => text),
        lines,
        today: options.today,
        approvals: options.approvals ?? {},
      }
      for (const row of table.rows) {
        const entry = readEntry(row, context, report)
        if (entry) entries.push(entry)
      }
    } else if (header.role === 'history') {
      for (const row of table.rows) {
        const event = readAuditEvent(row, header.columns, lines, options.today, report)
        if (event) history.push(event)
      }
    }
  }
  reportDuplicates(entries, options.path, report)
  const resolved = resolveSameAs(entries, report)
  reportEmptiness(registryTables, entries.length, findings, report)
  return {registry: {path: options.path, entries: resolved, history}, findings: sortFindings(findings)}
}

/** Nothing seen is never clean; where rows were seen and refused, their findings say so already. */
function reportEmptiness(
  tables: number,
  entries: number,
  findings: readonly Finding[],
  report: Report,
): void {
  if (tables === 0) report('no-registry-table', undefined, {})
  else if (entries === 0 && !findings.some(isError)) report('no-entries', undefined, {})
}
