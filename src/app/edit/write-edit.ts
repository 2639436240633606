/** Writing an edited document and its outputs. */
import {readText} from '../../io/files.ts'
import {applyChanges} from '../../io/write-set.ts'
import {Failure} from '../../model/failure.ts'
import {isError} from '../../model/rules.ts'
import {type OutputChanges, planOutputChanges} from '../output-changes.ts'
import type {Project} from '../project.ts'
import type {DocumentRead} from '../read.ts'
import type {OpenDocument} from './documents.ts'
import type {Judged} from './judge.ts'

/** Together, so that a run that is killed is finished or undone by the next one. */
export async function writeEdit(
  project: Project,
  document: OpenDocument,
  {text}: Judged,
  documents: readonly DocumentRead[],
  outputs: OutputChanges | undefined,
): Promise<void> {
  const {path, mark} = document
  if (readText(project.root, path) !== mark + document.text) {
    throw new Failure(`Cannot write ${path}: somebody else changed it just now`, {
      hint: 'Run the command again.',
    })
  }
  const change = {path, text: mark + text}
  if (!outputs?.paths.includes(path)) {
    applyChanges(project.root, [change, ...(outputs?.changes ?? [])])
    return
  }
  // An output that goes into a region of the document is rendered into what the document has become.
  applyChanges(project.root, [change])
  const fresh = await planOutputChanges(project, documents)
  if (fresh.findings.some(isError)) {
    throw new Failure(`${path} was written, but its outputs were not`, {
      hint: 'Run `secdef check` for the reason.',
    })
  }
  applyChanges(project.root, fresh.changes)
}
