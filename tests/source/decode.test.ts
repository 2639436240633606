/** Bytes: UTF-8 with or without a byte order mark, or a finding where the fault begins. */
import {describe, expect, test} from 'vitest'
import {collectFindings} from '../../src/model/rules.ts'
import {decode} from '../../src/source/decode.ts'
import {brief, messages, read, row, table} from '../support/read.ts'

function decodeBytes(...parts: (string | readonly number[])[]) {
  const encoder = new TextEncoder()
  const bytes = parts.flatMap((part) => (typeof part === 'string' ? [...encoder.encode(part)] : part))
  const {report, findings} = collectFindings('x.md')
  const text = decode(Uint8Array.from(bytes), report)
  return {text, findings, brief: brief(findings), messages: messages(findings)}
}

const mark = [0xef, 0xbb, 0xbf]

describe('UTF-8', () => {
  test('is decoded, a byte order mark left out', () => {
    expect(decodeBytes('a – 🎉\r\n')).toMatchObject({text: 'a – 🎉\r\n', findings: []})
    expect(decodeBytes(mark, 'a')).toMatchObject({text: 'a', findings: []})
    expect(decodeBytes()).toMatchObject({text: '', findings: []})
  })

  test('a text that still begins with a mark is read with the right places', () => {
    const text = `\ufeff${table(row(), row({name: 'x'}))}`
    expect(brief(read(text).findings)).toEqual(['name-not-code 4:3'])
    expect(read(text).registry.entries[0]?.row.start).toEqual({
      line: 3,
      column: 1,
      offset: text.indexOf('| `log_action`') - 1,
    })
    const stray = read(`\ufeff| a |\n\n${table(row())}`).findings
    expect(stray.map(({place}) => place)).toEqual([
      {start: {line: 1, column: 1, offset: 0}, end: {line: 1, column: 6, offset: 5}},
    ])
    expect(brief(read(`\ufeff<<<<<<< HEAD\n${table(row())}`).findings)).toEqual(['conflict-marker 1:1'])
    expect(decodeBytes(mark, mark, table(row())).text).toBe(`\ufeff${table(row())}`)
  })
})

describe('what is not UTF-8', () => {
  test.each<[string, (string | readonly number[])[], string, string]>([
    ['a Latin 1 letter', ['a\nbé\nc', [0xe9], 'd'], '3:2', 'byte 0xe9'],
    ['a byte that begins nothing', ['\u{1f389}', [0x80]], '1:3', 'byte 0x80'],
    ['a sequence that is cut off by a letter', ['é\r\nab', [0xe2, 0x82], '(x'], '2:3', 'byte 0xe2'],
    ['a sequence that is cut off by the end', ['ab', [0xe2, 0x82]], '1:3', 'byte 0xe2'],
    ['a long sequence that is cut off by the end', ['ab', [0xf0, 0x9f, 0x8e]], '1:3', 'byte 0xf0'],
    ['an encoded surrogate', ['ab\r', [0xed, 0xa0, 0x80]], '2:1', 'byte 0xed'],
    ['an overlong slash', ['ab', [0xc0, 0xaf]], '1:3', 'byte 0xc0'],
    ['a fault behind a byte order mark', [mark, 'ab', [0xff]], '1:3', 'byte 0xff'],
    ['UTF-16, little endian', [[0xff, 0xfe, 0x61, 0x00]], '1:1', 'UTF-16 (little endian)'],
    ['UTF-16, big endian', [[0xfe, 0xff, 0x00, 0x61]], '1:1', 'UTF-16 (big endian)'],
  ])('%s', (_, parts, where, found) => {
    const result = decodeBytes(...parts)
    expect(result.text).toBeUndefined()
    expect(result.brief).toEqual([`invalid-utf8 ${where}`])
    expect(result.messages).toEqual([`Unexpected ${found}, expected UTF-8 text`])
  })

  test('UTF-16 without a byte order mark is text full of NULs, and no registry', () => {
    const units = [...table(row())].flatMap((character) => [character.charCodeAt(0), 0])
    const {text} = decodeBytes(units)
    expect(brief(read(text ?? '').findings)).toContain('no-registry-table')
  })
})
