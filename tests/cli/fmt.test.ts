/** `secdef fmt` on each host: what it writes, what it tells, and what it leaves alone. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {documentPath, repository, soundDocument} from '../support/documents.ts'
import {type Host, hosts} from '../support/hosts.ts'
import {tree} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const untidy = soundDocument.replaceAll('| ops |', '|ops  |')
const aligned = [
  '| Object Name  | Schema | Why SECURITY DEFINER  | Risks Mitigated | Approved By         |',
  '| ------------ | ------ | --------------------- | --------------- | ------------------- |',
  '| `log_action` | ops    | Writes the audit log. | Append-only.    | Core Team - 2025-01 |',
  '| `queue_job`  | ops    | Writes the audit log. | Append-only.    | Core Team - 2025-01 |',
  '',
].join('\n')

const documentOf = (root: string): string => fs.readFileSync(join(root, documentPath), 'utf8')

describe.each(hosts)('$name', ({secdef}: Host) => {
  test('writes what is not formatted, and then nothing', async () => {
    const root = repository({[documentPath]: untidy})
    expect(await secdef(root, ['fmt'])).toEqual({
      code: 0,
      stdout: `written      ${documentPath}\n✓ 1 document, 1 formatted (… s)\n`,
      stderr: '',
    })
    expect(documentOf(root)).toBe(soundDocument)
    expect(await secdef(root, ['fmt'])).toEqual({
      code: 0,
      stdout: `unchanged    ${documentPath}\n✓ 1 document formatted already (… s)\n`,
      stderr: '',
    })
    expect(Object.keys(tree(root)).sort()).toEqual(['.git/', '.git/HEAD', 'docs/', documentPath].sort())
  })

  test('--check writes nothing, and lists what it would write', async () => {
    const root = repository({[documentPath]: untidy})
    const before = tree(root)
    expect(await secdef(root, ['fmt', '--check'])).toEqual({
      code: 1,
      stdout: `unformatted  ${documentPath}\n✗ 1 of 1 document not formatted: run \`secdef fmt\` (… s)\n`,
      stderr: '',
    })
    const github = await secdef(root, ['fmt', '--check', '--format', 'github'])
    expect(github.code).toBe(1)
    expect(github.stdout).toContain(
      `::error file=${documentPath},title=secdef fmt::Unexpected layout of the registry tables. Run \`secdef fmt\`.\n`,
    )
    const json = await secdef(root, ['fmt', '--check', '--format', 'json'])
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({
      command: 'fmt',
      verdict: 'findings',
      findings: [],
      outputs: [{path: documentPath, state: 'unformatted'}],
    })
    expect(tree(root)).toEqual(before)
    await secdef(root, ['fmt'])
    expect(await secdef(root, ['fmt', '--check'])).toMatchObject({code: 0})
  })

  test('the configuration says how', async () => {
    const root = repository({}, {tables: 'aligned'})
    expect(await secdef(root, ['fmt'])).toMatchObject({code: 0})
    expect(documentOf(root)).toBe(aligned)
    const back = repository({[documentPath]: aligned}, {tables: 'compact'})
    expect(await secdef(back, ['fmt'])).toMatchObject({code: 0})
    expect(documentOf(back)).toBe(soundDocument)
  })

  test.each(['\n', '\r\n'])(
    'a byte order mark, line endings %j and the missing last one stay',
    async (eol) => {
      const lines = (text: string) => `\ufeff${text.trimEnd().replaceAll('\n', eol)}`
      const root = repository({[documentPath]: lines(untidy)})
      expect(await secdef(root, ['fmt'])).toMatchObject({code: 0})
      expect(documentOf(root)).toBe(lines(soundDocument))
    },
  )

  test('with an error in one document none is formatted', async () => {
    const config = {
      registries: [
        {name: 'core', document: documentPath},
        {name: 'jobs', document: 'docs/JOBS.md', outputDir: 'jobs'},
      ],
    }
    const broken = untidy.replaceAll('Core Team - 2025-01', 'Core Team')
    const root = repository({[documentPath]: untidy, 'docs/JOBS.md': broken}, config)
    const before = tree(root)
    const {code, stdout} = await secdef(root, ['fmt'])
    expect({code, last: stdout.split('\n').at(-2)}).toEqual({
      code: 1,
      last: '✗ 2 findings; nothing was formatted (… s)',
    })
    expect(tree(root)).toEqual(before)
  })

  test('with conflict markers nothing is decided', async () => {
    const text = table(
      row(),
      '<<<<<<< ours',
      row({name: '`b`'}),
      '=======',
      row({name: '`c`'}),
      '>>>>>>> theirs',
    )
    const root = repository({[documentPath]: text})
    expect(await secdef(root, ['fmt'])).toMatchObject({code: 2})
    expect(documentOf(root)).toBe(text)
  })

  test('several documents, each in its own way', async () => {
    const registries = [
      {name: 'core', document: documentPath, tables: 'compact'},
      {name: 'jobs', document: 'docs/JOBS.md', outputDir: 'jobs', tables: 'aligned'},
    ]
    const root = repository({[documentPath]: untidy, 'docs/JOBS.md': untidy}, {registries})
    expect(await secdef(root, ['fmt'])).toMatchObject({
      code: 0,
      stdout: [
        `written      ${documentPath}`,
        'written      docs/JOBS.md',
        '✓ 2 documents, 2 formatted (… s)',
        '',
      ].join('\n'),
    })
    expect([documentOf(root), fs.readFileSync(join(root, 'docs/JOBS.md'), 'utf8')]).toEqual([
      soundDocument,
      aligned,
    ])
  })

  test('headings that the configuration renames are known', async () => {
    const renamed = (text: string) => text.replace('Object Name', 'Function')
    const root = repository({[documentPath]: renamed(untidy)}, {columns: {'Object Name': 'Function'}})
    expect(await secdef(root, ['fmt'])).toMatchObject({code: 0})
    expect(documentOf(root)).toBe(renamed(soundDocument))
  })
})
