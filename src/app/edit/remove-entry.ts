/** The use case `remove`: one row less. */
import {Failure} from '../../model/failure.ts'
import type {Kind} from '../../model/kind.ts'
import {removeLine} from '../../source/edit/remove-row.ts'
import type {Project} from '../project.ts'
import {type EditOptions, type EditResult, editDocument} from './edit-document.ts'
import {type FoundEntry, findEntry, whereIs} from './find-entry.ts'
import type {Draft} from './judge.ts'

export type RemoveRequest = {readonly id: string; readonly kind: Kind | undefined}

/** @throws Failure if no row is meant, or another one refers to it. */
export async function removeEntry(
  project: Project,
  options: EditOptions,
  {id, kind}: RemoveRequest,
): Promise<EditResult> {
  return editDocument(project, options, (documents) => {
    const found = findEntry(documents, id, kind)
    return {document: found.document, drafts: [draftRemoval(found)]}
  })
}

export function draftRemoval(found: FoundEntry): Draft {
  const {document, entry} = found
  const {id} = entry.value
  const referrers = referrersOf(found)
  if (referrers.length > 0) {
    const rows = referrers.map((other) => `${other.value.id} (${whereIs(document, other)})`)
    throw new Failure(`Cannot remove ${id}: “Same as” refers to it from ${rows.join(', ')}`, {
      hint: `Write the risks out in ${referrers.length === 1 ? 'that row' : 'one of them, and refer to it from the others,'} with \`secdef edit\` first.`,
    })
  }
  return {edits: [removeLine(document.outline.lines, entry.row.start.line)], old: entry, wanted: {}}
}

/** The rows whose "Same as" means this one. */
export function referrersOf({document, entry}: FoundEntry) {
  const {id, kind} = entry.value
  return document.registry.entries.filter(
    (other) => other !== entry && other.value.kind === kind && other.value.sameAs === id,
  )
}
