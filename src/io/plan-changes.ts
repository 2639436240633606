/** What a set of changes means for the disk as it is: every path looked at before any is touched. */
import {randomBytes} from 'node:crypto'
import * as fs from 'node:fs'
import {dirname, join} from 'node:path'
import {Failure} from '../model/failure.ts'
import {attempt} from './disk.ts'
import {insideRoot, type Spot} from './inside-root.ts'
import {digest, type Journal} from './journal.ts'
import {isOwnName, temporaryPath} from './own-names.ts'

/**
 * One change to the disk. `path` is relative to the root, with `/`. `text` is written as UTF-8 exactly as it
 * is; `null` removes the file, if there is one.
 */
export type Change = {readonly path: string; readonly text: string | null}

/** A temporary to be written for `path`, like the file that it is to replace. */
export type Prepared = {
  readonly file: string
  readonly path: string
  readonly bytes: Uint8Array
  readonly like: fs.Stats | undefined
}
export type Plan = {readonly journal: Journal; readonly files: readonly Prepared[]}

/**
 * What is as it should be drops out.
 *
 * @throws Failure if a path may not or cannot be written, or is claimed twice. Nothing was touched.
 */
export function planChanges(root: string, changes: readonly Change[]): Plan {
  const id = `${process.pid}-${randomBytes(8).toString('hex')}`
  const folders = new Set<string>()
  const writes: Journal['writes'] = []
  const removals: Journal['removals'] = []
  const files: Prepared[] = []
  for (const {path, text} of changes) {
    const spot = insideRoot(root, path)
    if (isOwnName(path)) throw new Failure(`Cannot write ${path}: secdef keeps that name for itself`)
    const old = spot.stats && attempt(`read ${path}`, () => digest(fs.readFileSync(spot.absolute)))
    if (text === null) {
      if (old !== undefined) removals.push({path, before: old})
    } else {
      const bytes = Buffer.from(text, 'utf8')
      const after = digest(bytes)
      if (old === after) continue
      writes.push({path, before: old ?? null, after})
      files.push({file: join(root, temporaryPath(path, id)), path, bytes, like: spot.stats})
      for (const folder of spot.missing) folders.add(folder)
    }
    if (old !== undefined || text !== null) checkWritable(root, path, spot)
  }
  const journal: Journal = {version: 1, id, folders: [...folders], writes, removals}
  checkDistinct(changes, journal)
  return {journal, files}
}

/** Renaming asks for the right to the folder. Windows asks for the right to the file that goes, too. */
function checkWritable(root: string, path: string, spot: Spot): void {
  const parent = dirname(join(root, spot.missing[0] ?? path))
  attempt(`write ${path}`, () => {
    fs.accessSync(parent, fs.constants.W_OK | fs.constants.X_OK)
    if (process.platform === 'win32' && spot.stats) fs.accessSync(spot.absolute, fs.constants.W_OK)
  })
}

/** Two changes of one name, or one name as a file and as a folder, have no outcome. */
function checkDistinct(changes: readonly Change[], {folders, writes}: Journal): void {
  const seen = new Set(folders.filter((folder) => writes.some(({path}) => path === folder)))
  for (const {path} of changes) {
    if (seen.has(path)) throw new Failure(`Cannot write ${path}: two outputs claim that path`)
    seen.add(path)
  }
}
