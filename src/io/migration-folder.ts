/** The files of a migrations folder on the disk. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {compareCodePoints} from '../model/compare.ts'
import {Failure} from '../model/failure.ts'
import {attempt} from './disk.ts'
import {decodeUtf8, readBytes} from './files.ts'

/**
 * The files of a folder and of the folders below it.
 *
 * @param folder Relative to the root, with `/`.
 * @returns Paths relative to the root, sorted; `undefined` if there is no such folder.
 * @throws Failure if it cannot be listed.
 */
export function listMigrations(root: string, folder: string): string[] | undefined {
  const top = join(root, folder)
  const stats = attempt(`look at ${folder}`, () => fs.statSync(top, {throwIfNoEntry: false}))
  if (!stats?.isDirectory()) return undefined
  const entries = attempt(`list ${folder}`, () => fs.readdirSync(top, {recursive: true, withFileTypes: true}))
  return entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length).replaceAll('\\', '/'))
    .sort(compareCodePoints)
}

/** @throws Failure if it cannot be read or is not UTF-8: what it would have done nobody can say. */
export function readMigration(root: string, path: string): string {
  const bytes = readBytes(root, path)
  const text = bytes && decodeUtf8(bytes)
  if (text !== undefined) return text
  throw new Failure(`Cannot read ${path}: it is ${bytes ? 'not UTF-8' : 'gone'}`, {
    hint: 'Save it as UTF-8, or take it out of the folder.',
  })
}
