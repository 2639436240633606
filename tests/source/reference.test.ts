/** The reading of our slices is the reading of the tree that remark with remark-gfm makes. */
import fc from 'fast-check'
import {remark} from 'remark'
import remarkGfm from 'remark-gfm'
import {describe, expect, test} from 'vitest'
import {indexLines} from '../../src/model/lines.ts'
import type {Finding} from '../../src/model/rules.ts'
import {parseInSlices} from '../../src/source/slices.ts'
import {headerLines, proseLines, row, shortTable, tableOf, withEnding} from '../support/hostile.ts'
import {row as goodRow, read, table} from '../support/read.ts'

/** Rules and places; words come from other nodes where remark knows more (a footnote has no text). */
function marks(findings: readonly Finding[]) {
  return findings.map(({ruleId, place}) => ({ruleId, place}))
}

function readReference(text: string) {
  return read(text, {tree: remark().use(remarkGfm).parse(text)})
}

function expectSameReading(text: string): void {
  const ours = read(text)
  const reference = readReference(text)
  expect(marks(ours.findings)).toEqual(marks(reference.findings))
  expect(ours.registry).toEqual(reference.registry)
}

/** Pieces that the parser reads: the skeleton, and slices of rows that are not plain. */
function countPieces(text: string): number {
  return [...parseInSlices(text, indexLines(text))].filter((piece) => 'tree' in piece).length
}

const footnote = '[^1]: A note.\n'

/** 108 rows in nine sections, as the first user of the tool writes them. */
function honestDocument(): string {
  const sections = Array.from({length: 9}, (_, section) => {
    const rows = Array.from({length: 12}, (_, number) =>
      goodRow({
        name: `\`fn_${section}_${number}\``,
        risks: number === 5 ? `Same as fn_${section}_0.` : 'No dynamic SQL.',
      }),
    )
    return `---\n\n## OPS Schema Functions ${section}\n\n${table(...rows)}`
  })
  return [
    '# Security Exceptions\n\n> **Zero Trust**: see `docs`, www.example.com and [the log][log].\n\n1. **One**: two\n',
    ...sections,
    '## Audit History\n\n| Date | Auditor | Action |\n| --- | --- | --- |\n| 2025-01-15 | Core Team | Audit[log] |\n',
    '[log]: https://example.com/log\n',
  ].join('\n')
}

/** Prose and short tables, and one table that is long enough to be cut into slices. */
const longDocument = fc
  .tuple(
    fc.oneof(fc.constant(''), proseLines),
    shortTable,
    fc.oneof(fc.constant(''), proseLines),
    tableOf(fc.array(row, {minLength: 201, maxLength: 220})),
    fc.constantFrom('', 'A line of text.', '| a |', '    | four | spaces |'),
    proseLines,
    shortTable,
    fc.constantFrom('\n', '\r\n', '\r'),
  )
  .map(([first, small, second, long, after, third, last, ending]) =>
    withEnding(
      [first, small, second, '', `${long}\n${after}`, third, '', last, '', '[fn_1]: /x', '', footnote].join(
        '\n',
      ),
      ending,
    ),
  )

describe('the same reading as remark with remark-gfm', () => {
  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('an honest document in %s', (_, ending) => {
    const text = withEnding(honestDocument(), ending)
    expect(read(text).findings).toEqual([])
    expect(read(text).registry.entries).toHaveLength(108)
    expectSameReading(text)
  })

  test('short documents', () => {
    const document = fc
      .array(fc.oneof(proseLines, shortTable), {maxLength: 6})
      .map((blocks) => `${blocks.join('\n')}\n\n${footnote}`)
    fc.assert(fc.property(document, expectSameReading), {numRuns: 300})
  })

  test('documents with a table that is cut into slices', () => {
    let sliced = 0
    fc.assert(
      fc.property(longDocument, (text) => {
        if (countPieces(text) > 1) sliced++
        expectSameReading(text)
      }),
      {numRuns: 10, endOnFailure: true},
    )
    expect(sliced).toBeGreaterThan(0)
  })
})

test('a tree whose inline nodes have no places, as plugins leave them, is read with the places of cells', () => {
  const text = table(goodRow({why: 'Writes `x` now.'}), goodRow({name: '`b`', why: 'Writes ~~all~~ it.'}))
  const tree = remark().use(remarkGfm).parse(text)
  for (const body of tree.children.flatMap((node) => (node.type === 'table' ? node.children : [])))
    for (const child of body.children.flatMap((cell) => cell.children)) delete child.position
  const {findings, registry} = read(text, {tree})
  expect(findings.map(({ruleId, place}) => [ruleId, place?.start.line])).toEqual([['struck-through', 4]])
  expect(registry.entries.map(({value}) => value.why)).toEqual(['Writes x now.'])
})

