/** git's index: what the next commit would hold, read in one `git cat-file --batch`. */
import {existsSync, realpathSync} from 'node:fs'
import {isAbsolute, join, relative, resolve, sep} from 'node:path'
import {Failure} from '../model/failure.ts'
import {startBatch} from './cat-file.ts'
import {askGit, askGitLine, gitFailure, runGit} from './git.ts'

export type IndexEntry = {
  /** `100644`, `100755`, `120000` for a symbolic link, `160000` for a submodule. */
  readonly mode: string
  readonly object: string
  /** Whether a merge has left several versions of it. */
  readonly isUnmerged: boolean
  /** Whether `git add --intent-to-add` has put nothing but its name there. */
  readonly isIntended: boolean
}

export type Index = {
  /** Absolute folder of the work tree. */
  readonly top: string
  /** By path, relative to `top`, with `/`. */
  readonly entries: ReadonlyMap<string, IndexEntry>
  /** Fetch what is to be read. Paths that are not there, or are no files, are left out. */
  readonly fetch: (paths: Iterable<string>) => Promise<void>
  /**
   * The bytes of a file that was fetched; `undefined` if there is no such path.
   *
   * @throws Failure if it is unmerged, a name without content, a link or a submodule.
   * @throws {Error} if it was not fetched.
   */
  readonly read: (path: string) => Uint8Array | undefined
  /** Of these paths, those that are another file on the disk than in the index, or none. */
  readonly notOnDisk: (paths: readonly string[]) => Promise<readonly string[]>
}

/**
 * Work with the index of the work tree that a folder is in, as `GIT_INDEX_FILE` names it.
 *
 * @param cwd Absolute.
 * @throws Failure if this is no work tree, or git cannot say.
 */
export async function withIndex<Result>(
  cwd: string,
  work: (index: Index) => Promise<Result>,
): Promise<Result> {
  // A hook's folder may be reached through a link; git tells where it really is.
  const top = topAsSeenFrom(cwd, await askGitLine(cwd, ['rev-parse', '--show-toplevel']))
  const staged = await askGit(top, ['ls-files', '--stage', '--full-name', '-z'])
  const entries = await markIntended(top, readEntries(staged))
  const blobs = new Map<string, Uint8Array>()
  const batch = startBatch(top)
  try {
    return await work({
      top,
      entries,
      async fetch(paths) {
        const wanted = [...paths].flatMap((path) => {
          const entry = entries.get(path)
          return entry === undefined || !isFile(entry) || blobs.has(entry.object) ? [] : [entry.object]
        })
        for (const [object, bytes] of await batch.read([...new Set(wanted)])) blobs.set(object, bytes)
      },
      read: (path) => readEntry(path, entries.get(path), blobs),
      notOnDisk: async (paths) => {
        const there = paths.filter((path) => existsSync(join(top, path)))
        // By content: git takes its own word for files that it was told to assume unchanged.
        const hashes = await hashFiles(top, there)
        const same = new Set(there.filter((path, index) => entries.get(path)?.object === hashes[index]))
        return paths.filter((path) => !same.has(path))
      },
    })
  } finally {
    batch.end()
  }
}

/** git prints the real path; whoever asks may stand behind a link. */
function topAsSeenFrom(cwd: string, top: string): string {
  const below = relative(top, realpathSync(cwd))
  if (below.startsWith('..') || isAbsolute(below)) return resolve(top)
  return resolve(
    cwd,
    ...below
      .split(sep)
      .filter(Boolean)
      .map(() => '..'),
  )
}

function split(output: Uint8Array): string[] {
  const words: string[] = []
  for (let from = 0; from < output.length; ) {
    const end = output.indexOf(0, from)
    words.push(decodeName(output.subarray(from, end)))
    from = end + 1
  }
  return words
}

/** Two names that are not UTF-8 must not become one. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}

async function hashFiles(top: string, paths: readonly string[]): Promise<string[]> {
  const answer = await runGit(top, ['hash-object', '--stdin-paths'], {
    input: paths.map((path) => `${path}\n`).join(''),
  })
  if (answer.code !== 0) throw gitFailure(answer)
  return answer.stdout.toString('utf8').split('\n').filter(Boolean)
}

/** @see https://git-scm.com/docs/git-ls-files#_output */
function readEntries(staged: Uint8Array): Map<string, IndexEntry> {
  const entries = new Map<string, IndexEntry>()
  for (const line of split(staged)) {
    const {
      mode = '',
      object = '',
      stage,
      path = '',
    } = /^(?<mode>\d+) (?<object>[0-9a-f]+) (?<stage>\d)\t(?<path>[\s\S]+)$/.exec(line)?.groups ?? {}
    entries.set(path, {mode, object, isUnmerged: stage !== '0', isIntended: false})
  }
  return entries
}

/** What git writes of an empty file, in either format. */
const emptyBlob =
  /^(?:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391|473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813)$/

/**
 * A name without content holds an empty file, and what git would commit leaves it out. That is asked of the index
 * alone: on the disk, the file may be gone.
 */
async function markIntended(top: string, entries: Map<string, IndexEntry>): Promise<Map<string, IndexEntry>> {
  const empty = [...entries].filter(([, {object, isUnmerged}]) => !isUnmerged && emptyBlob.test(object))
  if (empty.length === 0) return entries
  const tree = await runGit(top, ['hash-object', '-t', 'tree', '--stdin'], {input: ''})
  if (tree.code !== 0) throw gitFailure(tree)
  const args = ['diff-index', '--cached', '--ita-invisible-in-index', '--name-only', '-z']
  const committed = new Set(split(await askGit(top, [...args, tree.stdout.toString('utf8').trim()])))
  for (const [path, entry] of empty) if (!committed.has(path)) entries.set(path, {...entry, isIntended: true})
  return entries
}

function isFile({mode, isUnmerged}: IndexEntry): boolean {
  return mode.startsWith('100') && !isUnmerged
}

function readEntry(
  path: string,
  entry: IndexEntry | undefined,
  blobs: ReadonlyMap<string, Uint8Array>,
): Uint8Array | undefined {
  if (entry === undefined) return undefined
  const {mode, object, isUnmerged, isIntended} = entry
  if (isUnmerged) {
    throw new Failure(`Cannot read ${path} from the index: it is unmerged`, {
      hint: `Resolve the conflict, then run \`git add ${path}\`.`,
    })
  }
  if (isIntended) {
    throw new Failure(`Cannot read ${path} from the index: nothing but its name is there`, {
      hint: `Run \`git add ${path}\`.`,
    })
  }
  if (mode === '160000') throw new Failure(`Cannot read ${path} from the index: it is a submodule`)
  if (!mode.startsWith('100')) {
    throw new Failure(`Cannot read ${path} from the index: it is a symbolic link`, {
      hint: 'Put the file itself in its place.',
    })
  }
  const bytes = blobs.get(object)
  if (bytes === undefined) throw new Error(`${path} was not fetched from the index`)
  return bytes
}
