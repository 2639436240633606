/** The hooks for pre-commit: those of docs/hooks.md and of `.pre-commit-hooks.yaml`, letter by letter. */
import {execFileSync, spawnSync} from 'node:child_process'
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {secondMigration, strangerMigration} from '../support/audited.ts'
import {build, root as checkout} from '../support/built.ts'
import {documentPath, soundDocument} from '../support/documents.ts'
import {commit, committedRepository, git, write} from '../support/git.ts'
import {cli} from '../support/hosts.ts'
import {temporaryFolder} from '../support/project.ts'
import {
  attempts,
  expectMergeStopped,
  expectTried,
  isThere,
  packaged,
  preCommitBlocks,
  runIn,
  shown,
  stageAll,
  tryCommit,
} from './support.ts'

const hasTool = isThere('pre-commit')
const isOnline =
  spawnSync('npm', ['ping', '--fetch-retries=0', '--fetch-timeout=10000'], {stdio: 'ignore'}).status === 0
const title = hasTool ? 'pre-commit' : 'pre-commit (not installed)'
const manifest = fs.readFileSync(join(checkout, '.pre-commit-hooks.yaml'), 'utf8')

async function withPreCommit(text: string): Promise<string> {
  const root = await packaged()
  commit(root, {'.pre-commit-config.yaml': text})
  runIn(root, 'pre-commit', 'install')
  return root
}

/** A mirror, or this repository: a package of npm with the hooks. Its command is the one that is tested. */
function hookRepository(): string {
  const root = committedRepository({
    '.pre-commit-hooks.yaml': manifest,
    'package.json': JSON.stringify({name: 'secdef-mirror', version: '0.1.0', bin: {secdef: 'cli.js'}}),
    'cli.js': `#!/usr/bin/env node\nimport(${JSON.stringify(cli())})\n`,
  })
  git(root, 'tag', 'v0.1.0')
  return root
}

/** The package, packed as `npm publish` would, but built already. */
function pack(folder: string): string {
  const {scripts, devDependencies, ...published} = JSON.parse(
    fs.readFileSync(join(checkout, 'package.json'), 'utf8'),
  )
  expect(Object.keys(scripts)).toContain('prepare')
  expect(Object.keys(devDependencies)).toContain('lefthook')
  write(folder, {'package.json': JSON.stringify(published)})
  fs.cpSync(build(), join(folder, 'dist'), {recursive: true})
  return join(folder, execFileSync('npm', ['pack', '--silent'], {cwd: folder, encoding: 'utf8'}).trim())
}

describe.skipIf(!hasTool || !isOnline)(`${title}, with its own secdef (needs the npm registry)`, () => {
  test('a definer without a row is stopped, and without it the commit passes', async () => {
    const text = shown('.pre-commit-config.yaml with its own secdef')
    const root = await withPreCommit(text.replace('secdef@0.1.0', pack(temporaryFolder())))
    fs.rmSync(join(root, 'node_modules'), {recursive: true})
    // By the settings of npm on this machine; those who commit below have none.
    const env = {...process.env, PRE_COMMIT_HOME: join(root, '.cache/pre-commit')}
    const installed = spawnSync('pre-commit', ['install-hooks'], {
      cwd: root,
      env,
      encoding: 'utf8',
      timeout: 100_000,
    })
    expect(installed).toMatchObject({status: 0})
    stageAll(root, {[secondMigration]: strangerMigration})
    expectTried(tryCommit(root), 'undocumented-definer')
    stageAll(root, {[secondMigration]: '-- Nothing.\n'})
    expectTried(tryCommit(root), undefined)
  }, 120_000)
})

describe.skipIf(!hasTool)(title, () => {
  test.each(attempts)('$name', async ({stage, stopped}) => {
    const root = await withPreCommit(shown('.pre-commit-config.yaml'))
    stage(root)
    expectTried(tryCommit(root), stopped)
  })

  test('a merge without a conflict is stopped, too, until the outputs are generated', async () => {
    await expectMergeStopped(await withPreCommit(shown('.pre-commit-config.yaml')))
  })

  test('takes every configuration that the page shows, and the hooks of this repository', () => {
    const root = committedRepository({'hooks.yaml': manifest})
    for (const words of preCommitBlocks) {
      write(root, {'config.yaml': shown(words)})
      expect(runIn(root, 'pre-commit', 'validate-config', 'config.yaml')).toBe('')
    }
    expect(runIn(root, 'pre-commit', 'validate-manifest', 'hooks.yaml')).toBe('')
    write(root, {'hooks.yaml': manifest.replace('entry: secdef check', 'enter: secdef check')})
    expect(() => runIn(root, 'pre-commit', 'validate-manifest', 'hooks.yaml')).toThrow()
  })

  test('the outputs are written, what is new stops the commit too, and it goes through with them', async () => {
    const root = await withPreCommit(shown('.pre-commit-config.yaml that writes'))
    fs.rmSync(join(root, 'generated'), {recursive: true})
    git(root, 'add', '--all')
    git(root, 'commit', '--quiet', '--no-verify', '--message=Without')
    const changed = soundDocument.replaceAll('Append-only.', 'Never.')
    stageAll(root, {[documentPath]: changed})
    write(root, {[documentPath]: `${changed}\nA word that is not staged.\n`})
    expectTried(tryCommit(root), '6 outputs: 6 written: `git add` them')
    git(root, 'add', 'generated')
    expectTried(tryCommit(root), undefined)
    expect(git(root, 'show', 'HEAD:generated/security-exceptions.json')).toContain('Never.')
    expect(fs.readFileSync(join(root, documentPath), 'utf8')).toContain('not staged')
  })

  test.each(attempts)('with the hooks of a repository, $name', async ({stage, stopped}) => {
    const text = shown('.pre-commit-config.yaml with a mirror')
      .replace('https://git.example.com/mirrors-secdef', hookRepository())
      .replace(/^ +additional_dependencies.*\n/m, '')
    const root = await withPreCommit(text)
    stage(root)
    expectTried(tryCommit(root), stopped)
  })

  test('each hook of a repository can be tried', async () => {
    const root = await packaged()
    const hooks = hookRepository()
    const attempt = (id: string) => {
      const env = {PATH: process.env.PATH, HOME: root}
      const args = ['try-repo', hooks, id, '--all-files', '--verbose']
      const {status, stdout} = spawnSync('pre-commit', args, {cwd: root, env, encoding: 'utf8'})
      return {status, stdout}
    }
    expect(attempt('secdef-check')).toMatchObject({status: 0})
    expect(attempt('secdef-generate')).toMatchObject({status: 0})
    stageAll(root, {[documentPath]: soundDocument.replaceAll('Append-only.', 'Never.')})
    const generate = attempt('secdef-generate')
    expect(generate.status).toBe(1)
    expect(generate.stdout).toContain('4 written, 2 unchanged')
  })
})
