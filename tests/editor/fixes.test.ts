/** Every fix that is offered, applied as it is, makes its finding go away, adds none and loses no row. */
import fc from 'fast-check'
import stringWidth from 'string-width'
import {describe, expect, test} from 'vitest'
import {findFixes, fixableRules} from '../../src/editor/fixes.ts'
import {readForEditor} from '../../src/editor/reading.ts'
import type {Place} from '../../src/model/place.ts'
import type {Finding, RuleId} from '../../src/model/rules.ts'
import {applyEdits} from '../../src/source/edit/text-edit.ts'
import type {ReadOptions} from '../../src/source/registry.ts'
import {layouts, soundCells} from '../support/layouts.ts'
import {row, table, today} from '../support/read.ts'

const reading = (text: string, options: Partial<ReadOptions> = {}) =>
  readForEditor(text, {path: 'docs/SECURITY_EXCEPTIONS.md', today, ...options})

const rulesOf = (findings: readonly Finding[]) => findings.map(({ruleId}) => ruleId)

/** What each fix of the first finding of a rule makes of the text, by its title. */
function fixed(text: string, ruleId: RuleId, options?: Partial<ReadOptions>) {
  const read = reading(text, options)
  const finding = read.findings.find((one) => one.ruleId === ruleId)
  if (finding === undefined) throw new Error(`No ${ruleId} in ${rulesOf(read.findings)}`)
  return findFixes(read, finding, stringWidth).map(({title, edits, isSure}) => {
    const after = applyEdits(read.text, edits)
    return {title, isSure, after, left: rulesOf(reading(after, options).findings)}
  })
}

type CellCase = {
  readonly rule: RuleId
  /** The row, by its cells. */
  readonly cells: readonly string[]
  /** Titles of the fixes; `!` before one that is sure. */
  readonly titles: readonly string[]
  /** The cells after the first of them. */
  readonly becomes: readonly string[]
  readonly left?: readonly RuleId[]
  readonly heading?: string
  readonly options?: Partial<ReadOptions>
}

const [name = '', schema = '', why = '', risks = '', approved = ''] = soundCells('log_audit')

