/** Listing a migrations folder on the disk. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {compareCodePoints} from '../model/compare.ts'
import {attempt} from './disk.ts'

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
