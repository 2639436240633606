/** A patch for a person: cut with a count, long lines around their difference, nothing raw. */
import stringWidth from 'string-width'
import {expect, test} from 'vitest'
import {makePatch} from '../../src/app/patch.ts'
import {prettyPatch} from '../../src/report/pretty-patch.ts'
import {plain} from '../../src/report/style.ts'

function show(actual: string, expected: string, width = 80, path = 'generated/a.sql'): string[] {
  return prettyPatch({path, patch: makePatch({actual, expected}), style: plain, width}).split('\n')
}

const lines = (from: number, to: number, text = 'line') =>
  Array.from({length: to - from}, (_, index) => `${text} ${from + index}\n`).join('')

test('from what is on disk to what the document says', () => {
  expect(show('a\nb\nc\n', 'a\nB\nc\nd\n')).toEqual([
    '--- generated/a.sql (on disk)',
    '+++ generated/a.sql (from the document, +2 −1)',
    '@@ -1,3 +1,4 @@',
    ' a',
    '-b',
    '+B',
    ' c',
    '+d',
    '',
    '',
  ])
})

test.each([
  [19, []],
  [20, ['… 1 more changed line']],
  [21, ['… 2 more changed lines']],
  [1219, ['… 1,200 more changed lines']],
])('of %i added lines 19 are shown below their header', (number, rest) => {
  const shown = show('', lines(0, number))
  expect(shown.filter((line) => line.startsWith('+line'))).toHaveLength(Math.min(number, 19))
  expect(shown.filter((line) => line.startsWith('…'))).toEqual(rest)
})

test.each([60, 80, 120])('a long line is cut to %i columns around the first difference', (width) => {
  const record = (approved: string) =>
    `  {"id": "ops.f", ${'"why": "words", '.repeat(30)}"approved": "${approved}", ${'"more": 1, '.repeat(30)}}\n`
  const shown = show(record('2025-01'), record('2025-02'), width).filter((line) =>
    /^[-+] {2}\{"id": "ops\.f".*…/.test(line),
  )
  expect(shown).toHaveLength(2)
  expect(shown[0]).toContain('"approved": "2025-01')
  expect(shown[1]).toContain('"approved": "2025-02')
  for (const line of shown) expect(stringWidth(line)).toBeLessThanOrEqual(width)
})

test('pairs keep their order where several lines change at once', () => {
  expect(show('a 1\nb 1\n', 'a 2\nb 2\n').slice(3, 7)).toEqual(['-a 1', '-b 1', '+a 2', '+b 2'])
})

test('empty lines of the context and of the change stay', () => {
  expect(show('a\n\nb\n', 'a\n\nc\n\n').slice(3, -2)).toEqual([' a', ' ', '-b', '+c', '+'])
})

test('nothing of a hostile file reaches the terminal raw', () => {
  const text = show('\u001b[2J\u202e\n', 'x\u0085\r\u009b\n', 80, 'a\u001b[31m').join('\n')
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  expect(text).toContain('-\\u{1b}[2J\\u{202e}')
})

test('line ends are no difference', () => {
  expect(makePatch({actual: 'a\r\nb\r\n', expected: 'a\nc\n'})).toMatchObject({added: 1, removed: 1})
})

test('files that share next to nothing are compared in time, and counted', () => {
  const {added, removed, hunks} = makePatch({
    actual: lines(0, 20_000, 'old'),
    expected: lines(0, 20_000, 'new'),
  })
  expect({added, removed}).toEqual({added: 20_000, removed: 20_000})
  expect(hunks[0]?.lines[0]).toBe('-old 0')
})
