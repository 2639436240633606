/** Real git repositories that tests may ruin. */
import {execFileSync} from 'node:child_process'
import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {documentPath, soundDocument} from './documents.ts'
import {fill, project, temporaryFolder} from './project.ts'

/** The day of every commit, unless another is given. */
export const committed = '2025-06-15'

/** Run git as somebody whose settings are nobody's. */
export function git(root: string, ...args: readonly string[]): string {
  return gitOn(committed, root, ...args)
}

export function gitOn(day: string, root: string, ...args: readonly string[]): string {
  const date = `${day}T23:00:00Z`
  return execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: root,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'user.name',
      GIT_CONFIG_VALUE_0: 'Core Team',
      GIT_CONFIG_KEY_1: 'user.email',
      GIT_CONFIG_VALUE_1: 'core@example.com',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    },
  }).trim()
}

export type Files = Readonly<Record<string, string>>

/** A repository whose branch `main` has one commit of these files. */
export function committedRepository(files: Files = {[documentPath]: soundDocument}): string {
  const root = project({})
  git(root, 'init', '--quiet', '--initial-branch=main')
  commit(root, files)
  return root
}

/** Put these files into the work tree, take those with `null` away, and commit all. */
export function commit(root: string, files: Readonly<Record<string, string | null>>): void {
  write(root, files)
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message=State')
}

export function write(root: string, files: Readonly<Record<string, string | null>>): void {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) rmSync(join(root, path))
    else fill(root, {[path]: text})
  }
}

/** A clone of the last commit alone, as actions/checkout makes it. */
export function shallowClone(root: string): string {
  const clone = join(temporaryFolder(), 'clone')
  git(root, 'clone', '--quiet', '--depth=1', `file://${root}`, clone)
  return clone
}
