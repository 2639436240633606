/** `add`, `edit`, `remove` and `rename` on each host: what they write, and what they refuse. */
import {execFileSync} from 'node:child_process'
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {configure, defaultOutputs, documentPath, repository} from '../../support/documents.ts'
import {type Host, hosts} from '../../support/hosts.ts'
import {fill, tree} from '../../support/project.ts'
import {row, table} from '../../support/read.ts'

const log = row()
const queue = row({name: '`queue_job`', risks: 'Parameters are validated.'})
const enqueue = row({name: '`enqueue_job`', risks: 'Same as `queue_job`, and rate limited.'})
const sections = `# Exceptions\n\n## OPS Schema Functions\n\n${table(log, queue, enqueue)}\n## What else\n\nNothing.\n`
const texts = ['--why', 'Prunes.', '--risks', 'Age is checked.', '--approved-by', 'Core Team - 2025-01']
const pruneRow = '| `prune` | ops | Prunes. | Age is checked. | Core Team - 2025-01 |'

const documentOf = (root: string): string => fs.readFileSync(join(root, documentPath), 'utf8')
const entriesOf = (root: string): string =>
  fs.readFileSync(join(root, 'generated/security-exceptions.json'), 'utf8')

/** A repository with a document whose outputs are written. */
async function generated({secdef}: Host, text = sections, config?: unknown): Promise<string> {
  const root = repository({[documentPath]: text}, config)
  expect(await secdef(root, ['generate'])).toMatchObject({code: 0, stderr: ''})
  return root
}

