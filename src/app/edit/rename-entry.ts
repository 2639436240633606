/** The use case `rename`: another name in a row, and in every row that refers to it. */
import {Failure} from '../../model/failure.ts'
import type {Kind} from '../../model/kind.ts'
import {indexLines} from '../../model/lines.ts'
import type {Measure} from '../../source/edit/layout.ts'
import type {RegistryTable} from '../../source/edit/outline.ts'
import {type ReferenceForm, referenceForms, renameReference} from '../../source/edit/references.ts'
import {replaceCell} from '../../source/edit/replace-cell.ts'
import {parseName, type QualifiedName} from '../../source/edit/request.ts'
import {schemaCell, writeName} from '../../source/edit/row-contents.ts'
import type {TextEdit} from '../../source/edit/text-edit.ts'
import type {Project} from '../project.ts'
import {tableOf} from './change-entry.ts'
import {type EditOptions, type EditResult, editDocument} from './edit-document.ts'
import {type FoundEntry, findEntry, whereIs} from './find-entry.ts'
import type {Draft} from './judge.ts'
import {referrersOf} from './remove-entry.ts'

export type RenameRequest = {readonly id: string; readonly to: string; readonly kind: Kind | undefined}

/** @throws Failure if no row is meant, or the row would have to move to another section. */
export async function renameEntry(
  project: Project,
  options: EditOptions,
  {id, to, kind}: RenameRequest,
): Promise<EditResult> {
  return editDocument(project, options, (documents, measure) => {
    const found = findEntry(documents, id, kind)
    const name = parseName(to, found.entry.value.kind, found.entry.value.schema)
    return {document: found.document, drafts: draftRenaming(found, name, measure)}
  })
}

/** One draft for each way to state the new name in the rows that refer to it. */
export function draftRenaming(found: FoundEntry, name: QualifiedName, measure: Measure): Draft[] {
  const {document, entry} = found
  const {id, schema, signature} = entry.value
  const {line} = entry.row.start
  const table = tableOf(document, line)
  if (signature !== null && name.signature === null) {
    throw new Failure(`Unexpected new name without arguments for ${id}, which states them`, {
      hint: 'Write them behind the new name, too: without them the row would cover another routine.',
    })
  }
  if (name.schema !== schema) refuseMove(found, table, name.schema)
  const edits = nameEdits(found, table, name, measure)
  const referrers = referrersOf(found)
  const {kind, why, risks, approval, grant, section, extra} = entry.value
  const wanted = {
    ...{kind, why, risks, approval, grant, section, extra},
    schema: name.schema,
    name: name.name,
    signature: name.signature && [...name.signature],
  }
  const referring = referrers.map(({value}) => value.id)
  const forms = referrers.length === 0 ? referenceForms.slice(0, 1) : referenceForms
  return forms.map((form) => ({
    edits: [...edits, ...referrers.map((other) => referenceEdit(found, other, name, form, measure))],
    old: entry,
    line,
    wanted,
    referrers: referring,
  }))
}

/** A row below the heading of a schema belongs there: another schema is another section, and another review. */
function refuseMove({document, entry}: FoundEntry, {schema}: RegistryTable, to: string): void {
  if (schema === undefined) return
  throw new Failure(
    `Cannot rename ${entry.value.id} to schema ${to}: its row stands below the heading “${schema.text}”, at ${whereIs(document, entry)}`,
    {
      hint: 'Add the row under its new name with `secdef add`, then take the old one away with `secdef remove`.',
    },
  )
}

function nameEdits(
  {document, entry}: FoundEntry,
  table: RegistryTable,
  name: QualifiedName,
  measure: Measure,
): TextEdit[] {
  const {lines} = document.outline
  const {line} = entry.row.start
  const cell = entry.cells['Object Name']
  const written = cell === undefined ? '' : document.text.slice(cell.start.offset, cell.end.offset)
  const isQualified = parseName(spanText(written), entry.value.kind, '').schema !== ''
  const shown = isQualified ? name : {...name, schema: undefined}
  const edits = [replaceCell(lines, table, line, 'Object Name', writeName(shown), measure)]
  const schema = entry.cells.Schema
  if (name.schema === entry.value.schema || schema === undefined) return edits
  const isCode = document.text[schema.start.offset] === '`'
  return [...edits, replaceCell(lines, table, line, 'Schema', schemaCell(name.schema, isCode), measure)]
}

/** The text of a cell that is known to be one code span. */
function spanText(markdown: string): string {
  const fence = /^`+/.exec(markdown)?.[0].length ?? 0
  return markdown.slice(fence, -fence).replaceAll('\\|', '|').trim()
}

function referenceEdit(
  {document}: FoundEntry,
  other: FoundEntry['entry'],
  name: QualifiedName,
  form: ReferenceForm,
  measure: Measure,
): TextEdit {
  const cell = other.cells['Risks Mitigated']
  const {line} = other.row.start
  const markdown = cell === undefined ? '' : document.text.slice(cell.start.offset, cell.end.offset)
  const fresh = renameReference({markdown, text: other.value.risks}, name, form)
  if (fresh === undefined) {
    throw new Failure(`Cannot rename what ${other.value.id} refers to, at ${whereIs(document, other)}`, {
      hint: 'There are marks inside the name. Write it plainly or as code in that row first.',
    })
  }
  const lines = indexLines(document.text)
  return replaceCell(lines, tableOf(document, line), line, 'Risks Mitigated', fresh, measure)
}
