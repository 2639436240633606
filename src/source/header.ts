/** Header row → which kind of table this is, and which column each cell belongs to. */
import {commonColumns, grantColumns, historyColumns, requiredColumns} from '../model/column.ts'
import {type Kind, kinds} from '../model/kind.ts'
import type {Report} from '../model/rules.ts'
import {isNear} from '../model/suggest.ts'
import {parseApproval} from './approval.ts'
import type {Row, TextTable} from './tables.ts'

const justificationColumns = new Set<string>(kinds.map((kind) => kind.justification))

export type TableRole =
  /** `columns`: the canonical heading of each cell, or the heading as written for further columns. */
  | {readonly role: 'registry'; readonly kind: Kind; readonly columns: readonly string[]}
  | {readonly role: 'history'; readonly columns: readonly string[]}
  /** Meant for the registry, but not readable: findings were reported, and its rows are not read. */
  | {readonly role: 'rejected'}
  | {readonly role: 'other'}

/** Canonical heading → further headings that a configuration allows for it. */
export type ColumnNames = Readonly<Record<string, readonly string[]>>

/** Tell what a table is. A header that is nearly one of the registry's is a finding, never an ignored table. */
export function readHeader(table: TextTable, names: ColumnNames, report: Report): TableRole {
  const columns = table.header.cells.map((cell) => canonical(cell.text, names))
  const found = kinds.filter((kind) => columns.includes(kind.justification))
  const kind = found[0]?.id

  if (
    kind !== undefined &&
    found.length === 1 &&
    requiredColumns(kind).every((column) => columns.includes(column))
  ) {
    const complete = checkColumns(table.header, columns, kind, names, report)
    return complete ? {role: 'registry', kind, columns} : {role: 'rejected'}
  }
  if (isHistory(columns)) return {role: 'history', columns}
  if (isNearlyRegistry(table.header, columns, names)) {
    reportDifferences(table.header, columns, kind, found.length, names, report)
    return {role: 'rejected'}
  }
  if (isNearlyHistory(table.header, columns)) {
    reportMissing(table.header, columns, historyColumns, names, report)
    return {role: 'rejected'}
  }
  if ([table.header, ...table.rows].some(looksLikeEntry)) {
    report('unread-table', table.header.place, {})
    return {role: 'rejected'}
  }
  return {role: 'other'}
}

/** The canonical heading that a cell means, or its own text. */
function canonical(text: string, names: ColumnNames): string {
  const wanted = normalize(text)
  for (const known of [
    ...commonColumns,
    ...kinds.map((kind) => kind.justification),
    ...grantColumns,
    ...historyColumns,
  ]) {
    if (spellings(known, names).includes(wanted)) return known
  }
  return text
}

function spellings(column: string, names: ColumnNames): string[] {
  return [column, ...(names[column] ?? [])].map(normalize)
}

/** Headings are matched without regard to case and spacing. */
function normalize(heading: string): string {
  return heading.normalize('NFC').toLowerCase().replace(/\s+/g, '')
}

/** A whole header may still name a column twice, leave one unnamed, or misspell the one that is optional. */
function checkColumns(
  header: Row,
  columns: readonly string[],
  kind: Kind,
  names: ColumnNames,
  report: Report,
): boolean {
  let sound = true
  const seen = new Set<string>()
  for (const [index, cell] of header.cells.entries()) {
    const column = columns[index] ?? ''
    if (seen.has(normalize(column))) {
      report('duplicate-column', cell.place, {heading: column})
      sound = false
    }
    seen.add(normalize(column))
    // A record cannot hold `__proto__` as a key; the column would be lost.
    if (column === '' || column === '__proto__') {
      const actual = column === '' ? 'without a name' : column
      report('table-header', cell.place, {actual, expected: 'another heading'})
      sound = false
    }
  }
  const optional = kind === 'grant' ? ['Schema'] : ['Schema', ...grantColumns]
  for (const column of optional.filter((name) => !columns.includes(name))) {
    const near = header.cells.find((cell) => isNearColumn(cell.text, column, names))
    if (near === undefined) continue
    report('table-header', near.place, {actual: near.text, expected: column})
    sound = false
  }
  return sound
}

function isNearColumn(text: string, column: string, names: ColumnNames): boolean {
  const wanted = normalize(text)
  return spellings(column, names).some((spelling) => spelling !== wanted && isNear(wanted, spelling))
}

function isHistory(columns: readonly string[]): boolean {
  return historyColumns.every((column) => columns.includes(column))
}

/** All three columns, one of them misspelt. Two of three alone is too common a table to claim. */
function isNearlyHistory(header: Row, columns: readonly string[]): boolean {
  const missing = historyColumns.filter((column) => !columns.includes(column))
  return (
    missing.length === 1 &&
    missing.every((column) => header.cells.some((cell) => isNearColumn(cell.text, column, {})))
  )
}

/** A justification, or three columns, or the name and who answers for it: too much to be somebody else's table. */
function isNearlyRegistry(header: Row, columns: readonly string[], names: ColumnNames): boolean {
  const has = (column: string) =>
    columns.includes(column) || header.cells.some((cell) => isNearColumn(cell.text, column, names))
  if (kinds.some((kind) => has(kind.justification))) return true
  const common = commonColumns.filter(has)
  return common.length >= 3 || (has('Object Name') && (has('Risks Mitigated') || has('Approved By')))
}

function reportDifferences(
  header: Row,
  columns: readonly string[],
  kind: Kind | undefined,
  justifications: number,
  names: ColumnNames,
  report: Report,
): void {
  if (justifications > 1) {
    const second = header.cells[columns.findLastIndex((column) => justificationColumns.has(column))]
    report('table-header', (second ?? header).place, {
      actual: second?.text ?? '',
      expected: 'one justification column in a table',
    })
    return
  }
  const nearest = kinds.find((info) =>
    header.cells.some((cell) => isNearColumn(cell.text, info.justification, names)),
  )
  const required = requiredColumns(kind ?? nearest?.id ?? 'security-definer')
  reportMissing(header, columns, required, names, report)
}

function reportMissing(
  header: Row,
  columns: readonly string[],
  required: readonly string[],
  names: ColumnNames,
  report: Report,
): void {
  for (const column of required.filter((name) => !columns.includes(name))) {
    const near = header.cells.find((cell) => isNearColumn(cell.text, column, names))
    if (near) report('table-header', near.place, {actual: near.text, expected: column})
    else report('table-header', header.place, {actual: `without ${column}`, expected: `a column ${column}`})
  }
}

/** One name in code first, and an approval somewhere: an entry by all but its header. */
function looksLikeEntry(row: Row): boolean {
  return row.cells[0]?.isCode === true && row.cells.some((cell) => parseApproval(cell.text) !== undefined)
}
