/** The layout of registry tables: what real Prettier leaves alone, what is never touched, what never changes its meaning. */
import fc from 'fast-check'
import * as prettier from 'prettier'
import stringWidth from 'string-width'
import {describe, expect, test} from 'vitest'
import type {TableStyle} from '../../../src/model/config.ts'
import {applyEdits} from '../../../src/source/edit/text-edit.ts'
import {formatTables} from '../../../src/source/format/format-tables.ts'
import {prettierWidth} from '../../../src/source/format/prettier-width.ts'
import {styledDocuments} from '../../support/edit-documents.ts'
import {read, row, table} from '../../support/read.ts'

const measure = prettierWidth(stringWidth)

function format(text: string, style?: TableStyle): string {
  return applyEdits(text, formatTables(text, {style, measure}))
}

const byPrettier = (text: string, options: prettier.Options = {}) =>
  prettier.format(text, {parser: 'markdown', endOfLine: 'auto', ...options})

/** What the document says, without where. */
function meaning(text: string) {
  const {registry, findings} = read(text)
  return {
    entries: registry.entries.map(({value}) => value),
    history: registry.history.map(({value}) => value),
    findings: findings.map(({ruleId}) => ruleId),
  }
}

const words = fc.constantFrom(
  ...[
    'Writes',
    'the log',
    '`a\\|b`',
    'a\\|b',
    '日本語',
    'naïve',
    '“quoted”',
    '✔️',
    '☀',
    '👩‍👩‍👧',
    'e\u0301',
    '—',
    'ﾊﾟ',
    '한글',
  ],
  ...[
    '[a link](https://example.com/a)',
    '**bold**',
    '_soft_',
    'a<br>b',
    'ops.log\\_action',
    '100%',
    '→',
    '§ 3',
  ],
)
const sentence = fc.array(words, {minLength: 1, maxLength: 5}).map((parts) => `Says ${parts.join(' ')}`)
const blanks = fc.constantFrom('', ' ', '  ', '\t', '      ')
const mark = fc.constantFrom('--', ':-', '-:', ':-:', '----------', ':-----', '------:', ':---------:')

/** A sound document whose only table is laid out at random. */
const document = fc
  .record({
    texts: fc.array(fc.tuple(sentence, sentence), {minLength: 1, maxLength: 5}),
    marks: fc.array(mark, {minLength: 5, maxLength: 5}),
    pads: fc.infiniteStream(blanks),
    outer: fc.boolean(),
    eol: fc.constantFrom('\n', '\r\n'),
    prefix: fc.constantFrom('', '> '),
  })
  .map(({texts, marks, pads, outer, eol, prefix}) => {
    const pad = (): string => pads.next().value
    const line = (cells: readonly string[]): string => {
      const inner = cells.map((cell) => `${pad() || ' '}${cell}${pad() || ' '}`).join('|')
      return prefix + (outer ? `|${inner}|` : inner.trim())
    }
    const header = ['Object Name', 'Schema', 'Why SECURITY DEFINER', 'Risks Mitigated', 'Approved By']
    const rows = texts.map(([why, risks], index) => [
      `\`f${index}\``,
      'ops',
      why,
      risks,
      'Core Team - 2025-01',
    ])
    return ['# Exceptions', '', ...[header, marks, ...rows].map(line), ''].join(eol)
  })

describe('aligned', () => {
  test('is what Prettier makes of it, whatever stands in the cells', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const formatted = format(text, 'aligned')
        expect(await byPrettier(formatted)).toBe(formatted)
      }),
      {numRuns: 150},
    )
  })

  test('pads to the widest cell and aligns by the colons', () => {
    const header = '| Object Name | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By |'
    const text = [header, '|:-|:-:|-|-:|---|', row({why: 'Writes it.'}), ''].join('\n')
    expect(format(text, 'aligned').split('\n')).toEqual([
      '| Object Name  | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By         |',
      '| :----------- | :----: | -------------------- | --------------: | ------------------- |',
      '| `log_action` |  ops   | Writes it.           |    Append-only. | Core Team - 2025-01 |',
      '',
    ])
  })
})

describe('compact', () => {
  test('is what Prettier makes of a table that is too wide, where prose is never wrapped', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const formatted = format(text, 'compact')
        expect(await byPrettier(formatted, {proseWrap: 'never', printWidth: 20})).toBe(formatted)
      }),
      {numRuns: 150},
    )
  })
})

