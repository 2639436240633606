/** The work tree that a program runs in, beside the index that it is held to. */
import {posix, relative, resolve, sep} from 'node:path'
import {isOfSecdef} from '../../io/config-disk.ts'
import {askGit} from '../../io/git.ts'
import type {Index} from '../../io/git-index.ts'
import {Failure} from '../../model/failure.ts'

export type ProgramTree = {
  readonly index: Index
  /** The configuration, relative to the top. */
  readonly program: string
  /** Real path of the top. */
  readonly top: string
}

export function refuse(fault: string, hint: string): never {
  throw new Failure(`Cannot judge what is staged: ${fault}`, {hint})
}

/**
 * The path, relative to the top, of a file that must be as it is staged. Packages that were installed are no part
 * of the commit, nor is secdef itself; a package of the work tree that is linked to is one of its folders.
 *
 * @param file Real path.
 */
export function heldPath({index, top}: ProgramTree, file: string): string | undefined {
  const path = relative(top, file).split(sep).join(posix.sep)
  if (path.startsWith('../') || resolve(top, path) !== file || isOfSecdef(file)) return undefined
  return index.entries.has(path) || !path.split('/').includes('node_modules') ? path : undefined
}

/** @throws Failure if one of these is another file on the disk than in the index. */
export async function expectSame({index, program}: ProgramTree, paths: readonly string[]): Promise<void> {
  const [path] = await index.notOnDisk(paths)
  if (path !== undefined) refuseOther({index, program}, path)
}

export function refuseOther({index, program}: Pick<ProgramTree, 'index' | 'program'>, path: string): never {
  const fault = index.entries.has(path) ? 'another one in the index than on the disk' : 'not in the index'
  const why = path === program ? '' : `It is part of what ${program} is. `
  refuse(`${path} is ${fault}`, `${why}Stage it by \`git add ${path}\`, or write the configuration in JSON.`)
}

/** Where a symbolic link in the index leads, as it is written. */
export async function stagedLinkText({top, entries}: Index, path: string): Promise<string | undefined> {
  const entry = entries.get(path)
  if (entry?.mode !== '120000' || entry.isUnmerged) return undefined
  return (await askGit(top, ['cat-file', 'blob', entry.object])).toString('utf8')
}

/**
 * The file that stands at a path of the index, behind any links there; `undefined` where they lead to none of the
 * index.
 */
export async function followStaged(index: Index, path: string): Promise<string | undefined> {
  let at = path
  for (let hops = 0; hops < 40; hops++) {
    const text = await stagedLinkText(index, at)
    if (text === undefined) return index.entries.get(at)?.mode.startsWith('100') === true ? at : undefined
    at = posix.join(posix.dirname(at), text)
    if (posix.isAbsolute(text)) return undefined
  }
  return undefined
}
