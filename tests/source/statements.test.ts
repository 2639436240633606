/** What rows say: approvals, references, duplicates, headings, columns and kinds. */
import {describe, expect, test} from 'vitest'
import {brief, messages, pointedAt, read, row, table} from '../support/read.ts'

function ids(text: string): string[] {
  return read(text).registry.entries.map(({value}) => value.id)
}

describe('Approved By', () => {
  test.each([
    ['Core Team - 2025-01', 'Core Team', '2025-01'],
    ['Core Team - 2025-12-31', 'Core Team', '2025-12-31'],
    ['Ann – 2024-02-29', 'Ann', '2024-02-29'],
    ['Ann — 2000-02-29', 'Ann', '2000-02-29'],
    ['Ann-Marie - B - 2025-12', 'Ann-Marie - B', '2025-12'],
    ['`ann` -  2025-01', 'ann', '2025-01'],
    ['Ann &ndash; 2025-01', 'Ann', '2025-01'],
  ])('%s holds', (approved, by, date) => {
    const {findings, registry} = read(table(row({approved})))
    expect(findings).toEqual([])
    expect(registry.entries[0]?.value.approval).toEqual({by, date})
  })

  test.each([
    ['Core Team', 'invalid-approval'],
    ['2025-01', 'invalid-approval'],
    ['- 2025-01', 'invalid-approval'],
    ['TBD - 2025-01', 'placeholder'],
    ['n/a - 2025-01', 'invalid-approval'],
    ['Core Team 2025-01', 'invalid-approval'],
    ['Core Team - 2025', 'invalid-approval'],
    ['Core Team - 2025-1', 'invalid-approval'],
    ['Core Team - 2025-01-1', 'invalid-approval'],
    ['Core Team - January 2025', 'invalid-approval'],
    ['Core Team - 2025-01 (renewed)', 'invalid-approval'],
    ['Ann - 2025-01<br>Ben - 2025-02', 'invalid-approval'],
    ['Core Team - ２０２５-01', 'invalid-approval'],
    ['TBD', 'placeholder'],
    ['Core Team - 2025-13', 'invalid-date'],
    ['Core Team - 2025-00', 'invalid-date'],
    ['Core Team - 2025-02-29', 'invalid-date'],
    ['Core Team - 1900-02-29', 'invalid-date'],
    ['Core Team - 2025-04-31', 'invalid-date'],
    ['Core Team - 2025-04-00', 'invalid-date'],
    ['Core Team - 2026-01', 'future-date'],
    ['Core Team - 2026-01-01', 'future-date'],
    ['Core Team - 2999-12-31', 'future-date'],
  ])('%s is refused by %s', (approved, ruleId) => {
    const text = table(row({approved}))
    const {findings, registry} = read(text)
    expect(brief(findings)).toEqual([`${ruleId} 3:63`])
    expect(pointedAt(text, findings)).toEqual([approved])
    expect(registry.entries).toEqual([])
  })

  test('is held against the day: a month that has begun has come', () => {
    const month = table(row({approved: 'Core Team - 2025-06'}))
    const day = table(row({approved: 'Core Team - 2025-06-16'}))
    expect(read(month, {today: '2025-06-01'}).findings).toEqual([])
    expect(read(day, {today: '2025-06-16'}).findings).toEqual([])
    expect(messages(read(day, {today: '2025-06-15'}).findings)).toEqual([
      'Unexpected date 2025-06-16 in the future, expected 2025-06-15 or earlier',
    ])
    expect(messages(read(month, {today: '2025-05-31'}).findings)).toEqual([
      'Unexpected date 2025-06 in the future, expected 2025-05 or earlier',
    ])
  })
})

