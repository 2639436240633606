/** `secdef check --staged` in a real pre-commit hook: what is judged is what would be committed. */
import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {tryCommit} from '../hooks/support.ts'
import {firstMigration, secondMigration, soundMigration, strangerMigration} from '../support/audited.ts'
import {documentPath, longerDocument, soundDocument} from '../support/documents.ts'
import {git, write} from '../support/git.ts'
import {asCommand, cli, hosts, inProcess} from '../support/hosts.ts'
import {fill, project, temporaryFolder} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const config = {migrations: 'supabase/migrations'}
const files = {
  [documentPath]: soundDocument,
  [firstMigration]: soundMigration,
  'secdef.config.json': JSON.stringify(config),
}

/** A clean commit of a clean project, with the hook in place. */
async function hooked(more: Readonly<Record<string, string>> = {}, folder = '.'): Promise<string> {
  const top = project({})
  git(top, 'init', '--quiet', '--initial-branch=main')
  const root = join(top, folder)
  mkdirSync(root, {recursive: true})
  write(root, {...files, ...more})
  expect((await asCommand.secdef(root, ['generate'])).code).toBe(0)
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=Start')
  install(join(top, '.git/hooks/pre-commit'), folder)
  return root
}

function install(hook: string, folder = '.'): void {
  writeFileSync(hook, `#!/bin/sh\ncd '${folder}' && exec '${process.execPath}' '${cli()}' check --staged\n`)
  chmodSync(hook, 0o755)
}

describe('a commit', () => {
  test('that is clean passes', async () => {
    const root = await hooked()
    write(root, {'notes.txt': 'x'})
    git(root, 'add', '--all')
    expect(tryCommit(root)).toEqual({made: true, said: ''})
  })

  test('of a row without its outputs is stopped, and passes with them', async () => {
    const root = await hooked({
      [firstMigration]: `${soundMigration}
      CREATE FUNCTION ops.reap_jobs() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN END';`,
      [documentPath]: longerDocument,
    })
    write(root, {[documentPath]: longerDocument.replaceAll('Append-only.', 'Append-only, always.')})
    git(root, 'add', documentPath)
    const {made, said} = tryCommit(root)
    expect(made).toBe(false)
    expect(said).toContain('output-stale')
    expect(said).toContain(': run `secdef generate`, then `git add` what it wrote')
    // The outputs on the disk are fresh now, and that is not enough.
    await asCommand.secdef(root, ['generate'])
    expect(tryCommit(root).made).toBe(false)
    git(root, 'add', 'generated')
    expect(tryCommit(root).made).toBe(true)
  })

  test('of half a file is judged by that half', async () => {
    const root = await hooked()
    // Staged: a row that is sound. On the disk: one that is not.
    write(root, {[documentPath]: table(row(), row({name: '`queue_job`', risks: 'Other.'}))})
    await asCommand.secdef(root, ['generate'])
    git(root, 'add', '--all')
    write(root, {[documentPath]: '| nothing | of | the kind |\n', 'generated/security_exceptions.py': 'x'})
    expect(tryCommit(root).made).toBe(true)
    // Staged: a row that is not sound. On the disk: all is well.
    const sound = readFileSync(join(root, documentPath), 'utf8')
    write(root, {[documentPath]: table(row(), row({name: '`queue_job`', risks: ''}))})
    git(root, 'add', documentPath)
    write(root, {[documentPath]: sound})
    const {made, said} = tryCommit(root)
    expect(made).toBe(false)
    expect(said).toContain('empty-cell')
  })

  test('of a definer without a row is stopped at its statement', async () => {
    const root = await hooked()
    write(root, {[secondMigration]: strangerMigration})
    git(root, 'add', '--all')
    rmSync(join(root, secondMigration))
    const {made, said} = tryCommit(root)
    expect(made).toBe(false)
    expect(said).toContain('undocumented-definer')
    expect(said).toContain(`from  ${secondMigration}:3`)
  })

  test('with --all, and of a path alone, is judged by the index that git makes for it', async () => {
    const root = await hooked()
    write(root, {[documentPath]: soundDocument.replace('Append-only.', 'Another.')})
    expect(tryCommit(root, '--all').made).toBe(false)
    expect(tryCommit(root, documentPath).made).toBe(false)
    await asCommand.secdef(root, ['generate'])
    expect(tryCommit(root, documentPath).made).toBe(false)
    expect(tryCommit(root, '--all').made).toBe(true)
    write(root, {'notes.txt': 'x', [documentPath]: 'broken'})
    git(root, 'add', 'notes.txt')
    expect(tryCommit(root, 'notes.txt').made).toBe(true)
  })

  test('that renames or deletes the document is stopped', async () => {
    const root = await hooked()
    git(root, 'mv', documentPath, 'docs/OTHER.md')
    const renamed = tryCommit(root)
    expect(renamed.made).toBe(false)
    expect(renamed.said).toContain(`No document at ${documentPath} in the index of ${root}`)
    write(root, {'secdef.config.json': JSON.stringify({...config, document: 'docs/OTHER.md'})})
    git(root, 'add', '--all')
    expect(tryCommit(root).said).toContain('output-stale')
    await asCommand.secdef(root, ['generate'])
    git(root, 'add', '--all')
    expect(tryCommit(root).made).toBe(true)
    git(root, 'rm', '--quiet', '--cached', 'docs/OTHER.md')
    expect(tryCommit(root).made).toBe(false)
  })

  test('of a configuration is judged by what is staged of it', async () => {
    const root = await hooked()
    write(root, {'secdef.config.json': JSON.stringify({...config, outputs: ['json']})})
    git(root, 'add', 'secdef.config.json')
    write(root, {'secdef.config.json': JSON.stringify(config)})
    const {made, said} = tryCommit(root)
    expect(made).toBe(false)
    expect(said).toContain('output-orphan')
  })
})

