/** Reading files of a project; a missing file is an answer, an unreadable one a failure. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {Failure} from '../model/failure.ts'
import {attempt, codeOf} from './disk.ts'

/**
 * Read a file.
 *
 * @param path Relative to the root, with `/`.
 * @returns `undefined` if there is none.
 * @throws Failure if there is something that cannot be read.
 */
export function readBytes(root: string, path: string): Uint8Array | undefined {
  return attempt(`read ${path}`, () => ifThere(() => readRegular(join(root, path), path)))
}

/** A pipe or a device would keep us waiting for bytes that may never come. */
function readRegular(file: string, path: string): Uint8Array {
  const stats = fs.statSync(file)
  if (stats.isFile() || stats.isDirectory()) return fs.readFileSync(file)
  throw new Failure(`Cannot read ${path}: it is not a regular file`, {hint: 'Put a file in its place.'})
}

/** Read a file to be compared and shown. */
export function readText(root: string, path: string): string | undefined {
  const bytes = readBytes(root, path)
  return bytes && toText(bytes)
}

/**
 * Bytes as UTF-8 to be compared and shown. Those that are none are spelled out, so that the text is equal to none
 * that we write: a replacement character could stand in a document, too.
 */
export function toText(bytes: Uint8Array): string {
  return decodeUtf8(bytes) ?? Buffer.from(bytes).toString('utf8').replaceAll('\ufffd', '<not UTF-8>')
}

/** The text with its byte order mark, if it has one; `undefined` where the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch {
    return undefined
  }
}

/** The first bytes of a file as text; `undefined` if it is no readable regular file, or a link to one. */
export function readHead(root: string, path: string, bytes: number): string | undefined {
  const {O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0} = fs.constants
  let handle: number | undefined
  try {
    handle = fs.openSync(join(root, path), O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
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
