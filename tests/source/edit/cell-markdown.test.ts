/** A text that is written into a cell is read back as it was typed, by both parsers, or refused. */
import fc from 'fast-check'
import {remark} from 'remark'
import remarkGfm from 'remark-gfm'
import {describe, expect, test} from 'vitest'
import {cellMarkdown, codeSpan} from '../../../src/source/edit/cell-markdown.ts'
import {isPlaceholder} from '../../../src/source/placeholder.ts'
import {readRegistry} from '../../../src/source/registry.ts'
import {read, row, table, today} from '../../support/read.ts'

/** What Markdown, GFM or GitHub could take for something else. */
const fragments = [
  ...[
    '|',
    '\\|',
    '\\\\|',
    '\\',
    '\\\\',
    '`',
    '``',
    '` `',
    '`a|b`',
    '*',
    '**',
    '*a*',
    '_',
    '_a_',
    '__a__',
    'a_b',
  ],
  ...[
    '~',
    '~~',
    '~~x~~',
    '~x~',
    '[',
    ']',
    '[x]',
    '[x](y)',
    '![x](y)',
    '[^1]',
    '[x]: y',
    '<',
    '>',
    '<b>',
    '</b>',
  ],
  ...[
    '<br>',
    '<!-- x -->',
    '<https://a.example>',
    '&',
    '&amp;',
    '&#124;',
    '&lt',
    '$',
    '$x$',
    '$\\alpha$',
    '#',
    '-',
  ],
  ...[
    '---',
    '+',
    '1.',
    '>',
    '=',
    ':',
    ':-:',
    '!',
    '"',
    "'",
    '(',
    ')',
    '{',
    '}',
    '@',
    ',',
    '.',
    ' ',
    '  ',
    '\u00e9',
  ],
  ...[
    'Writes',
    'the log',
    '監査',
    '✅',
    '👩‍👧',
    'e\u0301',
    'http://a.example/b_c?d=e&f=g',
    'Same',
    'TODO later',
  ],
]

const typed = fc
  .array(fc.oneof({weight: 5, arbitrary: fc.constantFrom(...fragments)}, fc.string({maxLength: 6})), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(''))
  .filter((text) => !/[\r\n\0]/.test(text))

/** A table in whose document a definition and a footnote wait to be referred to. */
function documentOf(markdown: string): string {
  return `${table(row(), row({name: '`queue_job`', why: markdown}))}\n[x]: https://a.example\n\n[^1]: A note.\n`
}

const quiet = ['placeholder', 'invisible-character', 'reserved-text', 'empty-cell']

test('any text without line breaks is read back as it was typed', () => {
  let read = 0
  fc.assert(
    fc.property(typed, (text) => {
      const markdown = cellMarkdown(text)
      expect(markdown).toBeTypeOf('string')
      const {registry, findings} = readRegistry(documentOf(markdown ?? ''), {path: 'x', today})
      const others = findings.filter(({ruleId}) => !quiet.includes(ruleId))
      expect({markdown, others}).toEqual({markdown, others: []})
      if (findings.length > 0) return
      read++
      expect(registry.entries[1]?.value.why).toBe(text.replace(/^[ \t]+|[ \t]+$/g, ''))
    }),
    {numRuns: 2000},
  )
  expect(read).toBeGreaterThan(1000)
})

test('remark with GFM reads it as the tool does, but for bare addresses', () => {
  const parser = remark().use(remarkGfm)
  fc.assert(
    fc.property(typed, (text) => {
      if (/https?:|www\.|@/i.test(text) || isPlaceholder(text)) return
      const source = documentOf(cellMarkdown(text) ?? '')
      const own = readRegistry(source, {path: 'x', today})
      const other = readRegistry(source, {path: 'x', today, tree: parser.parse(source)})
      expect(other.registry).toEqual(own.registry)
      expect(other.findings.map(({ruleId}) => ruleId)).toEqual(own.findings.map(({ruleId}) => ruleId))
    }),
    {numRuns: 500},
  )
})

describe('only what has a meaning is escaped', () => {
  test.each([
    [
      'Parameter validation, no dynamic SQL, idempotent.',
      'Parameter validation, no dynamic SQL, idempotent.',
    ],
    ['a|b', 'a\\|b'],
    ['a \\| b', 'a \\\\\\| b'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['queue_job, log_audit', 'queue_job, log_audit'],
    ['*all*', '\\*all\\*'],
    ['`fn`', '\\`fn\\`'],
    ['a < b & c', 'a < b & c'],
    ['<b>', '\\<b>'],
    ['&amp;', '\\&amp;'],
    ['[x]', '\\[x]'],
    ['ends with \\', 'ends with \\\\'],
    ['C:\\temp', 'C:\\temp'],
    ['\\[x]', '\\\\\\[x]'],
    ['$\\alpha$', '&#36;\\\\alpha&#36;'],
    ['one\ntwo', 'one<br>two'],
    ['  padded\t', 'padded'],
    ['', ''],
  ])('%j', (text, markdown) => {
    expect(cellMarkdown(text)).toBe(markdown)
  })

  test('a carriage return is no text of a cell', () => {
    expect(cellMarkdown('a\rb')).toBeUndefined()
    expect(cellMarkdown('a\r\nb')).toBeUndefined()
  })
})

describe('a name is one code span', () => {
  test.each([
    ['fn(uuid)', '`fn(uuid)`'],
    ['"a|b"', '`"a\\|b"`'],
    ['"a`b"', '``"a`b"``'],
  ])('%s', (name, markdown) => {
    expect(codeSpan(name)).toBe(markdown)
  })

  test('a backslash before a pipe is in none', () => {
    expect(codeSpan('"a\\|b"')).toBeUndefined()
  })

  test('any quoted name is read back, or refused', () => {
    fc.assert(
      fc.property(
        fc.string({unit: fc.constantFrom('a', 'B', ' ', '|', '\\', '`', '.', '""'), minLength: 1}),
        (text) => {
          const name = `"${text}"`
          const markdown = codeSpan(name)
          if (markdown === undefined) {
            expect(name).toContain('\\|')
            return
          }
          const {registry} = read(table(row({name: markdown})))
          expect(registry.entries.map(({value}) => value.name)).toEqual([text.replaceAll('""', '"')])
        },
      ),
      {numRuns: 500},
    )
  })
})
