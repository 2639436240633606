/** Header row → which kind of table this is, and which column each cell belongs to. */
import {commonColumns, historyColumns, requiredColumns} from '../model/column.ts'
import {type Kind, kinds} from '../model/kind.ts'
import type {Report} from '../model/rules.ts'
import {parseApproval} from './approval.ts'
import type {Cell, Row} from './cell.ts'
import {
  type ColumnNames,
  canonical,
  isNearColumn,
  longestHeading,
  normalize,
  spellings,
} from './heading-names.ts'
import type {TextTable} from './tables.ts'

export type {ColumnNames} from './heading-names.ts'

const justificationColumns = new Set<string>(kinds.map((kind) => kind.justification))

export type TableRole =
  /** `columns`: the canonical heading of each cell, or the heading as written for further columns. */
  | {readonly role: 'registry'; readonly kind: Kind; readonly columns: readonly string[]}
  | {readonly role: 'history'; readonly columns: readonly string[]}
  /** Meant for the registry, but not readable: findings were reported, and its rows are not read. */
  | {readonly role: 'rejected'}
  | {readonly role: 'other'}

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
    const isSound = checkColumns(table.header, columns, report)
    const isComplete = checkSchema(table.header, columns, names, report)
    return isSound && isComplete ? {role: 'registry', kind, columns} : {role: 'rejected'}
  }
  if (kind === undefined && isHistory(columns)) {
    return checkColumns(table.header, columns, report) ? {role: 'history', columns} : {role: 'rejected'}
  }
  if (isNearlyRegistry(table.header, columns, names)) {
    reportDifferences(table.header, columns, kind, found.length, names, report)
    return {role: 'rejected'}
  }
  if (isNearlyHistory(table.header, columns, names)) {
    reportMissing(table.header, columns, historyColumns, names, report)
    return {role: 'rejected'}
  }
  if (looksLikeEntry(table.header) || table.rows.some((row) => looksLikeEntry(row) || isHeader(row, names))) {
    report('unread-table', table.header.place, {})
    return {role: 'rejected'}
  }
  return {role: 'other'}
}

/** A whole header may still name a column twice, or leave one unnamed: a cell would be lost. */
function checkColumns(header: Row, columns: readonly string[], report: Report): boolean {
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
  return sound
}

/** The column that may be left out may also be misspelt. */
function checkSchema(header: Row, columns: readonly string[], names: ColumnNames, report: Report): boolean {
  if (columns.includes('Schema')) return true
  const near = header.cells.find((cell) => isNearColumn(cell.text, 'Schema', names))
  if (near) report('table-header', near.place, {actual: near.text, expected: 'Schema'})
  return near === undefined
}

function isHistory(columns: readonly string[]): boolean {
  return historyColumns.every((column) => columns.includes(column))
}

/** All three columns, one of them misspelt. Two of three alone is too common a table to claim. */
function isNearlyHistory(header: Row, columns: readonly string[], names: ColumnNames): boolean {
  const missing = historyColumns.filter((column) => !columns.includes(column))
  return (
    missing.length === 1 &&
    missing.every((column) => header.cells.some((cell) => isNearColumn(cell.text, column, names)))
  )
}

/** A justification, or three columns, or the name and who answers for it: too much to be somebody else's table. */
function isNearlyRegistry(header: Row, columns: readonly string[], names: ColumnNames): boolean {
  const has = (column: string) =>
    columns.includes(column) || header.cells.some((cell) => isNearColumn(cell.text, column, names))
  const justifications = kinds.map((kind) => kind.justification)
  if (justifications.some((column) => columns.includes(column) || isNearFromItsFirstLetter(column)))
    return true
  const common = commonColumns.filter(has)
  return common.length >= 3 || (has('Object Name') && (has('Risks Mitigated') || has('Approved By')))

  /** "SECURITY DEFINER" alone is a column of many a table: near to "Why SECURITY DEFINER", but not misspelt. */
  function isNearFromItsFirstLetter(column: string): boolean {
    const letters = spellings(column, names).map((spelling) => spelling.charAt(0))
    return header.cells.some(
      ({text}) => isNearColumn(text, column, names) && letters.includes(normalize(text).charAt(0)),
    )
  }
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

/** A name first, or behind a number, and an approval somewhere: an entry by all but its header. */
function looksLikeEntry(row: Row): boolean {
  return (
    row.cells.slice(0, 2).some(looksLikeName) &&
    row.cells.some((cell) => parseApproval(cell.text) !== undefined)
  )
}

/** In code, or in snake case, with a schema or with arguments. */
function looksLikeName({isCode, text}: Cell): boolean {
  return isCode || (/[_.(]/.test(text) && /^[a-z_][a-z0-9_.$]*(?:\([^()]*\))?$/.test(text))
}

/** The header of a registry table as a row of another: there is no blank line between the two. */
function isHeader(row: Row, names: ColumnNames): boolean {
  const objectName = spellings('Object Name', names)
  if (!row.cells.some(({text}) => text.length <= longestHeading && objectName.includes(normalize(text))))
    return false
  const columns = row.cells.map((cell) => canonical(cell.text, names))
  return kinds.some(({id}) => requiredColumns(id).every((column) => columns.includes(column)))
}
