/** `secdef diff` on real repositories: what it compares with, what it prints, how it ends. */
import {describe, expect, test} from 'vitest'
import {documentPath, soundDocument} from '../support/documents.ts'
import {commit, committed, committedRepository, git, gitOn, shallowClone, write} from '../support/git.ts'
import {asCommand, hosts, type Result} from '../support/hosts.ts'
import {project, tree} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const queue = row({name: '`queue_job`'})
const lessSafe = table(row({risks: 'Trusted callers.'}), queue)
const noTable = '# Nothing here yet\n'
const broken = table(row(), queue, '| `reap` | ops |')

type Change = {level: string; type: string; [key: string]: unknown}

function changesOf({stdout}: Result): Change[] {
  return JSON.parse(stdout).diff.registries.flatMap(({changes}: {changes: Change[]}) => changes)
}

/** `level type id` of each change. */
function told(result: Result): string[] {
  return changesOf(result).map(({level, type, entry, after}) => {
    const {id} = (entry ?? after) as {id: string}
    return `${level} ${type} ${id}`
  })
}

const changed = 'danger changed ops.log_action'

describe.each(hosts)('$name', ({secdef}) => {
  const json = (root: string, ...args: string[]) => secdef(root, ['diff', ...args, '--format', 'json'])

  test('without a change there is none, and nothing is written', async () => {
    const root = committedRepository()
    const before = tree(root)
    expect(await secdef(root, ['diff'])).toMatchObject({code: 0, stderr: ''})
    expect((await secdef(root, ['diff'])).stdout).toMatch(
      /^Changes since [0-9a-f]{7,}, where this branch left main\n\n✓ no changes \(… s\)\n$/,
    )
    expect(tree(root)).toEqual(before)
  })

  test('says what has changed, word by word, and where', async () => {
    const root = committedRepository()
    write(root, {[documentPath]: table(row({risks: 'Append-only, they say.'}), queue)})
    const {code, stdout, stderr} = await secdef(root, ['diff'])
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout.split('\n').slice(2)).toEqual([
      `danger  ops.log_action  ${documentPath}:3`,
      '  what it states has changed, and its approval has not',
      '  Risks Mitigated       Append-only{+, they say+}.',
      '  Approved By           Core Team - 2025-01',
      '',
      '! 1 danger (… s)',
      '',
    ])
  })

  test('the branch is compared with where it left the main one, committed or not', async () => {
    const root = committedRepository()
    git(root, 'switch', '--quiet', '--create', 'work')
    commit(root, {[documentPath]: lessSafe})
    git(root, 'switch', '--quiet', 'main')
    commit(root, {'other.txt': 'Main has moved on.\n', [documentPath]: table(queue)})
    git(root, 'switch', '--quiet', 'work')
    write(root, {
      [documentPath]: table(row({risks: 'Trusted callers.'}), queue, row({name: '`reap`', why: 'Reaps.'})),
    })
    expect(told(await json(root))).toEqual([changed, 'danger added ops.reap'])
    expect(told(await json(root, 'HEAD'))).toEqual(['danger added ops.reap'])
    expect(told(await json(root, 'main'))).toEqual(['danger added ops.log_action', 'danger added ops.reap'])
  })

  test('the branch of the remote goes before one of the same name here', async () => {
    const root = committedRepository()
    git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD')
    commit(root, {[documentPath]: lessSafe})
    expect(told(await json(root))).toEqual([changed])
    git(root, 'update-ref', 'refs/remotes/origin/trunk', 'HEAD')
    git(root, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk')
    expect(told(await json(root))).toEqual([])
  })

  test('an approval is held against where the branch began, however far the main one has moved on', async () => {
    const root = committedRepository()
    git(root, 'switch', '--quiet', '--create', 'work')
    const approved = (date: string) =>
      table(row(), queue, row({name: '`reap`', why: 'Reaps.', approved: `Core Team - ${date}`}))
    git(root, 'switch', '--quiet', 'main')
    write(root, {'other.txt': 'Main has moved on.\n'})
    git(root, 'add', '--all')
    gitOn('2025-09-01', root, 'commit', '--quiet', '--message=Later')
    git(root, 'switch', '--quiet', 'work')
    for (const args of [[], ['main']]) {
      write(root, {[documentPath]: approved('2025-07-01')})
      expect(told(await json(root, ...args))).toEqual(['review added ops.reap'])
      write(root, {[documentPath]: approved('2025-06-14')})
      expect(told(await json(root, ...args))).toEqual(['danger added ops.reap'])
    }
  })

  test.each(['HEAD~1', 'v1', 'main~1'])('a revision can be named: %s', async (revision) => {
    const root = committedRepository()
    git(root, 'tag', 'v1')
    commit(root, {[documentPath]: lessSafe})
    const result = await json(root, revision)
    expect(told(result)).toEqual([changed])
    expect(JSON.parse(result.stdout).base).toMatchObject({revision, day: committed})
  })

  test.each([
    ['danger', lessSafe, 1],
    ['review', lessSafe, 1],
    ['note', lessSafe, 1],
    ['danger', table(queue), 0],
    ['review', table(queue), 0],
    ['note', table(queue), 1],
    ['danger', table(row({approved: 'Core Team - 2025-07'}), queue), 0],
    ['review', table(row({approved: 'Core Team - 2025-07'}), queue), 1],
    ['note', soundDocument, 0],
  ])('--fail-on %s', async (level, document, code) => {
    const root = committedRepository()
    write(root, {[documentPath]: document})
    const result = await json(root, '--fail-on', level)
    expect(result).toMatchObject({code, stderr: ''})
    expect(JSON.parse(result.stdout).verdict).toBe(code === 0 ? 'clean' : 'findings')
    expect((await secdef(root, ['diff'])).code).toBe(0)
  })

  test.each(['nope', '-x', '--output=pwned', '--', 'HEAD:docs', 'HEAD^{tree}', 'a b', '../..', 'main..HEAD'])(
    '%j is no revision',
    async (revision) => {
      const root = committedRepository()
      const before = tree(root)
      const {code, stdout, stderr} = await secdef(root, ['diff', '--', revision])
      expect({code, stdout}).toEqual({code: 2, stdout: ''})
      expect(stderr).toContain(`error  No revision ${JSON.stringify(revision)} in this repository\n`)
      expect(tree(root)).toEqual(before)
    },
  )

  test('an empty revision is none', async () => {
    expect(await secdef(committedRepository(), ['diff', ''])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('No revision ""'),
    })
  })

  test('outside of a repository nothing is compared', async () => {
    const root = project({[documentPath]: soundDocument})
    expect(await secdef(root, ['diff'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error  This is not a git repository\n mend  Run it in a clone of the repository.\n',
    })
  })

  test('before the first commit nothing is compared', async () => {
    const root = project({[documentPath]: soundDocument})
    git(root, 'init', '--quiet')
    const {code, stderr} = await secdef(root, ['diff'])
    expect(code).toBe(2)
    expect(stderr).toContain('No commit in this repository yet')
    expect(stderr).toContain('Commit the document, then run the command again.')
    commit(root, {})
    git(root, 'branch', '--move', 'main')
    expect((await secdef(root, ['diff'])).code).toBe(0)
  })

  test('without a main branch a revision has to be named, and what is suggested works', async () => {
    const root = committedRepository()
    git(root, 'branch', '--move', 'trunk')
    const {code, stderr} = await secdef(root, ['diff'])
    expect(code).toBe(2)
    expect(stderr).toContain('No main branch to compare with')
    const suggested = /`secdef ([^`]+)`/.exec(stderr)?.[1] ?? ''
    expect((await secdef(root, suggested.split(' '))).code).toBe(0)
  })

  test('without a common history a revision has to be named, and what is suggested works', async () => {
    const root = committedRepository()
    git(root, 'switch', '--quiet', '--orphan', 'other')
    commit(root, {[documentPath]: lessSafe})
    const {code, stderr} = await secdef(root, ['diff'])
    expect(code).toBe(2)
    expect(stderr).toContain('No common history of HEAD and main')
    const suggested = /`secdef ([^`]+)`/.exec(stderr)?.[1] ?? ''
    expect(told(await json(root, ...suggested.split(' ').slice(1)))).toEqual([changed])
  })

  test('a shallow clone says how to become a whole one, and that works', async () => {
    const origin = committedRepository()
    const first = git(origin, 'rev-parse', 'HEAD')
    commit(origin, {[documentPath]: lessSafe})
    const root = shallowClone(origin)
    git(root, 'update-ref', '-d', 'refs/remotes/origin/HEAD')
    git(root, 'update-ref', '-d', 'refs/remotes/origin/main')
    git(root, 'branch', '--move', 'work')
    for (const args of [[], [first], ['HEAD~1']]) {
      const {code, stdout, stderr} = await secdef(root, ['diff', ...args])
      expect({code, stdout}).toEqual({code: 2, stdout: ''})
      expect(stderr).toContain('run `git fetch --unshallow`, or set `fetch-depth: 0` for actions/checkout')
    }
    git(root, 'fetch', '--quiet', '--unshallow')
    expect(told(await json(root, first))).toEqual([changed])
  })

  test('a document that was not there is added as a whole, and it is said', async () => {
    const root = committedRepository({'README.md': 'Nothing.\n'})
    write(root, {[documentPath]: soundDocument})
    const {code, stdout} = await secdef(root, ['diff'])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /docs\/SECURITY_EXCEPTIONS\.md was not there at [0-9a-f]+: every entry is added\.\n/,
    )
    expect(told(await json(root))).toEqual(['danger added ops.log_action', 'danger added ops.queue_job'])
  })

  test('a document without a table was an empty registry', async () => {
    const root = committedRepository({[documentPath]: noTable})
    write(root, {[documentPath]: soundDocument})
    expect(told(await json(root))).toHaveLength(2)
  })

  test('a document that was broken decides nothing', async () => {
    const root = committedRepository({[documentPath]: broken})
    write(root, {[documentPath]: soundDocument})
    const {code, stdout, stderr} = await secdef(root, ['diff', '--fail-on', 'note'])
    expect(code).toBe(2)
    expect(stdout).toMatch(/^[0-9a-f]+:docs\/SECURITY_EXCEPTIONS\.md:5:1 {2}error {2}missing-cell\n/)
    expect(stdout).toContain('| `reap` | ops |')
    expect(stdout).toContain('the documents were not compared')
    expect(stderr).toContain('Compare with a revision since which the document is sound.')
    expect(JSON.parse((await json(root)).stdout)).toMatchObject({verdict: 'undecided', diff: null})
    expect(JSON.parse((await json(root)).stdout).findings).toHaveLength(1)
  })

  test('a document that is broken has its findings, as with check', async () => {
    const root = committedRepository()
    write(root, {[documentPath]: broken})
    const {code, stdout} = await secdef(root, ['diff'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^docs\/SECURITY_EXCEPTIONS\.md:5:1 {2}error {2}missing-cell\n/)
    expect(stdout).toContain('1 finding; the documents were not compared')
    expect(JSON.parse((await json(root)).stdout)).toMatchObject({verdict: 'findings', diff: null})
    expect((await secdef(root, ['diff', '--format', 'markdown'])).stdout).toMatch(
      /^### Security exceptions\n\n```text\n[\s\S]*missing-cell[\s\S]*\n```\n\n1 finding; /,
    )
    write(root, {[documentPath]: noTable})
    expect((await secdef(root, ['diff'])).code).toBe((await secdef(root, ['check'])).code)
  })

  test('an approval that has expired is no change', async () => {
    const config = JSON.stringify({approvals: {maxAgeMonths: 1}})
    const root = committedRepository({[documentPath]: soundDocument, 'secdef.config.json': config})
    expect((await secdef(root, ['check'])).code).toBe(1)
    expect(told(await json(root))).toEqual([])
  })

  test('the configuration of then says where the document was', async () => {
    const root = committedRepository({
      'docs/OLD.md': table(row(), queue).replace('Risks Mitigated', 'Safeguards'),
      'secdef.config.json': '{"document": "docs/OLD.md", "columns": {"Risks Mitigated": "Safeguards"}}',
    })
    write(root, {
      'docs/OLD.md': null,
      'docs/NEW.md': lessSafe,
      'secdef.config.json': '{"document": "docs/NEW.md"}',
    })
    expect(told(await json(root))).toEqual([changed])
    expect((await secdef(root, ['diff'])).stdout).toMatch(/docs\/NEW\.md was docs\/OLD\.md at [0-9a-f]+\.\n/)
  })

  test('git says where the document was, if the configuration is a program', async () => {
    const config = (path: string) => `export default {document: '${path}'}\n`
    const words = '\nWhat is written here is the same before and after.\n'.repeat(20)
    const root = committedRepository({
      'docs/OLD.md': soundDocument + words,
      'secdef.config.mjs': config('docs/OLD.md'),
    })
    write(root, {
      'docs/OLD.md': null,
      'docs/NEW.md': lessSafe + words,
      'secdef.config.mjs': config('docs/NEW.md'),
    })
    git(root, 'add', '--all')
    expect(told(await json(root))).toEqual([changed])
    expect((await secdef(root, ['diff'])).stdout).toMatch(/The configuration at [0-9a-f]+ could not be read/)
  })

  test('a registry that is no longer configured is removed as a whole, and it is said', async () => {
    const registry = (name: string) => ({name, document: `${name}.md`, outputDir: name})
    const [a, b] = [registry('a'), registry('b')]
    const root = committedRepository({
      'a.md': soundDocument,
      'b.md': table(row({name: '`reap`'})),
      'secdef.config.json': JSON.stringify({registries: [a, b]}),
    })
    write(root, {'a.md': lessSafe, 'secdef.config.json': JSON.stringify({registries: [a]})})
    expect(told(await json(root))).toEqual([changed, 'note removed ops.reap'])
    expect((await secdef(root, ['diff'])).stdout).toContain(
      'b.md is no longer configured: every entry is removed.',
    )
  })

  const ideas = table(row({name: '`drop_everything`', schema: 'public', approved: 'Core Team - 2024-01'}))
  const core = {name: 'core', document: documentPath, outputDir: 'g1'}
  const more = {name: 'more', document: 'notes/ideas.md', outputDir: 'g2'}

  test.each([
    [
      'beside another one',
      {[documentPath]: soundDocument, 'secdef.config.json': JSON.stringify({registries: [core]})},
      {registries: [core, more]},
    ],
    ['in place of one whose document was not there', {}, {registries: [more]}],
  ])(
    'a document that is newly configured is added as a whole, and it is said: %s',
    async (_, before, now) => {
      const root = committedRepository({...before, 'notes/ideas.md': ideas})
      write(root, {'secdef.config.json': JSON.stringify(now)})
      const result = await json(root, 'HEAD', '--fail-on', 'danger')
      expect({code: result.code, told: told(result)}).toEqual({
        code: 1,
        told: ['danger added public.drop_everything'],
      })
      expect((await secdef(root, ['diff', 'HEAD'])).stdout).toMatch(
        /notes\/ideas\.md was not configured at [0-9a-f]+: every entry is added\.\n/,
      )
    },
  )

  test('a document that git saw move is the one that it was, whatever is configured beside it', async () => {
    const moved = {...core, document: 'sec/EX.md'}
    const root = committedRepository({[documentPath]: soundDocument, 'notes/ideas.md': ideas})
    write(root, {
      [documentPath]: null,
      [moved.document]: soundDocument,
      'secdef.config.json': JSON.stringify({registries: [more, moved]}),
    })
    git(root, 'add', '--all')
    expect(told(await json(root, 'HEAD'))).toEqual(['danger added public.drop_everything'])
    const {stdout} = await secdef(root, ['diff', 'HEAD'])
    expect(stdout).toMatch(/sec\/EX\.md was docs\/SECURITY_EXCEPTIONS\.md at [0-9a-f]+\.\n/)
    expect(stdout).not.toContain('no longer configured')
  })

  test('a document that moved from where none was configured excused nothing there', async () => {
    const root = committedRepository({[documentPath]: soundDocument, 'drafts/ideas.md': ideas})
    write(root, {
      'drafts/ideas.md': null,
      [more.document]: ideas,
      'secdef.config.json': JSON.stringify({registries: [core, more]}),
    })
    git(root, 'add', '--all')
    expect(told(await json(root, 'HEAD'))).toEqual(['danger added public.drop_everything'])
  })

  test('the record of an audit is rewritten in a column of the project’s own, too', async () => {
    const audits = (result: string) =>
      [
        soundDocument,
        '| Date | Auditor | Action | Result |',
        '| --- | --- | --- | --- |',
        `| 2025-01-15 | Core Team | Reviewed all. | ${result} |`,
        '',
      ].join('\n')
    const root = committedRepository({[documentPath]: audits('3 findings open')})
    write(root, {[documentPath]: audits('clean')})
    const result = await json(root, 'HEAD', '--fail-on', 'danger')
    expect(result.code).toBe(1)
    expect(changesOf(result)).toMatchObject([
      {level: 'danger', type: 'event-removed', event: {extra: {Result: '3 findings open'}}},
      {level: 'note', type: 'event-added', event: {extra: {Result: 'clean'}}},
    ])
    const {stdout} = await secdef(root, ['diff', 'HEAD'])
    expect(stdout).toContain('danger  audit of 2025-01-15')
    expect(stdout).toMatch(/ Result +\[-3 findings open-\]\n/)
    expect(stdout).toMatch(/ Result +\{\+clean\+\}\n/)
  })

  test('a project in a folder of a repository', async () => {
    const root = committedRepository({
      [`packages/a/${documentPath}`]: soundDocument,
      [documentPath]: lessSafe,
    })
    write(root, {[`packages/a/${documentPath}`]: lessSafe, 'packages/a/secdef.config.json': '{}'})
    expect(told(await json(`${root}/packages/a`))).toEqual([changed])
    expect((await secdef(`${root}/packages/a/docs`, ['diff'])).stdout).toContain(
      'log_action  SECURITY_EXCEPTIONS.md:3',
    )
  })

  test('what stands at the path of the document may be no file', async () => {
    const root = committedRepository({[`${documentPath}/a.md`]: 'A folder.\n'})
    write(root, {[`${documentPath}/a.md`]: null})
    git(root, 'rm', '--quiet', '--cached', '-r', '.')
    const {rmdirSync} = await import('node:fs')
    rmdirSync(`${root}/${documentPath}`)
    write(root, {[documentPath]: soundDocument})
    expect(await secdef(root, ['diff'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /Cannot read docs\/SECURITY_EXCEPTIONS\.md at [0-9a-f]+: it is a folder there/,
      ),
    })
  })
})