describe('Same as', () => {
  function sameAs(...rows: [name: string, schema: string, risks: string][]) {
    const text = table(...rows.map(([name, schema, risks]) => row({name: `\`${name}\``, schema, risks})))
    const {findings, registry} = read(text)
    const found = Object.fromEntries(registry.entries.map(({value}) => [value.id, value.sameAs]))
    return {found, brief: brief(findings), messages: messages(findings), pointed: pointedAt(text, findings)}
  }

  test.each([
    ['Same as a.', 'ops.a'],
    ['same  AS `a`', 'ops.a'],
    ['**Same as** `ops.a`, and rate limited.', 'ops.a'],
    ['Same as a; more.', 'ops.a'],
    ['Same as a: see there', 'ops.a'],
    ['Same as a<br>and more', 'ops.a'],
    ['Same as public.b.', 'public.b'],
    ['Same as b.', 'public.b'],
    ['Same as f(text, int4).', 'ops.f(text, integer)'],
    ['Same as `f(numeric(10, 2), "a, b" uuid)`, too.', 'ops.f(numeric, uuid)'],
    ['Same as only(...).', 'ops.only(uuid)'],
    ['The same as a.', null],
    ['Samesas a.', null],
  ])('%s', (risks, expected) => {
    const {found, brief: faults} = sameAs(
      ['a', 'ops', 'Append-only.'],
      ['a', 'public', 'Append-only.'],
      ['b', 'public', 'Append-only.'],
      ['f(text, int)', 'ops', 'Append-only.'],
      ['f(numeric, uuid)', 'ops', 'Append-only.'],
      ['only(uuid)', 'ops', 'Append-only.'],
      ['x', 'ops', risks],
    )
    expect(faults).toEqual([])
    expect(found['ops.x']).toBe(expected)
  })

  test('an entry that is not there, with a suggestion', () => {
    const text = table(
      row(),
      row({name: '`x`', risks: 'Same as log_acton.'}),
      row({name: '`y`', risks: 'Same as above'}),
    )
    const {findings} = read(text)
    expect(brief(findings)).toEqual(['same-as-unknown 4:39', 'same-as-unknown 5:39'])
    expect(pointedAt(text, findings)).toEqual(['Same as log_acton.', 'Same as above'])
    expect(findings.map(({args}) => args)).toEqual([
      {actual: 'log_acton', suggestion: 'log_action'},
      {actual: 'above', suggestion: undefined},
    ])
  })

  test('an entry of another kind is not there', () => {
    const view =
      '| Object Name | Schema | Why Definer View | Risks Mitigated | Approved By |\n| --- | --- | --- | --- | --- |\n'
    expect(
      brief(read(`${table(row())}\n${view}${row({name: '`v`', risks: 'Same as log_action.'})}\n`).findings),
    ).toEqual(['same-as-unknown 7:39'])
  })

  test('several entries', () => {
    const rows: [string, string, string][] = [
      ['f(text)', 'ops', 'Append-only.'],
      ['f(uuid)', 'ops', 'Append-only.'],
      ['x', 'ops', 'Same as f.'],
      ['y', 'public', 'Same as f.'],
    ]
    const {found, ...faults} = sameAs(...rows)
    expect(faults.brief).toEqual(['same-as-ambiguous 5:39', 'same-as-ambiguous 6:42'])
    expect(faults.messages[0]).toBe('Unexpected “Same as f”, expected one of ops.f(text), ops.f(uuid)')
    expect(found['ops.x']).toBeNull()
  })

  test('of many, lists some', () => {
    const rows = Array.from({length: 40}, (_, n): [string, string, string] => [
      `f(t_${n})`,
      'ops',
      'Append-only.',
    ])
    expect(sameAs(...rows, ['x', 'ops', 'Same as f.']).messages[0]).toMatch(/ops\.f\(t_7\) and 32 more$/)
  })

  test('the same schema comes first, and a quoted name is not a qualified one', () => {
    const {found, brief: faults} = sameAs(
      ['f', 'ops', 'Append-only.'],
      ['f', 'public', 'Append-only.'],
      ['"a.b"', 'ops', 'Append-only.'],
      ['b', 'a', 'Append-only.'],
      ['x', 'public', 'Same as f.'],
      ['y', 'ops', 'Same as a.b.'],
    )
    expect(faults).toEqual([])
    expect(found['public.x']).toBe('public.f')
    expect(found['ops.y']).toBe('a.b')
  })

  test('in a circle: once for each, at its first row', () => {
    const {messages: said, brief: faults} = sameAs(
      ['start', 'ops', 'Same as a.'],
      ['a', 'ops', 'Same as b.'],
      ['b', 'ops', 'Same as c.'],
      ['c', 'ops', 'Same as a.'],
      ['self', 'ops', 'Same as self.'],
    )
    expect(faults).toEqual(['same-as-circle 4:39', 'same-as-circle 7:42'])
    expect(said).toEqual([
      'Unexpected circle ops.a → ops.b → ops.c → ops.a, expected a row that states its risks',
      'Unexpected circle ops.self → ops.self, expected a row that states its risks',
    ])
  })

  test('a row that stands twice is one finding, and no ambiguity', () => {
    expect(sameAs(['a', 'ops', 'x.'], ['a', 'ops', 'x.'], ['b', 'ops', 'Same as a.']).brief).toEqual([
      'duplicate-entry 4:3',
    ])
  })
})

