/** A folder of migrations → its files, in the order in which the Supabase CLI applies them. */
import * as fs from 'node:fs'
import {join, posix} from 'node:path'
import {compareCodePoints} from '../model/compare.ts'
import {Failure} from '../model/failure.ts'
import {attempt} from './disk.ts'
import {decodeUtf8, readBytes} from './files.ts'

export type MigrationFolder = {
  /** In the order of their names. */
  readonly files: readonly {readonly path: string; readonly text: string}[]
  readonly leftOut: readonly Aside[]
  /** What makes the choice or the order less than sure. */
  readonly doubts: readonly Aside[]
}

type Aside = {readonly path: string; readonly why: string}

/** What the Supabase CLI takes. */
const taken = /^([0-9]+)_(.*)\.sql$/

/**
 * @param folder Relative to the root, with `/`.
 * @throws Failure if the folder, or a file in it, cannot be read, or there is no migration in it.
 */
export function readMigrationFolder(root: string, folder: string): MigrationFolder {
  const all = attempt(`list ${folder}`, () => fs.readdirSync(join(root, folder))).sort(compareCodePoints)
  const names = all.filter((name) => taken.test(name) && !isUndo(name))
  if (names.length === 0) {
    throw new Failure(`No migrations in ${folder}`, {
      hint: 'Name the folder whose files are called such as 20250106090000_name.sql: secdef audit --replay DIR',
    })
  }
  const pathOf = (name: string) => posix.join(folder, name)
  return {
    files: names.map((name) => ({path: pathOf(name), text: readMigration(root, pathOf(name))})),
    leftOut: all
      .filter((name) => !names.includes(name))
      .map((name) => ({path: pathOf(name), why: whyLeftOut(name)})),
    doubts: [...doubtfulUndos(all), ...sharedVersions(names)].map(({path, why}) => ({
      path: pathOf(path),
      why,
    })),
  }
}

export function isFolder(root: string, folder: string): boolean {
  const stats = attempt(`look at ${folder}`, () => fs.statSync(join(root, folder), {throwIfNoEntry: false}))
  return stats?.isDirectory() ?? false
}

function isUndo(name: string): boolean {
  return name.endsWith('.down.sql')
}

function whyLeftOut(name: string): string {
  if (isUndo(name)) return 'its name says that it undoes another one'
  return name.endsWith('.sql') ? 'its name is not such as 20250106090000_name.sql' : 'it is no SQL file'
}

/** The Supabase CLI would apply it; a tool that also has `.up.sql` files would not. */
function doubtfulUndos(all: readonly string[]): Aside[] {
  return all
    .filter((name) => isUndo(name) && taken.test(name))
    .filter((name) => !all.includes(name.replace(/\.down\.sql$/, '.up.sql')))
    .map((path) => ({path, why: 'It was left out as undoing another one, but the Supabase CLI applies it'}))
}

/** The second of a version is refused by the tool, which keeps one row for each. */
function sharedVersions(names: readonly string[]): Aside[] {
  const first = new Map<string, string>()
  return names.flatMap((path) => {
    const version = taken.exec(path)?.[1] ?? ''
    const other = first.get(version)
    if (other === undefined) first.set(version, path)
    return other === undefined
      ? []
      : [{path, why: `Its version is that of ${other} too: whether both are applied, is not sure`}]
  })
}

function readMigration(root: string, path: string): string {
  const bytes = readBytes(root, path)
  const text = bytes && decodeUtf8(bytes)
  if (text !== undefined) return text
  throw new Failure(`Cannot read ${path}: it is ${bytes ? 'not UTF-8' : 'gone'}`, {
    hint: 'Save it as UTF-8, or take it out of the folder.',
  })
}