const cellCases: readonly CellCase[] = [
  {
    rule: 'missing-cell',
    cells: [name, schema, risks, approved],
    titles: ['Add the missing cell: Why SECURITY DEFINER', 'Add the missing cell: Risks Mitigated'],
    becomes: [name, schema, '', risks, approved],
    left: ['empty-cell'],
  },
  {
    rule: 'missing-cell',
    cells: [name, schema, why, risks],
    titles: ['Add the missing cell: Approved By'],
    becomes: [name, schema, why, risks, ''],
    left: ['empty-cell'],
  },
  {
    rule: 'missing-cell',
    cells: [schema, why, risks, approved],
    titles: ['Add the missing cell: Object Name'],
    becomes: ['', schema, why, risks, approved],
    left: ['empty-cell'],
  },
  {
    rule: 'missing-cell',
    cells: [name, why, risks, approved],
    titles: ['!Add the missing cell: Schema'],
    becomes: [name, schema, why, risks, approved],
  },
  {
    rule: 'surplus-cell',
    cells: [name, schema, 'Writes `a', 'b`.', risks, approved],
    titles: ['!Escape the pipe in Why SECURITY DEFINER'],
    becomes: [name, schema, 'Writes `a\\|b`.', risks, approved],
  },
  {
    rule: 'surplus-cell',
    cells: [name, schema, why, risks, approved, ''],
    titles: ['!Delete the empty cells at the end'],
    becomes: [name, schema, why, risks, approved],
  },
  {
    rule: 'empty-cell',
    cells: [name, '', why, risks, approved],
    titles: ['Write ops as the schema'],
    becomes: [name, 'ops', why, risks, approved],
  },
  {
    rule: 'name-not-code',
    cells: ['log_audit', schema, why, risks, approved],
    titles: ['!Mark log_audit as code'],
    becomes: ['`log_audit`', schema, why, risks, approved],
  },
  {
    rule: 'name-not-code',
    cells: ['__init__', schema, why, risks, approved],
    titles: ['Mark __init__ as code', 'Mark init as code'],
    becomes: ['`__init__`', schema, why, risks, approved],
  },
  {
    rule: 'name-not-code',
    cells: ['**`log_audit`**', schema, why, risks, approved],
    titles: ['!Keep log_audit alone'],
    becomes: ['`log_audit`', schema, why, risks, approved],
  },
  {
    rule: 'name-not-code',
    cells: ['`log_audit` (old)', schema, why, risks, approved],
    titles: ['Keep log_audit alone'],
    becomes: ['`log_audit`', schema, why, risks, approved],
  },
  {
    rule: 'upper-case-name',
    cells: ['`Log_Audit`', schema, why, risks, approved],
    titles: ['Write log_audit', 'Write "Log_Audit"'],
    becomes: ['`log_audit`', schema, why, risks, approved],
  },
  {
    rule: 'schema-conflict',
    cells: ['`public.log_audit`', schema, why, risks, approved],
    titles: ['Write ops in the name', 'Write public as the schema'],
    becomes: ['`ops.log_audit`', schema, why, risks, approved],
  },
  {
    rule: 'html-in-cell',
    cells: [name, schema, 'Writes <!-- everything --> the log.', risks, approved],
    titles: ['Write the tag as code'],
    becomes: [name, schema, 'Writes `<!-- everything -->` the log.', risks, approved],
  },
  {
    rule: 'stray-backtick',
    cells: [name, schema, 'Writes `the log.', risks, approved],
    titles: ['Escape the backtick'],
    becomes: [name, schema, 'Writes \\`the log.', risks, approved],
  },
  {
    rule: 'invisible-character',
    cells: ['`log\u200b_audit`', schema, why, risks, approved],
    titles: ['!Delete U+200B (zero width space)'],
    becomes: [name, schema, why, risks, approved],
  },
  {
    rule: 'invisible-character',
    cells: [name, 'ops\u00a0', why, risks, approved],
    titles: ['!Write a blank for U+00A0 (no-break space)'],
    becomes: [name, 'ops', why, risks, approved],
  },
  {
    rule: 'struck-through',
    cells: [name, schema, 'Writes it. ~~Reads it.~~', risks, approved],
    titles: ['Delete the struck text'],
    becomes: [name, schema, 'Writes it.', risks, approved],
  },
  {
    rule: 'invalid-approval',
    cells: [name, schema, why, risks, '(2025/01) Core Team'],
    titles: ['!Write Core Team - 2025-01'],
    becomes: [name, schema, why, risks, approved],
  },
  {
    rule: 'unknown-approver',
    cells: [name, schema, why, risks, 'Core Taem - 2025-01'],
    titles: ['Write Core Team'],
    becomes: [name, schema, why, risks, approved],
    options: {approvals: {roster: ['Core Team']}},
  },
  {
    rule: 'same-as-unknown',
    cells: [name, schema, why, 'Same as `log_acton`, but for writes.', approved],
    titles: ['Refer to ops.log_action'],
    becomes: [name, schema, why, 'Same as `log_action`, but for writes.', approved],
  },
]

