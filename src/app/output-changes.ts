/** Documents → the changes that make every output fresh, and what becomes of each. */
import type {Change} from '../io/write-set.ts'
import {collectFindings, type Finding} from '../model/rules.ts'
import {compareOutputs, type OutputState} from './compare.ts'
import type {Project} from './project.ts'
import type {DocumentRead} from './read.ts'
import {renderProject} from './render.ts'

export type OutputOutcome = {readonly path: string; readonly state: 'written' | 'unchanged' | 'removed'}

export type OutputChange = Change & {
  /** What is on the disk. */
  readonly actual: string | undefined
}

export type OutputChanges = {
  readonly findings: readonly Finding[]
  readonly sources: ReadonlyMap<string, string>
  readonly changes: readonly OutputChange[]
  readonly outcomes: readonly OutputOutcome[]
  /** Every file that an output goes into. */
  readonly paths: readonly string[]
}

/** @throws Failure if a template, the host of a region or an output cannot be read. */
export async function planOutputChanges(
  project: Project,
  documents: readonly DocumentRead[],
): Promise<OutputChanges> {
  const rendering = await renderProject(project, documents)
  const states = compareOutputs(project, rendering.files)
  return {
    findings: [...rendering.findings, ...states.flatMap(refusals)],
    sources: rendering.sources,
    changes: states.flatMap(changeOf),
    outcomes: states.map(outcomeOf),
    paths: rendering.files.map(({path}) => path),
  }
}

function refusals(state: OutputState): Finding[] {
  const {report, findings} = collectFindings(state.path)
  if (state.state === 'foreign') report('output-not-generated', undefined, {})
  return findings
}

function changeOf(state: OutputState): OutputChange[] {
  const {path} = state
  if (state.state === 'orphan') return [{path, text: null, actual: undefined}]
  if (state.state === 'missing') return [{path, text: state.expected, actual: undefined}]
  return state.state === 'stale' ? [{path, text: state.expected, actual: state.actual}] : []
}

function outcomeOf({path, state}: OutputState): OutputOutcome {
  if (state === 'orphan') return {path, state: 'removed'}
  return {path, state: state === 'unchanged' ? 'unchanged' : 'written'}
}
