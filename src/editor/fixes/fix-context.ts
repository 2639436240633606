/** What a fix is made of: the finding, the row that it is about, and how the row is written. */
import type {Finding, RuleId} from '../../model/rules.ts'
import type {Measure} from '../../source/edit/layout.ts'
import {replaceCell} from '../../source/edit/replace-cell.ts'
import {schemaCell} from '../../source/edit/row-contents.ts'
import type {TextEdit} from '../../source/edit/text-edit.ts'
import type {Reading} from '../reading.ts'
import {type CellSite, cellOf, cellSiteAt, type RowSite} from '../row-site.ts'

/** A change that may mend a finding; it is offered if the document is better with it. */
export type Proposal = {
  /** What it does, in the imperative. Of several with one title, the first that holds is offered. */
  readonly title: string
  readonly edits: readonly TextEdit[]
  /** Whether it changes how a thing is written and not what is said, so that nobody has to decide it. */
  readonly isForm: boolean
}

export type FixContext<About extends Finding = Finding> = {
  readonly reading: Reading
  readonly finding: About
  /** The body row of a registry table on which the finding begins. */
  readonly site: RowSite | undefined
  readonly measure: Measure
}

export type Propose<Id extends RuleId> = (
  context: FixContext<Extract<Finding, {readonly ruleId: Id}>>,
) => readonly Proposal[]

/** The cell that the finding is about, in a row that is as wide as its header. */
export function cellAtFault({reading, finding, site}: FixContext): CellSite | undefined {
  if (finding.place === undefined || site === undefined) return undefined
  if (site.row.segments.length !== site.table.columns.length) return undefined
  return cellSiteAt(reading, finding.place.start.offset)
}

/** New content for a cell; a table that is aligned stays so. */
export function rewrite({reading, measure}: FixContext, cell: CellSite, content: string): TextEdit[] {
  return [replaceCell(reading.lines, cell.table, cell.line, cell.column, content, measure)]
}

/** The same for the part of it that the finding points at. */
export function rewritePart(context: FixContext, cell: CellSite, text: string): TextEdit[] {
  const {place} = context.finding
  const {start, end, text: old} = cell.content
  if (place === undefined || place.start.offset < start || place.end.offset > end) return []
  return rewrite(
    context,
    cell,
    old.slice(0, place.start.offset - start) + text + old.slice(place.end.offset - start),
  )
}

/** The edit that makes the Schema cell of a row name a schema; none where there is no such column. */
export function rewriteSchema(context: FixContext, site: RowSite, schema: string): TextEdit[] {
  const cell = cellOf(site, 'Schema')
  return cell === undefined ? [] : rewrite(context, cell, schemaCell(schema, isCode(cell.content.text)))
}

export function isCode(markdown: string): boolean {
  return /^`[^`]+`$/.test(markdown)
}

/** The names in the code spans of a cell, as they are written. */
export function namesIn(markdown: string): string[] {
  return [...markdown.matchAll(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g)].map(([, , name = '']) => name.trim())
}

/** The line ending that a document has. */
export function endingOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n'
}
