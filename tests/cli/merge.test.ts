/** `secdef merge`, on each host, and as the driver of real merges, rebases and cherry-picks. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {root} from '../support/built.ts'
import {configure, documentPath, repository} from '../support/documents.ts'
import {commit, committedRepository, git, write} from '../support/git.ts'
import {asCommand, cli, type Host, hosts} from '../support/hosts.ts'
import {fill, tree} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const [a, b, c] = ['a', 'b', 'c'].map((name) => row({name: `\`${name}\``})) as [string, string, string]
const changed = (line: string) => line.replace('Append-only.', 'Rate limited.')
const approved = (line: string) => line.replace('2025-01', '2025-06')
const document = (...rows: string[]) => `# Exceptions\n\n${table(...rows)}`
const marked = (ours: string, theirs: string, [first, second] = ['ours', 'theirs']) => [
  `<<<<<<< ${first}`,
  ...(ours === '' ? [] : [ours]),
  '=======',
  ...(theirs === '' ? [] : [theirs]),
  `>>>>>>> ${second}`,
]

const given = ['base', 'ours', 'theirs'] as const
const ours = (root: string): string => fs.readFileSync(join(root, 'ours'), 'utf8')
const sides = (base: string, ours: string, theirs: string) => ({base, ours, theirs})

describe.each(hosts)('$name', ({secdef}: Host) => {
  const merge = (root: string, ...more: string[]) => secdef(root, ['merge', ...more, ...given, documentPath])

  test('writes the merge into ours, without a word, and touches nothing else', async () => {
    const files = sides(document(a), document(a, b), document(a, c))
    const root = repository(files)
    expect(await merge(root)).toEqual({code: 0, stdout: '', stderr: ''})
    expect(tree(root)).toEqual(tree(repository({...files, ours: document(a, b, c)})))
  })

  test('leaves markers around a row, and says which', async () => {
    const root = repository(
      sides(document(a, b), document(a, changed(b)), document(approved(a), approved(b))),
    )
    expect(
      await merge(root, '--marker-size', '9', '--ours-label', 'main', '--theirs-label', 'a branch'),
    ).toEqual({
      code: 1,
      stdout: '',
      stderr: `${documentPath}: the row of ops.b is in conflict: decide between its markers\n`,
    })
    const nine = marked(changed(b), approved(b), ['main', 'a branch']).map((line) =>
      line.replace(/^([<=>])\1{6}/, '$1$1$&'),
    )
    expect(ours(root)).toBe(document(approved(a), ...nine))
    fill(root, {[documentPath]: ours(root)})
    expect((await secdef(root, ['check'])).code).toBe(2)
  })

  test('what git does not know it hands over as it stands; shorter markers would be rows', async () => {
    const root = repository(sides(document(b), document(changed(b)), document(approved(b))))
    const unknown = [
      '--marker-size',
      '%L',
      '--ours-label',
      '%X',
      '--theirs-label',
      '%Y',
      '--base-label',
      '%S',
    ]
    expect((await merge(root, ...unknown)).code).toBe(1)
    expect(ours(root)).toBe(document(...marked(changed(b), approved(b))))
    fill(root, {ours: document(changed(b))})
    expect((await merge(root, '--marker-size', '3')).code).toBe(1)
    expect(ours(root)).toBe(document(...marked(changed(b), approved(b))))
  })

  test('a side that cannot be read is merged by lines, and nothing is lost', async () => {
    const broken = document(b, row({name: '`d`', approved: 'TBD'}))
    const root = repository(sides(document(b), broken, document(changed(b)).replace('# Ex', '# All ex')))
    expect(await merge(root)).toEqual({
      code: 1,
      stdout: '',
      stderr: `${documentPath}: merged by lines, as git does: our side has errors, or no registry table\n`,
    })
    expect(ours(root)).toContain('# All exceptions')
    for (const line of [b, changed(b), row({name: '`d`', approved: 'TBD'})])
      expect(ours(root)).toContain(`\n${line}\n`)
    const clean = repository(sides(broken, `${broken}\nMore.\n`, broken.replace('# Ex', '# All ex')))
    expect(await merge(clean)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/: run `secdef check`\n$/),
    })
    expect(ours(clean)).toBe(`${broken.replace('# Ex', '# All ex')}\nMore.\n`)
  })

  test('where rows do not go together, every difference is a conflict though git sees none', async () => {
    const between = ['m', 'n', 'o', 'p', 'q'].map((name) => row({name: `\`${name}\``}))
    const overload = row({name: '`b(uuid)`'})
    const root = repository(
      sides(document(...between), document(b, ...between), document(...between, overload)),
    )
    const {code, stderr} = await merge(root)
    expect({code, stderr}).toEqual({
      code: 1,
      stderr: `${documentPath}: every difference is left to be decided: what both sides say has errors when it stands together\n`,
    })
    expect(ours(root)).toBe(document(...marked(b, ''), ...between, ...marked('', overload)))
  })

  test('the configuration of the document holds', async () => {
    const renamed = (text: string) => text.replace('Object Name', 'Function')
    const files = sides(renamed(document(a)), renamed(document(a, b)), renamed(document(a, c)))
    const root = repository({...files, 'docs/JOBS.md': document(a)}, {columns: {'Object Name': 'Function'}})
    expect(await merge(root)).toMatchObject({code: 0, stderr: ''})
    expect(ours(root)).toBe(renamed(document(a, b, c)))
    // In the middle of a merge it may be none.
    fill(root, {...files, 'secdef.config.json': '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n'})
    const {code, stderr} = await merge(root)
    expect({code, stderr}).toEqual({
      code: 1,
      stderr: `${documentPath}: merged by lines, as git does: the configuration cannot be read\n`,
    })
    const columns = {'Object Name': 'Function'}
    const jobs = {name: 'jobs', document: 'docs/JOBS.md', outputDir: 'jobs', columns}
    configure(root, {registries: [{name: 'core'}, jobs]})
    fill(root, files)
    expect(await secdef(root, ['merge', ...given, 'docs/JOBS.md'])).toMatchObject({code: 0, stderr: ''})
    expect(ours(root)).toBe(renamed(document(a, b, c)))
    fill(root, files)
    expect(await secdef(root, ['merge', ...given])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('several registries are configured'),
    })
  })

  test('an output stays as it is on our side, unless somebody else wrote it', async () => {
    const generated = '// Generated from docs/SECURITY_EXCEPTIONS.md by `secdef generate`. Do not edit.\n'
    const files = sides(`${generated}1\n`, `${generated}2\n`, `${generated}3\n`)
    const root = repository(files)
    expect(await secdef(root, ['merge', '--generated', ...given, 'generated/a.ts'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'generated/a.ts: kept as it is on our side: run `secdef generate`\n',
    })
    expect(ours(root)).toBe(files.ours)
    fill(root, {theirs: 'by hand\n'})
    expect(await secdef(root, ['merge', '--generated', ...given, 'generated/a.ts'])).toMatchObject({code: 1})
    expect(ours(root)).toContain('by hand\n')
  })

  test.each([
    [
      'no such file',
      {base: document(a), ours: document(a)},
      [],
      'Cannot merge theirs: there is no such file',
    ],
    ['a size that is none', sides('', '', ''), ['--marker-size', 'x'], 'Unexpected --marker-size "x"'],
    ['what is no text', sides('', 'a\0', 'b\0'), [], 'git: '],
  ])('%s: nothing is decided, nothing written', async (_, files, more, message) => {
    const root = repository(files)
    const before = tree(root)
    const {code, stderr} = await merge(root, ...more)
    expect({code, stderr}).toEqual({code: 2, stderr: expect.stringContaining(message)})
    expect(tree(root)).toEqual(before)
  })
})

describe('as the driver of git', () => {
  const page = fs.readFileSync(join(root, 'docs/merging.md'), 'utf8')
  const attributes = /```text\n([^`]* merge=secdef\n[^`]*)```/.exec(page)?.[1] ?? ''
  /** As the page has them, but for the command, which is the built one. */
  const settings = [...page.matchAll(/^git config (\S+) "(.*)"$/gm)].map(([, key = '', value = '']) => {
    return [key, value.replace(/^npx secdef /, `'${process.execPath}' '${cli()}' `)] as const
  })

  /** A branch `theirs` and, checked out, `main`, both from one commit. */
  async function branches(texts: {base: string; ours: string; theirs: string}): Promise<string> {
    const root = committedRepository({[documentPath]: texts.base, '.gitattributes': attributes})
    for (const [key, value] of settings) git(root, 'config', key, value)
    await asCommand.secdef(root, ['generate'])
    commit(root, {})
    git(root, 'branch', 'theirs')
    await writeAll(root, texts.ours)
    git(root, 'checkout', '--quiet', 'theirs')
    await writeAll(root, texts.theirs)
    git(root, 'checkout', '--quiet', 'main')
    return root
  }

  async function writeAll(root: string, text: string): Promise<void> {
    write(root, {[documentPath]: text})
    expect(await asCommand.secdef(root, ['generate'])).toMatchObject({code: 0})
    commit(root, {})
  }

  const documentOf = (root: string): string => fs.readFileSync(join(root, documentPath), 'utf8')
  const gitFails = (root: string, ...args: string[]): void => expect(() => git(root, ...args)).toThrow()
  const unmerged = (root: string): string => git(root, 'diff', '--name-only', '--diff-filter=U')

  const both = sides(document(a), document(a, b), document(a, c))
  const same = sides(document(a, b), document(a, changed(b)), document(a, approved(b), c))

  test('git itself would see a conflict', async () => {
    const root = await branches(both)
    fs.rmSync(join(root, '.gitattributes'))
    commit(root, {})
    gitFails(root, 'merge', '--no-edit', 'theirs')
  })

  test.each([
    ['merge', ['merge', '--no-edit', 'theirs']],
    ['rebase', ['rebase', 'theirs']],
    ['cherry-pick', ['cherry-pick', 'theirs']],
  ])(
    '%s: rows of both sides go together, and the outputs are stale until they are generated',
    async (_, command) => {
      const root = await branches(both)
      git(root, ...command)
      expect(documentOf(root)).toBe(document(a, b, c))
      expect(git(root, 'status', '--porcelain')).toBe('')
      const stale = await asCommand.secdef(root, ['check', '--format', 'json'])
      expect(stale.code).toBe(1)
      expect(new Set(JSON.parse(stale.stdout).findings.map(({ruleId}: {ruleId: string}) => ruleId))).toEqual(
        new Set(['output-stale']),
      )
      await asCommand.secdef(root, ['generate'])
      expect(await asCommand.secdef(root, ['check'])).toMatchObject({code: 0})
    },
  )

  test.each([
    ['merge', ['merge', '--no-edit', 'theirs'], false],
    ['rebase', ['rebase', 'theirs'], true],
    ['cherry-pick', ['cherry-pick', 'theirs'], false],
  ] as const)(
    '%s: a row that both sides changed is left unmerged, the others are not',
    async (_, command, isOnTop) => {
      const root = await branches(same)
      gitFails(root, ...command)
      expect(unmerged(root)).toBe(documentPath)
      const [ours, theirs] = isOnTop ? [approved(b), changed(b)] : [changed(b), approved(b)]
      const pattern = ['<{7} .*', ours, '={7}', theirs, '>{7} .*'].map((line) =>
        /^[<=>]/.test(line) ? line : literally(line),
      )
      expect(documentOf(root)).toMatch(
        new RegExp(`^${literally(document(a))}${pattern.join('\\n')}\\n${literally(c)}\\n$`),
      )
    },
  )

  test('a row that one side took away is not revived, and one that the other changed is a conflict', async () => {
    const gone = await branches(sides(document(a, b), document(a), document(a, b, c)))
    git(gone, 'merge', '--no-edit', 'theirs')
    expect(documentOf(gone)).toBe(document(a, c))
    const root = await branches(sides(document(a, b), document(a), document(a, changed(b), c)))
    gitFails(root, 'merge', '--no-edit', 'theirs')
    expect(unmerged(root)).toBe(documentPath)
    expect(documentOf(root).split('\n').slice(5, 8)).toEqual([
      expect.stringMatching(/^<{7} /),
      '=======',
      changed(b),
    ])
  })

  test('what was decided is committed with fresh outputs', async () => {
    const root = await branches(same)
    gitFails(root, 'merge', 'theirs')
    await writeAll(root, document(a, approved(changed(b)), c))
    expect(git(root, 'log', '--merges', '--format=%P', '-1').split(' ')).toHaveLength(2)
    expect(await asCommand.secdef(root, ['check'])).toMatchObject({code: 0})
  })
})

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
