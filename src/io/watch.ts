/** Watching files through the folders that lead to them: a file that is saved by a rename is another one afterwards. */
import {createHash} from 'node:crypto'
import * as fs from 'node:fs'
import {basename, dirname, join, sep} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {attempt, codeOf} from './disk.ts'

/** Paths are absolute. Neither a file nor its folder needs to be there. */
export type Watching = {
  /** Watch these from now on. Those that are new are looked at before this returns. */
  readonly follow: (paths: readonly string[]) => void
  /** Take these as they are now: they were written by whoever watches. */
  readonly settle: (paths: readonly string[]) => void
  /** @returns Those that are not as they were when they were last looked at, as soon as there are any. */
  readonly changed: () => Promise<readonly string[]>
  readonly close: () => void
}

/** Saving a file takes several steps, and a checkout many. */
const delayMs = 20

/** @throws Failure, as `changed` does, if a folder in which a file is cannot be watched. */
export function watchFiles(paths: readonly string[]): Watching {
  const open = new Map<string, fs.FSWatcher>()
  const states = new Map<string, string>()
  /** Paths at which another folder may be than the one that is open. */
  const moved = new Set<string>()
  let names: ReadonlyMap<string, ReadonlySet<string>> = new Map()
  let isDirty = false
  let isClosed = false
  let wake = () => {}

  const note = (folder: string, event: string, name: string | null): void => {
    // That a folder is moved or removed it tells itself, under its own name, or the one that it was in, or both.
    const isSelf = name === null || (event === 'rename' && name === basename(folder))
    if (!isSelf && !names.get(folder)?.has(folded(name))) return
    if (isSelf) moved.add(folder)
    if (event === 'rename' && name !== null) moved.add(join(folder, name))
    isDirty = true
    wake()
  }

  const arm = (): void => {
    names = foldersOf([...states.keys()])
    for (const [folder, watcher] of open) {
      if (names.has(folder) && ![...moved].some((path) => isWithin(folder, path))) continue
      watcher.close()
      open.delete(folder)
    }
    moved.clear()
    const parents = new Set([...states.keys()].map((path) => dirname(path)))
    // Outermost first: what appears in a folder after it is opened is told.
    for (const folder of [...names.keys()].sort((a, b) => a.length - b.length)) {
      if (open.has(folder)) continue
      const watcher = openFolder(folder, parents.has(folder))
      watcher?.on('change', (event, name) => note(folder, event, name === null ? null : String(name)))
      watcher?.on('error', () => note(folder, 'rename', null))
      if (watcher !== undefined) open.set(folder, watcher)
    }
  }

  const settle = (those: readonly string[]): string[] =>
    those.filter((path) => {
      const [before, now] = [states.get(path), stateOf(path)]
      if (before !== undefined) states.set(path, now)
      return before !== undefined && before !== now
    })

  const follow = (those: readonly string[]): void => {
    const fresh = those.filter((path) => !states.has(path))
    for (const path of [...states.keys()].filter((known) => !those.includes(known))) states.delete(path)
    for (const path of fresh) states.set(path, '')
    arm()
    settle(fresh)
  }

  const close = (): void => {
    isClosed = true
    for (const watcher of open.values()) watcher.close()
    open.clear()
    wake()
  }

  const changed = async (): Promise<readonly string[]> => {
    for (;;) {
      if (isDirty) await pause(delayMs)
      isDirty = false
      if (isClosed) return []
      arm()
      const differing = settle([...states.keys()])
      if (differing.length > 0) return differing
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  try {
    follow(paths)
  } catch (error) {
    close()
    throw error
  }
  return {follow, settle, changed, close}
}

/** Every folder on the way to a file, and on the way to where links lead, with the names in it that matter. */
function foldersOf(paths: readonly string[]): Map<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>()
  for (const path of paths.flatMap((one) => [one, realPath(one)])) {
    for (let child = path; dirname(child) !== child; child = dirname(child)) {
      const names = folders.get(dirname(child)) ?? new Set()
      folders.set(dirname(child), names.add(folded(basename(child))))
    }
  }
  return folders
}

/**
 * @param isParent Whether a file is right in it, so that nothing is seen of the file without it. Of the others we
 * only miss that they are moved.
 * @returns `undefined` where there is none: the folder in which it will be tells when it comes.
 */
function openFolder(folder: string, isParent: boolean): fs.FSWatcher | undefined {
  try {
    return fs.watch(folder)
  } catch (error) {
    const code = codeOf(error) ?? ''
    if (['ENOENT', 'ENOTDIR'].includes(code)) return undefined
    if (['EACCES', 'EPERM'].includes(code) && !isParent) return undefined
    return attempt(`watch ${folder}`, () => {
      throw error
    })
  }
}

/** Not every file system tells a name in the case and the form in which it was given. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function isWithin(folder: string, path: string): boolean {
  return folder === path || folder.startsWith(`${path}${sep}`)
}

function realPath(path: string): string {
  try {
    return fs.realpathSync(path)
  } catch {
    return path
  }
}

/** Another save, and another content within one tick of the clock, make another state. */
function stateOf(path: string): string {
  try {
    const stats = fs.statSync(path, {bigint: true})
    if (!stats.isFile()) return 'no file'
    const digest = createHash('sha256').update(fs.readFileSync(path)).digest('hex')
    return `${stats.ino} ${stats.ctimeNs} ${digest}`
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    return code
  }
}