describe.each(hosts)('what the index holds, $name', ({secdef}) => {
  test('an unmerged document is an error that says so', async () => {
    const root = await hooked()
    rmSync(join(root, '.git/hooks/pre-commit'))
    for (const [branch, risks] of [
      ['one', 'One.'],
      ['two', 'Two.'],
    ] as const) {
      git(root, 'switch', '--quiet', '--create', branch, 'main')
      write(root, {[documentPath]: soundDocument.replaceAll('Append-only.', risks)})
      git(root, 'commit', '--quiet', '--all', '--message=Branch')
    }
    expect(() => git(root, 'merge', 'one')).toThrow()
    const {code, stdout, stderr} = await secdef(root, ['check', '--staged'])
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain(`Cannot read ${documentPath} from the index: it is unmerged`)
    expect(stderr).toContain(`git add ${documentPath}`)
  })

  test('a name without content is an error that says so', async () => {
    const root = await hooked()
    git(root, 'rm', '--quiet', '--cached', documentPath)
    git(root, 'add', '--intent-to-add', documentPath)
    const {code, stdout, stderr} = await secdef(root, ['check', '--staged'])
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain(`Cannot read ${documentPath} from the index: nothing but its name is there`)
    git(root, 'add', documentPath)
    expect((await secdef(root, ['check', '--staged'])).code).toBe(0)
  })

  test('a link in place of the document is an error that says so', async () => {
    const root = await hooked()
    rmSync(join(root, documentPath))
    symlinkSync('../secdef.config.json', join(root, documentPath))
    git(root, 'add', '--all')
    const {code, stderr} = await secdef(root, ['check', '--staged'])
    expect(code).toBe(2)
    expect(stderr).toContain(`Cannot read ${documentPath} from the index: it is a symbolic link`)
  })

  test('line endings that git changes on the way are no difference', async () => {
    const root = await hooked({'.gitattributes': '* text eol=crlf\n'})
    rmSync(join(root, '.git/hooks/pre-commit'))
    git(root, 'rm', '--quiet', '--cached', '-r', '.')
    git(root, 'reset', '--quiet', '--hard')
    expect(readFileSync(join(root, documentPath), 'utf8')).toContain('\r\n')
    expect((await secdef(root, ['check', '--staged'])).code).toBe(0)
    expect((await secdef(root, ['check'])).code).toBe(0)
  })

  test('outside of a work tree there is none', async () => {
    const {code, stderr} = await secdef(project(files), ['check', '--staged'])
    expect(code).toBe(2)
    expect(stderr).toContain('This is not a git repository')
  })

  test('a manifest that is a link is read where it leads, as it is staged', async () => {
    const root = await hooked({'base/package.json': '{"name": "x"}'})
    symlinkSync('base/package.json', join(root, 'package.json'))
    git(root, 'add', '--all')
    expect((await secdef(root, ['check', '--staged'])).code).toBe(0)
    write(root, {'base/package.json': '{"name": "x", "secdef": {}}'})
    expect((await secdef(root, ['check', '--staged'])).code).toBe(0)
    git(root, 'add', '--all')
    expect((await secdef(root, ['check', '--staged'])).stderr).toContain('Two configurations in')
  })

  test.each(['gone.json', '../package.json', '/package.json', 'package.json'])(
    'a manifest that is a link to %s, which is not in the index, is an error that says why',
    async (target) => {
      const root = await hooked()
      symlinkSync(target, join(root, 'package.json'))
      git(root, 'add', '--all')
      const {code, stderr} = await secdef(root, ['check', '--staged'])
      expect(code).toBe(2)
      expect(stderr).toContain('Cannot read package.json from the index: it is a symbolic link')
      expect(stderr.replace(/\s+/g, ' ')).toContain(
        'Its field `secdef` would be the configuration. Put the file itself in its place.',
      )
    },
  )

  test('a manifest that is a name without content matters where it would configure us', async () => {
    const root = await hooked()
    write(root, {'package.json': '{"name": "x"}'})
    git(root, 'add', '--intent-to-add', 'package.json')
    expect((await secdef(root, ['check', '--staged'])).code).toBe(0)
    write(root, {'package.json': '{"name": "x", "secdef": {}}'})
    const {code, stderr} = await secdef(root, ['check', '--staged'])
    expect(code).toBe(2)
    expect(stderr).toContain('Cannot read package.json from the index: nothing but its name is there')
    expect(stderr.replace(/\s+/g, ' ')).toContain('would be the configuration. Run `git add package.json`.')
  })

  test('a name without content is none, whatever becomes of the file', async () => {
    const root = await hooked()
    const path = 'generated/security-exceptions.sql'
    const text = readFileSync(join(root, path), 'utf8')
    git(root, 'rm', '--quiet', '--cached', path)
    git(root, 'add', '--intent-to-add', path)
    const expectNone = async () => {
      const {code, stdout, stderr} = await secdef(root, ['check', '--staged'])
      expect({code, stdout}).toEqual({code: 2, stdout: ''})
      expect(stderr).toContain(`Cannot read ${path} from the index: nothing but its name is there`)
    }
    await expectNone()
    rmSync(join(root, path))
    await expectNone()
    git(root, 'update-index', '--skip-worktree', path)
    await expectNone()
    // A file that is empty is one.
    git(root, 'update-index', '--no-skip-worktree', path)
    write(root, {[path]: ''})
    git(root, 'add', path)
    expect((await secdef(root, ['check', '--staged'])).stdout).toContain(path)
    write(root, {[path]: text})
    git(root, 'add', path)
    expect((await secdef(root, ['check', '--staged'])).code).toBe(0)
  })

  test('a patch says that it is of what is staged', async () => {
    const root = await hooked()
    const path = 'generated/security-exceptions.pgtap.sql'
    const text = readFileSync(join(root, path), 'utf8')
    write(root, {[path]: text.replace('queue_job', 'other_job')})
    expect((await secdef(root, ['check'])).stdout).toContain(`--- ${path} (on disk)\n`)
    git(root, 'add', path)
    write(root, {[path]: text})
    expect((await secdef(root, ['check', '--staged'])).stdout).toContain(`--- ${path} (staged)\n`)
  })

  test('two names that are not UTF-8 stay two', async () => {
    const root = await hooked()
    const stage = (byte: number, sql: string) => {
      write(root, {'blob.sql': sql})
      const object = git(root, 'hash-object', '-w', 'blob.sql')
      rmSync(join(root, 'blob.sql'))
      const name = Buffer.concat([
        Buffer.from(`100644 ${object}\tsupabase/migrations/20250101000000_`),
        Buffer.from([byte]),
        Buffer.from('.sql\n'),
      ])
      execFileSync('git', ['update-index', '--index-info'], {cwd: root, input: name})
    }
    stage(0xfe, strangerMigration)
    stage(0xff, 'SELECT 1;')
    const {code, stdout} = await secdef(root, ['check', '--staged'])
    expect(code).toBe(1)
    expect(stdout).toContain('undocumented-definer')
  })

  test('a folder of migrations behind a link or in a submodule is not passed over', async () => {
    const root = await hooked()
    symlinkSync('../..', join(root, 'supabase/migrations/more'))
    git(root, 'add', '--all')
    expect((await secdef(root, ['check', '--staged'])).stderr).toContain('it is a symbolic link')
  })
})

