/** What outputs on the disk can be, on each host, and what `check` and `generate` make of it. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {
  configure,
  defaultOutputs,
  documentPath,
  longerDocument,
  repository,
  soundDocument,
} from '../support/documents.ts'
import {type Host, hosts} from '../support/hosts.ts'
import {fill, tree} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const python = 'generated/security_exceptions.py'
const onlyPython = {outputs: ['python']}

/** A repository whose outputs are written. */
async function generated(
  {secdef}: Host,
  files: Record<string, string> = {},
  config?: unknown,
): Promise<string> {
  const root = repository(files, config)
  expect(await secdef(root, ['generate'])).toMatchObject({code: 0, stderr: ''})
  return root
}

/** What is suggested is done, and all is well. */
async function expectMended({secdef}: Host, root: string): Promise<void> {
  expect(await secdef(root, ['generate'])).toMatchObject({code: 0, stderr: ''})
  expect(await secdef(root, ['check'])).toMatchObject({code: 0, stderr: ''})
}

describe.each(hosts)('$name', (host) => {
  const {secdef} = host

  test('first written, then clean', async () => {
    const root = repository()
    const before = tree(root)
    expect(await secdef(root, ['generate'])).toEqual({
      code: 0,
      stdout: [
        documentPath,
        '  2 entries in 1 schema   ops 2',
        '  0 audit-history events',
        '',
        ...defaultOutputs.map((path) => `  written    ${path}`),
        '',
        '✓ 6 outputs: 6 written (… s)',
        '',
      ].join('\n'),
      stderr: '',
    })
    const after = tree(root)
    expect(
      Object.keys(after)
        .filter((path) => !(path in before))
        .sort(),
    ).toEqual(['generated/', ...defaultOutputs].sort())
    expect(await secdef(root, ['check'])).toEqual({
      code: 0,
      stdout: '✓ 2 entries in 1 schema, 6 outputs fresh (… s)\n',
      stderr: '',
    })
    expect((await secdef(root, ['generate'])).stdout).toContain('✓ 6 outputs: 6 unchanged (… s)')
    expect(tree(root)).toEqual(after)
  })

  test('stale: shown as a difference, and nothing is written by check', async () => {
    const root = await generated(host, {}, {outputs: [{target: 'python', records: false}]})
    fill(root, {[documentPath]: longerDocument})
    const before = tree(root)
    const {code, stdout, stderr} = await secdef(root, ['check'])
    expect({code, stderr}).toEqual({code: 1, stderr: ''})
    expect(stdout.split('\n')).toEqual([
      `${python}  error  output-stale`,
      '  Unexpected stale output: 1 line is missing',
      '  mend  Run `secdef generate` and commit what it writes.',
      '',
      `--- ${python} (on disk)`,
      `+++ ${python} (from the document, +1 −0)`,
      '@@ -13,3 +13,4 @@',
      '     "ops.log_action",',
      '     "ops.queue_job",',
      '+    "ops.reap_jobs",',
      ' })',
      '',
      '✗ 1 finding: run `secdef generate` (… s)',
      '',
    ])
    expect(tree(root)).toEqual(before)
    await expectMended(host, root)
  })

  test('missing', async () => {
    const root = await generated(host)
    fs.rmSync(join(root, python))
    const {code, stdout} = await secdef(root, ['check'])
    expect(code).toBe(1)
    expect(stdout).toContain(`${python}  error  output-missing\n`)
    expect(stdout).toContain('✗ 1 finding: run `secdef generate`')
    await expectMended(host, root)
  })

  test('orphans of an output that was taken out are removed, and nothing else', async () => {
    const handwritten = '# by hand\n'
    const root = await generated(host, {'generated/notes.md': handwritten})
    configure(root, onlyPython)
    const {code, stdout} = await secdef(root, ['check'])
    expect(code).toBe(1)
    expect(stdout.match(/^\S+(?= {2}error {2}output-orphan$)/gm)).toEqual(
      defaultOutputs.filter((path) => path !== python).sort(),
    )
    await expectMended(host, root)
    expect(fs.readdirSync(join(root, 'generated'))).toEqual(['notes.md', 'security_exceptions.py'])
    expect(fs.readFileSync(join(root, 'generated/notes.md'), 'utf8')).toBe(handwritten)
  })

  test('orphans of a document that was renamed', async () => {
    const root = await generated(host)
    fs.renameSync(join(root, documentPath), join(root, 'docs/DEFINERS.md'))
    configure(root, {...onlyPython, document: 'docs/DEFINERS.md'})
    const {code, stdout} = await secdef(root, ['check'])
    expect(code).toBe(1)
    expect(stdout).toContain(`${python}  error  output-stale\n`)
    expect(stdout.match(/output-orphan$/gm)).toHaveLength(5)
    await expectMended(host, root)
    expect(fs.readdirSync(join(root, 'generated'))).toEqual(['security_exceptions.py'])
  })

  test('an orphan whose banner stands behind a thousand bytes of letters beyond ASCII', async () => {
    const template = `# ${'é'.repeat(700)}\n# {{banner}}\n`
    const config = {outputs: ['python', {template: 'own.hbs', path: 'generated/own.txt'}]}
    const root = await generated(host, {'own.hbs': template}, config)
    configure(root, onlyPython)
    expect((await secdef(root, ['check'])).stdout).toContain('generated/own.txt  error  output-orphan\n')
    await expectMended(host, root)
    expect(fs.existsSync(join(root, 'generated/own.txt'))).toBe(false)
  })

  test('a link to a fresh output is no orphan', async () => {
    const config = {outputs: ['python', {target: 'sql', path: 'tests/allowed.sql'}]}
    const root = await generated(host, {}, config)
    fs.symlinkSync(`../${python}`, join(root, 'tests/security_exceptions.py'))
    await expectMended(host, root)
  })

  test('a foreign file in the way is refused, and not a byte of it is touched', async () => {
    const root = repository({[python]: 'ALLOWED = {"ops.everything"}\n'})
    const before = tree(root)
    const check = await secdef(root, ['check'])
    expect(check.code).toBe(1)
    expect(check.stdout).toContain(`${python}  error  output-not-generated\n`)
    expect(check.stdout).not.toContain('run `secdef generate` (')
    const {code, stdout, stderr} = await secdef(root, ['generate'])
    expect({code, stderr}).toEqual({code: 1, stderr: ''})
    expect(stdout).toContain('✗ 1 finding; nothing was written (… s)')
    expect(tree(root)).toEqual(before)
    fs.rmSync(join(root, python))
    await expectMended(host, root)
  })

  test('a symbolic link as an output is refused, and what it leads to is left alone', async () => {
    const root = repository({'elsewhere.py': 'mine\n'})
    fs.mkdirSync(join(root, 'generated'))
    fs.symlinkSync('../elsewhere.py', join(root, python))
    const before = tree(root)
    for (const command of ['check', 'generate']) {
      const {code, stderr} = await secdef(root, [command])
      expect(code).toBe(2)
      expect(stderr).toContain(
        `Cannot write ${python}: ${python} is a symbolic link to ${join(root, 'elsewhere.py')}`,
      )
    }
    expect(tree(root)).toEqual(before)
  })

  test('a check-out with CRLF is clean, and a document in CRLF with a mark gives the same bytes', async () => {
    const root = await generated(host)
    const first = tree(root)
    fill(root, {[documentPath]: `\ufeff${soundDocument.replaceAll('\n', '\r\n')}`})
    expect((await secdef(root, ['generate'])).stdout).toContain('6 unchanged')
    for (const path of defaultOutputs) fill(root, {[path]: `${first[path]}`.replaceAll('\n', '\r\n')})
    expect(await secdef(root, ['check'])).toMatchObject({code: 0, stderr: ''})
    for (const path of defaultOutputs) fill(root, {[path]: `${first[path]}`.replaceAll('\n', '\r')})
    expect((await secdef(root, ['check'])).code).toBe(1)
  })

  test('bytes of an output that are no UTF-8 are a difference, whatever the document holds', async () => {
    const root = await generated(host, {[documentPath]: table(row({why: 'Writes “é”.'}))}, onlyPython)
    const bytes = fs.readFileSync(join(root, python))
    fs.writeFileSync(join(root, python), Buffer.from(bytes.toString('utf8'), 'latin1'))
    const {code, stdout} = await secdef(root, ['check'])
    expect(code).toBe(1)
    expect(stdout).toContain('<not UTF-8>')
    await expectMended(host, root)
  })

  test('a write that was interrupted is told, and finished by what is suggested', async () => {
    const root = await generated(host)
    const id = `1-${'0'.repeat(16)}`
    const journal = {version: 1, id, folders: [], writes: [], removals: []}
    fill(root, {'.secdef.journal': `${JSON.stringify(journal)}\n`})
    const {code, stdout} = await secdef(root, ['check'])
    expect(code).toBe(1)
    expect(stdout).toContain('.secdef.journal  error  interrupted-write\n')
    expect(stdout).toContain('✗ 1 finding: run `secdef generate`')
    expect(await secdef(root, ['generate'])).toMatchObject({
      code: 0,
      stderr: 'an interrupted run was finished\n',
    })
    expect((await secdef(root, ['check'])).code).toBe(0)
  })
})