describe.each(hosts)('$name', (host) => {
  const {secdef} = host

  test('add writes the row and the outputs, and says so', async () => {
    const root = await generated(host)
    expect(await secdef(root, ['add', 'ops.prune', ...texts])).toEqual({
      code: 0,
      stdout: [
        `${documentPath}:10  ops.prune added (OPS Schema Functions)`,
        ...defaultOutputs.map(
          (path) => `  ${path.includes('schema.json') ? 'unchanged' : 'written  '}  ${path}`,
        ),
        '',
        '✓ the document is written; 6 outputs: 5 written, 1 unchanged (… s)',
        '',
      ].join('\n'),
      stderr: '',
    })
    expect(documentOf(root)).toBe(sections.replace(enqueue, `${enqueue}\n${pruneRow}`))
    expect(entriesOf(root)).toContain('"ops.prune"')
    expect((await secdef(root, ['check'])).code).toBe(0)
  })

  test('edit, rename and remove change their lines and the outputs', async () => {
    const root = await generated(host)
    const edited = await secdef(root, [
      'edit',
      'ops.log_action',
      '--why',
      'Writes a|b.',
      '--approved-by',
      'Core Team - 2025-06',
    ])
    expect(edited).toMatchObject({code: 0, stderr: ''})
    expect(edited.stdout).toContain(`${documentPath}:7  ops.log_action changed (OPS Schema Functions)\n`)
    const changed = sections.replace(log, row({why: 'Writes a\\|b.', approved: 'Core Team - 2025-06'}))
    expect(documentOf(root)).toBe(changed)

    const renamed = await secdef(root, ['rename', 'queue_job', 'ops.push_job'])
    expect(renamed).toMatchObject({code: 0, stderr: ''})
    expect(renamed.stdout).toContain(':8  ops.push_job renamed from ops.queue_job, 2 lines of the document')
    const after = changed.replaceAll('`queue_job`', '`push_job`')
    expect(documentOf(root)).toBe(after)
    expect(entriesOf(root)).toContain('"sameAs": "ops.push_job"')

    const removed = await secdef(root, ['remove', 'ops.enqueue_job'])
    expect(removed).toMatchObject({code: 0, stderr: ''})
    expect(removed.stdout).toContain(':9  ops.enqueue_job removed')
    expect(documentOf(root)).toBe(after.replace(`${enqueue.replace('`queue_job`', '`push_job`')}\n`, ''))
    expect((await secdef(root, ['check'])).code).toBe(0)
  })

  test('--dry-run prints a patch that git applies to the same, and writes nothing', async () => {
    const root = await generated(host, sections.replaceAll('\n', '\r\n'))
    fs.rmSync(join(root, 'generated/security-exceptions.sql'))
    const before = tree(root)
    const {code, stdout, stderr} = await secdef(root, ['add', 'ops.prune', ...texts, '--dry-run'])
    expect({code, stderr, after: tree(root)}).toEqual({code: 0, stderr: '', after: before})
    const other = repository({
      ...Object.fromEntries(Object.entries(before).filter(([path]) => !path.endsWith('/'))),
    })
    execFileSync('git', ['init', '-q'], {cwd: other})
    execFileSync('git', ['apply', '-'], {cwd: other, input: stdout})
    expect((await secdef(root, ['add', 'ops.prune', ...texts])).code).toBe(0)
    for (const path of [documentPath, ...defaultOutputs])
      expect(fs.readFileSync(join(other, path), 'utf8')).toBe(fs.readFileSync(join(root, path), 'utf8'))
  })

  test('--no-generate writes the document alone', async () => {
    const root = await generated(host)
    const before = entriesOf(root)
    const {code, stdout} = await secdef(root, ['add', 'ops.prune', ...texts, '--no-generate'])
    expect({code, stdout}).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('the outputs were left as they are'),
    })
    expect(documentOf(root)).toContain(pruneRow)
    expect(entriesOf(root)).toBe(before)
    expect((await secdef(root, ['check'])).code).toBe(1)
  })

  type Refusal = {argv: readonly string[]; code: number; says: readonly string[]}
  const refusals: readonly Refusal[] = [
    {argv: ['add', 'ops.prune'], code: 2, says: ['error  Missing --why, --risks and --approved-by\n']},
    {argv: ['add'], code: 2, says: ['error  Missing a name, --why, --risks and --approved-by\n']},
    {
      argv: ['add', 'ops.prune', ...texts.slice(0, 4), '--approved-by', ' '],
      code: 2,
      says: ['Missing --approved-by\n'],
    },
    {
      argv: ['add', 'ops.t', '--kind', 'grant', ...texts],
      code: 2,
      says: ['Missing --privileges and --granted-to\n'],
    },
    {argv: ['add', 'prune', ...texts], code: 2, says: ['without a schema, expected schema.prune']},
    {
      argv: ['add', 'ops.Prune', ...texts],
      code: 2,
      says: ['Unexpected name Prune, expected prune', '"Prune" with its'],
    },
    {argv: ['add', 'ops.a b', ...texts], code: 2, says: ['Unexpected name "ops.a b"']},
    {
      argv: ['add', 'ops.queue_job', ...texts],
      code: 2,
      says: [`ops.queue_job has a row already, at ${documentPath}:8\n`],
    },
    {
      argv: ['add', 'ops.queue_job(uuid)', ...texts],
      code: 1,
      says: [':10:3  error  mixed-signatures', 'nothing was written'],
    },
    {
      argv: ['add', 'ops.prune', ...texts, '--section', 'OPS Schema Function'],
      code: 2,
      says: ['Did you mean “OPS Schema Functions”?'],
    },
    {
      argv: ['add', 'intake.x', ...texts, '--section', 'OPS Schema Functions'],
      code: 1,
      says: ['schema-heading'],
    },
    {
      argv: ['add', 'ops.prune', ...texts, '--why', 'TODO'],
      code: 1,
      says: ['error  placeholder', '10 │ | `prune`'],
    },
    {argv: ['add', 'ops.prune', ...texts, '--why', 'a\u200bb'], code: 1, says: ['invisible-character']},
    {
      argv: ['add', 'ops.prune', ...texts, '--why', 'a\r\nb'],
      code: 2,
      says: ['Cannot write Why SECURITY DEFINER'],
    },
    {
      argv: ['add', 'ops.prune', ...texts, '--risks', 'Same as queue_jb.'],
      code: 1,
      says: ['same-as-unknown', 'Did you mean queue_job?'],
    },
    {argv: ['add', 'ops.prune', ...texts, '--approved-by', 'Core Team'], code: 1, says: ['invalid-approval']},
    {
      argv: ['add', 'ops.prune', ...texts, '--approved-by', 'Core Team - 2999-01'],
      code: 1,
      says: ['future-date'],
    },
    {
      argv: ['add', 'ops.prune', ...texts, '--on', 'docs/B.md'],
      code: 2,
      says: [`No registry "docs/B.md", expected ${documentPath}`],
    },
    {
      argv: ['add', 'ops.prune', ...texts, '--dry-run', '--format', 'json'],
      code: 2,
      says: ['Unexpected --format json beside --dry-run'],
    },
    {
      argv: ['edit', 'ops.queue_job'],
      code: 2,
      says: ['Missing --why, --risks, --approved-by or --privileges'],
    },
    {
      argv: ['edit', 'ops.queue_jb', '--why', 'x'],
      code: 2,
      says: ['No row for ops.queue_jb', 'Did you mean ops.queue_job?'],
    },
    {argv: ['edit', 'queue_jb', '--why', 'x'], code: 2, says: ['Did you mean ops.queue_job?']},
    {argv: ['edit', 'ops.queue_job', '--why', ''], code: 1, says: ['empty-cell']},
    {
      argv: ['edit', 'ops.queue_job', '--privileges', 'SELECT'],
      code: 2,
      says: ['Unexpected --privileges for ops.queue_job'],
    },
    {argv: ['edit', 'ops.queue_job', '--risks', 'Same as enqueue_job.'], code: 1, says: ['same-as-circle']},
    {
      argv: ['remove', 'ops.queue_job'],
      code: 2,
      says: [`refers to it from ops.enqueue_job (${documentPath}:9)`],
    },
    {argv: ['remove', 'xyz'], code: 2, says: ['No row for xyz']},
    {argv: ['remove', 'ops.log_action', '--kind', 'no-rls'], code: 2, says: ['No row for ops.log_action']},
    {argv: ['rename', 'ops.log_action', 'ops.queue_job'], code: 1, says: ['duplicate-entry']},
    {
      argv: ['rename', 'ops.log_action', 'intake.log_action'],
      code: 2,
      says: ['below the heading “OPS Schema Functions”', 'secdef add'],
    },
    {argv: ['rename', 'ops.log_action', 'a b'], code: 2, says: ['Unexpected name "a b"']},
  ]

  test.each(refusals)('refused: $argv', async ({argv, code, says}) => {
    const root = repository({[documentPath]: sections})
    const before = tree(root)
    const result = await secdef(root, argv)
    expect({...result, after: tree(root)}).toMatchObject({code, after: before})
    for (const text of says) expect(result.stdout + result.stderr).toContain(text)
  })

  test('a document with an error takes a row; its outputs stay, and it is not called clean', async () => {
    const root = await generated(host)
    const broken = sections.replace(log, row({approved: 'nobody'}))
    fill(root, {[documentPath]: broken})
    const before = entriesOf(root)
    const {code, stdout} = await secdef(root, ['add', 'ops.prune', ...texts])
    expect(code).toBe(1)
    expect(stdout).toContain(':7:63  error  invalid-approval')
    expect(stdout).toContain('✗ the document is written, it has 1 finding; the outputs were left as they are')
    expect(documentOf(root)).toBe(broken.replace(enqueue, `${enqueue}\n${pruneRow}`))
    expect(entriesOf(root)).toBe(before)
  })

  test('nothing is written where nothing can be read, or an output is not ours', async () => {
    const conflict = repository({[documentPath]: table('<<<<<<< HEAD', row(), '=======', '>>>>>>> topic')})
    const foreign = repository({'generated/security_exceptions.py': 'mine\n'})
    for (const [root, code, rule] of [
      [conflict, 2, 'conflict-marker'],
      [foreign, 1, 'output-not-generated'],
    ] as const) {
      const before = tree(root)
      const result = await secdef(root, ['add', 'ops.prune', ...texts])
      expect({...result, after: tree(root)}).toMatchObject({code, stderr: '', after: before})
      expect(result.stdout).toContain(rule)
    }
  })

  test('a document behind a link is not written, and the mode of one is kept', async () => {
    const root = repository({'elsewhere.md': sections})
    fs.rmSync(join(root, documentPath))
    fs.symlinkSync('../elsewhere.md', join(root, documentPath))
    const before = tree(root)
    const refused = await secdef(root, ['add', 'ops.prune', ...texts])
    expect({...refused, after: tree(root)}).toMatchObject({code: 2, after: before})
    expect(refused.stderr).toContain(`Cannot write ${documentPath}: ${documentPath} is a symbolic link`)
    const other = repository()
    fs.chmodSync(join(other, documentPath), 0o640)
    expect((await secdef(other, ['add', 'ops.prune', ...texts])).code).toBe(0)
    expect(fs.statSync(join(other, documentPath)).mode & 0o777).toBe(0o640)
  })

  test('--format json tells what was written', async () => {
    const root = await generated(host, sections, {outputs: ['json']})
    const {code, stdout} = await secdef(root, [
      'edit',
      'ops.log_action',
      '--why',
      'Other.',
      '--format',
      'json',
    ])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'edit',
      verdict: 'clean',
      outputs: [
        {path: documentPath, state: 'written'},
        {path: 'generated/security-exceptions.json', state: 'written'},
      ],
    })
  })

  test('of several registries the one is edited that holds the row, or that is named', async () => {
    const root = repository({
      'a.md': table(log, queue),
      'b.md': table(log, enqueue.replace(' as `queue_job`', ' as log_action')),
    })
    configure(root, {
      registries: [
        {name: 'a', document: 'a.md', outputDir: 'a'},
        {name: 'b', document: 'b.md', outputDir: 'b'},
      ],
    })
    const read = () => [
      fs.readFileSync(join(root, 'a.md'), 'utf8'),
      fs.readFileSync(join(root, 'b.md'), 'utf8'),
    ]
    const [a, b] = read()
    expect((await secdef(root, ['add', 'ops.prune', ...texts])).stderr).toContain(
      'Missing --on\n mend  Give it',
    )
    expect((await secdef(root, ['edit', 'ops.log_action', '--why', 'x'])).stderr).toContain(
      'ops.log_action (a.md:3) or ops.log_action (b.md:3)',
    )
    expect(read()).toEqual([a, b])
    expect((await secdef(root, ['edit', 'ops.queue_job', '--why', 'Other.'])).code).toBe(0)
    expect((await secdef(root, ['add', 'ops.prune', ...texts, '--on', 'b'])).code).toBe(0)
    expect(read()).toEqual([
      a?.replace(queue, queue.replace('Writes the audit log.', 'Other.')),
      `${b}${pruneRow}\n`,
    ])
    expect(fs.readFileSync(join(root, 'b/security-exceptions.json'), 'utf8')).toContain('"ops.prune"')
  })
})

