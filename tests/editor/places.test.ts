/** What an editor shows at a place: completions, facts, symbols, the way to other places, and tables laid out anew. */
import fc from 'fast-check'
import stringWidth from 'string-width'
import {describe, expect, test} from 'vitest'
import {completeAt} from '../../src/editor/complete.ts'
import {completeHeading} from '../../src/editor/complete-heading.ts'
import {definitionAt} from '../../src/editor/definition.ts'
import {tableEdits} from '../../src/editor/format-table.ts'
import {hoverAt} from '../../src/editor/hover.ts'
import {readForEditor} from '../../src/editor/reading.ts'
import {sortTableAt} from '../../src/editor/sort-table.ts'
import {symbolsOf} from '../../src/editor/symbols.ts'
import {applyEdits} from '../../src/source/edit/text-edit.ts'
import type {ReadOptions} from '../../src/source/registry.ts'
import {layouts, soundCells} from '../support/layouts.ts'
import {read, row, table, today} from '../support/read.ts'

const path = 'docs/SECURITY_EXCEPTIONS.md'
const reading = (text: string, options: Partial<ReadOptions> = {}) =>
  readForEditor(text, {path, today, ...options})

/** The text with each completion at the mark `‸`, by its label. */
function completed(marked: string, options?: Partial<ReadOptions>) {
  const offset = marked.indexOf('‸')
  const text = marked.replace('‸', '')
  const found = completeAt(reading(text, options), offset, '2025-12')
  return found.map(({label, edit}) => ({label, after: applyEdits(text, [edit])}))
}

const labels = (marked: string, options?: Partial<ReadOptions>) =>
  completed(marked, options).map(({label}) => label)

describe('completion of a heading', () => {
  const section = (heading: string, schema: string) =>
    `## ${heading}\n\n${table(row({schema, name: `\`of_${schema}\``}))}`
  const headed = (marked: string, known: readonly string[]) => {
    const text = marked.replace('‸', '')
    return completeHeading(reading(text), marked.indexOf('‸'), known).map(({label, edit}) => ({
      label,
      after: applyEdits(text, [edit]),
    }))
  }

  test('names the schemas that have no section, as the others are named', () => {
    const found = headed(`${section('OPS Schema Functions', 'ops')}\n## ‸\n`, ['zoo', 'billing', 'ops'])
    expect(found.map(({label}) => label)).toEqual(['BILLING Schema Functions', 'ZOO Schema Functions'])
    expect(found[0]?.after).toContain('\n## BILLING Schema Functions\n')
    const written = `${found[0]?.after}\n${table(row({schema: 'billing', name: '`b`'}))}`
    expect(read(written).findings).toEqual([])
  })

  test('is offered in no text, no code and no table, and not twice', () => {
    const sound = section('OPS Schema Functions', 'ops')
    expect(headed(`${sound}\nAn # in a text ‸\n`, ['zoo'])).toEqual([])
    expect(headed(`${sound}\n\`\`\`\n## ‸\n\`\`\`\n`, ['zoo'])).toEqual([])
    expect(headed(`${sound}\n## ZOO Schema Functions‸\n`, ['zoo'])).toEqual([])
    expect(
      headed(`${sound}\n##‸`, ['zoo']).map(({after}) => after.endsWith('\n## ZOO Schema Functions')),
    ).toEqual([true])
  })
})

