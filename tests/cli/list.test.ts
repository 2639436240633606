/** `secdef list`: which entries it finds, and how it prints them. */
import stringWidth from 'string-width'
import {describe, expect, test} from 'vitest'
import {documentPath, repository} from '../support/documents.ts'
import {hosts, runHere} from '../support/hosts.ts'
import {project} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const document = [
  '# Exceptions',
  '',
  '## Queue functions',
  '',
  table(
    row({name: '`claim_job`', why: 'Claims a job for a worker.', approved: 'Core Team - 2024-03'}),
    row({name: '`queue_job(uuid)`', risks: 'Schema-bound.', approved: 'Platform Security - 2025-06-15'}),
  ),
  '## API',
  '',
  '| Object Name | Schema | Why No RLS | Risks Mitigated | Approved By |',
  '| --- | --- | --- | --- | --- |',
  '| `codes` | api | Public codes. | Nothing personal. | Core Team - 2025-11 |',
  '',
].join('\n')

const ids = ['ops.claim_job', 'ops.queue_job(uuid)', 'api.codes']
const [claim, queue, codes] = ids
const none = 'No entry matches\n'

describe.each(hosts)('$name', ({secdef}) => {
  test.each<[string[], (string | undefined)[]]>([
    [[], ids],
    [
      ['--schema', 'ops'],
      [claim, queue],
    ],
    [
      ['--section', 'queue'],
      [claim, queue],
    ],
    [['--section', 'API'], [codes]],
    [['--approver', 'security'], [queue]],
    [
      ['--approver', 'Core Team'],
      [claim, codes],
    ],
    [['--kind', 'no-rls'], [codes]],
    [['--older-than', '2025-01'], [claim]],
    [['--older-than', '2024-04-01'], [claim]],
    [['--older-than', '2024-03-31'], []],
    [
      ['--older-than', '2025-06-16'],
      [claim, queue],
    ],
    [['--older-than', '2025-06-15'], [claim]],
    [['--text', 'job CLAIMS'], [claim]],
    [['--text', 'schema-bound'], [queue]],
    [['--text', 'job nothing'], []],
    [['--schema', 'ops', '--approver', 'core', '--text', 'worker'], [claim]],
    [['--schema', 'ops', '--kind', 'no-rls'], []],
  ])('%j', async (args, found) => {
    const root = repository({[documentPath]: document})
    const {code, stdout, stderr} = await secdef(root, ['list', ...args, '--format', 'ids'])
    expect({code, stderr}).toEqual({code: 0, stderr: found.length === 0 ? none : ''})
    expect(stdout).toBe(found.map((id) => `${id}\n`).join(''))
    const json = await secdef(root, ['list', ...args, '--format', 'json'])
    const {entries, verdict} = JSON.parse(json.stdout)
    expect({code: json.code, verdict}).toEqual({code: 0, verdict: 'clean'})
    expect(entries.map(({id}: {id: string}) => id)).toEqual(found)
  })

  test('a table for people', async () => {
    const {code, stdout, stderr} = await secdef(repository({[documentPath]: document}), ['list'])
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout.split('\n')).toEqual([
      'Entry                Kind              Approved by                     Why',
      'ops.claim_job        security-definer  Core Team - 2024-03             Claims a job for a worker.',
      'ops.queue_job(uuid)  security-definer  Platform Security - 2025-06-15  Writes the audit log.',
      'api.codes            no-rls            Core Team - 2025-11             Public codes.',
      '',
    ])
  })

  test('several documents, each under its name', async () => {
    const registries = ['a', 'b'].map((name) => ({name, document: `${name}.md`, outputDir: name}))
    const root = project({
      'a.md': table(row()),
      'b.md': table(row({name: '`reap`'})),
      'secdef.config.json': JSON.stringify({registries}),
    })
    const {stdout} = await secdef(root, ['list'])
    expect(stdout).toMatch(/^a\.md\nEntry .*\nops\.log_action .*\n\nb\.md\nEntry .*\nops\.reap .*\n$/)
  })

  test('a schema that was mistyped, with what was meant', async () => {
    const root = repository({[documentPath]: document})
    const {code, stdout, stderr} = await secdef(root, ['list', '--schema', 'osp'])
    expect({code, stdout}).toEqual({code: 0, stdout: ''})
    expect(stderr).toBe('No entry matches; did you mean --schema ops?\n')
    const suggested = /(--schema \w+)/.exec(stderr)?.[1] ?? ''
    expect((await secdef(root, ['list', ...suggested.split(' ')])).stdout).toContain('ops.claim_job')
  })

  test.each(['soon', '-1', '2025-13', '2025-02-30', '1.5', '', '99999'])(
    '--older-than %j is refused',
    async (age) => {
      const {code, stdout, stderr} = await secdef(repository(), ['list', `--older-than=${age}`])
      expect({code, stdout}).toEqual({code: 2, stdout: ''})
      expect(stderr).toContain(`Unexpected age ${JSON.stringify(age)}, expected months or a day`)
      for (const [, suggested = ''] of stderr.matchAll(/`(--older-than [^`]+)`/g))
        expect((await secdef(repository(), ['list', ...suggested.split(' ')])).code).toBe(0)
    },
  )

  test('--expiring without an age says what to configure, and what to ask instead', async () => {
    const root = repository()
    const {code, stderr} = await secdef(root, ['list', '--expiring'])
    expect(code).toBe(2)
    expect(stderr).toContain('Set `approvals.maxAgeMonths` in the configuration')
    const suggested = /`secdef ([^`]+)`/.exec(stderr)?.[1] ?? ''
    expect((await secdef(root, suggested.split(' '))).code).toBe(0)
  })

  test('from a document with findings nothing is listed', async () => {
    const root = repository({[documentPath]: table(row(), '| `reap` | ops |')})
    const pretty = await secdef(root, ['list'])
    expect(pretty.code).toBe(1)
    expect(pretty.stdout).toContain('missing-cell')
    expect(pretty.stdout).toContain('1 finding; nothing was listed\n')
    expect(pretty.stdout).not.toContain('ops.log_action')
    const plain = await secdef(root, ['list', '--format', 'ids'])
    expect(plain).toMatchObject({code: 1, stdout: '', stderr: expect.stringContaining('missing-cell')})
    const json = await secdef(root, ['list', '--format', 'json'])
    expect(JSON.parse(json.stdout)).toMatchObject({verdict: 'findings'})
  })
})

/** The day is 2026-01-01 there, as it is where the day is furthest on. */
async function here(approved: string, approvals: unknown, args: readonly string[], columns?: number) {
  const root = repository({[documentPath]: table(row({approved}))}, {approvals})
  const argv = ['list', ...args]
  return (await runHere({cwd: root, argv, ...(columns !== undefined && {columns})})).stdout
}

test.each<[string, unknown, string]>([
  ['2024-12', {maxAgeMonths: 12}, 'expired'],
  ['2024-12-31', {maxAgeMonths: 12}, 'expired'],
  ['2025-01-01', {maxAgeMonths: 12}, 'expiring'],
  ['2025-01', {maxAgeMonths: 12}, 'expiring'],
  ['2025-02', {maxAgeMonths: 12}, ''],
  ['2025-02', {maxAgeMonths: 12, warnMonths: 2}, 'expiring'],
  ['2025-01', {maxAgeMonths: 12, warnMonths: 0}, ''],
])('--expiring: %s with %j is %s', async (date, approvals, state) => {
  const stdout = await here(`Core Team - ${date}`, approvals, ['--expiring', '--format', 'json'])
  const found = JSON.parse(stdout).entries.map((entry: {validity: {state: string}}) => entry.validity.state)
  expect(found).toEqual(state === '' ? [] : [state])
})

test.each([
  ['2024-12', '12', true],
  ['2025-01', '12', false],
  ['2024-12-31', '12', true],
  ['2025-01-01', '12', false],
  ['2025-12', '0', true],
  ['2025-12-31', '0', true],
])('an approval of %s is older than %s months: %s', async (date, months, isOld) => {
  const stdout = await here(`Core Team - ${date}`, {}, ['--older-than', months, '--format', 'ids'])
  expect(stdout).toBe(isOld ? 'ops.log_action\n' : '')
})

test('the day until which an approval holds is a column, in colour at a terminal', async () => {
  const stdout = await here('Core Team - 2024-12', {maxAgeMonths: 12}, [], 200)
  expect(stdout).toContain('\u001b[31m2025-12-31\u001b[39m')
  expect(await here('Core Team - 2024-12', {maxAgeMonths: 12}, [])).toContain(
    '2025-12-31   Writes the audit log.\n',
  )
})

test.each([40, 60, 80, 120])('a table fits into %i columns, wide letters and all', async (columns) => {
  const why =
    '日本語のとても長い説明 👩‍👩‍👧 which goes on, and on, and on, for longer than any terminal is wide, really. '
  const root = repository({
    [documentPath]: table(row({name: '`fn`', why: why.trim(), approved: 'Core - 2025-01'})),
  })
  const {stdout} = await runHere({cwd: root, argv: ['list'], env: {NO_COLOR: '1'}, columns})
  const lines = stdout.split('\n')
  expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns)
  expect(lines[1]).toMatch(/^ops\.fn {2}Core - 2025-01 {2}日本.*…$/u)
})
