/** Reading files of a project; a missing file is an answer, an unreadable one a failure. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {attempt, codeOf} from './disk.ts'

/**
 * Read a file.
 *
 * @param path Relative to the root, with `/`.
 * @returns `undefined` if there is none.
 * @throws Failure if there is something that cannot be read.
 */
export function readBytes(root: string, path: string): Uint8Array | undefined {
  return attempt(`read ${path}`, () => ifThere(() => fs.readFileSync(join(root, path))))
}

/** Read a file as UTF-8; bytes that are none turn into replacement characters, so that it compares as changed. */
export function readText(root: string, path: string): string | undefined {
  const bytes = readBytes(root, path)
  return bytes && Buffer.from(bytes).toString('utf8')
}

/** The first bytes of a file as text; `undefined` if it is no readable regular file. */
export function readHead(root: string, path: string, bytes: number): string | undefined {
  let handle: number | undefined
  try {
    handle = fs.openSync(join(root, path), fs.constants.O_RDONLY | fs.constants.O_NONBLOCK)
    if (!fs.fstatSync(handle).isFile()) return undefined
    const buffer = Buffer.alloc(bytes)
    return buffer.toString('utf8', 0, fs.readSync(handle, buffer, 0, bytes, 0))
  } catch {
    return undefined
  } finally {
    if (handle !== undefined) fs.closeSync(handle)
  }
}

/** Names of the files in a folder, sorted; none if there is no such folder. */
export function listFiles(root: string, folder: string): string[] {
  const entries = attempt(`list ${folder}`, () =>
    ifThere(() => fs.readdirSync(join(root, folder), {withFileTypes: true})),
  )
  return (entries ?? [])
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort()
}

export function exists(root: string, path: string): boolean {
  return fs.existsSync(join(root, path))
}

function ifThere<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined
    throw error
  }
}