/** Contents of the cells of the line that is the third row of the table. */
function cellsOf(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.includes('|'))
  const line = (lines[3] ?? '').replace(/^[->\s]*(?=[|`])/, '').replace(/^\||\|\s*$/g, '')
  return line.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/ ?\\\| ?/, '\\|'))
}

describe.each(layouts)('a row that is $name', ({name: layout, write}) => {
  test.each(cellCases)('$rule: $titles', ({rule, cells, titles, becomes, left = [], options}) => {
    const text = write([soundCells('log_action'), cells, soundCells('queue_job')])
    // Without outer pipes, an empty cell at the end is none.
    if (layout === 'without outer pipes' && cells.at(-1) === '') {
      expect(rulesOf(reading(text, options).findings)).not.toContain(rule)
      return
    }
    const fixes = fixed(text, rule, options)
    expect(fixes.map(({title, isSure}) => (isSure ? '!' : '') + title)).toEqual(titles)
    for (const fix of fixes) expect(fix.left).toEqual(left)
    expect(cellsOf(fixes[0]?.after ?? '')).toEqual(becomes)
    const untouched = (whole: string) => whole.split(/(?<=\n)/).filter((line) => !line.includes('log_audit'))
    if (cells[0] === name) expect(untouched(fixes[0]?.after ?? '')).toEqual(untouched(text))
  })
})

describe('an aligned table stays aligned', () => {
  test.each(['name-not-code', 'stray-backtick'] as const)('%s', (rule) => {
    const aligned = layouts.find((layout) => layout.name === 'aligned')
    const {cells = []} = cellCases.find((one) => one.rule === rule) ?? {}
    const wide = ['`a_name_that_is_wide`', 'schema', 'Writes the whole of the audit log.', risks, approved]
    const after = fixed(aligned?.write([wide, cells]) ?? '', rule)[0]?.after ?? ''
    expect(
      new Set(
        after
          .trimEnd()
          .split('\n')
          .map((line) => line.length),
      ).size,
    ).toBe(1)
  })
})

const stray = (cause: string, ...lines: string[]) => ({cause, text: lines.join('\n')})
const [header = '', delimiter = ''] = table().split('\n')
const good = row()
const other = row({name: '`log_audit`'})

describe('rows that Markdown loses are gathered', () => {
  test.each([
    stray('!Delete the blank line above', table(good), other, ''),
    stray('!Delete the blank lines above', table(good), '', '  ', other, ''),
    stray('!Give the delimiter row one cell for each column', header, '| --- | --- |', good, other, ''),
    stray('!Add the delimiter row', header, good, other, ''),
    stray('!Take the indentation away', 'Text.', '', `    ${header}`, `    ${delimiter}`, `    ${good}`, ''),
    stray('!Put a blank line above the table', '<details>', header, delimiter, good, '</details>', ''),
  ])('$cause', ({cause, text}) => {
    for (const [source, ending] of [
      [text, '\n'],
      [text.replaceAll('\n', '\r\n'), '\r\n'],
    ] as const) {
      const fixes = fixed(source, 'stray-row')
      expect(fixes.map(({title, isSure}) => (isSure ? '!' : '') + title)).toEqual([cause])
      expect(fixes[0]?.left).toEqual([])
      expect(fixes[0]?.after.split(ending).join('')).not.toMatch(/[\r\n]/)
    }
  })

  test('rows that would swallow the table below them stay where they are', () => {
    const history = [
      '| Date | Auditor | Action |',
      '| --- | --- | --- |',
      '| 2025-01-15 | Core Team | Reviewed. |',
    ]
    const tables = ['| Object Name | Schema | Why No RLS | Risks Mitigated | Approved By |', delimiter, good]
    for (const below of [history, tables]) {
      const code = [header, delimiter, other].map((line) => `    ${line}`)
      const {registry} = reading(below.join('\n'))
      expect([...registry.entries, ...registry.history]).toHaveLength(1)
      expect(fixed(['Text.', '', ...code, '', ...below].join('\n'), 'stray-row')).toHaveLength(1)
      expect(fixed(['Text.', '', ...code, ...below].join('\n'), 'stray-row')).toEqual([])
    }
  })

  test('rows in a comment, in an HTML table and in another text are for a person to look at', () => {
    const html = '<table><tr><td>x</td></tr></table>'
    for (const lines of [['<!--', other, '-->'], [html], ['Text.', 'a | b | c | d']])
      expect(fixed([table(good), ...lines, ''].join('\n'), 'stray-row')).toEqual([])
  })
})

describe('a table and what stands beside it', () => {
  test('a header one letter off', () => {
    const text = table(good).replace('SECURITY DEFINER', 'SECURITY DEFINERS')
    expect(fixed(text, 'table-header')).toEqual([
      {title: 'Write Why SECURITY DEFINER', isSure: true, after: table(good), left: []},
    ])
  })

  test('a text right below, in a quote too', () => {
    for (const mark of ['', '> ']) {
      const lines = [header, delimiter, good, 'Reviewed.', ''].map((line) => mark + line)
      const [fix] = fixed(lines.join('\n'), 'text-in-table')
      lines.splice(3, 0, mark.trim())
      expect(fix).toMatchObject({isSure: true, after: lines.join('\n'), left: []})
    }
  })

  test('a text between rows stays where it is: they would be rows of no table below it', () => {
    const third = row({name: '`queue_job`'})
    for (const rows of [
      [good, ':::note', other, third],
      [good, ':::note', other, ':::', third],
      [good, ':::note', row({name: 'log_audit'})],
    ]) {
      const [first, ...more] = reading(table(...rows)).findings.filter(
        ({ruleId}) => ruleId === 'text-in-table',
      )
      expect([first, ...more].length).toBe(rows.filter((line) => line.startsWith(':::')).length)
      expect(fixed(table(...rows), 'text-in-table')).toEqual([])
    }
    // Behind the last row, it is parted from all of them, with the text that follows it.
    const [fix] = fixed(table(good, other, ':::note', ':::'), 'text-in-table')
    expect(fix).toMatchObject({isSure: true, after: table(good, other, '', ':::note', ':::'), left: []})
  })

  test('a text that would become a heading stays where it is: it would name the schema of what follows', () => {
    const [bareHeader, bareDelimiter] = [
      '| Object Name | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
      '| --- | --- | --- | --- |',
    ]
    const bare = '| `log_error` | Writes the error log. | Append-only. | Core Team - 2025-01 |'
    const text = [
      '## OPS Schema Functions',
      '',
      `${table(good)}Public Schema`,
      '---',
      '',
      bareHeader,
      bareDelimiter,
      bare,
      '',
    ].join('\n')
    expect(reading(text).registry.entries.map(({value}) => value.id)).toEqual([
      'ops.log_action',
      'ops.log_error',
    ])
    expect(fixed(text, 'text-in-table')).toEqual([])
  })

  test('equal rows are one; of others a person chooses', () => {
    expect(fixed(table(good, good), 'duplicate-entry')).toEqual([
      {title: 'Delete this row', isSure: true, after: table(good), left: []},
    ])
    const second = row({why: 'Reads it.'})
    expect(fixed(table(good, second), 'duplicate-entry')).toEqual([
      {title: 'Delete this row', isSure: false, after: table(good), left: []},
      {title: 'Delete the row in line 3', isSure: false, after: table(second), left: []},
    ])
  })

  test('several names get a row each, which says the same', () => {
    const [fix] = fixed(table(row({name: '`a`, `b(text)`'})), 'several-names')
    const after = table(row({name: '`a`'}), row({name: '`b(text)`'}))
    expect(fix).toEqual({title: 'Write one row for each name', isSure: false, after, left: []})
  })

  test('the schema follows the heading, in the cell or in the name', () => {
    const text = `## OPS Schema Functions\n\n${table(good, row({name: '`log_audit`', schema: 'public'}))}`
    expect(fixed(text, 'schema-heading')).toEqual([
      {title: 'Write ops as the schema', isSure: false, after: text.replace('public', 'ops'), left: []},
    ])
    const bare = text.replaceAll(/(?<=^\|[^|]*)\|[^|]*(?=\|)/gm, '').replace('log_audit', 'public.log_audit')
    expect(fixed(bare, 'schema-heading')).toMatchObject([{after: bare.replace('public.', 'ops.'), left: []}])
  })

  test('a struck row is deleted, but never the last one', () => {
    const struck = row({name: '~~`log_audit`~~'})
    expect(fixed(table(good, struck), 'struck-through')).toMatchObject([{after: table(good), left: []}])
    expect(fixed(table(struck), 'struck-through')).toEqual([])
  })

  test('an ambiguous reference is stated, one fix for each entry', () => {
    const text = table(
      row({name: '`a(text)`'}),
      row({name: '`a(uuid)`'}),
      row({name: '`b`', risks: 'Same as a.'}),
    )
    const fixes = fixed(text, 'same-as-ambiguous')
    expect(fixes.map(({title}) => title)).toEqual(['Refer to ops.a(text)', 'Refer to ops.a(uuid)'])
    expect(fixes.map(({left}) => left)).toEqual([[], []])
  })

  test('no date is made up, and no name is guessed that would be another entry', () => {
    expect(fixed(table(row({approved: 'Core Team'})), 'invalid-approval')).toEqual([])
    expect(fixed(table(good, row({name: '`x`', risks: 'Same as `y`.'})), 'same-as-unknown')).toEqual([])
  })
})