describe('the same object twice', () => {
  test('is shown at both places', () => {
    const text = `${table(row())}\n## More\n\n${table(row({name: '`other`'}), row({name: '`ops."log_action"`', why: 'Again.'}))}`
    const {findings} = read(text)
    expect(brief(findings)).toEqual(['duplicate-entry 10:3'])
    expect(pointedAt(text, findings)).toEqual(['`ops."log_action"`'])
    expect(messages(findings)).toEqual([
      'Unexpected second row for ops.log_action, expected one; the first is at line 3',
    ])
    const related = findings[0]?.related ?? []
    expect(
      pointedAt(
        text,
        related.map((other) => ({...findings[0], ...other}) as never),
      ),
    ).toEqual([row()])
    expect(related.map(({note, path}) => [note, path])).toEqual([
      ['the first row', 'docs/SECURITY_EXCEPTIONS.md'],
    ])
  })

  test('by other spellings of its signature', () => {
    const text = table(row({name: '`f(int4, p "char")`'}), row({name: '`f(a integer, "char" = 1) → void`'}))
    expect(brief(read(text).findings)).toEqual(['duplicate-entry 4:3'])
  })

  test('with and without a signature, in either order', () => {
    const [bare, typed] = [row({name: '`f`'}), row({name: '`f(uuid)`'})]
    expect(messages(read(table(bare, typed)).findings)).toEqual([
      'Unexpected ops.f(uuid) beside ops.f (line 3), expected signatures in both',
    ])
    expect(brief(read(table(typed, bare)).findings)).toEqual(['mixed-signatures 4:3'])
  })

  test('as overloads, or in two schemas, or as two kinds, is not', () => {
    const view =
      '| Object Name | Schema | Why Definer View | Risks Mitigated | Approved By |\n| --- | --- | --- | --- | --- |\n'
    const overloads = table(
      row({name: '`f()`'}),
      row({name: '`f(uuid)`'}),
      row({name: '`f()`', schema: 'public'}),
    )
    const text = `${overloads}\n${view}${row({name: '`f`'})}\n`
    expect(read(text).findings).toEqual([])
    expect(ids(text)).toEqual(['ops.f()', 'ops.f(uuid)', 'public.f()', 'ops.f'])
  })
})

describe('a heading', () => {
  const withoutSchema = (name: string) =>
    `| Object Name | Why SECURITY DEFINER | Risks Mitigated | Approved By |\n| --- | --- | --- | --- |\n| ${name} | Why. | Risks. | Me - 2025-01 |\n`

  test.each([
    ['## OPS Schema Functions', 'ops'],
    ['## `ops` schema', 'ops'],
    ['## Schema: ops', 'ops'],
    ['## Schema `ops`', 'ops'],
    ['# public schema\n\n## ops schema', 'ops'],
    ['# ops schema\n\n## Functions', 'ops'],
    ['# public schema\n\n# Other\n\n## ops schema\n\n### Deep', 'ops'],
    ['OPS schema\n===', 'ops'],
    ['<h2 align="center">ops schema</h2>', 'ops'],
    ['## ops schema\n\n> ### public schema\n\n- # public schema', 'ops'],
  ])('%s names the schema', (heading, schema) => {
    const text = `${heading}\n\n${withoutSchema('`fn`')}`
    expect(read(text).findings).toEqual([])
    expect(ids(text)).toEqual([`${schema}.fn`])
  })

  test.each([
    ['## The schema'],
    ['## Functions'],
    ['## ops schema\n\n## Other\n\n# Third'.replace('## ops schema', '### ops schema')],
    ['> ## ops schema'],
  ])('%s names none', (heading) => {
    const lines = heading.split('\n').length
    expect(brief(read(`${heading}\n\n${withoutSchema('`fn`')}`).findings)).toEqual([
      `schema-unknown ${lines + 4}:3`,
    ])
  })

  test('and the Schema column, or the qualified name, must agree', () => {
    const column = `## OPS schema\n\n${table(row({schema: 'public'}), row())}`
    expect(brief(read(column).findings)).toEqual(['schema-heading 5:18'])
    expect(pointedAt(column, read(column).findings)).toEqual(['public'])
    const qualified = `## OPS schema\n\n${withoutSchema('`public.fn`')}`
    expect(brief(read(qualified).findings)).toEqual(['schema-heading 5:3'])
    expect(ids(`## OPS schema\n\n${withoutSchema('`ops.fn`')}`)).toEqual(['ops.fn'])
  })

  test('is kept with the entry, but for the title of the document', () => {
    const text = `# Title\n\n## OPS schema\n\n### **Jobs** \`x\`\n\n${table(row())}\n## Last\n\n${table(row({name: '`b`'}))}`
    expect(read(text).registry.entries.map(({value}) => value.section)).toEqual([
      ['OPS schema', 'Jobs x'],
      ['Last'],
    ])
  })
})