describe('a long table', () => {
  const rows = Array.from({length: 412}, (_, number) =>
    goodRow({name: `\`fn_${number}\``, why: `Reads [it][r${number % 3}].`}),
  )
  const definitions = '\n[r0]: /zero\n\n> [r1]: /one\n> "and its title"\n'
  const text = `# Title\n\n${table(...rows)}\n${definitions}`

  test('is read in slices, exactly as in one piece', () => {
    expect(countPieces(text)).toBe(1 + Math.ceil(412 / 50))
    expectSameReading(text)
    expect(
      read(text)
        .registry.entries.map(({value}) => value.why)
        .slice(0, 3),
    ).toEqual(['Reads it.', 'Reads it.', 'Reads [it][r2].'])
  })

  test('has its cells at their places in the source, in any line ending', () => {
    for (const ending of ['\n', '\r\n', '\r']) {
      const source = withEnding(text, ending)
      const {entries} = read(source).registry
      expect(entries).toHaveLength(412)
      const lines = source.split(ending)
      for (const [index, {row: place, cells}] of entries.entries()) {
        expect(place.start.line).toBe(index + 5)
        expect(source.slice(place.start.offset, place.end.offset)).toBe(lines[index + 4])
        const cell = cells['Object Name']
        expect(cell && source.slice(cell.start.offset, cell.end.offset)).toBe(`\`fn_${index}\``)
        expect(cell?.start.column).toBe(3)
        const approval = cells['Approved By']
        expect(approval && source.slice(approval.start.offset, approval.end.offset)).toBe(
          'Core Team - 2025-01',
        )
        expect(approval?.start.column).toBe((lines[index + 4]?.indexOf('Core Team') ?? -1) + 1)
      }
    }
  })

  test('that stands in a quote, a fence or a comment is not cut, and the one beside it still is', () => {
    const body = [...headerLines, ...rows.slice(0, 205)]
    const quoted = body.map((line) => `> ${line}`).join('\n')
    const fenced = `\`\`\`\n${body.join('\n')}\n\`\`\``
    const comment = `<!--\n${body.join('\n')}\n-->`
    for (const other of [quoted, fenced, comment]) {
      const beside = `${other}\n\n${table(...rows.slice(206))}`
      expect(countPieces(beside)).toBe(1 + Math.ceil(206 / 50))
      expectSameReading(beside)
    }
    expect(read(`${quoted}\n`).registry.entries).toHaveLength(205)
    expect(read(`${fenced}\n\n${table(...rows.slice(206))}`).registry.entries).toHaveLength(206)
  })

  test('ten thousand rows are ten thousand entries', () => {
    const many = Array.from({length: 10_000}, (_, number) => goodRow({name: `\`fn_${number}\``}))
    const counts: number[] = []
    const {registry, findings} = read(table(...many), {onRows: (count) => counts.push(count)})
    expect(findings).toEqual([])
    expect(registry.entries).toHaveLength(10_000)
    expect(registry.entries.at(-1)?.row.start).toEqual({
      line: 10_002,
      column: 1,
      offset: table(...many.slice(0, -1)).length,
    })
    expect(registry.entries.at(-1)?.value.id).toBe('ops.fn_9999')
    expect(counts.at(-1)).toBe(10_000)
    expect(counts.toSorted((a, b) => a - b)).toEqual(counts)
  })
})

describe('a plain row', () => {
  const plain = fc.string({
    unit: fc.constantFrom(
      ...' aZ09._,;:\'"()/+=%?!#-',
      '`',
      '@',
      '&',
      '*',
      '__',
      '--',
      '\\',
      '~',
      '<',
      '[',
      '\u00e4',
    ),
    minLength: 1,
    maxLength: 12,
  })
  const cells = fc.array(
    fc.oneof(
      plain,
      plain.map((text) => `\`${text}\``),
    ),
    {minLength: 4, maxLength: 6},
  )

  test('is read as the parser would read it, and so is one that is nearly plain', () => {
    fc.assert(
      fc.property(fc.array(cells, {minLength: 1, maxLength: 8}), (rows) => {
        expectSameReading(table(goodRow(), ...rows.map((row) => `| ${row.join(' | ')} |`)))
      }),
      {numRuns: 400},
    )
  })

  test.each([
    'See www.example.com now.',
    'See http://example.com/a_b_c?d=1#e now.',
    'a_b_c',
    'a__b',
    '*a*',
    '**a** b * c',
    '~a~ b',
    '<b>a</b>',
    '[a](b)',
    '![a](b)',
    'a &amp; b',
    'a \\* b',
    '\\_a\\_',
    '$x$',
    'a`b`c',
    '_a_',
    '# 1. - + =',
  ])('may hold %s', (why) => expectSameReading(table(goodRow({why}))))

  test('is read without the parser', () => {
    const pieces = [...parseInSlices(honestDocument(), indexLines(honestDocument()))]
    const rows = pieces.flatMap((piece) => ('rows' in piece ? piece.rows : []))
    expect(rows.length).toBe(108)
    expect(pieces.filter((piece) => 'tree' in piece).length).toBe(2)
  })
})
