/** `--format json` and `--format github`: their shape, whatever happens, and nothing else on stdout. */
import {describe, expect, test} from 'vitest'
import * as z from 'zod/mini'
import {documentPath, repository} from '../support/documents.ts'
import {hosts} from '../support/hosts.ts'
import {fill} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const Point = z.strictObject({line: z.int(), column: z.int(), offset: z.int()})
const Place = z.strictObject({start: Point, end: Point})
const Report = z.strictObject({
  schemaVersion: z.literal(1),
  command: z.enum(['check', 'generate']),
  verdict: z.enum(['clean', 'findings', 'undecided']),
  failure: z.nullable(z.strictObject({message: z.string(), mend: z.nullable(z.string())})),
  documents: z.array(
    z.strictObject({
      path: z.string(),
      entries: z.int(),
      schemas: z.record(z.string(), z.int()),
      events: z.int(),
      audited: z.nullable(z.strictObject({from: z.string(), to: z.string()})),
    }),
  ),
  outputs: z.array(z.strictObject({path: z.string(), state: z.string()})),
  findings: z.array(
    z.strictObject({
      ruleId: z.string(),
      severity: z.enum(['fatal', 'error', 'warning', 'info']),
      message: z.string(),
      mend: z.string(),
      path: z.string(),
      place: z.nullable(Place),
      related: z.array(z.strictObject({note: z.string(), path: z.string(), place: z.nullable(Place)})),
    }),
  ),
  audit: z.null(),
})

describe.each(hosts)('json, $name', ({secdef}) => {
  async function report(root: string, argv: readonly string[]) {
    const {code, stdout, stderr} = await secdef(root, [...argv, '--format', 'json'])
    return {code, stderr, ...Report.parse(JSON.parse(stdout))}
  }

  test('a clean run, and what it wrote', async () => {
    const root = repository({}, {outputs: ['python']})
    const path = 'generated/security_exceptions.py'
    expect(await report(root, ['check'])).toMatchObject({
      code: 1,
      verdict: 'findings',
      outputs: [{path, state: 'missing'}],
    })
    expect(await report(root, ['generate'])).toMatchObject({
      code: 0,
      verdict: 'clean',
      outputs: [{path, state: 'written'}],
    })
    expect(await report(root, ['check'])).toEqual({
      audit: null,
      code: 0,
      stderr: '',
      schemaVersion: 1,
      command: 'check',
      verdict: 'clean',
      failure: null,
      documents: [{path: documentPath, entries: 2, schemas: {ops: 2}, events: 0, audited: null}],
      outputs: [{path, state: 'unchanged'}],
      findings: [],
    })
  })

  test('findings with their places, relative to the root', async () => {
    const root = repository({[documentPath]: table(row(), row())})
    const {code, verdict, findings} = await report(root, ['check'])
    expect({code, verdict}).toEqual({code: 1, verdict: 'findings'})
    expect(findings).toMatchObject([
      {
        ruleId: 'duplicate-entry',
        path: documentPath,
        place: {start: {line: 4}},
        related: [{note: 'the first row', path: documentPath, place: {start: {line: 3}}}],
      },
    ])
  })

  test.each([
    ['a configuration that does not parse', {'secdef.config.json': '{'}, 1],
    ['a mistyped key', {'secdef.config.json': '{"outptus": []}'}, 1],
    ['two configurations', {'secdef.config.json': '{}', 'package.json': '{"secdef": {}}'}, 0],
    ['no document', {'secdef.config.json': '{"document": "nope.md"}'}, 0],
    ['no entry', {[documentPath]: table()}, 1],
  ])('%s: undecided, never an empty list alone', async (_, files, findings) => {
    const {code, verdict, failure, ...rest} = await report(repository(files), ['check'])
    expect({code, verdict}).toEqual({code: 2, verdict: 'undecided'})
    expect(rest.findings).toHaveLength(findings)
    expect(failure === null).toBe(findings > 0)
  })

  test('nothing for a terminal to obey is left raw, and what is read back is the same', async () => {
    const key = '\u009b31m \u202e \u{e0041} \u2028'
    const root = repository({}, {[key]: 1})
    const {stdout} = await secdef(root, ['check', '--format', 'json'])
    expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    expect(Report.parse(JSON.parse(stdout)).findings[0]?.message).toBe(`Unexpected key \`${key}\``)
  })
})

describe.each(hosts)('github, $name', ({secdef}) => {
  const argv = ['check', '--format', 'github']

  test('an annotation at the cell, relative to the workspace', async () => {
    const root = repository({'db/docs/A.md': table(row(), row({approved: '100%, maybe'}))})
    fill(root, {'db/secdef.config.json': '{"document": "docs/A.md", "outputs": ["python"]}'})
    const {code, stdout, stderr} = await secdef(`${root}/db`, argv, {GITHUB_WORKSPACE: root})
    expect({code, stderr}).toEqual({code: 1, stderr: ''})
    expect(stdout.split('\n')).toEqual([
      '::error file=db/docs/A.md,line=4,endLine=4,col=63,endColumn=74,title=secdef invalid-approval::' +
        'Unexpected approval “100%25, maybe”, expected `who - YYYY-MM` or `who - YYYY-MM-DD`. ' +
        'Write who approved it and when, such as `Core Team - 2025-01`.',
      '✗ 1 finding; the outputs were not compared (… s)',
      '',
    ])
    expect((await secdef(`${root}/db`, argv)).stdout).toContain('::error file=docs/A.md,')
  })

  test('properties are escaped', async () => {
    const path = 'docs/a,b:c%d.md'
    const root = repository({[path]: table(row({approved: 'x'}))}, {document: path})
    expect((await secdef(root, argv)).stdout).toContain('::error file=docs/a%2Cb%3Ac%25d.md,line=3,')
  })

  test('a failure is an annotation, too', async () => {
    const {code, stdout, stderr} = await secdef(repository({}, {document: 'nope.md'}), argv)
    expect(code).toBe(2)
    expect(stdout).toMatch(/^::error title=secdef::No document at nope\.md in .*\. Create it, .*\n$/)
    expect(stderr).toContain('error  No document at nope.md')
  })

  test.each([
    [10, 10, 0],
    [11, 10, 2],
    [300, 10, 291],
  ])('of %i findings %i are annotations, and the log holds the rest', async (number, annotations, logged) => {
    const rows = Array.from({length: number}, (_, index) =>
      row({name: `\`f${index}\``, approved: '::stop-commands::x'}),
    )
    const {stdout} = await secdef(repository({[documentPath]: table(...rows)}), argv)
    const lines = stdout.split('\n')
    expect(lines.filter((line) => /^\s*::/.test(line))).toHaveLength(annotations)
    expect(lines.filter((line) => line.startsWith(`error  ${documentPath}:`))).toHaveLength(logged)
    if (logged > 0)
      expect(stdout).toContain(`::error title=secdef::${logged} more findings are in the log of this step\n`)
  })
})
