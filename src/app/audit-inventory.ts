/** A source of an audit → the facts that the registries are held against. */
import {isAbsolute, posix, relative, sep} from 'node:path'
import {defaultApiRoles} from '../audit/subject.ts'
import {profiles} from '../inventory/profiles/profiles.ts'
import {defaultMigrations, type ProfileName} from '../model/default-registry.ts'
import {Failure} from '../model/failure.ts'
import type {Inventory} from '../model/inventory.ts'
import {readDatabase} from './inventory/database.ts'
import {foldFolder} from './inventory/fold.ts'
import {readMigrations} from './inventory/folder.ts'
import {replayMigrations} from './inventory/replay.ts'
import type {Project} from './project.ts'
import type {DocumentRead} from './read.ts'
import {schemasOf} from './schemas.ts'

export type AuditSource =
  /** `folder` is absolute; without it, the configuration's, or where the Supabase CLI keeps its migrations. */
  | {readonly kind: 'migrations' | 'replay'; readonly folder: string | undefined}
  /** Without `url`, what `DATABASE_URL` or the variables of libpq name. */
  | {readonly kind: 'database'; readonly url: string | undefined}

export type InventoryOptions = {
  /** What stands before the first migration; `undefined` if nobody has said. */
  readonly profile: ProfileName | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Called now and then with what is being done. */
  readonly onProgress?: (text: string) => void
}

/** Of a project of today that nobody has said more of. Taking it for granted is told as unknown. */
const assumedProfile: ProfileName = 'supabase-2026'

/** @throws Failure if the source is not there or cannot be read as a whole. */
export async function readInventoryOf(
  project: Project,
  documents: readonly DocumentRead[],
  source: AuditSource,
  {profile, env, onProgress}: InventoryOptions,
): Promise<Inventory> {
  const apiRoles = project.audit.apiRoles ?? defaultApiRoles
  const choice = {schemas: schemasOf(documents), apiRoles}
  if (source.kind === 'database') {
    const {url} = source
    const onRows = (count: number) => onProgress?.(`reading the database: ${count} objects`)
    return await readDatabase({...choice, env, onRows, ...(url !== undefined && {url})})
  }
  const label = folderOf(project, source.folder)
  const migrations = readMigrations(project.files, label, project.migrations?.tool)
  const chosen = {label, profile: profiles[profile ?? assumedProfile]}
  if (source.kind === 'migrations') {
    const {schemas} = choice
    return sayAssumed(await foldFolder(migrations, {...chosen, schemas}), profile)
  }
  const onFile = (path: string, number: number, all: number) =>
    onProgress?.(`replaying ${number} of ${all}: ${path}`)
  return sayAssumed(await replayMigrations(migrations, {...choice, ...chosen, onFile}), profile)
}

/** What is open by default depends on it, and nobody but the project knows it. */
function sayAssumed(inventory: Inventory, profile: ProfileName | undefined): Inventory {
  if (profile !== undefined) return inventory
  const why =
    `nobody has said what stood before the first migration, and it was taken for ${assumedProfile}: ` +
    'say it by `--profile`, or as `migrations.profile` in the configuration'
  const {coverage} = inventory
  const unknowns = [{subject: 'profile', why, location: null}, ...coverage.unknowns]
  return {...inventory, coverage: {...coverage, unknowns}}
}

/** Relative to the root, with `/`. */
function folderOf({root, migrations}: Project, given: string | undefined): string {
  if (given === undefined) return migrations?.folder ?? defaultMigrations
  const path = relative(root, given)
  if (!isAbsolute(path)) return path.split(sep).join(posix.sep) || '.'
  throw new Failure(`Cannot show ${given} relative to ${root}`, {
    hint: 'Keep the migrations on the same drive.',
  })
}
