/** A document that is typed in, read again: where one row has changed, that row alone, and what refers to others. */
import {indexLines, type Lines} from '../model/lines.ts'
import type {Place, Point} from '../model/place.ts'
import type {Located, Registry} from '../model/registry.ts'
import {collectFindings, type Finding, sortFindings} from '../model/rules.ts'
import {reportDuplicates} from '../source/duplicates.ts'
import type {Outline, RegistryTable} from '../source/edit/outline.ts'
import {splitRow} from '../source/edit/segments.ts'
import {readRegistry} from '../source/registry.ts'
import {resolveSameAs} from '../source/same-as.ts'
import {findChangedRow} from './changed-row.ts'
import {isAboutOneRow, type Reading, readForEditor} from './reading.ts'
import {windowOn} from './row-window.ts'

/** The same as reading it anew, only sooner. */
export function rereadForEditor(before: Reading, document: string): Reading {
  const text = document.startsWith('\ufeff') ? document.slice(1) : document
  return rereadRow(before, text) ?? readForEditor(text, before.options)
}

/** @returns `undefined` where more than one row has changed, or the change may reach beyond it. */
export function rereadRow(before: Reading, text: string): Reading | undefined {
  const outline = before.outline()
  const change = outline && findChangedRow(before, outline, text)
  if (outline === undefined || change === undefined) return undefined
  const {line, table, delta} = change
  const lines = indexLines(text)
  const fresh = readRow(before, lines, table, line)
  if (fresh === undefined) return undefined

  const shift = <Value>(located: readonly Located<Value>[]) =>
    located.filter(({row}) => row.start.line !== line).map((one) => moveLocated(one, line, delta))
  const others = shift(before.registry.entries)
  const at = others.findIndex(({row}) => row.start.line > line)
  const entries = others.toSpliced(at === -1 ? others.length : at, 0, ...fresh.entries)
  const {report, findings} = collectFindings(before.options.path)
  reportDuplicates(entries, before.options.path, report)
  const unresolved = entries.map((entry) =>
    entry.value.sameAs === null ? entry : {...entry, value: {...entry.value, sameAs: null}},
  )
  const registry: Registry = {
    ...before.registry,
    entries: resolveSameAs(unresolved, report),
    history: shift(before.registry.history),
  }
  const kept = before.findings
    .filter((finding) => isKept(finding) && finding.place?.start.line !== line)
    .map((finding) => moveFinding(finding, line, delta))
  const all = sortFindings([...kept, ...fresh.findings, ...findings])
  // What is said of a document without an entry depends on all that is said of its rows.
  if (entries.length === 0) return undefined
  const updated = updateOutline(outline, {text, lines, table, line, entries: registry.entries})
  return {...before, text, lines, registry, findings: all, outline: () => updated}
}

/** About rows beside others is said anew. */
function isKept({ruleId}: Finding): boolean {
  return !/^(?:same-as-|duplicate-entry|mixed-signatures)/.test(ruleId)
}

function readRow(before: Reading, lines: Lines, table: RegistryTable, line: number) {
  const window = windowOn(lines, table, lines.text(line))
  const {registry, findings} = readRegistry(window.text, before.options)
  const own = findings.filter(({place}) => place?.start.line === window.line)
  // A finding elsewhere in the window is of the window, and the row cannot be told from it.
  const strange = findings.filter((finding) => !own.includes(finding) && finding.ruleId !== 'no-entries')
  if (strange.length > 0 || own.some(({ruleId}) => ruleId === 'deep-nesting')) return undefined
  const section = table.headings.filter(({depth}) => depth > 1).map(({text}) => text)
  const [lineShift, offsetShift] = [line - window.line, lines.start(line) - window.start]
  const move = (point: Point) => ({
    line: point.line + lineShift,
    column: point.column,
    offset: point.offset + offsetShift,
  })
  return {
    findings: own
      .filter((finding) => isAboutOneRow(finding) && isKept(finding))
      .map((finding) => ({...finding, ...(finding.place && {place: mapPlace(finding.place, move)})})),
    entries: registry.entries.map((entry) => {
      const {value, row, cells} = mapLocated(entry, move)
      return {value: {...value, sameAs: null, section: [...section]}, row, cells}
    }),
  }
}

function moveLocated<Row extends Located<unknown>>(located: Row, line: number, delta: number): Row {
  return delta === 0 || located.row.start.line < line ? located : mapLocated(located, by(delta))
}

function moveFinding(finding: Finding, line: number, delta: number): Finding {
  const {place, related} = finding
  if (delta === 0 || place === undefined || place.start.line < line) return finding
  return {...finding, place: mapPlace(place, by(delta)), ...(related && {related})}
}

function by(delta: number): (point: Point) => Point {
  return ({line, column, offset}) => ({line, column, offset: offset + delta})
}

function mapLocated<Row extends Located<unknown>>(located: Row, move: (point: Point) => Point): Row {
  const moved = Object.entries(located.cells).map(([column, place]) => [column, mapPlace(place, move)])
  return {...located, row: mapPlace(located.row, move), cells: Object.fromEntries(moved)}
}

function mapPlace({start, end}: Place, move: (point: Point) => Point): Place {
  return {start: move(start), end: move(end)}
}

type Update = {
  readonly text: string
  readonly lines: Lines
  readonly table: RegistryTable
  readonly line: number
  readonly entries: Registry['entries']
}

function updateOutline(outline: Outline, {text, lines, table, line, entries}: Update): Outline {
  const isWhole = splitRow(lines, line).segments.length === table.columns.length
  const rowLines = [...table.rowLines.filter((one) => one !== line), ...(isWhole ? [line] : [])].sort(
    (a, b) => a - b,
  )
  const inTable = entries.filter(
    ({row}) => row.start.line > table.firstLine && row.start.line <= table.lastLine,
  )
  const last = rowLines.at(-1)
  const schema =
    last === undefined ? undefined : splitRow(lines, last).segments[table.columns.indexOf('Schema')]
  const fresh: RegistryTable = {
    ...table,
    rowLines,
    schemas: new Set(inTable.map(({value}) => value.schema)),
    schemaIsCode: /^\s*`[^`]+`\s*$/.test(schema?.text ?? ''),
  }
  return {...outline, text, lines, tables: outline.tables.map((one) => (one === table ? fresh : one))}
}
