/** No row vanishes: whatever the document, each line that looks like a row is read, left alone rightly, or a finding. */
import fc from 'fast-check'
import type {Code, Nodes, Table} from 'mdast'
import {remark} from 'remark'
import remarkGfm from 'remark-gfm'
import {describe, expect, test} from 'vitest'
import {type Finding, isError, rules} from '../../src/model/rules.ts'
import type {ReadResult} from '../../src/source/registry.ts'
import {headerLines, row} from '../support/hostile.ts'
import {row as goodRow, read} from '../support/read.ts'

const [header = '', delimiter = ''] = headerLines
const fragments = fc.oneof(
  {weight: 5, arbitrary: row},
  {weight: 3, arbitrary: fc.constant(goodRow())},
  {weight: 3, arbitrary: fc.constantFrom(`${header}\n${delimiter}`, header, delimiter)},
  {
    weight: 4,
    arbitrary: fc
      .array(row, {minLength: 1, maxLength: 4})
      .map((rows) => [header, delimiter, ...rows].join('\n')),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      '| --- | --- |',
      '| Term | Meaning |\n| --- | --- |\n| role | who |',
      '| Date | Auditor | Action |\n| --- | --- | --- |\n| 2025-01-15 | Core Team | Audit |',
      '| `half` | ops |',
      '|',
      '||||||',
      '`fn` | ops | why | risks | Core Team - 2025-01',
      'a | b | c | d',
      '\\| escaped |',
    ),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        '```',
        '````',
        '```sql',
        '~~~',
        '~~~~',
        '    ```',
        '> ```',
        '<!--',
        '-->',
        '<!-- x -->',
        '<details>',
      ],
      ...[
        '</details>',
        '<table><tr><td>fn</td></tr></table>',
        '<pre>',
        '</pre>',
        '<script>',
        '<del>',
        '</del>',
        '</s>',
      ],
      ...[
        '===',
        '---',
        '***',
        '# Title',
        '## OPS schema',
        '<<<<<<< HEAD',
        '=======',
        '>>>>>>> x',
        '||||||| base',
      ],
    ),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        '',
        '',
        '',
        ' ',
        '\t',
        'Some text.',
        '[log]: /x "a',
        'title"',
        '[^1]: note',
        '- item',
        '1. item',
        '+ x',
        '> q',
      ],
      ...[
        '\u0000',
        '\u2028',
        '\u0085',
        '\u000b',
        '\u000c',
        '\ufeff',
        '🎉',
        '$$',
        '::: note',
        'term\n: definition',
        '<a',
        '`',
      ],
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('x', '`', '\\', '|', ' ', '<!', '*', '> ', '[')
      .map((unit) => `| ${unit.repeat(10_000)} |`),
  },
)

const marks = fc.constantFrom(
  '',
  '',
  '',
  '',
  '',
  '',
  '> ',
  '>',
  '- ',
  '  ',
  '   ',
  '    ',
  '\t',
  '1. ',
  '> > ',
  '>- ',
)
const endings = fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', '\r')

/** Runs of lines behind the same marks: otherwise hardly a table would come together in a quote or a list. */
const hostileDocument = fc
  .array(fc.tuple(marks, fc.array(fragments, {minLength: 1, maxLength: 6}), endings), {maxLength: 8})
  .map((runs) =>
    runs
      .flatMap(([mark, parts, ending]) =>
        parts.flatMap((part) => part.split('\n')).map((line) => mark + line + ending),
      )
      .join(''),
  )

/** The lines of a text as CommonMark counts them. */
function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/)
}

/** The oracle: behind the marks of quotes and lists, the line begins with a pipe. */
function beginsWithPipe(line: string): boolean {
  let rest = line
  for (;;) {
    rest = rest.trimStart()
    const mark = /^(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])/.exec(rest)?.[0]
    if (mark === undefined) return rest.startsWith('|')
    rest = rest.slice(mark.length)
  }
}

function collect<Type extends Nodes['type']>(node: Nodes, type: Type): Extract<Nodes, {type: Type}>[] {
  const own = node.type === type ? [node as Extract<Nodes, {type: Type}>] : []
  return 'children' in node ? [...own, ...node.children.flatMap((child) => collect(child, type))] : own
}

function span(node: Nodes): [number, number] {
  return [node.position?.start.line ?? 0, node.position?.end.line ?? 0]
}

function textOf(node: Nodes): string {
  if ('children' in node) return node.children.map(textOf).join('')
  return 'value' in node ? node.value : ''
}

function headingsOf({children}: Table): string[] {
  return children[0]?.children.map((cell) => textOf(cell).toLowerCase().replace(/\s/g, '')) ?? []
}

const registryHeadings = ['objectname', 'schema', 'whysecuritydefiner', 'risksmitigated', 'approvedby']
const historyHeadings = ['date', 'auditor', 'action']

function has(headings: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((heading) => headings.includes(heading))
}

