/** Findings → diagnostics: of a document as it is typed, of its configuration, and of its migrations a little later. */
import type {Diagnostic} from 'vscode-languageserver'
import type {Project, RejectedProject} from '../app/project.ts'
import {auditDiagnostics} from './audit-diagnostics.ts'
import {failureDiagnostic, toDiagnostic} from './protocol.ts'
import type {Session} from './session.ts'
import {uriIn} from './workspace.ts'

/** Pause in the typing after which the rows are held against the migrations. */
const pauseMs = 300

export type Diagnosing = {
  /** Soon, and once for all that was typed meanwhile. */
  readonly schedule: (uri: string) => void
  readonly scheduleAll: () => void
  readonly close: (uri: string) => void
}

export function startDiagnosing(session: Session): Diagnosing {
  const {connection, documents, workspace} = session
  const scheduled = new Set<string>()
  const timers = new Map<string, NodeJS.Timeout>()
  /** What an audit has said of each file, by the root of the project and the URI. */
  const audited = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>()
  const turns = new Map<string, number>()
  /** Configurations that were shown to be wrong. */
  const rejected = new Set<string>()

  function schedule(uri: string): void {
    if (scheduled.has(uri)) return
    scheduled.add(uri)
    setImmediate(() => {
      scheduled.delete(uri)
      diagnose(uri).catch(complain)
    })
  }

  function complain(error: unknown): void {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }

  async function diagnose(uri: string): Promise<void> {
    const home = await workspace.homeOf(uri)
    const document = documents.get(uri)
    if (home === undefined || document === undefined) return
    const send = (diagnostics: Diagnostic[]) =>
      void connection.sendDiagnostics({uri, version: document.version, diagnostics})
    if (home.state === 'failed') send([failureDiagnostic(home.failure.message, home.failure.hint)])
    if (home.state === 'rejected') {
      showRejected(home.rejected)
      const message = `Nothing was read: ${home.rejected.file} has findings`
      if (/\.(?:md|markdown)$/i.test(uri)) send([failureDiagnostic(message, 'Mend the configuration first.')])
    }
    if (home.state === 'foreign') {
      clearRejected(home.project)
      if (/\.(?:md|markdown)$/i.test(uri)) send([])
    }
    if (home.state !== 'registry') return
    clearRejected(home.project)
    const open = await session.open(uri)
    if (open === undefined || open.document.version !== document.version) return
    const {root} = home.project
    const own = open.reading.findings.map((finding) => toDiagnostic(finding, (path) => uriIn(root, path)))
    send([...own, ...(audited.get(root)?.get(uri) ?? [])])
    scheduleAudit(home.project, uri)
  }

  function showRejected({root, file, findings}: RejectedProject): void {
    const uri = uriIn(root, file)
    rejected.add(uri)
    const diagnostics = findings.map((finding) => toDiagnostic(finding, (path) => uriIn(root, path)))
    void connection.sendDiagnostics({uri, diagnostics})
  }

  function clearRejected({root, file}: Project): void {
    const uri = file === undefined ? undefined : uriIn(root, file)
    if (uri !== undefined && rejected.delete(uri)) void connection.sendDiagnostics({uri, diagnostics: []})
  }

  function scheduleAudit(project: Project, uri: string): void {
    if (project.migrations === undefined) return
    clearTimeout(timers.get(project.root))
    const timer = setTimeout(() => {
      timers.delete(project.root)
      audit(project, uri).catch(complain)
    }, pauseMs)
    timers.set(project.root, timer)
  }

  async function audit(project: Project, uri: string): Promise<void> {
    const {root} = project
    const turn = (turns.get(root) ?? 0) + 1
    turns.set(root, turn)
    const after = await auditDiagnostics(session, project, uri)
    // Following the migrations takes its time; what was typed meanwhile has been judged by a later turn.
    if (turns.get(root) !== turn) return
    const before = audited.get(root) ?? new Map()
    // While a document has errors, nothing is known: what was said before would be of other rows.
    audited.set(root, after)
    for (const changed of new Set([...before.keys(), ...after.keys()])) {
      const isSame = JSON.stringify(before.get(changed) ?? []) === JSON.stringify(after.get(changed) ?? [])
      if (isSame) continue
      const open = await session.open(changed)
      const own = (open?.reading.findings ?? []).map((finding) =>
        toDiagnostic(finding, (path) => uriIn(root, path)),
      )
      const diagnostics = [...own, ...(after.get(changed) ?? [])]
      const version = open === undefined ? {} : {version: open.document.version}
      void connection.sendDiagnostics({uri: changed, ...version, diagnostics})
    }
  }

  return {
    schedule,
    scheduleAll: () => {
      for (const {uri} of documents.all()) schedule(uri)
    },
    close: (uri) => void connection.sendDiagnostics({uri, diagnostics: []}),
  }
}