describe('completion', () => {
  test.each(layouts)('of a schema, $name', ({write}) => {
    const [name = '', , ...rest] = soundCells('log_audit')
    const marked = write([soundCells('log_action'), [name, 'o‸', ...rest]])
    const [first, ...others] = completed(marked)
    expect(others).toEqual([])
    expect(first?.label).toBe('ops')
    expect(read(first?.after ?? '').registry.entries.map(({value}) => value.id)).toEqual([
      'ops.log_action',
      'ops.log_audit',
    ])
  })

  test('of a schema: what the heading says first, else those of the document', () => {
    const rows = table(row({schema: 'zoo'}), row({name: '`b`', schema: '‸'}))
    expect(labels(`## OPS Schema Functions\n\n${rows}`)).toEqual(['ops'])
    expect(labels(rows.replace('zoo', 'a b'))).toEqual([])
    expect(labels(rows.replace('‸', 'z‸'))).toEqual(['zoo'])
    expect(labels(`${table(row({name: '`x`'}))}\n${rows}`)).toEqual(['zoo', 'ops'])
  })

  test('of an approval: the roster if there is one, else who approved last, in this month', () => {
    const text = table(
      row({approved: 'Core Team - 2025-01'}),
      row({name: '`b`', approved: 'Security \\| Ops - 2025-03'}),
      row({name: '`c`', approved: '‸'}),
    )
    expect(labels(text)).toEqual(['Security | Ops - 2025-12', 'Core Team - 2025-12'])
    expect(completed(text)[0]?.after).toContain('| Security \\| Ops - 2025-12 |\n')
    expect(labels(text, {approvals: {roster: ['Audit']}})).toEqual(['Audit - 2025-12'])
  })

  test('of a reference: no row itself, none that leads back to it, the same schema without its name', () => {
    const text = table(
      row({name: '`a`', risks: '‸'}),
      row({name: '`b`', risks: 'Same as `a`.'}),
      row({name: '`c`', risks: 'Same as `b`.'}),
      row({name: '`d(text)`'}),
      row({name: '`e`', schema: 'public'}),
    )
    expect(labels(text)).toEqual(['Same as d(text)', 'Same as public.e'])
    const typed = text.replace('‸', 'Same as‸')
    for (const {after} of completed(typed)) expect(read(after).findings).toEqual([])
    expect(labels(text.replace('‸', 'Writes‸'))).toEqual([])
  })

  test('of a grantee, and nowhere else', () => {
    const head =
      '| Object Name | Schema | Privileges | Granted To | Why Granted | Risks Mitigated | Approved By |'
    const grant = (role: string) =>
      `| \`f\` | ops | EXECUTE | ${role} | Form. | Limited. | Core Team - 2025-01 |`
    const text = [head, '| --- | --- | --- | --- | --- | --- | --- |', grant('anon'), grant('‸'), ''].join(
      '\n',
    )
    expect(labels(text)).toEqual(['PUBLIC', 'anon'])
    expect(labels(`${table(row())}\n‸`)).toEqual([])
    expect(labels(table(row({why: '‸'})))).toEqual([])
    expect(labels(table(row()).replace('Schema', 'Sch‸ema'))).toEqual([])
  })

  test('every completion of a cell is read back without a finding in that cell', () => {
    const names = fc.constantFrom('ops', '"a b"', '"Ops"', '"x|y"')
    fc.assert(
      fc.property(names, names, (one, two) => {
        const [a, b] = [one, two].map((name) => name.replaceAll('|', '\\|'))
        const text = table(
          row({schema: a ?? ''}),
          row({name: '`b`', schema: b ?? ''}),
          row({name: '`c`', schema: '‸'}),
        )
        const found = completed(text)
        expect(found.length).toBe(new Set([one, two]).size)
        for (const {after} of found) expect(read(after).findings).toEqual([])
      }),
    )
  })
})

describe('hover', () => {
  const text = table(
    row({name: '`a`', risks: 'Same as `b`.'}),
    row({name: '`b`', why: 'Reads *all*<br>of it.', risks: 'No \\| pipes.', approved: 'Core Team - 2025-01'}),
  )

  test('tells the entry, the risks that it refers to, and how long its approval holds', () => {
    const found = hoverAt(reading(text, {approvals: {maxAgeMonths: 6}}), text.indexOf('`a`'), undefined)
    expect(found?.markdown.split('\n\n')).toEqual([
      '**`ops.a`** excuses a routine that runs as its owner',
      'Writes the audit log.',
      '*Risks mitigated:* Same as b.',
      '*that is, of `ops.b`:* No \\| pipes.',
      '*Approved by:* Core Team, 2025-01 (held until 2025-07-31)',
    ])
  })

  test('a text cannot draw anything, and no audit is no verdict', () => {
    const wild = table(row({why: 'See \\[x](http://x) \\<b> \\*y\\*<br>\\# z.'}))
    const found = hoverAt(reading(wild), wild.indexOf('`'), undefined)
    expect(found?.markdown).not.toMatch(/(?<!\\)\[x\]|(?<!\\)<b>|(?<!\\)\*y/)
    expect(found?.markdown).not.toContain('migrations')
    expect(hoverAt(reading(wild), 0, undefined)).toBeUndefined()
  })

  test('what an audit says of the row, and that it says nothing', () => {
    const read = reading(text)
    const [a, b] = read.registry.entries
    const judgement = {
      ruleId: 'absent-routine',
      group: 'document',
      severity: 'error',
      verdict: 'refuted',
      object: 'ops.a',
      message: 'Unexpected row of ops.a',
      mend: {advice: 'Remove it.'},
      row: {
        path,
        place: a?.row ?? {start: {line: 0, column: 0, offset: 0}, end: {line: 0, column: 0, offset: 0}},
      },
      sources: ['migrations'],
    } as const
    const [ofA, ofB] = [a, b].map((one) => hoverAt(read, one?.row.start.offset ?? 0, [judgement])?.markdown)
    expect(ofA).toContain('✗ Unexpected row of ops.a')
    expect(ofB).toContain('Nothing in the migrations speaks against it')
  })
})

