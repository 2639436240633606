/** The use case `diff`: what has changed in the documents since a revision of the repository. */
import type {JudgedChange} from '../diff/change.ts'
import {compareRegistries} from '../diff/compare.ts'
import {readAtRevision} from '../io/git.ts'
import {type Base, findBase, renamedFrom} from '../io/git-base.ts'
import type {RegistryConfig} from '../model/config.ts'
import type {Registry} from '../model/registry.ts'
import {type Finding, isError, type RuleId} from '../model/rules.ts'
import {matchRegistries, registriesAt} from './diff-registries.ts'
import type {Project} from './project.ts'
import {type DocumentRead, type ReadProjectOptions, readDocument, readProject} from './read.ts'

export type {JudgedChange} from '../diff/change.ts'
export {type Level, reaches as isReached} from '../diff/concerns.ts'

export type RegistryDiff = {
  /** Where several registries are configured. */
  readonly name: string | undefined
  /** Path of the document then; `undefined` where there was none: everything is added. */
  readonly before: string | undefined
  /** Path of the document now; `undefined` where it is no longer configured: everything is removed. */
  readonly after: string | undefined
  readonly changes: readonly JudgedChange[]
}

export type DiffResult = {
  readonly base: Base
  /** `undefined` where a document could not be relied on, so that nothing was compared. */
  readonly registries: readonly RegistryDiff[] | undefined
  /** Whether the configuration at the base could be read; if not, today's was taken for it. */
  readonly isConfigKnown: boolean
  /** The documents as they are. */
  readonly documents: readonly DocumentRead[]
  /** Of the documents as they are; of those at the base where `isBaseBroken`. */
  readonly findings: readonly Finding[]
  readonly isBaseBroken: boolean
  readonly sources: ReadonlyMap<string, string>
}

export type DiffOptions = Pick<ReadProjectOptions, 'today' | 'onRows'> & {
  /** A revision; by default where the branch left the main one. */
  readonly revision: string | undefined
}

/** @throws Failure if there is no such revision, or a document cannot be read. */
export async function diffProject(
  project: Project,
  {revision, ...reading}: DiffOptions,
): Promise<DiffResult> {
  // Whether an approval has expired is no change of the document.
  const options = {...reading, judgeApprovals: false}
  const base = await findBase(project.root, revision)
  const read = readProject(project, options)
  const common = {base, ...read, registries: undefined, isConfigKnown: true, isBaseBroken: false}
  if (read.findings.some(isError)) return common

  const {pairs, isConfigKnown, ...broken} = await readBase(project, base, options)
  if (broken.findings.length > 0) return {...common, ...broken, isBaseBroken: true}
  // Loaded only here, as `check` has no need of it.
  const {compareWords} = await import('../diff/words.ts')
  const registries = pairs.map(({name, now, before, path}): RegistryDiff => {
    const after = read.documents.find(({config}) => config === now)?.registry
    return {
      name,
      before: path,
      after: after?.path,
      changes: compareRegistries(
        {before: before ?? nothing, after: after ?? nothing},
        {since: base.day, compareWords},
      ),
    }
  })
  return {...common, registries, isConfigKnown}
}

const nothing: Registry = {path: '', entries: [], history: []}

type OldRegistry = {
  readonly name: string | undefined
  readonly now: RegistryConfig | undefined
  readonly before: Registry | undefined
  readonly path: string | undefined
}

/** What a document that excused nothing yet is told: at the base that is an empty registry. */
const sayNothing: ReadonlySet<RuleId> = new Set(['no-registry-table', 'no-entries'])

/** Every registry that is or was configured, with its document at the base, or what is wrong there. */
async function readBase(project: Project, base: Base, options: ReadProjectOptions) {
  const pairs: OldRegistry[] = []
  const findings: Finding[] = []
  const sources = new Map<string, string>()
  const known = await registriesAt(project, base.commit)
  for (const {now, old} of matchRegistries(project.registries, known)) {
    const found = await findDocument(project.root, base, now, old)
    const name = (now ?? old)?.name
    if (found === undefined) {
      if (now) pairs.push({name, now, before: undefined, path: undefined})
      continue
    }
    // Named as git names it, as it is another text than that of the working tree.
    const shown = `${base.short}:${found.config.document}`
    const read = readDocument({...found.config, document: shown}, found.bytes, options)
    const faults = read.findings.filter((finding) => isError(finding) && !sayNothing.has(finding.ruleId))
    findings.push(...faults)
    if (read.text !== undefined) sources.set(shown, read.text)
    pairs.push({name, now, before: read.registry, path: found.config.document})
  }
  return {pairs, isConfigKnown: known !== undefined, findings, sources}
}

/** Where the configuration of then says; else where it is now; else where git sees that it came from. */
async function findDocument(
  root: string,
  {commit}: Base,
  now: RegistryConfig | undefined,
  old: RegistryConfig | undefined,
): Promise<{config: RegistryConfig; bytes: Uint8Array} | undefined> {
  const configs = [old, now && {...now, ...(old && {columns: old.columns})}]
  for (const config of configs) {
    const bytes = config && (await readAtRevision(root, commit, config.document))
    if (config && bytes) return {config, bytes}
  }
  const source = now && (await renamedFrom(root, commit, now.document))
  const bytes = source && (await readAtRevision(root, commit, source))
  return now && source && bytes ? {config: {...(old ?? now), document: source}, bytes} : undefined
}