describe.each(['compact', 'aligned', undefined] as const)('in style %s', (style) => {
  test('it says what it said, and a second run changes nothing', () => {
    fc.assert(
      fc.property(document, (text) => {
        const before = meaning(text)
        expect(before.findings).toEqual([])
        const formatted = format(text, style)
        expect(meaning(formatted)).toEqual(before)
        expect(format(formatted, style)).toBe(formatted)
      }),
    )
  })

  test.each(styledDocuments)('a document $name says what it said', ({text}) => {
    const unmarked = text.replace(/^\ufeff/, '')
    expect(meaning(format(unmarked, style))).toEqual(meaning(unmarked))
  })

  test('whatever is no registry table keeps every byte', () => {
    const others = [
      '# Exceptions  ',
      '',
      '|a|b|',
      '|-|-|',
      '|1|  2|',
      '',
      '```md',
      '|Object Name|Schema|Why SECURITY DEFINER|Risks Mitigated|Approved By|',
      '|-|-|-|-|-|',
      '|`f`|ops|x|y|Core Team - 2025-01|',
      '```',
      '',
      '| Date | Auditor|Action |',
      '|-|-|-|',
      '| 2025-01-01|Core Team |  Read. |',
      '',
    ].join('\n')
    const formatted = format(`${others}\n${table(row())}The end.  `, style)
    expect(formatted.startsWith(others)).toBe(true)
    expect(formatted.endsWith('\nThe end.  ')).toBe(true)
  })
})

describe('as it is found', () => {
  const found = (text: string) => format(text)

  test('a compact table stays compact, and gets its blanks', () => {
    expect(found(table(row(), '|`b`|ops|  Why.|Risks.|Core Team - 2025-01|'))).toBe(
      table(row(), '| `b` | ops | Why. | Risks. | Core Team - 2025-01 |'),
    )
  })

  test('an aligned table is aligned again, for a row that was added without padding', () => {
    const aligned = format(table(row(), row({name: '`b`'}), row({name: '`c`'})), 'aligned')
    const formatted = found(`${aligned}${row({name: '`long_name_of_a_function`'})}\n`)
    expect(
      new Set(
        formatted
          .trimEnd()
          .split('\n')
          .map((line) => line.length),
      ).size,
    ).toBe(1)
    expect(formatted).toBe(format(formatted, 'aligned'))
  })

  test('a table whose cells happen to be as wide as its headings is aligned at once', () => {
    const exact = {why: 'Says twenty letters.', risks: 'Fifteen letters', approved: 'T - 2025-01'}
    const [one, two] = ['`fn_name_x`', '`fn_name_y`'].map((name) => row({name, schema: 'intake', ...exact}))
    const formatted = found(table(one?.replaceAll(' | ', ' |\t') ?? '', two ?? ''))
    expect(formatted).toBe(found(formatted))
    expect(formatted).toBe(format(table(one ?? '', two ?? ''), 'aligned'))
  })

  test('each table by itself', () => {
    const [compact, aligned] = [table(row()), format(table(row({name: '`b`'})), 'aligned')]
    expect(found(`${compact}\n${aligned}`)).toBe(`${compact}\n${aligned}`)
  })
})

test('a table in a quote and one in a list keep what stands before their lines', () => {
  const lines = table(row()).trimEnd().split('\n')
  const inQuote = lines.map((line) => `> ${line.replaceAll(' | ', '  |  ')}`)
  const inList = table(row({name: '`b`'}))
    .trimEnd()
    .split('\n')
    .map((line, index) => `${index === 0 ? '- ' : '  '}${line.replaceAll(' | ', '|')}`)
  const formatted = format([...inQuote, '', ...inList, ''].join('\n'), 'compact').split('\n')
  expect(formatted.slice(0, 3)).toEqual(lines.map((line) => `> ${line}`))
  expect(formatted[4]).toBe(`- ${lines[0]}`)
  expect(formatted[6]).toBe(`  ${row({name: '`b`'})}`)
})

test('a blank that is none of the padding is content', () => {
  const text = table(row({why: '\u00a0Writes it.\u2003'}))
  expect(formatTables(text, {style: 'compact', measure})).toEqual([])
})

test('headings that a configuration renames are those of a registry table', () => {
  const text = table(row()).replace('Object Name', 'Function').replaceAll(' | ', '|')
  const columns = {'Object Name': ['Function']}
  const style = 'compact'
  expect(formatTables(text, {style, measure})).toEqual([])
  expect(applyEdits(text, formatTables(text, {style, measure, columns}))).toContain(`\n${row()}\n`)
})
