/** `edit`, `rename` and `remove` in tables of many styles: the line as it must be afterwards. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {documentPath, repository} from '../../support/documents.ts'
import {inProcess} from '../../support/hosts.ts'
import {fill} from '../../support/project.ts'
import {row, table} from '../../support/read.ts'

const aligned = (why: string, risks: string) =>
  [
    '| Object Name  | Schema | Why SECURITY DEFINER |       Risks Mitigated | Approved By         |',
    '| ------------ | ------ | :------------------: | --------------------: | ------------------- |',
    `| \`log_action\` | ops    | ${why} | ${risks} | Core Team - 2025-01 |`,
    '| `queue_job`  | ops    |     Queues jobs.     | Inputs are validated. | Core Team - 2025-01 |',
    '',
  ].join('\n')
const open = (line: string) =>
  [
    'Object Name | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By',
    '--- | --- | --- | --- | ---',
    line,
    '`queue_job` | ops | Queues. | Validated. | Core Team - 2025-01',
    '',
  ].join('\n')

test.each<[name: string, before: string, argv: readonly string[], after: string]>([
  [
    'aligned cells stay aligned',
    aligned('Writes the audit log', '         Append-only.'),
    ['edit', 'log_action', '--why', 'Writes 監査.', '--risks', 'None left.'],
    aligned('    Writes 監査.    ', '           None left.'),
  ],
  [
    'what is too wide stands out',
    aligned('Writes the audit log', '         Append-only.'),
    ['edit', 'log_action', '--why', 'Writes the whole audit log.'],
    aligned('Writes the whole audit log.', '         Append-only.'),
  ],
  [
    'the last cell without a closing pipe is not padded',
    open('`log_action`   |\tops | Writes. | Append-only. | Core Team - 2025-01'),
    ['edit', 'log_action', '--approved-by', 'Core Team - 2025-02', '--risks', 'Nobody calls it.'],
    open('`log_action`   |\tops | Writes. | Nobody calls it. | Core Team - 2025-02'),
  ],
  [
    'the last cell of a row that alone has no closing pipe is not padded',
    aligned('Writes the audit log', '         Append-only.').replace(/ \|\n$/, '\n'),
    ['edit', 'queue_job', '--approved-by', 'Core - 2025-01'],
    aligned('Writes the audit log', '         Append-only.').replace(
      /Core Team - 2025-01 \|\n$/,
      'Core - 2025-01\n',
    ),
  ],
  [
    'a cell keeps the blanks around it',
    table(row().replace(' ops ', '\tops   ')),
    ['rename', 'log_action', 'intake.write_log'],
    table(row({name: '`write_log`', schema: 'intake'}).replace(' intake ', '\tintake   ')),
  ],
  [
    'a schema in code stays in code',
    table(row({schema: '`ops`'})),
    ['rename', 'log_action', 'intake.log_action'],
    table(row({schema: '`intake`'})),
  ],
  [
    'a qualified name stays qualified',
    table(row({name: '`ops.log_action(p_id uuid)`'})),
    ['rename', 'log_action', 'write_log(uuid)'],
    table(row({name: '`ops.write_log(uuid)`'})),
  ],
  [
    'what says so already stays as it is written',
    table(row({why: 'Writes `the` log.'})),
    ['edit', 'log_action', '--why', 'Writes the log.', '--risks', 'Nobody calls it.'],
    table(row({why: 'Writes `the` log.', risks: 'Nobody calls it.'})),
  ],
  [
    'the last line of a document that ends without a line ending',
    table(row(), row({name: '`queue_job`'})).trimEnd(),
    ['remove', 'queue_job'],
    table(row()).trimEnd(),
  ],
])('%s', async (_, before, argv, after) => {
  const root = repository({[documentPath]: before}, {outputs: ['json']})
  expect(await inProcess.secdef(root, argv)).toMatchObject({code: 0, stderr: ''})
  expect(fs.readFileSync(join(root, documentPath), 'utf8')).toBe(after)
})

test.each([
  ['behind', 'Reads all.\u00a0'],
  ['behind', 'Reads all.\u3000'],
  ['behind', 'Reads all.\u2028'],
  ['before', '\u00a0Reads all.'],
  ['before', '\u2028Reads all.'],
])(
  'only blanks and tabs are margins: what stands %s the text of a neighbour is its own, %j',
  async (_, why) => {
    const tables = [table(row({why})), aligned(why.padEnd(20), '         Append-only.').replaceAll(':', '-')]
    for (const text of tables) {
      const root = repository({[documentPath]: text}, {outputs: ['json']})
      const texts = ['--why', 'Writes.', '--risks', 'Append-only.', '--approved-by', 'Core Team - 2025-01']
      expect(await inProcess.secdef(root, ['add', 'ops.b', ...texts])).toMatchObject({stderr: ''})
      const fresh = fs.readFileSync(join(root, documentPath), 'utf8').slice(text.length)
      expect(fresh.replace(/ +/g, ' ')).toBe(`${row({name: '`b`', why: 'Writes.'})}\n`)
    }
  },
)

test('an edit that changes nothing says so, and mends the outputs', async () => {
  const root = repository({}, {outputs: ['json']})
  const before = fs.readFileSync(join(root, documentPath), 'utf8')
  const {code, stdout} = await inProcess.secdef(root, ['edit', 'queue_job', '--why', 'Writes the audit log.'])
  expect({code, stdout}).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('ops.queue_job already says so'),
  })
  expect(stdout).toContain('✓ the document is as it was; 1 output: 1 written')
  expect(fs.readFileSync(join(root, documentPath), 'utf8')).toBe(before)
})

test('an output that goes into a region of the document is written into what the document has become', async () => {
  const marks = (count: number | string) => `<!-- secdef:begin count -->\n${count}<!-- secdef:end count -->\n`
  const root = repository(
    {[documentPath]: `${table(row())}\n${marks('')}`, 'count.hbs': 'Entries: {{#each entries}}x{{/each}}\n'},
    {outputs: [{template: 'count.hbs', path: documentPath, region: 'count'}, 'json']},
  )
  expect(await inProcess.secdef(root, ['generate'])).toMatchObject({code: 0, stderr: ''})
  expect(fs.readFileSync(join(root, documentPath), 'utf8')).toContain('Entries: x\n')
  const argv = [
    'add',
    'ops.prune',
    '--why',
    'Prunes.',
    '--risks',
    'Age is checked.',
    '--approved-by',
    'Core Team - 2025-01',
  ]
  expect(await inProcess.secdef(root, argv)).toMatchObject({code: 0, stderr: ''})
  const text = fs.readFileSync(join(root, documentPath), 'utf8')
  expect(text).toContain('| `prune` | ops |')
  expect(text).toContain('Entries: xx\n')
  expect((await inProcess.secdef(root, ['check'])).code).toBe(0)
})

test('a row that is there with an error is not named, and the hint says why', async () => {
  const root = repository()
  fill(root, {[documentPath]: table(row(), row({name: '`queue_job`', approved: 'nobody'}))})
  const {code, stderr} = await inProcess.secdef(root, ['remove', 'ops.queue_job'])
  expect({code, stderr}).toEqual({
    code: 2,
    stderr:
      'error  No row for ops.queue_job\n mend  Name one as the outputs do, such as ops.fn or ops.fn(uuid). Rows with findings are not read: see `secdef check`.\n',
  })
})

const unsound = row({schema: 'public', approved: 'Core Team, 2025-01'})

test.each<[what: string, typed: string, text: string, ids: readonly string[]]>([
  ['the schema', 'log_action', table(row(), unsound), ['ops.log_action']],
  [
    'the arguments',
    'ops.fn',
    table(row({name: '`fn(uuid)`'}), row({name: '`fn(text)`', approved: 'nobody'})),
    ['ops.fn(uuid)'],
  ],
  [
    'the schema, of a row that is in no table',
    'log_action',
    `${table(row())}\n${row({schema: 'public'})}\n`,
    ['ops.log_action'],
  ],
  [
    'the schema of one of two that are read',
    'log_action',
    table(row(), row({schema: 'api'}), unsound),
    ['ops.log_action', 'api.log_action'],
  ],
])('beside a row that was not read, an id without %s is refused', async (_, typed, text, ids) => {
  for (const argv of [['remove'], ['edit', '--why', 'Other.'], ['rename']]) {
    for (const id of ids) {
      const root = repository({[documentPath]: text}, {outputs: ['json']})
      const document = () => fs.readFileSync(join(root, documentPath), 'utf8')
      const [command = '', ...flags] = argv
      const run = (named: string) => {
        const to = command === 'rename' ? [named.replace(/\w+(?=\(|$)/, 'renamed')] : []
        return inProcess.secdef(root, [command, named, ...to, ...flags])
      }
      const {code, stdout, stderr} = await run(typed)
      expect({code, stdout, text: document()}).toEqual({code: 2, stdout: '', text})
      expect(stderr).toContain(`error  Unexpected ${typed}, which could mean `)
      expect(stderr).toContain(`${id} (${documentPath}:`)
      expect(stderr).toContain('or a row with findings, which was not read')
      expect(stderr).toContain(ids.length === 1 ? `Write the whole id, ${id}, ` : 'Write the whole id')
      expect((await run(id)).code).toBe(1)
      const changed = document().split('\n')
      const kept = text.split('\n').filter((line) => !changed.includes(line))
      expect(kept).toEqual([expect.stringMatching(id.startsWith('api') ? / api / : / ops /)])
      expect(document()).toContain(text.includes('nobody') ? 'nobody' : ' public ')
    }
  }
})

test('beside a grant that was not read, the object alone is no id', async () => {
  const text = [
    '| Object Name | Schema | Privileges | Granted To | Why Granted | Risks Mitigated | Approved By |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    '| `codes` | ops | SELECT | anon | Codes are public. | Read-only. | Core Team - 2025-01 |',
    '| `codes` | ops | SELECT | PUBLIC | Codes are public. | Read-only. | nobody |',
    '',
  ].join('\n')
  const root = repository({[documentPath]: text}, {outputs: ['json']})
  const {code, stderr} = await inProcess.secdef(root, ['remove', 'ops.codes'])
  expect({code, stderr}).toEqual({
    code: 2,
    stderr: expect.stringContaining('Write the whole id, ops.codes to anon, '),
  })
  expect((await inProcess.secdef(root, ['remove', 'ops.codes to anon'])).code).toBe(1)
  expect(fs.readFileSync(join(root, documentPath), 'utf8')).toMatch(
    /--- \|\n\| `codes` \| ops \| SELECT \| PUBLIC/,
  )
})

test('a finding in rows that were read keeps no name from being enough', async () => {
  const expired = row({approved: 'Core Team - 2020-01'})
  const root = repository(
    {[documentPath]: table(expired, row({name: '`queue_job`'}))},
    {outputs: ['json'], approvals: {maxAgeMonths: 36}},
  )
  expect((await inProcess.secdef(root, ['check'])).stdout).toContain('expired')
  const argv = ['edit', 'log_action', '--approved-by', 'Core Team - 2025-01']
  expect(await inProcess.secdef(root, argv)).toMatchObject({code: 0, stderr: ''})
  expect(fs.readFileSync(join(root, documentPath), 'utf8')).toContain(row())
})

test('a grant is known by whom it is to, and its privileges can be changed', async () => {
  const header =
    '| Object Name | Schema | Privileges | Granted To | Why Granted | Risks Mitigated | Approved By |'
  const grants = (privileges: string, ...others: string[]) =>
    [
      header,
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| `codes` | ops | SELECT | authenticated | Codes are public. | Read-only. | Core Team - 2025-01 |',
      `| \`codes\` | ops | ${privileges} | anon | Codes are public. | Read-only. | Core Team - 2025-01 |`,
      ...others,
      '',
    ].join('\n')
  const root = repository({[documentPath]: grants('SELECT')}, {outputs: ['json']})
  const {secdef} = inProcess
  const refused = await secdef(root, ['edit', 'ops.codes', '--privileges', 'SELECT, INSERT'])
  expect(refused).toMatchObject({code: 2, stderr: expect.stringContaining('ops.codes to anon')})
  expect((await secdef(root, ['edit', 'ops.codes to anon', '--privileges', 'ALL'])).stdout).toContain(
    'invalid-grant',
  )
  expect(await secdef(root, ['edit', 'ops.codes to anon', '--privileges', 'SELECT, INSERT'])).toMatchObject({
    code: 0,
    stderr: '',
  })
  const texts = [
    '--why',
    'Codes are public.',
    '--risks',
    'Read-only.',
    '--approved-by',
    'Core Team - 2025-01',
  ]
  const add = ['add', 'ops.codes', '--kind', 'grant', '--privileges', 'SELECT', ...texts, '--granted-to']
  expect((await secdef(root, [...add, 'anon'])).stdout).toContain('duplicate-entry')
  expect(await secdef(root, [...add, 'PUBLIC'])).toMatchObject({code: 0, stderr: ''})
  const added = '| `codes` | ops | SELECT | PUBLIC | Codes are public. | Read-only. | Core Team - 2025-01 |'
  expect(fs.readFileSync(join(root, documentPath), 'utf8')).toBe(grants('SELECT, INSERT', added))
})