test('symbols: each table a section with its entries, in document order', () => {
  const text = `# All\n\n## Ops\n\n### Logs\n\n${table(row(), row({name: '`b`'}))}\n${table(row({name: '`c`'}))}\n## None\n`
  const sections = symbolsOf(reading(text))
  expect(sections.map(({name, place}) => [name, place.start.line, place.end.line])).toEqual([
    ['All > Ops > Logs', 5, 10],
    ['All > Ops > Logs', 5, 14],
  ])
  expect(sections.flatMap(({entries}) => entries.map(({name}) => name))).toEqual([
    'ops.log_action',
    'ops.b',
    'ops.c',
  ])
})

describe('definition', () => {
  const text = table(row({name: '`a`', risks: 'Same as `b`.'}), row({name: '`b(text)`'}), row({name: '`c`'}))
  const origin = (line: number) => {
    const point = {line, column: 1, offset: 0}
    return {path: 'migrations/1.sql', place: {start: point, end: point}, date: null}
  }
  const routine = (name: string, signature: string[] | null, line: number) => ({
    schema: 'ops',
    name,
    signature,
    origin: origin(line),
  })
  const inventory = {
    routines: [
      routine('b', ['uuid'], 1),
      routine('b', ['text'], 2),
      routine('c', [], 3),
      routine('c', ['text'], 4),
    ],
    relations: [],
  } as unknown as Parameters<typeof definitionAt>[2]
  const lines = (part: string) =>
    definitionAt(reading(text), text.indexOf(part) + 1, inventory).map(({path, place}) => [
      path,
      place?.start.line,
    ])

  test('of “Same as” is the row, of an entry the statements that made it', () => {
    expect(lines('Same as')).toEqual([[path, 4]])
    expect(lines('`b(text)`')).toEqual([['migrations/1.sql', 2]])
    expect(lines('`c`')).toEqual([
      ['migrations/1.sql', 3],
      ['migrations/1.sql', 4],
    ])
    expect(lines('`a`')).toEqual([])
    expect(definitionAt(reading(text), text.indexOf('`c`') + 1, undefined)).toEqual([])
  })
})

describe('whole tables', () => {
  test.each(layouts)('are sorted, $name: the same rows, in the order of their names', ({write}) => {
    const names = ['queue_job', 'a', 'log_action(uuid)', 'log_action(text)', 'b']
    const text = write(names.map(soundCells))
    const line = text.split('\n').findIndex((one) => one.includes('queue_job')) + 1
    const after = applyEdits(text, sortTableAt(reading(text), line))
    const ids = (one: string) => read(one).registry.entries.map(({value}) => value.id)
    expect(ids(after)).toEqual([...ids(text)].sort())
    expect(after.split('\n').toSorted()).toEqual(text.split('\n').toSorted())
    expect(sortTableAt(reading(after), line)).toEqual([])
  })

  test('with a row that is no entry are not sorted: it would have no place', () => {
    const rows = [row({name: '`z`'}), row({name: 'c'}), row({name: '`a`'})]
    expect(sortTableAt(reading(table(...rows)), 3)).toEqual([])
    expect(sortTableAt(reading(table(row({name: '`z`'}), row({name: '`a`'}))), 1)).toEqual([])
  })

  test('are laid out one by one, and none while there is an error', () => {
    const one = table(row({name: '`z`'}))
    const text = `${one}\n${table(row())}`
    const after = applyEdits(text, tableEdits(reading(text), 3, 'aligned', stringWidth))
    expect(after.endsWith(table(row()))).toBe(true)
    expect(after.split('\n')[2]).toMatch(/^\| `z` +\| ops +\|/)
    expect(read(after).registry.entries.map(({value}) => value)).toEqual(
      read(text).registry.entries.map(({value}) => value),
    )
    const all = applyEdits(text, tableEdits(reading(text), undefined, 'aligned', stringWidth))
    expect(all.endsWith(table(row()))).toBe(false)
    expect(tableEdits(reading(table(row({name: 'z'}))), 3, 'aligned', stringWidth)).toEqual([])
  })
})
