/** The transaction of an edit: the document and its outputs, judged before anything is written, all or nothing. */
import {type LockOptions, withLock} from '../../io/lock.ts'
import {type Finding, isError} from '../../model/rules.ts'
import type {Measure} from '../../source/edit/layout.ts'
import {prettierWidth} from '../../source/format/prettier-width.ts'
import {type GenerateOptions, lockTimeoutMs} from '../generate.ts'
import {type OutputChanges, type OutputOutcome, planOutputChanges} from '../output-changes.ts'
import type {Project} from '../project.ts'
import type {DocumentRead} from '../read.ts'
import {documentsOn, hidesRows, type OpenDocument, type OpenProject, openDocuments} from './documents.ts'
import {describeEdit, type Edited} from './edited.ts'
import {type Draft, type Judged, judge} from './judge.ts'
import {writeEdit} from './write-edit.ts'

export type EditOptions = GenerateOptions & {
  /** The registry that is meant, where there are several. */
  readonly on: string | undefined
  /** Write nothing, tell what would be written. */
  readonly dryRun: boolean
  /** Write the outputs, too. */
  readonly generate: boolean
}

/** Drafts of one document, the one to be preferred first: the first that holds is written. */
export type Drafts = {readonly document: OpenDocument; readonly drafts: readonly Draft[]}
export type MakeDrafts = (documents: readonly OpenDocument[], measure: Measure) => Drafts

export type EditResult = {
  readonly documents: readonly DocumentRead[]
  readonly findings: readonly Finding[]
  readonly sources: ReadonlyMap<string, string>
  /** `undefined` where nothing was written, as the findings say why. */
  readonly edited: Edited | undefined
  readonly outputs: readonly OutputOutcome[]
  /** What would be written, as a patch. */
  readonly patch: string | undefined
}

/** @throws Failure if the edit is not possible as asked, or a file cannot be read or written. */
export async function editDocument(
  project: Project,
  options: EditOptions,
  make: MakeDrafts,
): Promise<EditResult> {
  const {default: stringWidth} = await import('string-width')
  const measure = prettierWidth(stringWidth)
  if (options.dryRun) return run(project, options, make, measure)
  const {onWait, onRecovery} = options
  const lock: LockOptions = {
    timeoutMs: lockTimeoutMs,
    ...(onWait && {onWait}),
    ...(onRecovery && {onRecovery}),
  }
  // The document is read inside the lock: whoever writes last must have read last.
  return withLock(project.root, lock, () => run(project, options, make, measure))
}

async function run(
  project: Project,
  options: EditOptions,
  make: MakeDrafts,
  measure: Measure,
): Promise<EditResult> {
  const opened = openDocuments(project, options)
  const hidden = opened.findings.filter(hidesRows)
  if (hidden.length > 0) return nothing(opened, hidden, opened.sources)
  const {document, drafts} = make(documentsOn(opened.open, options.on), measure)
  const path = document.config.document
  const {draft, judged} = choose(document, drafts, options.today)
  const sources = new Map([...opened.sources, [path, judged.text]])
  if (judged.newErrors.length > 0) return nothing(opened, judged.newErrors, sources)
  if (judged.refusal) throw judged.refusal

  const documents = opened.documents.map((read) =>
    read.config === document.config ? {...read, registry: judged.after.registry} : read,
  )
  const others = opened.findings.filter((finding) => finding.path !== path)
  const findings = [...others, ...judged.after.findings]
  // Outputs of a document with errors would leave out the rows that have them.
  const isWanted = options.generate && !findings.some(isError)
  const outputs = isWanted ? await planOutputChanges(project, documents) : undefined
  const all = [...findings, ...(outputs?.findings ?? [])]
  const allSources = new Map([...sources, ...(outputs?.sources ?? [])])
  if (outputs?.findings.some(isError)) return nothing(opened, all, allSources)

  const edited = describeEdit(document, draft, judged)
  const patch = options.dryRun ? await makePatch(document, judged, outputs) : undefined
  if (!options.dryRun) await writeEdit(project, document, judged, documents, outputs)
  return {
    documents,
    findings: all,
    sources: allSources,
    edited,
    outputs: outputs?.outcomes ?? [],
    patch,
  }
}

/** The last draft tells why none holds. */
function choose(document: OpenDocument, drafts: readonly Draft[], today: string) {
  let last: {draft: Draft; judged: Judged} | undefined
  for (const draft of drafts) {
    last = {draft, judged: judge(document, draft, today)}
    if (last.judged.newErrors.length === 0 && last.judged.refusal === undefined) return last
  }
  if (last === undefined) throw new Error('An edit without a draft')
  return last
}

function nothing(
  {documents}: OpenProject,
  findings: readonly Finding[],
  sources: ReadonlyMap<string, string>,
): EditResult {
  return {documents, findings, sources, edited: undefined, outputs: [], patch: undefined}
}

async function makePatch(document: OpenDocument, {text}: Judged, outputs: OutputChanges | undefined) {
  const {unifiedPatch} = await import('./unified-patch.ts')
  const {path, mark} = document
  return unifiedPatch([{path, actual: mark + document.text, text: mark + text}, ...(outputs?.changes ?? [])])
}
