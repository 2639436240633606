/** The use case `generate`: write what differs, all or nothing. */
import type {Holder} from '../io/holder.ts'
import {type LockOptions, withLock} from '../io/lock.ts'
import {applyChanges, type Change} from '../io/write-set.ts'
import {collectFindings, type Finding, isError} from '../model/rules.ts'
import {compareOutputs, type OutputState} from './compare.ts'
import type {Project} from './project.ts'
import {type DocumentRead, type ReadProjectOptions, readProject} from './read.ts'
import {renderProject} from './render.ts'

export type GenerateOptions = ReadProjectOptions & {
  /** Called once if another run holds the lock. */
  readonly onWait?: (holder: Holder | undefined) => void
  /** Called if an interrupted run was finished or undone first. */
  readonly onRecovery?: LockOptions['onRecovery']
}

export type GenerateResult = {
  readonly documents: readonly DocumentRead[]
  /** Nothing was written if one of them is an error. */
  readonly findings: readonly Finding[]
  readonly sources: ReadonlyMap<string, string>
  readonly outputs: readonly {readonly path: string; readonly state: 'written' | 'unchanged' | 'removed'}[]
}

/** How long to wait for another run before giving up. */
const lockTimeoutMs = 30_000

/** @throws Failure if a file cannot be read or written; the outputs are then as they were. */
export async function generate(project: Project, options: GenerateOptions): Promise<GenerateResult> {
  const {onWait, onRecovery} = options
  const lock = {timeoutMs: lockTimeoutMs, ...(onWait && {onWait}), ...(onRecovery && {onRecovery})}
  // The document is read inside the lock: the run that writes last must have read last.
  return withLock(project.root, lock, async () => {
    const read = readProject(project, options)
    if (read.findings.some(isError)) return {...read, outputs: []}
    const rendering = await renderProject(project, read.documents)
    const states = compareOutputs(project, rendering.files)
    const findings = [...read.findings, ...rendering.findings, ...states.flatMap(refusals)]
    const sources = new Map([...read.sources, ...rendering.sources])
    if (findings.some(isError)) return {documents: read.documents, findings, sources, outputs: []}
    applyChanges(project.root, states.flatMap(changeOf))
    return {documents: read.documents, findings, sources, outputs: states.map(outcomeOf)}
  })
}

function refusals(state: OutputState): Finding[] {
  const {report, findings} = collectFindings(state.path)
  if (state.state === 'foreign') report('output-not-generated', undefined, {})
  return findings
}

function changeOf(state: OutputState): Change[] {
  if (state.state === 'orphan') return [{path: state.path, text: null}]
  return state.state === 'missing' || state.state === 'stale'
    ? [{path: state.path, text: state.expected}]
    : []
}

function outcomeOf({path, state}: OutputState): GenerateResult['outputs'][number] {
  if (state === 'orphan') return {path, state: 'removed'}
  return {path, state: state === 'unchanged' ? 'unchanged' : 'written'}
}
