/** `secdef init`: what it writes is read by what it is for, what is there stays, and a second run has nothing to do. */
import {spawnSync} from 'node:child_process'
import * as fs from 'node:fs'
import {join} from 'node:path'
import {Ajv2020} from 'ajv/dist/2020.js'
import {describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {findProject} from '../../src/app/init/find-project.ts'
import {planInit, writeInit} from '../../src/app/init/init.ts'
import {mergeSettings} from '../../src/app/init/merge-driver.ts'
import {section, suggestionText} from '../../src/report/suggest-rows.ts'
import {attempts, expectTried, installBin, shown, stageAll, tryCommit} from '../hooks/support.ts'
import {auditedConfig, firstMigration, soundMigration} from '../support/audited.ts'
import {build, root as checkout} from '../support/built.ts'
import {documentPath, soundDocument} from '../support/documents.ts'
import {atTerminal, down, enter, hasTerminal, interrupt} from '../support/edit-terminal.ts'
import {commit, git, write} from '../support/git.ts'
import {asCommand, cli, hosts, inProcess} from '../support/hosts.ts'
import {fill, project, temporaryFolder, tree} from '../support/project.ts'

const {secdef} = inProcess
const configPath = 'secdef.config.json'
const workflowPath = '.github/workflows/secdef.yml'
const manifest = '{"private": true, "devDependencies": {"secdef": "0.1.0"}}\n'

/** A repository without a commit, with secdef among its packages. */
function repository(files: Readonly<Record<string, string>> = {}): string {
  const root = project({
    'package.json': manifest,
    'package-lock.json': '{}',
    '.gitignore': 'node_modules/\n.npm/\n',
  })
  git(root, 'init', '--quiet', '--initial-branch=main')
  fill(root, files)
  installBin(root, 'secdef', cli())
  return root
}

/** All but git's own, of which the hooks count. */
function files(root: string): Record<string, string> {
  const isOurs = ([path]: [string, string]) =>
    !/^(?:\.git\/(?!hooks\/pre-(?:merge-)?commit$)|node_modules|\.npm)/.test(path)
  return Object.fromEntries(Object.entries(tree(root)).filter(isOurs))
}

async function init(root: string, ...args: readonly string[]): Promise<string> {
  const {code, stdout, stderr} = await secdef(root, ['init', '--yes', ...args])
  expect({code, stderr}).toEqual({code: 0, stderr: ''})
  return stdout
}

function read(root: string, path: string): string {
  return fs.readFileSync(join(root, path), 'utf8')
}

describe.each(hosts)('$name', (host) => {
  test('a folder without anything gets a configuration and a document, and check says what is missing', async () => {
    const root = project({})
    const {code, stdout} = await host.secdef(root, ['init', '--yes'])
    expect(code).toBe(0)
    expect(Object.keys(tree(root)).sort()).toEqual(['docs/', documentPath, configPath])
    expect(stdout).toContain('Add the first row')
    expect(JSON.parse(read(root, configPath))).toEqual({document: documentPath})
    const check = await host.secdef(root, ['check'])
    expect(check.code).toBe(2)
    expect(check.stdout).toContain('Unexpected document without a registry table')
    expect(check.stdout).toContain('mend  Add a table with the columns Object Name')
  })

  test('without a terminal nothing is written unless that is said', async () => {
    const root = repository({[firstMigration]: soundMigration})
    const before = tree(root)
    const {code, stdout, stderr} = await host.secdef(root, ['init'])
    expect(code).toBe(2)
    expect(stdout).toMatch(/^ {2}create {3}docs\/SECURITY_EXCEPTIONS\.md$/m)
    expect(stderr).toBe('error  Nothing was written: there is nobody to ask\n mend  Run it with --yes.\n')
    expect(await host.secdef(root, ['init', '--dry-run'])).toMatchObject({code: 0, stderr: ''})
    expect(tree(root)).toEqual(before)
  })

  test('a second run has nothing to do', async () => {
    const root = repository({
      [firstMigration]: soundMigration,
      '.prettierrc': '{}',
      '.editorconfig': 'root = true\n',
    })
    expect((await host.secdef(root, ['init', '--yes', '--profile', 'plain'])).code).toBe(0)
    const before = tree(root)
    const again = await host.secdef(root, ['init'])
    expect(again).toMatchObject({code: 0, stderr: ''})
    expect(again.stdout).toContain('✓ nothing to write')
    expect(again.stdout).not.toMatch(/^ {2}(?:create|append|set|paste)/m)
    expect(tree(root)).toEqual(before)
  })
})

describe('a new repository', () => {
  test('is stopped from a commit until there is a row, and passes with it', async () => {
    const root = repository()
    await init(root)
    git(root, 'add', '--all')
    const commitAll = () => spawnSync('git', ['commit', '--message=Start'], {cwd: root, env: commitEnv(root)})
    expect(commitAll().status).not.toBe(0)
    const texts = ['--why', 'Prunes.', '--risks', 'Age is checked.', '--approved-by', 'Core Team - 2025-01']
    expect((await secdef(root, ['add', 'ops.prune', ...texts])).code).toBe(0)
    git(root, 'add', '--all')
    expect(commitAll().status).toBe(0)
    expect((await secdef(root, ['check'])).stdout).toContain('✓ 1 entry in 1 schema, 6 outputs fresh')
  })

  test('gets a configuration that its schema takes', async () => {
    const schema = JSON.parse(fs.readFileSync(join(build(), 'schemas/config.schema.json'), 'utf8'))
    const validate = new Ajv2020({strict: false}).compile(schema)
    for (const args of [[], ['--profile', 'plain']]) {
      const root = repository({[firstMigration]: soundMigration})
      await init(root, ...args)
      const config = JSON.parse(read(root, configPath))
      expect(validate(config)).toBe(true)
      const folder = 'supabase/migrations'
      expect(config).toEqual({
        $schema: './node_modules/secdef/dist/schemas/config.schema.json',
        document: documentPath,
        migrations: args.length === 0 ? folder : {folder, profile: 'plain'},
      })
    }
  })

  test('git knows what is generated, and merges rows of both sides', async () => {
    const root = repository()
    await init(root, '--no-hook')
    commit(root, {[documentPath]: soundDocument})
    const attribute = (path: string) => git(root, 'check-attr', '--all', path)
    expect(attribute('generated/security-exceptions.json')).toContain('linguist-generated: set')
    expect(attribute(documentPath)).toContain('merge: secdef')
    expect(attribute('README.md')).toBe('')
    const row = (name: string) => `| \`${name}\` | ops | Needed. | Few. | Core Team - 2025-01 |\n`
    git(root, 'switch', '--quiet', '--create', 'other')
    commit(root, {[documentPath]: soundDocument + row('one')})
    git(root, 'switch', '--quiet', 'main')
    commit(root, {[documentPath]: soundDocument + row('two')})
    git(root, 'merge', '--quiet', 'other')
    expect(read(root, documentPath)).toContain(row('one'))
    expect(read(root, documentPath)).toContain(row('two'))
  })
})

test('the merge driver is set up as docs/merging.md says', async () => {
  const page = fs.readFileSync(join(checkout, 'docs/merging.md'), 'utf8')
  const shownSettings = [...page.matchAll(/^git config (merge\.\S+) "(.*)"$/gm)].map(([, key, value]) => [
    key,
    value,
  ])
  expect(mergeSettings('npx secdef')).toEqual(shownSettings)
  const root = repository()
  await init(root)
  for (const line of read(root, '.gitattributes')
    .split('\n')
    .filter((one) => one.includes('merge=')))
    expect(page).toContain(`\n${line}\n`)
  for (const [key, value] of mergeSettings('npx --no-install secdef'))
    expect(git(root, 'config', key)).toBe(value)
})

function commitEnv(root: string): NodeJS.ProcessEnv {
  const who = {GIT_AUTHOR_NAME: 'Core Team', GIT_AUTHOR_EMAIL: 'core@example.com'}
  const by = {GIT_COMMITTER_NAME: 'Core Team', GIT_COMMITTER_EMAIL: 'core@example.com'}
  return {PATH: process.env.PATH, HOME: root, ...who, ...by}
}

describe('a document from the migrations', () => {
  const fillIn = (text: string) =>
    text
      .replaceAll(/TODO: why[^|]*/g, 'Must run as its owner. ')
      .replaceAll(/TODO: which[^|]*/g, 'Parameters are validated. ')
      .replaceAll('TODO - YYYY-MM', 'Core Team - 2025-01')

  test('has a row for each definer, which check refuses until it is filled in', async () => {
    const root = repository({[firstMigration]: soundMigration})
    const said = await init(root, '--profile', 'plain')
    expect(said).toContain('Fill in what says TODO in 2 rows')
    const refused = JSON.parse((await secdef(root, ['check', '--format', 'json'])).stdout)
    expect(refused.findings.map(({ruleId}: {ruleId: string}) => ruleId)).toEqual(Array(6).fill('placeholder'))
    fill(root, {[documentPath]: fillIn(read(root, documentPath))})
    expect((await secdef(root, ['generate'])).code).toBe(0)
    const check = await secdef(root, ['check'])
    expect(check.stdout).toContain(
      '✓ 2 entries in 1 schema, 6 outputs fresh, 2 definers in supabase/migrations documented',
    )
  })

  test('and is clean in an audit once it is filled in', async () => {
    const config = `${JSON.stringify(auditedConfig)}\n`
    const root = repository({[firstMigration]: soundMigration, [configPath]: config})
    await init(root)
    expect(read(root, configPath)).toBe(config)
    fill(root, {[documentPath]: fillIn(read(root, documentPath))})
    expect(await secdef(root, ['audit'])).toMatchObject({code: 0})
  })

  test('tells the definers that it cannot name, and what could not be followed', async () => {
    const root = repository({
      [firstMigration]: `${soundMigration}
        CREATE FUNCTION ops."a\nb"() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT';
        DO $$ BEGIN EXECUTE current_setting('x.y'); END $$;`,
    })
    const said = await init(root)
    expect(said).toContain('See to 1 definer without a row')
    expect(said).toMatch(/Look at [1-9]\d* things? in the migrations that could not be followed/)
    expect(said).toContain('Say as `migrations.profile`')
    expect(read(root, documentPath)).toContain('No row can be suggested for 1 SECURITY DEFINER routine')
  })

  test.each([
    ['supabase/migrations/20240101000000_all.sql', 'supabase/migrations'],
    ['prisma/migrations/20240101000000_all/migration.sql', 'prisma/migrations'],
    ['db/migrations/V1__all.sql', 'db/migrations'],
    ['migrations/001_all.sql', 'migrations'],
    ['drizzle/0000_all.sql', 'drizzle'],
  ])('%s is found', async (path, folder) => {
    const root = project({[path]: soundMigration})
    await init(root)
    expect(JSON.parse(read(root, configPath)).migrations).toBe(folder)
    expect(read(root, documentPath)).toContain('| `log_action` | ops | TODO')
  })

  test('of another folder is made where that is named, and a folder without any is refused', async () => {
    const root = project({'sql/001_all.sql': soundMigration, 'notes/x.txt': 'x'})
    await init(root, '--migrations', 'sql')
    expect(JSON.parse(read(root, configPath)).migrations).toBe('sql')
    const other = project({'notes/x.txt': 'x'})
    for (const folder of ['notes', 'nope', '..']) {
      const {code, stderr} = await secdef(other, ['init', '--yes', '--migrations', folder])
      expect({folder, code}).toEqual({folder, code: 2})
      expect(stderr).toMatch(/No migrations in|expected a folder below/)
    }
    expect(tree(other)).toEqual({'notes/': '', 'notes/x.txt': 'x'})
  })

  test('of one folder names the others that look like one', async () => {
    const root = project({[firstMigration]: soundMigration, 'migrations/001_all.sql': 'SELECT;'})
    const {stderr} = await secdef(root, ['init', '--yes'])
    expect(stderr).toBe('left out: migrations looks like migrations, too; --migrations names them\n')
  })
})

describe('the hook', () => {
  test.each(attempts)('of git alone: $name', async ({stage, stopped}) => {
    const root = repository({[firstMigration]: soundMigration, [documentPath]: soundDocument})
    await init(root)
    expect((await asCommand.secdef(root, ['generate'])).code).toBe(0)
    for (const name of ['pre-commit', 'pre-merge-commit'])
      expect(read(root, `.git/hooks/${name}`)).toBe(shown('.git/hooks/pre-commit'))
    commit(root, {})
    stage(root)
    expectTried(tryCommit(root), stopped)
  })

  const pasted = (text: string) => text.trimEnd().replaceAll(/^(?=.)/gm, '           ')
  const call = 'npx --no-install secdef check --staged'
  const called = (path: string) => `${path} (calls secdef already, left alone)`
  const printed = (path: string, snippet: string) =>
    `  paste    ${path} (exists, left alone): add by hand\n${pasted(snippet)}\n`
  const simple = (hooks: object) => JSON.stringify({private: true, 'simple-git-hooks': hooks})
  const simpleSnippet = `"simple-git-hooks": {"pre-commit": "${call}", "pre-merge-commit": "${call}"}`
  const ofPreCommit = shown('.pre-commit-config.yaml')

  test.each([
    ['lefthook.yml', 'pre-push: {}\n', shown('lefthook.yml'), shown('lefthook.yml')],
    ['.lefthook.yaml', 'pre-push: {}\n', shown('lefthook.yml'), shown('lefthook.yml')],
    ['.pre-commit-config.yaml', 'repos: []\n', ofPreCommit, ofPreCommit],
    ['package.json', simple({}), simpleSnippet, simple({'pre-commit': call, 'pre-merge-commit': call})],
    [
      '.simple-git-hooks.json',
      '{}',
      simpleSnippet,
      `{"pre-commit": "${call}", "pre-merge-commit": "${call}"}`,
    ],
  ])('for %s is printed, and the file stays as it is', async (path, text, snippet, after) => {
    const root = repository({[path]: text})
    const said = await init(root)
    expect(said).toContain(printed(path, snippet))
    expect(said).toContain('Add by hand')
    expect(read(root, path)).toBe(text)
    expect(fs.existsSync(join(root, '.git/hooks/pre-commit'))).toBe(false)
    fill(root, {[path]: after})
    expect((await secdef(root, ['init'])).stdout).toContain(called(path))
  })

  // What does not stop a commit is no hook, whatever it names.
  test.each([
    ['a comment', 'lefthook.yml', `# TODO: ${call}\n`],
    ['a check before a push', 'lefthook.yml', 'pre-push:\n  jobs:\n    - run: npx secdef check\n'],
    [
      'a script',
      'package.json',
      '{"scripts": {"check": "secdef check --staged"}, "simple-git-hooks": {"a": "b"}}',
    ],
    [
      'the check of another folder',
      'lefthook.yml',
      `pre-commit:\n  jobs:\n    - root: web\n      run: ${call}\n`,
    ],
  ])('is not there by %s', async (_, path, text) => {
    expect(await init(repository({[path]: text}))).toContain(`  paste    ${path} (exists, left alone)`)
  })

  test('for merges alone is asked for where the other is there', async () => {
    const [job = '', merges = ''] = shown('lefthook.yml').split(/(?=pre-merge-commit:)/)
    expect(await init(repository({'lefthook.yml': job}))).toContain(printed('lefthook.yml', merges))
    const [line = '', ...rest] = ofPreCommit.split('\n')
    const config = {'.pre-commit-config.yaml': rest.join('\n')}
    expect(await init(repository(config))).toContain(printed('.pre-commit-config.yaml', line))
  })

  describe('of husky', () => {
    const hooks = ['.husky/pre-commit', '.husky/pre-merge-commit']
    const before = {[firstMigration]: soundMigration, [documentPath]: soundDocument}

    test('is created where there is none, and runs in every version of it', async () => {
      // Version 8 leads git to its folder itself, and git runs what is executable.
      const root = repository({...before, '.husky/commit-msg': 'true\n', '.husky/_/husky.sh': ''})
      git(root, 'config', 'core.hooksPath', '.husky')
      await init(root)
      for (const hook of hooks) expect(read(root, hook)).toBe(`#!/bin/sh\n${shown('.husky/pre-commit')}`)
      expect((await asCommand.secdef(root, ['generate'])).code).toBe(0)
      commit(root, {})
      expect(git(root, 'ls-files', '--stage', ...hooks)).toMatch(/^100755 .*\n100755 .*$/)
      stageAll(root, {[documentPath]: soundDocument.replace('Append-only.', 'Never.')})
      expectTried(tryCommit(root), 'output-stale')
    })

    test('is not that which husky writes itself', async () => {
      const root = repository({'web/package.json': manifest})
      git(root, 'config', 'core.hooksPath', 'web/.husky/_')
      fill(root, {'web/.husky/_/pre-commit': '. ./h\n'})
      await init(root)
      expect(read(root, 'web/.husky/pre-commit')).toContain(call)
      expect(read(root, 'web/.husky/_/pre-commit')).not.toContain(call)
    })

    test('stays where there is one', async () => {
      const root = repository({'.husky/pre-commit': 'npm test\n'})
      expect(await init(root)).toContain(printed('.husky/pre-commit', call))
      expect(read(root, '.husky/pre-commit')).toBe('npm test\n')
      expect(read(root, '.husky/pre-merge-commit')).toContain(call)
      fill(root, {'.husky/pre-commit': `npm test\n${call}\n`})
      expect((await secdef(root, ['init'])).stdout).toContain(called('.husky/pre-commit'))
    })
  })

  test('that is there stays, and what is missing in it is printed', async () => {
    const root = repository({'.git/hooks/pre-commit': '#!/bin/sh\ntrue\n'})
    expect(await init(root)).toContain('  paste    .git/hooks/pre-commit (exists, left alone)')
    expect(read(root, '.git/hooks/pre-commit')).toBe('#!/bin/sh\ntrue\n')
  })

  test('goes where core.hooksPath says, but not out of the repository', async () => {
    const root = repository()
    git(root, 'config', 'core.hooksPath', '.githooks')
    await init(root)
    expect(fs.statSync(join(root, '.githooks/pre-commit')).mode & 0o111).toBe(0o111)
    const elsewhere = temporaryFolder()
    const other = repository()
    git(other, 'config', 'core.hooksPath', elsewhere)
    expect(await init(other)).toContain('core.hooksPath leads out of the repository')
    expect(tree(elsewhere)).toEqual({})
    const linked = repository()
    fs.rmSync(join(linked, '.git/hooks'), {recursive: true})
    fs.symlinkSync(elsewhere, join(linked, '.git/hooks'))
    expect(await init(linked)).toContain('  paste    .git/hooks/pre-commit')
    expect(tree(elsewhere)).toEqual({})
  })

  test('of a work tree is that of its clone', async () => {
    const root = repository()
    commit(root, {'README.md': 'x\n'})
    const other = join(temporaryFolder(), 'other')
    git(root, 'worktree', 'add', '--quiet', other)
    await init(other)
    expect(read(root, '.git/hooks/pre-commit')).toBe(shown('.git/hooks/pre-commit'))
    expect(Object.keys(files(root))).not.toContain(configPath)
    expect(fs.existsSync(join(other, configPath))).toBe(true)
  })

  test('of a project below the top runs there, and the workflow too', async () => {
    const top = repository({'packages/core/README.md': 'x\n'})
    const root = join(top, 'packages/core')
    expect((await secdef(root, ['init', '--yes'])).code).toBe(0)
    fill(root, {[documentPath]: soundDocument})
    await asCommand.secdef(root, ['generate'])
    const hook = '#!/bin/sh\ncd packages/core && npx --no-install secdef check --staged\n'
    expect(read(top, '.git/hooks/pre-commit')).toBe(hook)
    expect(parse(read(top, '.github/workflows/secdef-packages-core.yml')).defaults).toEqual({
      run: {'working-directory': 'packages/core'},
    })
    installBin(root, 'secdef', cli())
    git(top, 'add', '--all')
    git(top, 'commit', '--quiet', '--message=Start')
    write(root, {[documentPath]: soundDocument.replace('Append-only.', 'Never.')})
    git(top, 'add', '--all')
    expectTried(tryCommit(top), 'output-stale')
  })

  test('of a second project is its own, and so is the workflow', async () => {
    const top = repository({'packages/app/README.md': 'x\n', 'packages/b/README.md': 'x\n'})
    const second = join(top, 'packages/b')
    await init(join(top, 'packages/app'))
    const said = await init(second)
    const wanted = `cd packages/b && ${call}`
    expect(said).toContain(printed('.git/hooks/pre-commit', wanted))
    const workflow = (name: string) => parse(read(top, `.github/workflows/secdef-packages-${name}.yml`))
    expect(['app', 'b'].map((name) => workflow(name).defaults.run['working-directory'])).toEqual([
      'packages/app',
      'packages/b',
    ])
    for (const name of ['pre-commit', 'pre-merge-commit'])
      fs.appendFileSync(join(top, '.git/hooks', name), `${wanted}\n`)
    for (const root of [join(top, 'packages/app'), second]) {
      const again = (await secdef(root, ['init'])).stdout
      expect(again).toContain(called('.git/hooks/pre-commit'))
      expect(again).not.toMatch(/^ {2}(?:create|paste)/m)
    }
    // That of the top has none.
    expect((await secdef(top, ['init', '--dry-run'])).stdout).toContain(
      printed('.git/hooks/pre-commit', call),
    )
  })

  test('and the workflow are left out where that is said', async () => {
    const root = repository()
    await init(root, '--no-hook', '--no-workflow')
    expect(Object.keys(files(root)).filter((path) => /hooks|workflows/.test(path))).toEqual([])
  })
})

describe('the workflow', () => {
  type Step = {readonly uses?: string; readonly run?: string; readonly with?: object}
  type Job = {readonly steps: readonly Step[]}

  test('is YAML whose commands run, in the shell that GitHub gives them', async () => {
    const root = repository({[firstMigration]: soundMigration, [configPath]: JSON.stringify(auditedConfig)})
    await init(root, '--no-hook')
    fill(root, {[documentPath]: soundDocument})
    await asCommand.secdef(root, ['generate'])
    commit(root, {})
    git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD')
    commit(root, {[documentPath]: soundDocument.replace('Append-only.', 'Never.')})
    const {on, jobs} = parse(read(root, workflowPath)) as {on: object; jobs: Record<string, Job>}
    expect(Object.keys(on)).toEqual(['push', 'pull_request'])
    const summary = join(temporaryFolder(), 'summary.md')
    const run = (job: string) =>
      (jobs[job]?.steps ?? [])
        .flatMap(({run: command}) => (command === undefined || command === 'npm ci' ? [] : [command]))
        .map((command) => {
          const env = {
            PATH: process.env.PATH,
            HOME: root,
            GITHUB_STEP_SUMMARY: summary,
            GITHUB_BASE_REF: 'main',
          }
          const options = {cwd: root, env, encoding: 'utf8'} as const
          const {status, stdout} = spawnSync('bash', ['--noprofile', '--norc', '-e', '-c', command], options)
          return {status, stdout}
        })
    expect(run('check')).toEqual([
      {status: 1, stdout: expect.stringContaining('::error file=generated/')},
      {status: 0, stdout: ''},
    ])
    expect(fs.readFileSync(summary, 'utf8')).toContain('supabase/migrations')
    expect(run('changes')).toEqual([{status: 0, stdout: ''}])
    expect(fs.readFileSync(summary, 'utf8')).toContain('ops.log_action')
    const steps = Object.values(jobs).flatMap((job) => job.steps)
    expect(steps.filter(({run: command}) => command === 'npm ci')).toHaveLength(2)
  })

  test.each([
    [{'package.json': manifest, 'package-lock.json': '{}'}, 'npx --no-install secdef', ['npm ci']],
    [
      {'package.json': manifest, 'pnpm-lock.yaml': ''},
      'pnpm exec secdef',
      ['corepack enable', 'pnpm install --frozen-lockfile'],
    ],
    [{'package.json': manifest}, 'npx --no-install secdef', ['npm install']],
    [{'pyproject.toml': ''}, 'npx --yes secdef@0.0.0-test', []],
    [{'package.json': manifest, 'yarn.lock': ''}, 'npx --yes secdef@0.0.0-test', []],
  ])('runs what the project uses: %j', async (more, run, install) => {
    const root = project(more)
    git(root, 'init', '--quiet')
    await init(root)
    const {jobs} = parse(read(root, workflowPath)) as {jobs: Record<string, Job>}
    const commands = (jobs.check?.steps ?? []).flatMap((step) => step.run ?? [])
    expect(commands).toEqual([...install, `${run} check --format github`])
    expect(read(root, '.git/hooks/pre-commit')).toContain(`\n${run} check --staged\n`)
  })

  test('is left out where another one runs the check', async () => {
    const root = repository({'.github/workflows/ci.yml': 'run: npx --no-install secdef check\n'})
    expect(await init(root)).toContain('.github/workflows/ci.yml (calls secdef already, left alone)')
    expect(fs.existsSync(join(root, workflowPath))).toBe(false)
  })
})

describe('what is there', () => {
  test('stays, byte by byte, and only what is missing comes behind it', async () => {
    const before = {
      [configPath]: '{"outputs": ["json", {"target": "python", "path": "tests/my whitelist.py"}]}',
      [documentPath]: '# Ours\n',
      [workflowPath]: 'name: ours\n',
      '.gitattributes': '* text=auto\r\ngenerated/** -diff linguist-generated=false',
      '.prettierignore': '/generated\n',
      '.editorconfig': 'root = true\n[*.md]\ntrim_trailing_whitespace = false',
      'biome.jsonc': '// Ours\n{}\n',
    }
    const root = repository(before)
    const said = await init(root)
    for (const [path, text] of Object.entries(before)) expect(read(root, path).startsWith(text)).toBe(true)
    for (const path of [configPath, documentPath, workflowPath, 'biome.jsonc'])
      expect(read(root, path)).toBe(before[path as keyof typeof before])
    expect(read(root, '.gitattributes').slice(before['.gitattributes'].length)).toBe(
      [
        '',
        'generated/** merge=secdef-generated',
        '"tests/my whitelist.py" linguist-generated',
        '"tests/my whitelist.py" merge=secdef-generated',
        `${documentPath} merge=secdef`,
        '',
      ].join('\r\n'),
    )
    expect(git(root, 'check-attr', 'linguist-generated', 'tests/my whitelist.py')).toContain(': set')
    expect(read(root, '.prettierignore')).toBe('/generated\ntests/my whitelist.py\n')
    expect(
      read(root, '.editorconfig')
        .split('\n')
        .filter((line) => line.startsWith('[')),
    ).toEqual(['[*.md]', '[generated/**]', '[tests/my whitelist.py]'])
    expect(said).toContain('"files": {"includes": ["**", "!generated", "!tests/my whitelist.py"]}')
  })

  test('prettier leaves the outputs alone by what was written, and finds nothing in the rest of it', async () => {
    const root = repository({'.prettierrc': '{"printWidth": 100}'})
    await init(root)
    const unformatted = (...paths: string[]) => {
      const bin = fs.realpathSync(join(checkout, 'node_modules/.bin/prettier'))
      const args = [bin, '--list-different', '--no-error-on-unmatched-pattern', ...paths]
      return spawnSync(process.execPath, args, {cwd: root, encoding: 'utf8'}).stdout
    }
    expect(unformatted(documentPath, configPath, workflowPath)).toBe('')
    fill(root, {[documentPath]: soundDocument})
    await secdef(root, ['generate'])
    expect(unformatted('generated')).toBe('')
    fs.rmSync(join(root, '.prettierignore'))
    expect(unformatted('generated')).toContain('generated/security-exceptions.json\n')
  })

  test('is not followed where it is a link', async () => {
    const elsewhere = project({'attributes.txt': 'ours\n'})
    const root = repository()
    fs.symlinkSync(elsewhere, join(root, 'docs'))
    const before = tree(root)
    const {code, stderr} = await secdef(root, ['init', '--yes'])
    expect(code).toBe(2)
    expect(stderr).toContain('docs is a symbolic link')
    expect(tree(root)).toEqual(before)
    const other = repository()
    fs.symlinkSync(join(elsewhere, 'attributes.txt'), join(other, '.gitattributes'))
    expect(await init(other)).toContain('  paste    .gitattributes (it is no regular file, left alone)')
    expect(tree(elsewhere)).toEqual({'attributes.txt': 'ours\n'})
  })

  test('is not overwritten where it came between the plan and the write', async () => {
    const root = repository()
    const options = {
      profile: undefined,
      hook: true,
      workflow: true,
      version: '0.1.0',
      write: {section, text: suggestionText},
    }
    const plan = async () => planInit(await findProject(root, undefined), options)
    const first = await plan()
    fill(root, {[documentPath]: 'ours\n'})
    const before = tree(root)
    await expect(writeInit(first, plan)).rejects.toThrow('somebody else changed the project just now')
    expect(tree(root)).toEqual(before)
  })

  test('must be sound where it is the configuration', async () => {
    const root = repository({[configPath]: '{"documnet": "x.md"}'})
    const {code, stderr} = await secdef(root, ['init', '--yes'])
    expect(code).toBe(2)
    expect(stderr).toBe(
      `error  ${configPath} has findings\n mend  Run \`secdef check\`, mend them, then run the command again.\n`,
    )
  })
})

describe.skipIf(!hasTerminal())('on a terminal (needs python3 with pty)', () => {
  const asked = 'What stands before the first migration?'
  test('the profile is asked for, and whether to write', async () => {
    const root = repository({[firstMigration]: soundMigration})
    const turns = [
      [asked, `${down}${down}${enter}`],
      ['Write', 'y'],
    ] as const
    const session = await atTerminal(root, [cli(), 'init'], turns)
    expect(session).toMatchObject({code: 0, left: 0})
    expect(JSON.parse(read(root, configPath)).migrations).toEqual({
      folder: 'supabase/migrations',
      profile: 'plain',
    })
  })

  test.each([
    ['no', 'n', 2],
    ['Enter', enter, 2],
    ['Ctrl+C', interrupt, 130],
  ])('%s writes nothing', async (_, typed, code) => {
    const root = repository()
    const before = tree(root)
    expect(await atTerminal(root, [cli(), 'init'], [['Write', typed]])).toMatchObject({code, left: 0})
    expect(tree(root)).toEqual(before)
  })
})
