/** What the migrations say, as diagnostics of the files that it concerns. */
import {join} from 'node:path'
import type {Diagnostic} from 'vscode-languageserver'
import type {Project} from '../app/project.ts'
import {Failure} from '../model/failure.ts'
import {failureDiagnostic, judgementDiagnostic} from './protocol.ts'
import type {Session} from './session.ts'
import {pathOf, uriIn} from './workspace.ts'

/**
 * Hold the documents of a project, as they stand in the editor, against its migrations.
 *
 * @param uri Where that is told which has no place of its own.
 * @returns By URI: at a row where there is one, else at a statement.
 */
export async function auditDiagnostics(
  {documents, auditor, clock}: Session,
  project: Project,
  uri: string,
): Promise<Map<string, Diagnostic[]>> {
  const {root} = project
  const texts = new Map<string, string>()
  for (const {document} of project.registries) {
    const open = documents.all().find((one) => pathOf(one.uri) === join(root, document))
    if (open !== undefined) texts.set(document, open.getText())
  }
  const byUri = new Map<string, Diagnostic[]>()
  const add = (where: string, diagnostic: Diagnostic) =>
    byUri.set(where, [...(byUri.get(where) ?? []), diagnostic])
  try {
    const verdicts = await auditor.judge(project, texts, clock.today())
    for (const judgement of verdicts?.report.judgements ?? []) {
      const {row, origin} = judgement
      const at = row ?? origin
      const where = at === undefined ? uri : uriIn(root, at.path)
      add(
        where,
        judgementDiagnostic(judgement, at?.place, (path) => uriIn(root, path)),
      )
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    add(uri, failureDiagnostic(error.message, error.hint))
  }
  return byUri
}
