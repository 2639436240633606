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
  /** Whether this document was a registry then, there or not. Where that is not known, it is taken to have been. */
  readonly wasConfigured: boolean
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
  const registries = pairs.map(({name, now, before, path, wasConfigured}): RegistryDiff => {
    const after = read.documents.find(({config}) => config === now)?.registry
    return {
      name,
      before: path,
      wasConfigured,
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
  readonly wasConfigured: boolean
}

/** What a document that excused nothing yet is told: at the base that is an empty registry. */
const sayNothing: ReadonlySet<RuleId> = new Set(['no-registry-table', 'no-entries'])

/** Every registry that is or was configured, with its document at the base, or what is wrong there. */
async function readBase(project: Project, base: Base, options: ReadProjectOptions) {
  const pairs: OldRegistry[] = []
  const findings: Finding[] = []
  const sources = new Map<string, string>()
  const known = await registriesAt(project, base.commit)
  const movedFrom = (document: string) => renamedFrom(project.root, base.commit, document)
  for (const {now, old} of await matchRegistries(project.registries, known, movedFrom)) {
    // What the configuration of then did not name excused nothing, wherever it stood.
    const found = known ? await readOld(project.root, base, old) : await guessOld(project.root, base, now)
    const name = (now ?? old)?.name
    if (found === undefined) {
      const wasConfigured = known === undefined || old?.document === now?.document
      if (now) pairs.push({name, now, before: undefined, path: undefined, wasConfigured})
      continue
    }
    // Named as git names it, as it is another text than that of the working tree.
    const shown = `${base.short}:${found.config.document}`
    const read = readDocument({...found.config, document: shown}, found.bytes, options)
    const faults = read.findings.filter((finding) => isError(finding) && !sayNothing.has(finding.ruleId))
    findings.push(...faults)
    if (read.text !== undefined) sources.set(shown, read.text)
    pairs.push({name, now, before: read.registry, path: found.config.document, wasConfigured: true})
  }
  return {pairs, isConfigKnown: known !== undefined, findings, sources}
}

type OldDocument = {readonly config: RegistryConfig; readonly bytes: Uint8Array}

async function readOld(
  root: string,
  {commit}: Base,
  config: RegistryConfig | undefined,
): Promise<OldDocument | undefined> {
  const bytes = config && (await readAtRevision(root, commit, config.document))
  return config && bytes && {config, bytes}
}

/** Without a configuration of then: where the document is now, else where git sees that it came from. */
async function guessOld(
  root: string,
  base: Base,
  now: RegistryConfig | undefined,
): Promise<OldDocument | undefined> {
  const found = await readOld(root, base, now)
  if (found || now === undefined) return found
  const document = await renamedFrom(root, base.commit, now.document)
  return document === undefined ? undefined : readOld(root, base, {...now, document})
}