/** By the last line of it, which a block without an end does not have. */
function isClosed({position}: Code, lines: readonly string[]): boolean {
  if (position === undefined || position.start.line === position.end.line) return false
  const fence = /^(?:`{3,}|~{3,})/.exec(
    lines[position.start.line - 1]?.slice(position.start.column - 1) ?? '',
  )?.[0]
  const last = lines[position.end.line - 1]?.replace(/^[\s>]*/, '').trimEnd() ?? ''
  return fence !== undefined && last.length >= fence.length && last === fence.charAt(0).repeat(last.length)
}

function covers({place}: Finding, line: number): boolean {
  return place !== undefined && place.start.line <= line && line <= place.end.line
}

/** Lines that look like rows and about which the reader has said nothing. */
function findLost(text: string, {registry, findings}: ReadResult): string[] {
  if (findings.some(({ruleId, place}) => rules[ruleId].severity === 'fatal' && place)) return []
  const lines = linesOf(text)
  const tree = remark().use(remarkGfm).parse(text)
  const safe = new Set<number>()
  const add = (first: number, last: number) => {
    for (let line = first; line <= last; line++) safe.add(line)
  }
  for (const {row: place} of [...registry.entries, ...registry.history]) add(place.start.line, place.end.line)
  for (const table of collect(tree, 'table')) {
    const [first, last] = span(table)
    const headings = headingsOf(table)
    const isOurs = has(headings, registryHeadings) || has(headings, historyHeadings)
    const isRejected = findings.some((finding) => covers(finding, first))
    add(first, isOurs && !isRejected ? first + 1 : last)
  }
  for (const code of collect(tree, 'code')) if (isClosed(code, lines)) add(...span(code))
  return lines.flatMap((line, index) => {
    const number = index + 1
    const isLost =
      beginsWithPipe(line) && !safe.has(number) && !findings.some((finding) => covers(finding, number))
    return isLost ? [`${number}: ${line}`] : []
  })
}

describe('for any document', () => {
  test('the reader does not throw, and no line that looks like a row is lost', () => {
    fc.assert(
      fc.property(hostileDocument, (text) => {
        expect(findLost(text, read(text))).toEqual([])
      }),
      {numRuns: 400},
    )
  })

  test('each body row of a registry table is an entry or has a finding that is an error', () => {
    let entries = 0
    fc.assert(
      fc.property(hostileDocument, (text) => {
        const {registry, findings} = read(text)
        if (findings.some(({ruleId, place}) => rules[ruleId].severity === 'fatal' && place)) return
        const errors = findings.filter(isError)
        const rows = collect(remark().use(remarkGfm).parse(text), 'table')
          .filter((table) => has(headingsOf(table), registryHeadings))
          .filter((table) => !errors.some((finding) => covers(finding, span(table)[0])))
          .flatMap((table) => table.children.slice(1).map((body) => span(body)[0]))
        const taken = registry.entries.map((entry) => entry.row.start.line)
        expect(new Set(taken).size).toBe(taken.length)
        expect(taken.filter((line) => !rows.includes(line))).toEqual([])
        const refused = rows.filter((line) => !taken.includes(line))
        expect(refused.filter((line) => !errors.some((finding) => covers(finding, line)))).toEqual([])
        entries += taken.length
      }),
      {numRuns: 250},
    )
    expect(entries).toBeGreaterThan(20)
  })

  test('findings are in order, in the text, and the same in every run', () => {
    fc.assert(
      fc.property(hostileDocument, (text) => {
        const {findings} = read(text)
        const offsets = findings.map(({place}) => place?.start.offset ?? -1)
        expect(offsets).toEqual(offsets.toSorted((a, b) => a - b))
        for (const {place} of findings) {
          if (place === undefined) continue
          expect(place.end.offset).toBeLessThanOrEqual(text.replace(/^\ufeff/, '').length)
          expect(place.start.offset).toBeLessThanOrEqual(place.end.offset)
        }
        expect(read(text).findings).toEqual(findings)
      }),
      {numRuns: 80},
    )
  })
})

describe('lines on which a pattern or a parser could run for ever', () => {
  const units = [
    '|',
    '`',
    '\\',
    '<',
    ' ',
    '> ',
    '- ',
    '*',
    '*a ',
    '[',
    '](',
    '<!--',
    '&',
    '~~a ',
    '$\\a',
    '"a"',
    '(',
    '!',
    '>',
  ]
  const long = (unit: string, length = 40_000) => unit.repeat(Math.ceil(length / unit.length))

  test.each(units)('%j', (unit) => {
    const texts = [
      long(unit),
      `a${long(unit)}b`,
      `${long(unit)}| a |`,
      `${header}\n${delimiter}\n${goodRow({why: `a${long(unit)}b`})}\n`,
      `${header}\n${delimiter}\n${goodRow({name: `\`f("${long(unit, 20_000)}\``})}\n`,
      `${header}\n${delimiter}\n${goodRow({risks: `Same as f, ${long(unit, 20_000)})`})}\n`,
    ]
    for (const text of texts) {
      const {registry, findings} = read(text)
      const silent = linesOf(text).flatMap((line, index) => {
        const isRead =
          text.startsWith(header) &&
          (index < 2 || registry.entries.some((entry) => entry.row.start.line === index + 1))
        return beginsWithPipe(line) && !isRead && !findings.some((finding) => covers(finding, index + 1))
          ? [index]
          : []
      })
      expect(silent).toEqual([])
    }
  })
})