describe('columns', () => {
  test('in any order, with others that are kept', () => {
    const text = [
      '| Approved By | Owner | Risks Mitigated | Why SECURITY DEFINER | Privileges | Object Name | Schema |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| Me - 2025-01 | | Risks. | Why. | none | `fn` | ops |',
    ].join('\n')
    const {findings, registry} = read(text)
    expect(findings).toEqual([])
    expect(registry.entries[0]?.value.extra).toEqual({Owner: '', Privileges: 'none'})
    expect(Object.keys(registry.entries[0]?.cells ?? {}).sort()).toEqual([
      ...[
        'Approved By',
        'Object Name',
        'Owner',
        'Privileges',
        'Risks Mitigated',
        'Schema',
        'Why SECURITY DEFINER',
      ],
    ])
  })

  test('renamed by configuration', () => {
    const columns = {
      'Object Name': ['Função'],
      Schema: ['Esquema'],
      'Why SECURITY DEFINER': ['Motivo', 'Por quê'],
      'Risks Mitigated': ['Riscos mitigados'],
      'Approved By': ['Aprovado por'],
      Date: ['Data'],
    }
    const body = `| --- | --- | --- | --- | --- |\n${row()}\n`
    const text = `| Funça\u0303o | esquema | POR QUÊ | Riscos  Mitigados | Aprovado por |\n${body}`
    expect(read(text, {columns}).findings).toEqual([])
    expect(read(text, {columns}).registry.entries.map(({value}) => value.id)).toEqual(['ops.log_action'])
    expect(brief(read(text).findings)).toEqual(['unread-table 1:1'])
    const near = `| Função | Esquema | Motivos | Riscos mitigados | Aprovado por |\n${body}`
    expect(messages(read(near, {columns}).findings)).toEqual([
      'Unexpected header Motivos, expected Why SECURITY DEFINER',
    ])
    const history = '\n| Dato | Auditor | Action |\n| --- | --- | --- |\n| 2025-01-01 | Ann | Audit |\n'
    expect(brief(read(text + history, {columns}).findings)).toEqual(['table-header 5:3'])
  })

  test.each([
    [
      '| Object Name | Schema | Why SECURITY DEFINERS | Risks Mitigated | Approved By |',
      'table-header 1:26',
      'Why SECURITY DEFINERS',
    ],
    [
      '| Object Name | Schema | Why DEFINER | Risks Mitigated | Approved By |',
      'table-header 1:26',
      'Why DEFINER',
    ],
    ['| Object | Shema | Why no RLS? | Risks | Approver |', 'table-header 1:1', undefined],
    ['| Function | Why DEFINER | Guard | Risk | Approved |', 'table-header 1:1', undefined],
    [
      '| Object Name | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved |',
      'table-header 1:67',
      'Approved',
    ],
    [
      '| Object Name | Shema | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
      'table-header 1:17',
      'Shema',
    ],
    [
      '| Object\u200bName | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
      'table-header 1:3',
      'Object\u200bName',
    ],
    [
      '| Object Name | Why Granted | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
      'table-header 1:31',
      'Why SECURITY DEFINER',
    ],
    [
      '| Object Name | Object  Name | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
      'duplicate-column 1:17',
      'Object  Name',
    ],
    [
      '| Object Name | __proto__ | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
      undefined,
      undefined,
    ],
    [
      '| Object Name | `__proto__` | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
      'table-header 1:17',
      '`__proto__`',
    ],
    ['| Object Name | | Why SECURITY DEFINER | Risks Mitigated | Approved By |', 'table-header 1:16', ' '],
  ])('%s', (header, where, pointed) => {
    const text = `${header}\n| --- | --- | --- | --- | --- |\n| \`ops.fn\` | ops | Why. | Risks. | Me - 2025-01 |\n`
    const {findings} = read(text)
    expect(brief(findings)[0]).toBe(where)
    if (pointed !== undefined) expect(pointedAt(text, findings)[0]).toBe(pointed)
    expect(findings.every(({ruleId}) => ruleId === 'table-header' || ruleId === 'duplicate-column')).toBe(
      true,
    )
  })
})

