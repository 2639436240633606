/** Numbers and text in reports. */
import {describe, expect, test} from 'vitest'
import {type Finding, describe as words} from '../../src/model/rules.ts'
import {count} from '../../src/model/words.ts'
import {visible, visibleJson, visibleLines} from '../../src/report/visible.ts'

test.each([
  [0, '0 entries'],
  [1, '1 entry'],
  [2, '2 entries'],
  [12345, '12,345 entries'],
])('count %i', (number, text) => {
  expect(count(number, 'entry', 'entries')).toBe(text)
})

test.each([
  [1, 0, '1 line is missing'],
  [2, 0, '2 lines are missing'],
  [0, 1, '1 line is too many'],
  [0, 1200, '1,200 lines are too many'],
  [1, 1, '1 line differs'],
  [3, 3, '3 lines differ'],
  [3, 1, '3 lines are missing and 1 is too many'],
  [1, 1200, '1 line is missing and 1,200 are too many'],
])('a stale output, %i added and %i removed: %s', (added, removed, difference) => {
  const finding: Finding = {ruleId: 'output-stale', path: 'x', args: {added, removed}}
  expect(words(finding).message).toBe(`Unexpected stale output: ${difference}`)
})

describe('what a terminal would obey or not show', () => {
  test.each([
    ['\u001b[31m', '\\u{1b}[31m'],
    ['\u009b', '\\u{9b}'],
    ['a\r\nb', 'a\\u{d}\\u{a}b'],
    ['\u202e\u2066\u200b\u00ad\ufeff', '\\u{202e}\\u{2066}\\u{200b}\\u{ad}\\u{feff}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud83d', '\\u{d83d}'],
    ['\t', ' '],
    ['👩‍👧 नि é', '👩‍👧 नि é'],
  ])('%j is spelled out', (text, expected) => {
    expect(visible(text)).toBe(expected)
  })

  test('lines stay lines', () => {
    expect(visibleLines('a\u001b\nb\r\nc\rd')).toBe('a\\u{1b}\nb\nc\\u{d}d')
  })

  test('JSON says the same', () => {
    const value = {a: '\u009b\u202e\u2028\u{e0041}\n\ud83d'}
    const json = visibleJson(JSON.stringify(value, null, 2))
    expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    expect(JSON.parse(json)).toEqual(value)
  })
})
