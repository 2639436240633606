/** The hooks of docs/hooks.md, letter by letter, each in its own tool, on real commits. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {documentPath, longerDocument, soundDocument} from '../support/documents.ts'
import {commit, git, write} from '../support/git.ts'
import {asCommand} from '../support/hosts.ts'
import {
  attempts,
  executable,
  expectMergeStopped,
  expectTried,
  packaged,
  preCommitBlocks,
  runIn,
  shown,
  shownBlocks,
  stageAll,
  tryCommit,
} from './support.ts'

type Tool = {readonly name: string; readonly install: () => Promise<string>}

/** With the files of the tool committed, as a team has them. */
async function withHusky(hook: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = await packaged(['husky', 'lint-staged'])
  commit(root, {...files, '.husky/pre-commit': hook, '.husky/pre-merge-commit': shown('.husky/pre-commit')})
  runIn(root, 'husky')
  return root
}

async function withLefthook(text: string): Promise<string> {
  const root = await packaged(['lefthook'])
  commit(root, {'lefthook.yml': text})
  runIn(root, 'lefthook', 'install')
  return root
}

const tools: readonly Tool[] = [
  {
    name: 'git alone',
    async install() {
      const root = await packaged()
      for (const name of ['pre-commit', 'pre-merge-commit'])
        executable(root, `.git/hooks/${name}`, shown('.git/hooks/pre-commit'))
      return root
    },
  },
  {name: 'husky', install: () => withHusky(shown('.husky/pre-commit'))},
  {
    name: 'husky with lint-staged',
    install: () =>
      withHusky(shown('.husky/pre-commit with lint-staged'), {
        'lint-staged.config.mjs': "export default {'*.txt': 'cat'}\n",
      }),
  },
  {name: 'lefthook', install: () => withLefthook(shown('lefthook.yml'))},
]

describe.each(tools)('$name', ({install}) => {
  test.each(attempts)('$name', async ({stage, stopped}) => {
    const root = await install()
    stage(root)
    expectTried(tryCommit(root), stopped)
  })

  test('what was stopped passes once it is mended', async () => {
    const root = await install()
    stageAll(root, {[documentPath]: soundDocument.replaceAll('Append-only.', 'Never.')})
    expect(tryCommit(root).made).toBe(false)
    expect((await asCommand.secdef(root, ['generate'])).code).toBe(0)
    // The outputs are fresh on the disk, and that is not enough.
    expect(tryCommit(root).made).toBe(false)
    git(root, 'add', 'generated')
    expectTried(tryCommit(root), undefined)
  })

  test('a merge without a conflict is stopped, too, until the outputs are generated', async () => {
    const root = await install()
    await expectMergeStopped(root)
  })
})

test('every block of the page is tried, here or with pre-commit', () => {
  expect(shownBlocks()).toEqual([
    '.git/hooks/pre-commit',
    '.husky/pre-commit',
    '.husky/pre-commit with lint-staged',
    'lint-staged.config.mjs',
    'lefthook.yml',
    'lefthook.yml that writes',
    ...preCommitBlocks,
  ])
})

const writers: readonly Tool[] = [
  {
    name: 'lint-staged',
    install: () =>
      withHusky(shown('.husky/pre-commit with lint-staged'), {
        'lint-staged.config.mjs': shown('lint-staged.config.mjs'),
      }),
  },
  {name: 'lefthook', install: () => withLefthook(shown('lefthook.yml that writes'))},
]

describe.each(writers)('the outputs are written by $name', ({install}) => {
  const changed = soundDocument.replaceAll('Append-only.', 'Never.')

  test('and are part of the commit', async () => {
    const root = await install()
    stageAll(root, {[documentPath]: changed})
    expectTried(tryCommit(root), undefined)
    expect(git(root, 'show', 'HEAD:generated/security-exceptions.json')).toContain('Never.')
    expect(git(root, 'status', '--porcelain')).toBe('')
  })

  test('those that are new, too', async () => {
    const root = await install()
    fs.rmSync(join(root, 'generated'), {recursive: true})
    git(root, 'add', '--all')
    git(root, 'commit', '--quiet', '--no-verify', '--message=Without')
    stageAll(root, {[documentPath]: changed})
    expectTried(tryCommit(root), undefined)
    expect(git(root, 'ls-files', 'generated').split('\n')).toHaveLength(6)
  })

  test('from the staged rows alone, and what is not staged stays', async () => {
    const root = await install()
    stageAll(root, {[documentPath]: changed})
    const more = `${changed}\nA word that is not staged.\n`
    write(root, {[documentPath]: more})
    expectTried(tryCommit(root), undefined)
    expect(git(root, 'show', 'HEAD:generated/security-exceptions.json')).toContain('Never.')
    expect(git(root, 'show', `HEAD:${documentPath}`)).not.toContain('not staged')
    expect(fs.readFileSync(join(root, documentPath), 'utf8')).toBe(more)
  })

  test('and a definer that is gone is stopped all the same', async () => {
    const root = await install()
    stageAll(root, {[documentPath]: longerDocument})
    expectTried(tryCommit(root), 'absent-routine')
  })
})
