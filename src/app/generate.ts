/** The use case `generate`: write what differs, all or nothing. */
import type {Holder} from '../io/holder.ts'
import {type LockOptions, withLock} from '../io/lock.ts'
import {applyChanges} from '../io/write-set.ts'
import {type Finding, isError} from '../model/rules.ts'
import {type OutputOutcome, planOutputChanges} from './output-changes.ts'
import type {Project} from './project.ts'
import {type DocumentRead, type ReadProjectOptions, readProject} from './read.ts'

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
  readonly outputs: readonly OutputOutcome[]
}

/** How long to wait for another run before giving up. */
export const lockTimeoutMs = 30_000

/** @throws Failure if a file cannot be read or written; the outputs are then as they were. */
export async function generate(project: Project, options: GenerateOptions): Promise<GenerateResult> {
  const {onWait, onRecovery} = options
  const lock = {timeoutMs: lockTimeoutMs, ...(onWait && {onWait}), ...(onRecovery && {onRecovery})}
  // The document is read inside the lock: the run that writes last must have read last.
  return withLock(project.root, lock, async () => {
    const read = readProject(project, options)
    if (read.findings.some(isError)) return {...read, outputs: []}
    const plan = await planOutputChanges(project, read.documents)
    const findings = [...read.findings, ...plan.findings]
    const sources = new Map([...read.sources, ...plan.sources])
    if (findings.some(isError)) return {documents: read.documents, findings, sources, outputs: []}
    applyChanges(project.root, plan.changes)
    return {documents: read.documents, findings, sources, outputs: plan.outcomes}
  })
}
