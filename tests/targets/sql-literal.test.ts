/** A literal means the text it was made of, under every setting, and holds nothing that a tool would act on. */
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {sqlText, sqlTextArray} from '../../src/targets/sql-literal.ts'
import {onEachHost} from '../support/postgres.ts'

describe('sqlText', () => {
  it.each([
    ['', "E''"],
    ['plain', "E'plain'"],
    ["it's", "E'it''s'"],
    ["\\'", "E'\\\\'''"],
    ['C:\\temp', "E'C:\\\\temp'"],
    ['a\nb', "E'a\\nb'"],
    ['a\r\n\tb', "E'a\\x0d\\n\\x09b'"],
    ['$$ $secdef$ ${', "E'\\x24\\x24 \\x24secdef\\x24 \\x24{'"],
    ['a - b --- c --> d', "E'a - b -\\x2d\\x2d c -\\x2d> d'"],
    ['/* a */ 2*3/4', "E'/\\x2a a \\x2a/ 2*3/4'"],
    ['\u0080\u009f', "E'\\u0080\\u009f'"],
    ['a\u200fb\u202e\u200d\ufeff', "E'a\\u200fb\\u202e\\u200d\\ufeff'"],
    ['\u2028\u2029', "E'\\u2028\\u2029'"],
    ['\u{e0041}', "E'\\U000e0041'"],
    ['Grüße 😀 {{x}} </script> ; ? :name', "E'Grüße 😀 {{x}} </script> ; ? :name'"],
  ])('%j', (text, literal) => {
    expect(sqlText(text)).toBe(literal)
  })

  it.each(['a\0b', '\ud83d', 'a\ude00b'])('refuses %j, which no text in PostgreSQL can be', (text) => {
    expect(() => sqlText(text)).toThrow(/^Unexpected .+ in a text for PostgreSQL at [01]$/)
  })

  it('holds nothing that ends dollar quoting, starts a comment or breaks the line', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(sqlText(text)).not.toMatch(/[$\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|--|\/\*|\*\//u)
      }),
    )
  })
})

/** What cuts, quotes, escapes and hides, mixed with any other character. */
const fragment = fc.oneof(
  fc.constantFrom(
    "'",
    '\\',
    '$',
    '-',
    '--',
    '$$',
    '$secdef$',
    '/*',
    '*/',
    '\n',
    '\r',
    '\u2028',
    '{{',
    '${',
    ';',
    'x41',
    'u0041',
  ),
  fc.string({unit: 'binary', maxLength: 4}),
  fc.string({unit: 'grapheme', maxLength: 4}),
)
const hostileText = fc.array(fragment, {maxLength: 12}).map((parts) => parts.join('').replaceAll('\0', ''))

onEachHost((session) => {
  it.each(['on', 'off'])(
    'any text comes back as it was, with standard_conforming_strings %s',
    async (setting) => {
      await session.run(`SET standard_conforming_strings = ${setting}`)
      const property = fc.asyncProperty(
        fc.array(hostileText, {minLength: 1, maxLength: 20}),
        async (texts) => {
          const columns = texts.map((text, index) => `${sqlText(text)} AS c${index}`)
          const {rows} = await session.run(`SELECT ${columns.join(', ')}`)
          expect(Object.values(rows[0] ?? {})).toEqual(texts)
        },
      )
      await fc.assert(property)
    },
  )

  it('arrays come back as they were, and no array is NULL', async () => {
    const texts = ['a,b', '{}', '"', 'NULL', '', '\\']
    const {rows} = await session.run(
      `SELECT ${sqlTextArray(texts)} AS full, ${sqlTextArray([])} AS empty, ${sqlTextArray(null)} AS none`,
    )
    expect(rows).toEqual([{full: texts, empty: [], none: null}])
  })
})
