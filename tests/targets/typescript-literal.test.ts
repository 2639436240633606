/** Literals of TypeScript and JSON mean the text that they were made of, and show nothing that hides. */
import {runInNewContext} from 'node:vm'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {jsonLine, tsLine, tsString} from '../../src/targets/typescript-literal.ts'
import {canonical, hostileText} from '../support/registries.ts'

describe('tsString', () => {
  it.each([
    ['', '""'],
    ['a "b" \\ \'c\' `d`', '"a \\"b\\" \\\\ \'c\' `d`"'],
    ['a\n\r\tb', '"a\\n\\r\\tb"'],
    ['\u2028\u2029\u0085\u202e\ufeff', '"\\u2028\\u2029\\u0085\\u202e\\ufeff"'],
    ['\u{e0041}é😀', '"\\udb40\\udc41é😀"'],
    ['</script> <!-- <b> \\</', '"\\u003c/script> \\u003c!-- <b> \\\\\\u003c/"'],
    ['\ud83d', '"\\ud83d"'],
  ])('%j', (text, literal) => {
    expect(tsString(text)).toBe(literal)
  })

  it('is one line that reads back as the text, to JavaScript and to JSON', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const literal = tsString(text)
        expect(JSON.parse(literal)).toBe(text)
        expect(runInNewContext(literal)).toBe(text)
        expect(literal).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|<[/!]/u)
      }),
    )
  })
})

describe('jsonLine and tsLine', () => {
  it('have a blank behind each colon and comma', () => {
    expect(jsonLine({a: [1, null, {b: true, c: []}], d: {}})).toBe(
      '{"a": [1, null, {"b": true, "c": []}], "d": {}}',
    )
  })

  it('read back as the value, a key __proto__ too', () => {
    const key = fc.oneof(hostileText, fc.constantFrom('__proto__', 'constructor', '0'))
    const leaf = fc.oneof(hostileText, fc.integer(), fc.boolean(), fc.constant(null))
    const {value} = fc.letrec((tie) => ({
      value: fc.oneof(
        {maxDepth: 3},
        leaf,
        fc.array(tie('value'), {maxLength: 3}),
        fc.array(fc.tuple(key, tie('value')), {maxLength: 3}).map((pairs) => Object.fromEntries(pairs)),
      ),
    }))
    fc.assert(
      fc.property(value, (original) => {
        expect(canonical(JSON.parse(jsonLine(original)))).toBe(canonical(original))
        expect(canonical(runInNewContext(`(${tsLine(original)})`))).toBe(canonical(original))
      }),
    )
  })

  it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('x')])(
    'refuse %s',
    (value) => {
      expect(() => jsonLine({a: [value]})).toThrow(/^Unexpected .+, expected a value of JSON$/)
    },
  )
})
