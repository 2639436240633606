/** The use case `add`: one new row, in the table of its schema. */
import {Failure} from '../../model/failure.ts'
import {suggest} from '../../model/suggest.ts'
import {parseApproval} from '../../source/approval.ts'
import {tidy} from '../../source/cell-text.ts'
import {insertRow} from '../../source/edit/insert-row.ts'
import type {Measure} from '../../source/edit/layout.ts'
import {addSection} from '../../source/edit/new-section.ts'
import {findPlace, sectionsOf} from '../../source/edit/placement.ts'
import {parseName, type QualifiedName} from '../../source/edit/request.ts'
import type {Project} from '../project.ts'
import type {OpenDocument} from './documents.ts'
import {type Drafts, type EditOptions, type EditResult, editDocument} from './edit-document.ts'
import {whereIs} from './find-entry.ts'
import type {Draft} from './judge.ts'
import {type AddRequest, openQuestions, refuseQuestions} from './questions.ts'

/** @throws Failure if something is missing, the row is there already, or it cannot be written as it was typed. */
export async function addEntry(
  project: Project,
  options: EditOptions,
  request: AddRequest,
): Promise<EditResult> {
  const month = options.today.slice(0, 7)
  return editDocument(project, options, (documents, measure): Drafts => {
    const questions = openQuestions(documents, {...request, on: undefined}, month)
    if (questions.length > 0) refuseQuestions(questions)
    const [document] = documents
    if (document === undefined) throw new Error('A project without a document')
    return {document, drafts: [draftRow(document, request, measure)]}
  })
}

export function draftRow(
  document: Pick<OpenDocument, 'outline' | 'registry' | 'path' | 'text'>,
  {kind, object = '', section, texts}: AddRequest,
  measure: Measure,
): Draft {
  const name = parseName(object, kind)
  refuseTwin(document, kind, name)
  const {outline} = document
  const place = findPlace(outline.tables, {kind, schema: name.schema, section})
  if (place.where === 'choose') throw new Error('A section was to be chosen')
  const row = {kind, name, texts}
  const wanted = {kind, ...wantedOf(name, texts)}
  if (place.where === 'table') {
    const edit = insertRow(outline, place.table, row, measure)
    return {edits: [edit], line: lastLineOf(document.text, edit), wanted}
  }
  if (section !== undefined) refuseNearSection(section, sectionsOf(outline.tables, kind))
  const {edit, heading} = addSection(outline, row, section, measure)
  return {edits: [edit], line: lastLineOf(document.text, edit), wanted, heading: tidy(heading)}
}

function wantedOf({schema, name, signature}: QualifiedName, texts: AddRequest['texts']): Draft['wanted'] {
  const approval = parseApproval(tidy(texts.approvedBy ?? ''))
  return {
    schema,
    name,
    signature: signature && [...signature],
    why: tidy(texts.why ?? ''),
    risks: tidy(texts.risks ?? ''),
    ...(approval && {approval}),
  }
}

/** The same object twice would be a finding; this one says what to do instead. */
function refuseTwin(
  {registry, path}: Pick<OpenDocument, 'registry' | 'path'>,
  kind: AddRequest['kind'],
  {schema, name, signature}: QualifiedName,
): void {
  const twin = registry.entries.find(
    ({value}) =>
      value.kind === kind &&
      kind !== 'grant' &&
      value.schema === schema &&
      value.name === name &&
      JSON.stringify(value.signature) === JSON.stringify(signature),
  )
  if (twin === undefined) return
  const {id} = twin.value
  throw new Failure(`${id} has a row already, at ${whereIs({path}, twin)}`, {
    hint: `Change it with \`secdef edit\`, or say which overload is meant, as in ${schema}.${name}(uuid).`,
  })
}

function refuseNearSection(section: string, known: readonly string[]): void {
  const near = suggest(section, known)
  if (near === undefined) return
  throw new Failure(`No section “${section}”`, {
    hint: `Did you mean “${near}”? Otherwise write that heading into the document first.`,
  })
}

/** The line of the row that an insertion ends with. */
function lastLineOf(text: string, {start, text: fresh}: {start: number; text: string}): number {
  return `${text.slice(0, start)}${fresh}`.split(/\r\n|\n|\r/).length
}
