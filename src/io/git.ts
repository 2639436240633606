/** Asking git: never through a shell, never with a word that could be taken for an option. */
import {execFile} from 'node:child_process'
import {Failure} from '../model/failure.ts'
import {codeOf} from './disk.ts'
import {gitEnvironment} from './git-environment.ts'

export type GitAnswer = {
  readonly code: number
  readonly stdout: Buffer
  /** As git says it. */
  readonly stderr: string
}

/** More than any document or list of files; Node's own limit would cut what is larger. */
const maxBytes = 1 << 30

/**
 * Run git and wait for its end. A pathspec is taken letter by letter; nothing is locked, asked or translated.
 *
 * @param cwd Absolute.
 * @param args What is not ours among them stands behind `--end-of-options` or `--`, or is no option by its form.
 * @returns The answer, whatever its code.
 * @throws Failure if git cannot be run.
 */
export function runGit(
  cwd: string,
  args: readonly string[],
  {input}: {readonly input?: string | Uint8Array} = {},
): Promise<GitAnswer> {
  const options = {
    cwd,
    env: gitEnvironment(cwd),
    encoding: 'buffer',
    maxBuffer: maxBytes,
    windowsHide: true,
  } as const
  return new Promise((answer, fail) => {
    const child = execFile('git', ['--literal-pathspecs', ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code
      if (typeof code === 'number') answer({code, stdout, stderr: stderr.toString('utf8').trim()})
      else fail(cannotRun(error))
    })
    // A git that ends before it has read everything says why by its exit code.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}

function cannotRun(error: Error | null): Failure {
  if (codeOf(error) === 'ENOENT') {
    return new Failure('Cannot run git: it is not installed, or not on the PATH', {
      hint: 'Install git, then run the command again.',
      cause: error,
    })
  }
  return new Failure(`Cannot run git: ${error?.message ?? 'it was ended from outside'}`, {cause: error})
}

/**
 * Run git where it must succeed.
 *
 * @throws Failure in git's own words.
 */
export async function askGit(cwd: string, args: readonly string[]): Promise<Buffer> {
  const answer = await runGit(cwd, args)
  if (answer.code === 0) return answer.stdout
  throw gitFailure(answer)
}

export function gitFailure({code, stderr}: GitAnswer): Failure {
  const words = stderr.replace(/^fatal: /, '') || `it ended with ${code}`
  if (/^not a git repository/.test(words)) {
    return new Failure('This is not a git repository', {hint: 'Run it in a clone of the repository.'})
  }
  // What git says of ownership ends with the command that mends it.
  return new Failure(`git: ${words}`)
}

/** The text of one line that git answers. */
export async function askGitLine(cwd: string, args: readonly string[]): Promise<string> {
  return (await askGit(cwd, args)).toString('utf8').trim()
}

/**
 * The commit that a revision names; `undefined` where there is none.
 *
 * @throws Failure if this is no repository, or git cannot say.
 */
export async function resolveCommit(cwd: string, revision: string): Promise<string | undefined> {
  // No name of git's begins so, and older versions of git do not know --end-of-options here.
  if (revision === '' || revision.startsWith('-') || revision.includes('\0')) return undefined
  const answer = await runGit(cwd, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])
  if (answer.code === 0) return answer.stdout.toString('utf8').trim()
  if (answer.code === 1) return undefined
  throw gitFailure(answer)
}

/**
 * The bytes of a file as they were committed.
 *
 * @param cwd Absolute folder in the work tree.
 * @param commit From {@link resolveCommit}.
 * @param path Relative to `cwd`, with `/`.
 * @returns `undefined` if there is nothing at the path.
 * @throws Failure if there is something else than a file.
 */
export async function readAtRevision(cwd: string, commit: string, path: string): Promise<Buffer | undefined> {
  const listed = (await askGit(cwd, ['ls-tree', '-z', commit, '--', path])).toString('utf8')
  const found = /^(?<mode>\d+) (?<type>\w+) (?<object>[0-9a-f]+)\t/.exec(listed)?.groups
  if (found?.object === undefined) return undefined
  if (found.type !== 'blob' || found.mode === '120000') {
    const what = found.mode === '120000' ? 'a symbolic link' : found.type === 'tree' ? 'a folder' : 'no file'
    throw new Failure(`Cannot read ${path} at ${commit.slice(0, 12)}: it is ${what} there`)
  }
  return askGit(cwd, ['cat-file', 'blob', found.object])
}
