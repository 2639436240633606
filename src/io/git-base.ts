/** The commit that a branch is compared with, and where a file stood in it. */
import {Failure} from '../model/failure.ts'
import {askGit, askGitLine, gitFailure, resolveCommit, runGit} from './git.ts'

export type Base = {
  /** As it was asked for, or the branch whose merge base it is. */
  readonly revision: string
  readonly isMergeBase: boolean
  /** The whole object name, and one to show. */
  readonly commit: string
  readonly short: string
  /** `YYYY-MM-DD` of the commit that HEAD has in common with it, where the day was the least far on. */
  readonly day: string
}

/** Where the main branch is looked for, the surest first. */
const mainBranches = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
] as const

/**
 * @param cwd Absolute folder in the work tree.
 * @param revision Without one, where HEAD left the main branch.
 * @throws Failure if there is none.
 */
export async function findBase(cwd: string, revision: string | undefined): Promise<Base> {
  if (revision !== undefined) {
    const commit = await resolveCommit(cwd, revision)
    if (commit !== undefined) return describe(cwd, {revision, commit, isMergeBase: false})
    throw new Failure(`No revision ${JSON.stringify(revision)} in this repository`, {
      hint: await fetchHint(cwd, 'Name a commit, a branch or a tag; `git branch --all` lists the branches.'),
    })
  }
  const head = await resolveCommit(cwd, 'HEAD')
  if (head === undefined) {
    throw new Failure('No commit in this repository yet, so that there is nothing to compare with', {
      hint: 'Commit the document, then run the command again.',
    })
  }
  for (const branch of mainBranches) {
    const main = await resolveCommit(cwd, branch)
    if (main !== undefined) return describe(cwd, await mergeBase(cwd, branch, main, head))
  }
  throw new Failure('No main branch to compare with: neither origin/HEAD nor main or master', {
    hint: await fetchHint(cwd, 'Name a revision, such as `secdef diff HEAD`.'),
  })
}

async function mergeBase(cwd: string, branch: string, main: string, head: string) {
  const revision = branch.replace(/^refs\/(?:remotes|heads)\//, '')
  const answer = await runGit(cwd, ['merge-base', main, head])
  if (answer.code === 0) return {revision, commit: answer.stdout.toString('utf8').trim(), isMergeBase: true}
  if (answer.code !== 1) throw gitFailure(answer)
  throw new Failure(`No common history of HEAD and ${revision}`, {
    hint: await fetchHint(cwd, `Name a revision, such as \`secdef diff ${revision}\`.`),
  })
}

/** What is missing in a shallow clone may be there in a whole one. */
async function fetchHint(cwd: string, otherwise: string): Promise<string> {
  if ((await askGitLine(cwd, ['rev-parse', '--is-shallow-repository'])) !== 'true') return otherwise
  return 'This clone is shallow: run `git fetch --unshallow`, or set `fetch-depth: 0` for actions/checkout.'
}

async function describe(cwd: string, base: Pick<Base, 'revision' | 'commit' | 'isMergeBase'>): Promise<Base> {
  const short = await askGitLine(cwd, ['rev-parse', '--short', base.commit])
  // What it is compared with may have moved on since the branch began.
  const shared = await runGit(cwd, ['merge-base', base.commit, 'HEAD'])
  const start = shared.code === 0 ? shared.stdout.toString('utf8').trim() : base.commit
  const seconds = await askGitLine(cwd, ['show', '--no-patch', '--no-show-signature', '--format=%ct', start])
  const furthestHours = 12
  const day = new Date((Number(seconds) - furthestHours * 3600) * 1000).toISOString().slice(0, 10)
  return {...base, short, day}
}

/**
 * Where a file of the work tree stood in a commit, by git's own detection of renames.
 *
 * @param path Relative to `cwd`, with `/`; so is what is returned. `undefined` if git sees no rename.
 */
export async function renamedFrom(cwd: string, commit: string, path: string): Promise<string | undefined> {
  const command = ['diff', '--no-ext-diff', '--no-textconv', '--ignore-submodules', '--relative', '-z']
  const listed = await askGit(cwd, [...command, '--name-status', '-M', '--diff-filter=R', commit, '--'])
  const words = listed.toString('utf8').split('\0')
  for (let index = 0; index + 2 < words.length; index += 3) {
    if (words[index + 2] === path) return words[index + 1]
  }
  return undefined
}
