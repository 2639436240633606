/** The use case `edit`: other texts in the cells of one row. */
import {compareCodePoints} from '../../model/compare.ts'
import {Failure} from '../../model/failure.ts'
import type {Kind} from '../../model/kind.ts'
import {parseApproval} from '../../source/approval.ts'
import {tidy} from '../../source/cell-text.ts'
import type {Measure} from '../../source/edit/layout.ts'
import type {RegistryTable} from '../../source/edit/outline.ts'
import {replaceCell} from '../../source/edit/replace-cell.ts'
import {columnOf, type RowTexts} from '../../source/edit/request.ts'
import {textCell} from '../../source/edit/row-contents.ts'
import type {Project} from '../project.ts'
import type {OpenDocument} from './documents.ts'
import {type EditOptions, type EditResult, editDocument} from './edit-document.ts'
import {type FoundEntry, findEntry} from './find-entry.ts'
import type {Draft} from './judge.ts'

export type ChangeRequest = {
  readonly id: string
  readonly kind: Kind | undefined
  readonly texts: Omit<RowTexts, 'grantedTo'>
}

/** @throws Failure if no row is meant, nothing is to be changed, or it cannot be written as it was typed. */
export async function changeEntry(
  project: Project,
  options: EditOptions,
  {id, kind, texts}: ChangeRequest,
): Promise<EditResult> {
  return editDocument(project, options, (documents, measure) => {
    const found = findEntry(documents, id, kind)
    return {document: found.document, drafts: [draftChange(found, texts, measure)]}
  })
}

export function draftChange(
  {document, entry}: FoundEntry,
  texts: ChangeRequest['texts'],
  measure: Measure,
): Draft {
  const {kind, id} = entry.value
  const {line} = entry.row.start
  const table = tableOf(document, line)
  const fields = Object.keys(texts) as (keyof ChangeRequest['texts'])[]
  if (texts.privileges !== undefined && kind !== 'grant') {
    throw new Failure(`Unexpected --privileges for ${id}, expected it for a row of kind grant alone`)
  }
  const edits = fields.flatMap((field) => {
    const text = texts[field]
    if (text === undefined || textOf(field, entry.value) === tidy(text)) return []
    const column = columnOf(field, kind)
    return [replaceCell(document.outline.lines, table, line, column, textCell(text, column), measure)]
  })
  const approval = parseApproval(tidy(texts.approvedBy ?? ''))
  const {schema, name, signature, why, risks, grant, section, extra} = entry.value
  const wanted = {
    ...{kind, id, schema, name, signature, why, risks, section, extra},
    approval: approval ?? entry.value.approval,
    grant: texts.privileges === undefined ? grant : grant && {...grant, privileges: listOf(texts.privileges)},
    ...(texts.why !== undefined && {why: tidy(texts.why)}),
    ...(texts.risks !== undefined && {risks: tidy(texts.risks)}),
  }
  return {edits, old: entry, line, wanted}
}

/** As the record of a grant lists them. */
function listOf(privileges: string): string[] {
  const words = privileges.split(',').map((word) => word.trim().toUpperCase())
  return [...new Set(words)].sort(compareCodePoints)
}

/** What the cell says now, where that is kept as it is written. */
function textOf(
  field: keyof ChangeRequest['texts'],
  entry: FoundEntry['entry']['value'],
): string | undefined {
  return field === 'why' || field === 'risks' ? entry[field] : undefined
}

export function tableOf({outline}: OpenDocument, line: number): RegistryTable {
  const table = outline.tables.find(({firstLine, lastLine}) => firstLine < line && line <= lastLine)
  if (table === undefined) throw new Error(`No table at line ${line}`)
  return table
}
