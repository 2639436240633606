/** Repositories with a real hook, what is tried in each of them, and the configurations that the page shows. */
import {execFileSync, spawnSync} from 'node:child_process'
import * as fs from 'node:fs'
import {dirname, join} from 'node:path'
import {expect} from 'vitest'
import {firstMigration, secondMigration, soundMigration, strangerMigration} from '../support/audited.ts'
import {root as checkout} from '../support/built.ts'
import {documentPath, soundDocument} from '../support/documents.ts'
import {commit, git, write} from '../support/git.ts'
import {asCommand, cli} from '../support/hosts.ts'
import {project} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const page = fs.readFileSync(join(checkout, 'docs/hooks.md'), 'utf8')

/** The block of docs/hooks.md with these words behind its language. */
export function shown(words: string): string {
  const [block, ...more] = [...page.matchAll(/^```\w+ (.+)\n([\s\S]*?)^```$/gm)].filter(
    ([, info]) => info === words,
  )
  if (block?.[2] === undefined || more.length > 0) throw new Error(`Not one block ${words} in docs/hooks.md`)
  return block[2]
}

export function shownBlocks(): string[] {
  return [...page.matchAll(/^```\w+ (.+)$/gm)].map(([, info = '']) => info)
}

/** Those that need pre-commit, which is no package of npm. */
export const preCommitBlocks = [
  '.pre-commit-config.yaml',
  '.pre-commit-config.yaml with its own secdef',
  '.pre-commit-config.yaml with a mirror',
  '.pre-commit-config.yaml that writes',
]

const config = JSON.stringify({migrations: 'supabase/migrations'})
// Whoever commits has the repository for a home, and tools keep their caches there.
const ignored = ['node_modules/', '.npm/', '.cache/', '.config/'].join('\n')

/** A clean commit of a clean project that has secdef and these tools among its packages. */
export async function packaged(tools: readonly string[] = []): Promise<string> {
  const root = project({})
  git(root, 'init', '--quiet', '--initial-branch=main')
  write(root, {
    [documentPath]: soundDocument,
    [firstMigration]: soundMigration,
    'secdef.config.json': config,
    'package.json': '{"private": true, "devDependencies": {"secdef": "0.1.0"}}\n',
    '.gitignore': `${ignored}\n`,
  })
  installBin(root, 'secdef', cli())
  for (const tool of tools) installBin(root, tool, fs.realpathSync(join(checkout, 'node_modules/.bin', tool)))
  expect((await asCommand.secdef(root, ['generate'])).code).toBe(0)
  commit(root, {})
  return root
}

/** As npm does it: a link in `node_modules/.bin`. */
export function installBin(root: string, name: string, target: string): void {
  const link = join(root, 'node_modules/.bin', name)
  fs.mkdirSync(dirname(link), {recursive: true})
  fs.symlinkSync(target, link)
}

export function executable(root: string, path: string, text: string): void {
  write(root, {[path]: text})
  fs.chmodSync(join(root, path), 0o755)
}

/** Run a program of the repository as somebody whose settings are nobody's. */
export function runIn(root: string, program: string, ...args: readonly string[]): string {
  const env = {PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`, HOME: root}
  return execFileSync(program, args, {cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']})
}

export type Tried = {readonly made: boolean; readonly said: string}

/** Whether the commit was made, and what the hook said if not. */
export function tryCommit(root: string, ...args: readonly string[]): Tried {
  const before = git(root, 'rev-parse', 'HEAD')
  try {
    git(root, 'commit', '--message=Try', ...args)
  } catch (error) {
    const said = String(Reflect.get(Object(error), 'stderr')) + String(Reflect.get(Object(error), 'stdout'))
    expect(git(root, 'rev-parse', 'HEAD')).toBe(before)
    return {made: false, said}
  }
  return {made: git(root, 'rev-parse', 'HEAD') !== before, said: ''}
}

/** What is tried where a hook checks: each from a clean commit, and what must be said if it is stopped. */
export const attempts: readonly {
  readonly name: string
  readonly stage: (root: string) => void
  readonly stopped: string | undefined
}[] = [
  {
    name: 'what is clean passes',
    stage: (root) => stageAll(root, {'notes.txt': 'x\n'}),
    stopped: undefined,
  },
  {
    name: 'a row without its outputs is stopped',
    stage: (root) => stageAll(root, {[documentPath]: soundDocument.replaceAll('Append-only.', 'Never.')}),
    stopped: 'output-stale',
  },
  {
    name: 'a definer without a row is stopped',
    stage: (root) => stageAll(root, {[secondMigration]: strangerMigration}),
    stopped: 'undocumented-definer',
  },
  {
    name: 'a row that is sound on the disk alone is stopped',
    stage: (root) => {
      stageAll(root, {[documentPath]: table(row(), row({name: '`queue_job`', risks: ''}))})
      write(root, {[documentPath]: soundDocument})
    },
    stopped: 'empty-cell',
  },
  {
    name: 'a row that is sound in the index alone passes',
    stage: (root) => {
      stageAll(root, {'notes.txt': 'x\n', [documentPath]: `${soundDocument}\nA word.\n`})
      write(root, {[documentPath]: 'Nothing of the kind.\n'})
    },
    stopped: undefined,
  },
  {
    name: 'a deleted document is stopped',
    stage: (root) => stageAll(root, {[documentPath]: null}),
    stopped: `No document at ${documentPath}`,
  },
]

export function stageAll(root: string, files: Readonly<Record<string, string | null>>): void {
  write(root, files)
  git(root, 'add', '--all')
}

export function expectTried({made, said}: Tried, stopped: string | undefined): void {
  expect({made, said}).toEqual(
    stopped === undefined ? {made: true, said: ''} : {made: false, said: expect.stringContaining(stopped)},
  )
}

/** A branch that was committed past its hooks is merged: git asks another hook there. */
export async function expectMergeStopped(root: string): Promise<void> {
  git(root, 'switch', '--quiet', '--create', 'other')
  stageAll(root, {[documentPath]: soundDocument.replaceAll('Append-only.', 'Never.')})
  git(root, 'commit', '--quiet', '--no-verify', '--message=Stale')
  git(root, 'switch', '--quiet', 'main')
  stageAll(root, {'notes.txt': 'x\n'})
  git(root, 'commit', '--quiet', '--message=Notes')
  const before = git(root, 'rev-parse', 'HEAD')
  expect(() => git(root, 'merge', '--no-edit', 'other')).toThrow('output-stale')
  expect(git(root, 'rev-parse', 'HEAD')).toBe(before)
  expect((await asCommand.secdef(root, ['generate'])).code).toBe(0)
  git(root, 'add', 'generated')
  git(root, 'commit', '--quiet', '--no-edit')
  expect(git(root, 'rev-list', '--merges', '--count', 'HEAD')).toBe('1')
  expect((await asCommand.secdef(root, ['check', '--staged'])).code).toBe(0)
}

/** Whether a program is there, such as `pre-commit`. */
export function isThere(program: string): boolean {
  return spawnSync(program, ['--version'], {stdio: 'ignore'}).status === 0
}
