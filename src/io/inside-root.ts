/** Path safety: a path of the project, or a refusal. Nothing outside the root, nothing through a link. */
import * as fs from 'node:fs'
import {dirname, join, resolve} from 'node:path'
import {Failure} from '../model/failure.ts'
import {attempt, statsOf} from './disk.ts'

/** A place in the project that a file can be written to or removed from. */
export type Spot = {
  readonly absolute: string
  /** The regular file that is there now. */
  readonly stats: fs.Stats | undefined
  /** The folders above it that do not exist, relative to the root with `/`, outermost first. */
  readonly missing: readonly string[]
}

/**
 * Look at `path`, relative to `root` with `/`, without following a link below the root.
 *
 * @throws Failure, naming the path: it leads out of the root or into `.git`, it or a folder above it is a
 * symbolic link, a folder above it is a file, or it is itself a folder or another thing that is not a file.
 */
export function insideRoot(root: string, path: string): Spot {
  if (!isInner(path)) {
    throw new Failure(`Cannot write ${JSON.stringify(path)}: outputs stay in the project and out of .git`, {
      hint: 'Give a path relative to the root of the project, with "/" and without "..".',
    })
  }
  const parts = path.split('/')
  const missing: string[] = []
  for (let length = 1; length < parts.length; length++) {
    const folder = parts.slice(0, length).join('/')
    const stats = look(root, folder, path)
    if (stats === undefined) missing.push(folder)
    else if (!stats.isDirectory()) {
      throw new Failure(`Cannot write ${path}: ${folder} is a file, not a folder`, {
        hint: 'Move that file away, or choose another path for this output.',
      })
    }
  }
  const stats = missing.length === 0 ? look(root, path, path) : undefined
  if (stats !== undefined && !stats.isFile()) {
    throw new Failure(
      `Cannot write ${path}: it is ${stats.isDirectory() ? 'a folder' : 'not a regular file'}`,
      {
        hint: 'Move it away, or choose another path for this output.',
      },
    )
  }
  return {absolute: join(root, ...parts), stats, missing}
}

/**
 * Whether a path, as it is written, stays below the root and out of `.git`, which holds programs that git
 * runs. On Windows `\\` and a drive letter lead away too.
 */
export function isInner(path: string): boolean {
  if (/[\\\0]|^[a-z]:/i.test(path)) return false
  return path.split('/').every((part) => !['', '.', '..', '.git'].includes(part.toLowerCase()))
}

function look(root: string, path: string, target: string): fs.Stats | undefined {
  const absolute = join(root, path)
  const stats = attempt(`look at ${path}`, () => statsOf(absolute))
  if (!stats?.isSymbolicLink()) return stats
  const leads = resolve(
    dirname(absolute),
    attempt(`read the link ${path}`, () => fs.readlinkSync(absolute)),
  )
  throw new Failure(`Cannot write ${target}: ${path} is a symbolic link to ${leads}`, {
    hint: 'Nothing is written through a link. Remove it, or choose another path for this output.',
  })
}
