/** Findings → diagnostics: of a document as it is typed, of its configuration, and of its migrations a little later. */
import {join} from 'node:path'
import type {Diagnostic} from 'vscode-languageserver'
import type {Project, RejectedProject} from '../app/project.ts'
import {auditDiagnostics} from './audit-diagnostics.ts'
import {failureDiagnostic, toDiagnostic} from './protocol.ts'
import {startPublishing} from './publish.ts'
import type {Session} from './session.ts'
import {pathOf, uriOf} from './workspace.ts'

/** Pause in the typing after which the rows are held against the migrations. */
const pauseMs = 300

export type Diagnosing = {
  /** Soon, and once for all that was typed meanwhile. */
  readonly schedule: (uri: string) => void
  readonly scheduleAll: () => void
  readonly close: (uri: string) => void
}

export function startDiagnosing(session: Session): Diagnosing {
  const {connection, documents, workspace, documentAt, uriIn} = session
  const publish = startPublishing(session)
  const scheduled = new Set<string>()
  const timers = new Map<string, NodeJS.Timeout>()
  /** What an audit has said of each file, by the root of the project and its absolute path. */
  const audited = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>()
  const turns = new Map<string, number>()
  /** Absolute paths of configurations that were shown to be wrong. */
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
    const file = pathOf(uri)
    const document = documents.get(uri)
    if (home === undefined || file === undefined || document === undefined) return
    const send = (diagnostics: Diagnostic[]) => publish({uri, version: document.version, diagnostics})
    if (home.state === 'failed') send([failureDiagnostic(home.failure.message, home.failure.hint)])
    if (home.state === 'rejected') {
      showRejected(home.rejected)
      const message = `Nothing was read: ${home.rejected.file} has findings`
      if (/\.(?:md|markdown)$/i.test(file))
        send([failureDiagnostic(message, 'Mend the configuration first.')])
    }
    if (home.state === 'foreign') {
      clearRejected(home.project)
      const about = aboutOf(file)
      if (about.length > 0 || /\.(?:md|markdown)$/i.test(file)) send(about)
    }
    if (home.state !== 'registry') return
    clearRejected(home.project)
    const open = await session.open(uri)
    if (open === undefined || open.document.version !== document.version) return
    const {root} = home.project
    const own = open.reading.findings.map((finding) => toDiagnostic(finding, (path) => uriIn(root, path)))
    send([...own, ...aboutOf(file)])
    scheduleAudit(home.project, file)
  }

  /** By every project: two may share a migration. */
  function aboutOf(file: string): Diagnostic[] {
    return [...audited.values()].flatMap((byFile) => byFile.get(file) ?? [])
  }

  function showRejected({root, file, findings}: RejectedProject): void {
    rejected.add(join(root, file))
    const diagnostics = findings.map((finding) => toDiagnostic(finding, (path) => uriIn(root, path)))
    publish({uri: uriIn(root, file), diagnostics})
  }

  function clearRejected({root, file}: Project): void {
    if (file === undefined || !rejected.delete(join(root, file))) return
    publish({uri: uriIn(root, file), diagnostics: []})
  }

  function scheduleAudit(project: Project, file: string): void {
    // Where migrations are named no more, what was said of them goes.
    if (project.migrations === undefined && !audited.has(project.root)) return
    clearTimeout(timers.get(project.root))
    const timer = setTimeout(() => {
      timers.delete(project.root)
      audit(project, file).catch(complain)
    }, pauseMs)
    timers.set(project.root, timer)
  }

  async function audit(project: Project, file: string): Promise<void> {
    const {root} = project
    const turn = (turns.get(root) ?? 0) + 1
    turns.set(root, turn)
    const hasMigrations = project.migrations !== undefined
    const after = hasMigrations ? await auditDiagnostics(session, project, file) : new Map()
    // Following the migrations takes its time; what was typed meanwhile has been judged by a later turn.
    if (turns.get(root) !== turn) return
    const before = audited.get(root) ?? new Map()
    // While a document has errors, nothing is known: what was said before would be of other rows.
    audited.set(root, after)
    for (const changed of new Set([...before.keys(), ...after.keys()])) {
      const isSame = JSON.stringify(before.get(changed) ?? []) === JSON.stringify(after.get(changed) ?? [])
      if (isSame) continue
      const uri = documentAt(changed)?.uri ?? uriOf(changed)
      const open = await session.open(uri)
      const own = (open?.reading.findings ?? []).map((finding) =>
        toDiagnostic(finding, (path) => uriIn(root, path)),
      )
      const diagnostics = [...own, ...aboutOf(changed)]
      const version = open === undefined ? {} : {version: open.document.version}
      publish({uri, ...version, diagnostics})
    }
  }

  /** What is no registry's document is spoken of whether it is open or not. */
  async function leave(uri: string): Promise<void> {
    const home = await workspace.homeOf(uri)
    const file = pathOf(uri)
    if (home?.state !== 'foreign' || file === undefined || documentAt(file) !== undefined) return
    const about = aboutOf(file)
    if (about.length > 0) publish({uri: uriOf(file), diagnostics: about})
  }

  return {
    schedule,
    scheduleAll: () => {
      for (const {uri} of documents.all()) schedule(uri)
    },
    close(uri) {
      publish({uri, diagnostics: []})
      leave(uri).catch(complain)
    },
  }
}
