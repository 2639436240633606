/** The use case `init`: what a project still lacks, planned as data, then written, and nothing overwritten. */
import {posix} from 'node:path'
import {profiles} from '../../inventory/profiles/profiles.ts'
import {writeHook, writeSetting} from '../../io/git-hooks.ts'
import {withLock} from '../../io/lock.ts'
import {applyChanges} from '../../io/write-set.ts'
import type {RegistryConfig} from '../../model/config.ts'
import type {ProfileName} from '../../model/default-registry.ts'
import {Failure} from '../../model/failure.ts'
import type {Inventory} from '../../model/inventory.ts'
import {foldFolder} from '../inventory/fold.ts'
import {readMigrations} from '../inventory/folder.ts'
import type {Project} from '../project.ts'
import {planAttributes, planMergeSettings} from './attributes.ts'
import {type Chosen, planConfiguration} from './configuration.ts'
import {planDocument, type RowWriter} from './document.ts'
import type {Found} from './find-project.ts'
import {planHook} from './hook.ts'
import {planIgnores} from './ignore.ts'
import {type Change, isChange, type Site, type Step} from './plan.ts'
import {chooseRunner, type Runner} from './runner.ts'
import {planWorkflow} from './workflow.ts'

export type InitOptions = {
  readonly profile: ProfileName | undefined
  readonly hook: boolean
  readonly workflow: boolean
  /** Of this tool. */
  readonly version: string
  readonly write: RowWriter
}

export type InitPlan = {
  readonly site: Site
  readonly steps: readonly Step[]
  readonly runner: Runner
  /** Rows that have to be filled in, and definers that no row can name. */
  readonly rows: number
  readonly unwritable: number
  /** What of the migrations could not be followed. */
  readonly unknowns: number
  /** Whether there is a profile, or no use for one. */
  readonly hasProfile: boolean
  readonly isNewDocument: boolean
}

/** @throws Failure if something cannot be read, or may not be written where it belongs. Nothing was written. */
export async function planInit(found: Found, options: InitOptions): Promise<InitPlan> {
  const {site, project, migrations} = found
  const profile = project.migrations?.profile ?? options.profile
  const runner = chooseRunner(site, options.version)
  const inventory =
    migrations === undefined || isDocumented(project) ? undefined : await fold(project, {migrations, profile})
  // With several, nobody but the project knows which of them a row belongs to.
  const isOnly = project.registries.length === 1
  const documents = project.registries.map(({document}) => {
    const path = `${site.prefix}${posix.normalize(document)}`
    return planDocument(site, path, project, isOnly ? inventory : undefined, options.write)
  })
  const steps = [
    project.file === undefined
      ? planConfiguration(site, {migrations, profile})
      : ({action: 'leave', path: `${site.prefix}${project.file}`, why: 'exists'} as const),
    ...documents.map(({step}) => step),
    ...(options.hook ? planHook(site, runner.run) : []),
    ...(options.workflow ? planWorkflow(site, runner, migrations !== undefined) : []),
    ...planAttributes(site, project.registries),
    ...(await planMergeSettings(site, runner.run)),
    ...planIgnores(site, project.registries),
  ]
  return {
    site,
    steps,
    runner,
    rows: documents.reduce((sum, {rows}) => sum + rows, 0),
    unwritable: documents.reduce((sum, {unwritable}) => sum + unwritable, 0),
    unknowns: inventory?.coverage.unknowns.length ?? 0,
    hasProfile: migrations === undefined || profile !== undefined,
    isNewDocument: documents.some(({step}) => step.action === 'create'),
  }
}

function isDocumented({registries, files}: Project): boolean {
  return registries.every(({document}) => files.exists(document))
}

async function fold(
  {files, migrations, registries}: Project,
  {migrations: folder, profile}: Chosen & {migrations: string},
): Promise<Inventory> {
  const [{schemas} = defaults] = registries
  const read = readMigrations(files, folder, migrations?.tool)
  return await foldFolder(read, {
    label: folder,
    profile: profile && profiles[profile],
    schemas: {...schemas, documented: []},
  })
}

const defaults: Pick<RegistryConfig, 'schemas'> = {schemas: {include: [], exclude: []}}

/** How long to wait for another run before giving up. */
const lockTimeoutMs = 30_000

/**
 * Write what was planned: the files of the project in one go, then what is git's own.
 *
 * @param again Plans anew: what has appeared since the plan was shown must not be overwritten.
 * @throws Failure if something cannot be written.
 */
export async function writeInit(plan: InitPlan, again: () => Promise<InitPlan>): Promise<void> {
  const {base} = plan.site
  await withLock(base, {timeoutMs: lockTimeoutMs}, async () => {
    const {steps} = await again()
    if (JSON.stringify(steps) !== JSON.stringify(plan.steps)) {
      throw new Failure('Cannot write: somebody else changed the project just now', {
        hint: 'Run the command again.',
      })
    }
    const changes = steps.filter(isChange)
    applyChanges(
      base,
      changes.flatMap((step) => ('text' in step && step.action !== 'hook' ? [step] : [])),
    )
    for (const step of changes) await writeOwnOfGit(base, step)
  })
}

async function writeOwnOfGit(base: string, step: Change): Promise<void> {
  if (step.action === 'hook') writeHook(step.file, step.text)
  if (step.action === 'set') await writeSetting(base, step.key, step.value)
}