describe('where a row goes', () => {
  const [here] = hosts as [Host]

  test.each<[string, readonly string[], string]>([
    [
      'a schema without a section gets one like the others',
      ['intake.prune', ...texts],
      `## INTAKE Schema Functions\n\n${table(pruneRow.replace(' ops ', ' intake '))}`,
    ],
    [
      'a heading of its own',
      ['intake.prune', ...texts, '--section', 'Everything *else*'],
      `## Everything \\*else\\*\n\n${table(pruneRow.replace(' ops ', ' intake '))}`,
    ],
    [
      'a section within that of the schema',
      ['ops.prune', ...texts, '--section', 'Maintenance'],
      `### Maintenance\n\n${table(pruneRow)}`,
    ],
    [
      'the first row of a kind',
      ['ops.codes', ...texts, '--kind', 'no-rls'],
      '## ops schema: Tables Without RLS\n\n| Object Name | Schema | Why No RLS | Risks Mitigated | Approved By |\n| --- | --- | --- | --- | --- |\n| `codes` | ops | Prunes. | Age is checked. | Core Team - 2025-01 |\n',
    ],
    [
      'the first grant',
      ['ops.codes', ...texts, '--kind', 'grant', '--privileges', 'select, INSERT', '--granted-to', 'anon'],
      '## ops schema: Grants\n\n| Object Name | Schema | Privileges | Granted To | Why Granted | Risks Mitigated | Approved By |\n| --- | --- | --- | --- | --- | --- | --- |\n| `codes` | ops | select, INSERT | anon | Prunes. | Age is checked. | Core Team - 2025-01 |\n',
    ],
  ])('%s', async (_, argv, section) => {
    const root = await generated(here)
    expect(await here.secdef(root, ['add', ...argv])).toMatchObject({code: 0, stderr: ''})
    expect(documentOf(root)).toBe(sections.replace('\n## What else', `\n${section}\n## What else`))
  })

  test('sections that a line across the page parts stay parted', async () => {
    const parted = sections.replace('\n## What else', '\n---\n\n## What else')
    const root = await generated(here, parted)
    expect((await here.secdef(root, ['add', 'intake.prune', ...texts])).code).toBe(0)
    const section = `## INTAKE Schema Functions\n\n${table(pruneRow.replace(' ops ', ' intake '))}`
    expect(documentOf(root)).toBe(
      sections.replace('\n## What else', `\n---\n\n${section}\n---\n\n## What else`),
    )
  })

  test('a document without any table gets its first one', async () => {
    const root = repository({[documentPath]: '# Exceptions\n\nNone yet.\n'}, {outputs: ['json']})
    expect(await here.secdef(root, ['add', 'ops.prune', ...texts])).toMatchObject({code: 0, stderr: ''})
    expect(documentOf(root)).toBe(
      `# Exceptions\n\nNone yet.\n\n## ops schema: Functions\n\n${table(pruneRow)}`,
    )
  })

  test('of several sections one must be named', async () => {
    const text = `## OPS schema\n\n### Jobs\n\n${table(log)}\n### Reports\n\n${table(queue)}`
    const root = repository({[documentPath]: text})
    const {code, stderr} = await here.secdef(root, ['add', 'ops.prune', ...texts])
    expect({code, stderr}).toEqual({
      code: 2,
      stderr:
        'error  Missing --section\n mend  Give it, or run the command on a terminal to be asked. --section is one of “Jobs”, “Reports”.\n',
    })
  })
})