describe('git itself, as a command', () => {
  const {secdef} = asCommand

  test('may not be there', async () => {
    expect(await secdef(committedRepository(), ['diff'], {PATH: '/nowhere'})).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error  Cannot run git: it is not installed, or not on the PATH\n' +
        ' mend  Install git, then run the command again.\n',
    })
  })

  test('may not trust who owns the repository, and is quoted', async () => {
    const root = committedRepository()
    const {code, stderr} = await secdef(root, ['diff'], {GIT_TEST_ASSUME_DIFFERENT_OWNER: '1'})
    expect(code).toBe(2)
    expect(stderr).toContain(`git: detected dubious ownership in repository at '${root}'`)
    expect(stderr).toContain(`git config --global --add safe.directory ${root}`)
  })

  test('is asked from a hook with relative paths, about a project in a folder', async () => {
    const root = committedRepository({[`packages/a/${documentPath}`]: soundDocument})
    write(root, {[`packages/a/${documentPath}`]: lessSafe, 'packages/a/secdef.config.json': '{}'})
    const argv = ['diff', '--config', 'packages/a/secdef.config.json', '--format', 'json']
    const env = {GIT_DIR: '.git', GIT_INDEX_FILE: '.git/index', GIT_WORK_TREE: '.'}
    expect(told(await secdef(root, argv, env))).toEqual([changed])
  })
})