test('every rule that a fix is known for has a case here', () => {
  const elsewhere = ['several-names', 'schema-heading', 'same-as-ambiguous', 'table-header', 'text-in-table']
  const covered = new Set([...cellCases.map(({rule}) => rule), ...elsewhere, 'stray-row', 'duplicate-entry'])
  expect(fixableRules.filter((rule) => !covered.has(rule))).toEqual([])
})

test('whatever stands in the cells: a fix makes its finding go away, and none but hidden ones come', () => {
  const piece = fc.constantFrom(
    '`',
    '|',
    '\\',
    'a',
    'log_action',
    ' ',
    '~~',
    '**',
    '<b>',
    '.',
    'Same as ',
    '-',
  )
  const cell = fc.oneof(
    fc.constantFrom(...soundCells('log_audit'), '', 'TODO', '2025-01 Core Team', 'Same as log_acton'),
    fc.array(piece, {maxLength: 6}).map((parts) => parts.join('')),
  )
  const rows = fc.array(fc.array(cell, {minLength: 4, maxLength: 6}), {minLength: 1, maxLength: 2})
  const property = fc.property(fc.constantFrom(...layouts), rows, ({write}, cells) => {
    const read = reading(write([soundCells('log_action'), ...cells]))
    for (const finding of read.findings) {
      for (const {edits, isSure} of findFixes(read, finding, stringWidth)) {
        const after = rulesOf(reading(applyEdits(read.text, edits)).findings)
        const count = (rules: readonly string[]) => rules.filter((rule) => rule === finding.ruleId).length
        expect(count(after)).toBeLessThan(count(rulesOf(read.findings)))
        const isAboutReferences = (rule: string) => /^(?:same-as|duplicate|mixed)-/.test(rule)
        const local = (rules: readonly string[]) => rules.filter((rule) => !isAboutReferences(rule)).length
        if (isSure) expect(local(after)).toBeLessThan(local(rulesOf(read.findings)))
      }
    }
  })
  fc.assert(property, {numRuns: 150})
})