describe('where it stands', () => {
  test('in a folder below the top', async () => {
    const root = await hooked({}, 'packages/core')
    write(root, {[secondMigration]: strangerMigration})
    git(root, 'add', '--all')
    expect(tryCommit(root).said).toContain(`from  ${secondMigration}:3`)
    const below = await inProcess.secdef(join(root, 'docs'), ['check', '--staged'])
    expect(below.code).toBe(1)
    expect(below.stdout).toContain(`from  ../${secondMigration}:3`)
  })

  test('in a work tree of its own', async () => {
    const root = await hooked()
    const other = join(temporaryFolder(), 'other')
    git(root, 'worktree', 'add', '--quiet', other)
    write(other, {[documentPath]: longerDocument})
    git(other, 'add', '--all')
    expect(tryCommit(other).said).toContain('absent-routine')
    expect((await asCommand.secdef(root, ['check', '--staged'])).code).toBe(0)
  })

  test.each([
    ['and nothing above it', {}],
    ['below another project', {[documentPath]: soundDocument, 'secdef.config.json': '{}'}],
  ])('below the top of a work tree of its own, %s', async (_, above) => {
    const root = await hooked({}, 'packages/core')
    const top = join(root, '../..')
    write(top, above)
    git(top, 'add', '--all')
    git(top, 'commit', '--quiet', '--no-verify', '--allow-empty', '--message=Above')
    const other = join(temporaryFolder(), 'other')
    git(top, 'worktree', 'add', '--quiet', other)
    const file = `packages/core/${documentPath}`
    write(other, {'notes.txt': 'x'})
    git(other, 'add', '--all')
    expect(tryCommit(other)).toEqual({made: true, said: ''})
    write(other, {[file]: longerDocument})
    for (const args of [['--all'], [file], ['--only', '--', file]])
      expect(tryCommit(other, ...args).said).toContain('absent-routine')
  })

  test('in a submodule', async () => {
    const inner = await hooked()
    const outer = project({'README.md': 'x'})
    git(outer, 'init', '--quiet')
    git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'parts/inner')
    const root = join(outer, 'parts/inner')
    install(join(outer, '.git/modules/parts/inner/hooks/pre-commit'))
    write(root, {[documentPath]: longerDocument})
    git(root, 'add', '--all')
    expect(tryCommit(root).said).toContain('absent-routine')
    expect((await asCommand.secdef(outer, ['check', '--staged'])).stderr).toContain('No document at')
  })

  test('behind a link', async () => {
    const root = await hooked()
    const link = join(temporaryFolder(), 'link')
    symlinkSync(root, link)
    const {code, stdout} = await asCommand.secdef(link, ['check', '--staged'])
    expect({code, stdout}).toMatchObject({code: 0})
  })
})

test('everything is read by one process of git', async () => {
  const root = await hooked()
  const bin = temporaryFolder()
  const log = join(bin, 'log')
  const real = execFileSync('sh', ['-c', 'command -v git'], {encoding: 'utf8'}).trim()
  fill(bin, {git: `#!/bin/sh\necho "$*" >> '${log}'\nexec '${real}' "$@"\n`, log: ''})
  chmodSync(join(bin, 'git'), 0o755)
  const env = {PATH: `${bin}:${process.env.PATH}`}
  expect((await asCommand.secdef(root, ['check', '--staged'], env)).code).toBe(0)
  const calls = readFileSync(log, 'utf8').trim().split('\n')
  expect(calls.filter((call) => call.includes('cat-file'))).toEqual(['cat-file --batch'])
  // With a configuration in JSON nothing is asked but what is staged.
  expect(calls).toHaveLength(3)
})