describe('kinds', () => {
  const kind = (columns: string, ...rows: string[]) =>
    [columns, columns.replace(/[^|]+/g, ' --- '), ...rows, ''].join('\n')

  test('definer-view, no-rls and grant', () => {
    const text = [
      kind('| Object Name | Schema | Why Definer View | Risks Mitigated | Approved By |', row({name: '`v`'})),
      kind('| Object Name | Schema | Why No RLS | Risks Mitigated | Approved By |', row({name: '`t`'})),
      kind(
        '| Object Name | Schema | Privileges | Granted To | Why Granted | Risks Mitigated | Approved By |',
        '| `t` | public | `select`, INSERT,Select | anon | Why. | Risks. | Me - 2025-01 |',
        '| `t` | public | SELECT | `"Api"` | Why. | Same as t. | Me - 2025-01 |',
        '| `f(uuid)` | public | EXECUTE | public | Why. | Risks. | Me - 2025-01 |',
      ),
    ].join('\n')
    const {findings, registry} = read(text)
    expect(findings).toEqual([])
    expect(registry.entries.map(({value}) => [value.kind, value.id, value.grant, value.sameAs])).toEqual([
      ['definer-view', 'ops.v', null, null],
      ['no-rls', 'ops.t', null, null],
      ['grant', 'public.t to anon', {privileges: ['INSERT', 'SELECT'], grantee: 'anon'}, null],
      ['grant', 'public.t to "Api"', {privileges: ['SELECT'], grantee: 'Api'}, 'public.t to anon'],
      ['grant', 'public.f(uuid) to PUBLIC', {privileges: ['EXECUTE'], grantee: 'PUBLIC'}, null],
    ])
  })

  test.each([
    ['| `t` | public | ALL | anon | Why. | Risks. | Me - 2025-01 |', ['invalid-grant 3:18'], ['ALL']],
    [
      '| `t` | public | SELECT (email) | anon | Why. | Risks. | Me - 2025-01 |',
      ['invalid-grant 3:18'],
      ['SELECT (email)'],
    ],
    ['| `t` | public | SELECT, | anon | Why. | Risks. | Me - 2025-01 |', ['invalid-grant 3:18'], ['SELECT,']],
    [
      '| `t` | public | \u017fELECT | anon | Why. | Risks. | Me - 2025-01 |',
      ['invalid-grant 3:18'],
      ['\u017fELECT'],
    ],
    [
      '| `t` | public | ALL | a, b | Why. | Risks. | Me - 2025-01 |',
      ['invalid-grant 3:18', 'invalid-grant 3:24'],
      ['ALL', 'a, b'],
    ],
    ['| `t` | public | SELECT | | Why. | Risks. | Me - 2025-01 |', ['empty-cell 3:26'], [' ']],
    ['| `t` | public | SELECT | publ\u0131c | Why. | Risks. | Me - 2025-01 |', [], []],
  ])('a grant row %s', (line, where, pointed) => {
    const text = kind(
      '| Object Name | Schema | Privileges | Granted To | Why Granted | Risks Mitigated | Approved By |',
      line,
    )
    const {findings, registry} = read(text)
    expect(brief(findings)).toEqual(where)
    expect(pointedAt(text, findings)).toEqual(pointed)
    expect(registry.entries.map(({value}) => value.grant?.grantee)).toEqual(
      where.length > 0 ? [] : ['publ\u0131c'],
    )
  })

  test('a view has no arguments, not even some that are not named', () => {
    const view = '| Object Name | Schema | Why Definer View | Risks Mitigated | Approved By |'
    const text = kind(view, row({name: '`v()`'}), row({name: '`w(...)`'}))
    expect(brief(read(text).findings)).toEqual(['invalid-name 3:3', 'invalid-name 4:3'])
  })
})

