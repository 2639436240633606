/** Listing a migrations folder on the disk. */
import * as fs from 'node:fs'
import {join, posix} from 'node:path'
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
  const stats = attempt(`look at ${folder}`, () => fs.statSync(join(root, folder), {throwIfNoEntry: false}))
  if (!stats?.isDirectory()) return undefined
  return filesBelow(root, folder, new Set()).sort(compareCodePoints)
}

/** Links to folders are followed, each folder once. */
function filesBelow(root: string, folder: string, visited: Set<string>): string[] {
  const absolute = join(root, folder)
  const real = attempt(`look at ${folder}`, () => fs.realpathSync(absolute))
  if (visited.has(real)) return []
  visited.add(real)
  const entries = attempt(`list ${folder}`, () => fs.readdirSync(absolute, {withFileTypes: true}))
  return entries.flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    const isFolder =
      entry.isDirectory() ||
      (entry.isSymbolicLink() && fs.statSync(join(root, path), {throwIfNoEntry: false})?.isDirectory())
    if (isFolder) return filesBelow(root, path, visited)
    return entry.isFile() || entry.isSymbolicLink() ? [path] : []
  })
}
