/** Document → registry: the whole way, with every finding of the document in one run. */
import type {Root} from 'mdast'
import type {AuditEvent, Entry} from '../model/entry.ts'
import type {Located, Registry} from '../model/registry.ts'
import {collectFindings, type Finding, isError, type Report, sortFindings} from '../model/rules.ts'
import {reportConflictMarkers} from './conflict-markers.ts'
import {reportStrayRows} from './conservation.ts'
import {reportDuplicates} from './duplicates.ts'
import {type EntryContext, readEntry} from './entry.ts'
import {type ColumnNames, readHeader} from './header.ts'
import {readAuditEvent} from './history.ts'
import {indexLines} from './lines.ts'
import {resolveSameAs} from './same-as.ts'
import {type Piece, parseInSlices} from './slices.ts'
import {readBlocks} from './tables.ts'

export type ReadOptions = {
  /** The document's path, relative to the project's root, with `/`. Only named, never opened. */
  readonly path: string
  /** The day against which dates are held, `YYYY-MM-DD`. */
  readonly today: string
  /** Further headings by canonical heading. */
  readonly columns?: ColumnNames
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
 * @param text The document without a byte order mark, in any line ending.
 */
export function readRegistry(text: string, options: ReadOptions): ReadResult {
  const {report, findings} = collectFindings(options.path)
  const nothing = {path: options.path, entries: [], history: []}
  const lines = indexLines(text)
  if (reportConflictMarkers(lines, report)) return {registry: nothing, findings}

  const pieces: Iterable<Piece> = options.tree
    ? [{tree: options.tree, toSource: (point) => point}]
    : parseInSlices(text, lines)
  const blocks = readBlocks(pieces, text, options.onRows ?? (() => {}))
  reportStrayRows(lines, blocks, report)

  const entries: Located<Entry>[] = []
  const history: Located<AuditEvent>[] = []
  let registryTables = 0
  for (const table of blocks.tables) {
    const header = readHeader(table, options.columns ?? {}, report)
    if (header.role === 'rejected') registryTables++
    if (header.role === 'registry') {
      registryTables++
      const context: EntryContext = {table, ...header, lines, today: options.today}
      entries.push(...collect(table.rows, (row) => readEntry(row, context, report)))
    }
    if (header.role === 'history') {
      const read = (row: (typeof table.rows)[number]) =>
        readAuditEvent(row, header.columns, lines, options.today, report)
      history.push(...collect(table.rows, read))
    }
  }
  reportDuplicates(entries, options.path, report)
  const resolved = resolveSameAs(entries, report)
  reportEmptiness(registryTables, entries.length, findings, report)
  return {registry: {path: options.path, entries: resolved, history}, findings: sortFindings(findings)}
}

function collect<From, To>(from: readonly From[], read: (item: From) => To | undefined): To[] {
  return from.map(read).filter((item) => item !== undefined)
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
