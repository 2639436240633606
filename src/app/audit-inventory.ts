/** The source of an audit → the facts that it is held against. */
import {isAbsolute, posix, relative, resolve, sep} from 'node:path'
import {defaultApiRoles} from '../audit/subject.ts'
import {isFolder, readMigrationFolder} from '../io/migration-folder.ts'
import type {ProfileName} from '../io/pglite/prelude/profiles.ts'
import {Failure} from '../model/failure.ts'
import type {Inventory} from '../model/inventory.ts'
import {readDatabase} from './inventory/database.ts'
import {replayMigrations} from './inventory/replay.ts'
import type {Project} from './project.ts'
import type {DocumentRead} from './read.ts'

export type {ProfileName}

export type AuditSource =
  /** `folder` is absolute; without it, where the Supabase CLI keeps its migrations. */
  | {readonly kind: 'replay'; readonly folder: string | undefined; readonly profile: ProfileName}
  /** Without `url`, what `DATABASE_URL` or the variables of libpq name. */
  | {
      readonly kind: 'database'
      readonly url: string | undefined
      readonly env: Readonly<Record<string, string | undefined>>
    }

/** Called before each file that is replayed. */
export type OnFile = (path: string, number: number, count: number) => void

const defaultFolder = 'supabase/migrations'

/** @throws Failure if the source is not there or cannot be read as a whole. */
export async function readInventoryOf(
  {root}: Project,
  documents: readonly DocumentRead[],
  source: AuditSource,
  onFile: OnFile | undefined,
): Promise<Inventory> {
  const choice = {schemas: schemasOf(documents), apiRoles: defaultApiRoles}
  if (source.kind === 'database') {
    const {url, env} = source
    return await readDatabase({...choice, env, ...(url !== undefined && {url})})
  }
  const label = folderOf(root, source.folder)
  const {files, leftOut, doubts} = readMigrationFolder(root, label)
  const {profile} = source
  const inventory = await replayMigrations(files, {...choice, label, profile, ...(onFile && {onFile})})
  const unknowns = doubts.map(({path, why}) => ({subject: path, why, location: {path}}))
  const {coverage} = inventory
  return {
    ...inventory,
    coverage: {...coverage, leftOutFiles: leftOut, unknowns: [...unknowns, ...coverage.unknowns]},
  }
}

/** Relative to the root, with `/`. */
function folderOf(root: string, given: string | undefined): string {
  const path = given === undefined ? defaultFolder : relative(root, given)
  const folder = path.split(sep).join(posix.sep) || '.'
  if (!isAbsolute(path) && isFolder(root, folder)) return folder
  const there = given === undefined ? `${folder} in ${root}` : resolve(given)
  throw new Failure(`No folder of migrations at ${there}`, {
    hint:
      'Audit by `secdef audit --replay DIR`, with the folder of the migrations, ' +
      'or by `secdef audit --database URL`.',
  })
}

/** Registries of one database are audited together: a schema is seen if any of them wants it seen. */
function schemasOf(documents: readonly DocumentRead[]) {
  const choices = documents.map(({config}) => config.schemas)
  const open = choices.filter(({include}) => include.length === 0)
  const included = choices.flatMap(({include}) => include)
  const [first] = open
  const isExcluded = (name: string) =>
    !included.includes(name) && open.every(({exclude}) => exclude.includes(name))
  return {
    include: first === undefined ? included : [],
    exclude: first === undefined ? [] : first.exclude.filter(isExcluded),
    documented: [
      ...new Set(documents.flatMap(({registry}) => registry.entries.map(({value}) => value.schema))),
    ],
  }
}