describe('what refers to a row', () => {
  const [here] = hosts as [Host]

  test('a new row must not change what “Same as” means elsewhere', async () => {
    const text = table(
      row({name: '`queue_job`', schema: 'public'}),
      row({name: '`enqueue_job`', risks: 'Same as queue_job.'}),
    )
    const root = repository({[documentPath]: text})
    const {code, stderr} = await here.secdef(root, ['add', 'ops.queue_job', ...texts])
    expect({code, text: documentOf(root)}).toEqual({code: 2, text})
    expect(stderr).toContain(
      '“Same as” of ops.enqueue_job would mean ops.queue_job instead of public.queue_job',
    )
  })

  test.each([
    ['Same as queue_job.', 'ops.push', 'Same as push.'],
    ['same as `ops.queue_job`; also logged', 'ops.push', 'same as `ops.push`; also logged'],
    ['Same as queue_job', 'public.push', 'Same as push'],
    ['Same as queue_job, see [x](y).', 'ops."Push|it"', 'Same as "Push\\|it", see [x](y).'],
    ['Same as **queue_job**.', 'ops.push', undefined],
  ])('%s, of %s', async (risks, to, expected) => {
    const rows = (name: string, schema: string, said: string) =>
      table(row({name, schema}), row({name: '`enqueue_job`', risks: said}))
    const text = rows('`queue_job`', 'ops', risks)
    const root = repository({[documentPath]: text})
    const {code, stderr} = await here.secdef(root, ['rename', 'ops.queue_job', to])
    if (expected === undefined) {
      expect({code, text: documentOf(root)}).toEqual({code: 2, text})
      expect(stderr).toContain('Cannot rename what ops.enqueue_job refers to')
      return
    }
    const [schema = '', name = ''] = to.replace('|', '\\|').split('.')
    expect({code, stderr, text: documentOf(root)}).toEqual({
      code: 0,
      stderr: '',
      text: rows(`\`${name}\``, schema, expected),
    })
  })

  test('a reference is stated with its schema where the name alone would mean another row', async () => {
    const rows = (schema: string, said: string) =>
      table(
        row({name: '`push`'}),
        row({name: '`queue_job`', schema}),
        row({name: '`enqueue_job`', risks: said}),
      )
    const text = rows('public', 'Same as queue_job.').replace('`queue_job`', '`queue_job`')
    const root = repository({[documentPath]: text})
    expect((await here.secdef(root, ['rename', 'public.queue_job', 'push'])).code).toBe(0)
    expect(documentOf(root)).toBe(rows('public', 'Same as public.push.').replace('`queue_job`', '`push`'))
  })

  test('a row with arguments keeps arguments', async () => {
    const root = repository({[documentPath]: table(row({name: '`fn(uuid)`'}), row({name: '`fn(text)`'}))})
    const refused = await here.secdef(root, ['rename', 'ops.fn(uuid)', 'ops.gn'])
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('without arguments for ops.fn(uuid)'),
    })
    expect((await here.secdef(root, ['edit', 'ops.fn', '--why', 'x'])).stderr).toContain(
      'Write the whole id.',
    )
    expect((await here.secdef(root, ['rename', 'ops.fn(uuid)', 'ops.gn(uuid, int)'])).code).toBe(0)
    expect(documentOf(root)).toContain('| `gn(uuid, integer)` | ops |')
  })
})
