/** Fixes for rows that are not as wide as their header. */

import {parseApproval} from '../../source/approval.ts'
import {fitCell, readLayout} from '../../source/edit/layout.ts'
import {schemaCell} from '../../source/edit/row-contents.ts'
import {readSchemaName} from '../../source/object-name.ts'
import type {RowSite} from '../row-site.ts'
import {type FixContext, isCode, type Proposal, type Propose} from './fix-context.ts'

/** A row of more cells than this, or one that lacks more than some, was not written by a slip of the hand. */
const patience = {columns: 12, cells: 2}

/** Which cell is missing shows where the others fit; what it should say, only a person knows. */
export const addMissingCells: Propose<'missing-cell'> = (context) => {
  const {finding, site} = context
  const missing = finding.args.expected - finding.args.actual
  if (site === undefined || !isPatient(finding.args.expected, missing)) return []
  const {columns, schema} = site.table
  const known = schema?.schema ?? (site.table.schemas.size === 1 ? [...site.table.schemas][0] : undefined)
  const choices = choose(columns.length, missing).map((gaps) => ({gaps, misfits: countMisfits(site, gaps)}))
  const least = Math.min(...choices.map(({misfits}) => misfits))
  return choices.flatMap(({gaps, misfits}): Proposal[] => {
    if (misfits > least) return []
    const names = gaps.map((index) => columns[index] ?? '')
    const contents = names.map((name) =>
      name === 'Schema' && known !== undefined ? schemaCell(known, site.table.schemaIsCode) : '',
    )
    const title = `Add the missing ${gaps.length === 1 ? 'cell' : 'cells'}: ${names.join(', ')}`
    const isForm = contents.every((content) => content !== '')
    return [{title, edits: [insertCells(context, site, gaps, contents)], isForm}]
  })
}

/** How many cells would stand below a heading that they do not look like. */
function countMisfits({table, row}: RowSite, gaps: readonly number[]): number {
  const columns = table.columns.filter((_, index) => !gaps.includes(index))
  return row.segments.filter(({text}, index) => lookOf(text.trim()) !== lookOfColumn(columns[index])).length
}

function lookOf(text: string): string {
  if (parseApproval(text) !== undefined) return 'approval'
  if (isCode(text)) return 'name'
  return typeof readSchemaName(text) === 'string' ? 'schema' : 'text'
}

function lookOfColumn(column: string | undefined): string {
  const looks = new Map([
    ['Object Name', 'name'],
    ['Schema', 'schema'],
    ['Granted To', 'schema'],
    ['Approved By', 'approval'],
  ])
  return looks.get(column ?? '') ?? 'text'
}

/** An aligned column keeps its width; the outer pipes are added where an empty cell would be lost without. */
function insertCells(
  {reading, measure}: FixContext,
  {table, row}: RowSite,
  gaps: readonly number[],
  contents: readonly string[],
) {
  const {columns} = readLayout(reading.lines, table, table.columns.length, measure)
  const rest = row.segments.map(({text}) => text)
  const parts = table.columns.map((_, index) => {
    const gap = gaps.indexOf(index)
    const layout = columns[index]
    if (gap === -1 || layout === undefined) return rest.shift() ?? ''
    return fitCell(contents[gap] ?? '', layout, measure) || ' '
  })
  const first = row.segments[0]
  const last = row.segments.at(-1)
  if (first === undefined || last === undefined) throw new Error('A row without a cell is none')
  const opening = !row.opens && gaps.includes(0) ? '|' : ''
  const closing = !row.closes && gaps.includes(table.columns.length - 1) ? '|' : ''
  return {start: first.start, end: last.start + last.text.length, text: opening + parts.join('|') + closing}
}

/** A pipe that was meant as text cuts a cell in two: the cells fit again when the right one is escaped. */
export const joinSurplusCells: Propose<'surplus-cell'> = ({finding, site}) => {
  const surplus = finding.args.actual - finding.args.expected
  if (site === undefined || !isPatient(finding.args.actual, surplus)) return []
  const {segments, closes} = site.row
  const {columns} = site.table
  const ends = segments.map(({start, text}) => start + text.length)
  const escapes = choose(segments.length - 1, surplus).map((pipes): Proposal => {
    const cells = pipes.map((pipe, before) => columns[pipe - before] ?? '')
    return {
      title: `Escape the ${surplus === 1 ? 'pipe' : 'pipes'} in ${[...new Set(cells)].join(' and ')}`,
      edits: pipes.map((pipe) => ({start: ends[pipe] ?? 0, end: ends[pipe] ?? 0, text: '\\'})),
      isForm: true,
    }
  })
  const left = segments.slice(0, columns.length)
  const end = left.at(-1)
  const isEmpty = segments.slice(columns.length).every(({text}) => text.trim() === '')
  if (!isEmpty || end === undefined) return escapes
  const start = end.start + end.text.length
  const edit = {start, end: ends.at(-1) ?? start, text: closes ? '' : '|'}
  return [{title: 'Delete the empty cells at the end', edits: [edit], isForm: true}, ...escapes]
}

function isPatient(columns: number, cells: number): boolean {
  return columns <= patience.columns && cells <= patience.cells
}

/** Every choice of so many of the numbers below `count`, in order. */
function choose(count: number, many: number, from = 0): number[][] {
  if (many === 0) return [[]]
  const choices: number[][] = []
  for (let first = from; first <= count - many; first++)
    for (const rest of choose(count, many - 1, first + 1)) choices.push([first, ...rest])
  return choices
}