/** The rows that are read, as they are written, with what each excuses. */
function rowsOf(text: string): Map<string, string> {
  const {text: source, registry} = reading(text)
  const sourceOf = ({start, end}: Place) => source.slice(start.offset, end.offset).trim()
  return new Map(registry.entries.map(({value, row}) => [sourceOf(row), `${value.kind} ${value.id}`]))
}

test('whatever stands between the rows: a row that was read and is as it was is read with every fix', () => {
  const sound = fc.constant(soundCells)
  const faulty = fc.constantFrom(
    (name: string) => soundCells(name).slice(0, 4),
    (name: string) => [...soundCells(name), 'more'],
    (name: string) => [name, ...soundCells(name).slice(1)],
    (name: string) => [`~~\`${name}\`~~`, ...soundCells(name).slice(1)],
    (name: string) => [`\`${name}\`, \`${name}_2\``, ...soundCells(name).slice(1)],
    (name: string) => [`\`${name.toUpperCase()}\``, ...soundCells(name).slice(1)],
    (name: string) => [`\`${name}\u200b\``, ...soundCells(name).slice(1)],
    (name: string) => [`<b>\`${name}\`</b>`, ...soundCells(name).slice(1)],
    () => soundCells('log_again'),
  )
  const between = fc.constantFrom(
    ':::note',
    'Reviewed.',
    'Public Schema',
    '---',
    '===',
    '',
    '<!-- more -->',
    '<div>',
    '</div>',
    '> Quoted.',
    '- Listed.',
    '```',
    '[a]: b',
    '## Public Schema',
    '    indented',
    '| --- | --- |',
    ...table().trimEnd().split('\n'),
  )
  const line = fc.oneof(
    {arbitrary: sound, weight: 4},
    {arbitrary: faulty, weight: 2},
    {arbitrary: between, weight: 2},
  )
  const property = fc.property(
    fc.constantFrom(...layouts),
    fc.array(line, {minLength: 1, maxLength: 7}),
    ({write}, all) => {
      const text = write([
        soundCells('log_action'),
        ...all.map((one, index) => (typeof one === 'string' ? [`@${one}@`] : one(`log_${index}`))),
      ]).replaceAll(/(?:\| ?)?@(.*?)@[ |]*$/gm, '$1')
      const before = rowsOf(text)
      const read = reading(text)
      for (const finding of read.findings) {
        for (const {title, edits} of findFixes(read, finding, stringWidth)) {
          const fresh = applyEdits(read.text, edits)
          const after = rowsOf(fresh)
          const kept = new Set(fresh.split(/\r?\n/).map((one) => one.replace(/^[->\s]+/, '').trim()))
          for (const [source, id] of before) {
            if (kept.has(source.replace(/^[->\s]+/, '').trim()))
              expect({title, id, source, now: after.get(source)}).toMatchObject({now: id})
          }
          expect(new Set(after.values()).size, title).toBeGreaterThanOrEqual(new Set(before.values()).size)
        }
      }
    },
  )
  fc.assert(property, {numRuns: 300})
})
