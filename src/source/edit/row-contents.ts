/** What a row is to say → the Markdown of its cells. */
import {Failure} from '../../model/failure.ts'
import {showIdentifier} from '../../model/identifier.ts'
import type {Kind} from '../../model/kind.ts'
import {cellMarkdown, codeSpan} from './cell-markdown.ts'
import {columnOf, type QualifiedName, type RowTexts, showName} from './request.ts'

export type RowRequest = {readonly kind: Kind; readonly name: QualifiedName; readonly texts: RowTexts}

/** What the table says of a schema without its cells. */
export type RowSite = {
  readonly columns: readonly string[]
  readonly headingSchema: string | undefined
  readonly schemaIsCode: boolean
}

/** Cells in table order; those of further columns stay empty. */
export function rowContents({kind, name, texts}: RowRequest, site: RowSite): string[] {
  const byColumn = new Map<string, string>()
  byColumn.set('Object Name', nameCell(name, site))
  byColumn.set('Schema', schemaCell(name.schema, site.schemaIsCode))
  for (const field of ['why', 'risks', 'approvedBy', 'privileges', 'grantedTo'] as const) {
    const column = columnOf(field, kind)
    byColumn.set(column, textCell(texts[field] ?? '', column))
  }
  return site.columns.map((column) => byColumn.get(column) ?? '')
}

/** Where neither a column nor a heading says the schema, the name does. */
function nameCell(name: QualifiedName, {columns, headingSchema}: RowSite): string {
  const isSaid = columns.includes('Schema') || headingSchema === name.schema
  return writeName(isSaid ? {...name, schema: undefined} : name)
}

/** @throws Failure if no code span can hold the name. */
export function writeName(name: Parameters<typeof showName>[0]): string {
  const shown = showName(name)
  const markdown = codeSpan(shown)
  if (markdown !== undefined) return markdown
  throw new Failure(`Cannot write the name ${shown}: no code span of a table can hold it`, {
    hint: 'A backslash before a pipe is lost in every code span. Rename the object.',
  })
}

export function schemaCell(schema: string, isCode: boolean): string {
  const shown = showIdentifier(schema)
  return (isCode ? codeSpan(shown) : undefined) ?? textCell(shown, 'Schema')
}

/** @throws Failure if no cell can hold the text so that it is read back as it is. */
export function textCell(text: string, column: string): string {
  const markdown = cellMarkdown(text)
  if (markdown !== undefined) return markdown
  throw new Failure(`Cannot write ${column} into a table so that it is read back as it was typed`, {
    hint: 'Say it in fewer marks, without carriage returns.',
  })
}
