/** The files of a migrations folder, read from the disk. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {compareCodePoints} from '../model/compare.ts'
import {Failure} from '../model/failure.ts'
import {attempt} from './disk.ts'
import {decodeUtf8, readBytes} from './files.ts'

export type MigrationText = {readonly path: string; readonly text: string}

/**
 * Read a folder, with the folders below it. Only SQL is read; the names of other files are enough, as they are
 * reported as left out.
 *
 * @param folder Relative to the root, with `/`.
 * @returns Sorted by path, which is relative to the root.
 * @throws Failure if there is no such folder, or a file of SQL cannot be read or is not UTF-8: what it would have
 * done nobody can say.
 */
export function readMigrations(root: string, folder: string): MigrationText[] {
  const names = attempt(`list ${folder}`, () =>
    fs.readdirSync(join(root, folder), {recursive: true, withFileTypes: true}),
  )
  return names
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => toPath(root, join(entry.parentPath, entry.name)))
    .sort(compareCodePoints)
    .map((path) => ({path, text: /\.sql$/i.test(path) ? readSql(root, path) : ''}))
}

function readSql(root: string, path: string): string {
  const bytes = readBytes(root, path)
  if (bytes === undefined) {
    throw new Failure(`Cannot read ${path}: it is a link that leads nowhere`, {
      hint: 'Mend or remove the link.',
    })
  }
  const text = decodeUtf8(bytes)
  if (text === undefined)
    throw new Failure(`Cannot read ${path}: it is not UTF-8`, {hint: 'Save it as UTF-8.'})
  return text
}

function toPath(root: string, absolute: string): string {
  return absolute.slice(join(root, '/').length).replaceAll('\\', '/')
}
