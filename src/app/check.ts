/** The use case `check`: say what `generate` would do, hold the rows against the migrations, and write nothing. */
import type {AuditReport} from '../model/audit-report.ts'
import {Failure} from '../model/failure.ts'
import type {Patch} from '../model/patch.ts'
import {collectFindings, type Finding, isError} from '../model/rules.ts'
import {compareOutputs, type OutputState} from './compare.ts'
import type {Project} from './project.ts'
import {type DocumentRead, type ReadProjectOptions, readProject} from './read.ts'
import {renderProject} from './render.ts'

export type CheckResult = {
  readonly documents: readonly DocumentRead[]
  readonly findings: readonly Finding[]
  readonly sources: ReadonlyMap<string, string>
  /** Empty where the document could not be relied on, so that nothing was compared. */
  readonly outputs: readonly OutputState[]
  /** How to mend each stale output, by path. */
  readonly patches: ReadonlyMap<string, Patch>
  /** Whether the rows and the definers of the migrations are the same, where the project names migrations. */
  readonly migrations: AuditReport | undefined
}

/** @throws Failure if a file cannot be read, or a `generate` is just writing. */
export async function check(project: Project, options: ReadProjectOptions): Promise<CheckResult> {
  const interrupted = project.files.interrupted()
  if (interrupted?.running) {
    throw new Failure('A `secdef generate` is writing the outputs', {
      hint: 'Let it end, then run the check again.',
    })
  }
  const read = readProject(project, options)
  if (read.findings.some(isError)) return {...read, outputs: [], patches: new Map(), migrations: undefined}
  const rendering = await renderProject(project, read.documents)
  const outputs = compareOutputs(project, rendering.files)
  const patches = await makePatches(outputs)
  const journal = collectFindings(interrupted?.path ?? '')
  if (interrupted) journal.report('interrupted-write', undefined, {})
  return {
    documents: read.documents,
    findings: [
      ...read.findings,
      ...rendering.findings,
      ...journal.findings,
      ...outputs.flatMap((state) => judge(state, patches)),
    ],
    sources: new Map([...read.sources, ...rendering.sources]),
    outputs,
    patches,
    migrations: await holdAgainstMigrations(project, read.documents),
  }
}

async function holdAgainstMigrations(project: Project, documents: readonly DocumentRead[]) {
  if (project.migrations === undefined) return undefined
  const {followMigrations, judgeMigrations} = await import('./follow-migrations.ts')
  const inventory = await followMigrations(project, documents, project.migrations)
  return judgeMigrations(project, documents, inventory, project.migrations)
}

async function makePatches(outputs: readonly OutputState[]): Promise<Map<string, Patch>> {
  const stale = outputs.filter((state) => state.state === 'stale')
  if (stale.length === 0) return new Map()
  const {makePatch} = await import('./patch.ts')
  return new Map(stale.map((state) => [state.path, makePatch(state)]))
}

function judge(state: OutputState, patches: ReadonlyMap<string, Patch>): Finding[] {
  const {report, findings} = collectFindings(state.path)
  if (state.state === 'missing') report('output-missing', undefined, {})
  if (state.state === 'foreign') report('output-not-generated', undefined, {})
  if (state.state === 'orphan') report('output-orphan', undefined, {source: state.source})
  if (state.state === 'stale') {
    const {added = 0, removed = 0} = patches.get(state.path) ?? {}
    report('output-stale', undefined, {added, removed})
  }
  return findings
}