describe('the audit history', () => {
  const history = (...rows: string[]) =>
    `${table(row())}\n## Audit History\n\n${['| Date | Auditor | Action |', '| --- | --- | --- |', ...rows, ''].join('\n')}`

  test('is read', () => {
    const {findings, registry} = read(
      history('| 2024-02-29 | Core Team | Initial `audit` |', '| 2025-12-31 | Ann | More |'),
    )
    expect(findings).toEqual([])
    expect(registry.history.map(({value, row: place}) => [value, place.start.line])).toEqual([
      [{date: '2024-02-29', auditor: 'Core Team', action: 'Initial audit'}, 9],
      [{date: '2025-12-31', auditor: 'Ann', action: 'More'}, 10],
    ])
  })

  test.each([
    ['| 2025-02-30 | Ann | Audit |', ['invalid-date 9:3']],
    ['| 2025-02 | Ann | Audit |', ['invalid-date 9:3']],
    ['| 2026-01-01 | Ann | Audit |', ['future-date 9:3']],
    ['| | Ann | |', ['empty-cell 9:2', 'empty-cell 9:10']],
    ['| 2025-02-30 | TBD | ~~Audit~~ |', ['invalid-date 9:3', 'placeholder 9:16', 'struck-through 9:22']],
    ['| 2025-01-01 | Ann |', ['missing-cell 9:1']],
    ['Signed off by Ann', ['text-in-table 9:1']],
  ])('%s is refused', (line, where) => {
    const {findings, registry} = read(history(line))
    expect(brief(findings)).toEqual(where)
    expect(registry.history).toEqual([])
  })
})

describe('the header of the audit history', () => {
  const withHeader = (header: string, cells: string) =>
    `${table(row())}\n${header}\n${header.replace(/[^|]+/g, ' --- ')}\n${cells}\n`

  test.each([
    ['| Date | Auditor | Date | Action |', 'duplicate-column 5:20'],
    ['| Date | Auditor | | Action |', 'table-header 5:19'],
    ['| Date | Auditors | Action | Note |', 'table-header 5:10'],
    ['| Date | Auditor | Action | Why SECURITY DEFINER |', 'table-header 5:1'],
  ])('%s is refused', (header, where) => {
    const {findings, registry} = read(withHeader(header, '| 2025-01-01 | Ann | Audit | x |'))
    expect(brief(findings)[0]).toBe(where)
    expect(registry.history).toEqual([])
  })

  test('may have further columns, in any order', () => {
    const {findings, registry} = read(
      withHeader('| Ticket | Action | Auditor | Date |', '| | Audit | Ann | 2025-01-01 |'),
    )
    expect(findings).toEqual([])
    expect(registry.history.map(({value}) => value)).toEqual([
      {date: '2025-01-01', auditor: 'Ann', action: 'Audit'},
    ])
  })
})

describe('nothing seen is never clean', () => {
  test.each([
    ['', ['no-registry-table']],
    ['# Title\n', ['no-registry-table']],
    ['| Term | Meaning |\n| --- | --- |\n| a | b |\n', ['no-registry-table']],
    [table(), ['no-entries']],
    [table(row({why: 'TODO'})), ['placeholder 3:24']],
    [`\`\`\`\n${table(row())}\`\`\`\n`, ['no-registry-table']],
    [`- a\n- b\n\n<!--\n${table(row())}-->\n`, ['no-registry-table', 'stray-row 5:1']],
  ])('%j', (text, where) => {
    expect(brief(read(text).findings)).toEqual(where)
    expect(read(text).registry.entries).toEqual([])
  })
})
