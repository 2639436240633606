/** What the migrations say, as diagnostics of the files that it concerns. */
import {join} from 'node:path'
import type {Diagnostic} from 'vscode-languageserver'
import type {Project} from '../app/project.ts'
import {Failure} from '../model/failure.ts'
import {failureDiagnostic, judgementDiagnostic} from './protocol.ts'
import type {Session} from './session.ts'

/**
 * Hold the documents of a project, as they stand in the editor, against its migrations.
 *
 * @param file Absolute path of where that is told which has no place of its own.
 * @returns By absolute path: at a row where there is one, else at a statement.
 */
export async function auditDiagnostics(
  {documentAt, uriIn, auditor, clock}: Session,
  project: Project,
  file: string,
): Promise<Map<string, Diagnostic[]>> {
  const {root} = project
  const texts = new Map<string, string>()
  for (const {document} of project.registries) {
    const open = documentAt(join(root, document))
    if (open !== undefined) texts.set(document, open.getText())
  }
  const byFile = new Map<string, Diagnostic[]>()
  const add = (where: string, diagnostic: Diagnostic) =>
    byFile.set(where, [...(byFile.get(where) ?? []), diagnostic])
  try {
    const verdicts = await auditor.judge(project, texts, clock.today())
    for (const judgement of verdicts?.report.judgements ?? []) {
      const {row, origin} = judgement
      const at = row ?? origin
      const where = at === undefined ? file : join(root, at.path)
      add(
        where,
        judgementDiagnostic(judgement, at?.place, (path) => uriIn(root, path)),
      )
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    add(file, failureDiagnostic(error.message, error.hint))
  }
  return byFile
}
