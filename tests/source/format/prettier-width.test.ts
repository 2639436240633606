/** Widths by Prettier's count: of every character, and of what several of them make. */
import * as prettier from 'prettier'
import stringWidth from 'string-width'
import {expect, test} from 'vitest'
import {prettierWidth} from '../../../src/source/format/prettier-width.ts'

const width = prettierWidth(stringWidth)
const {getStringWidth} = prettier.util

/** Those that this Node.js knows: Prettier brings its own tables. */
function* characters(): Generator<string> {
  for (let point = 0x20; point <= 0x10ffff; point++) {
    const character = String.fromCodePoint(point)
    if (point !== 0x7f && !/\p{Cn}/u.test(character)) yield character
  }
}

const beyond = [
  ['alone', ''],
  ['drawn as an emoji', '\ufe0f'],
  ['drawn as a text', '\ufe0e'],
  ['before a joiner', '\u200d'],
  ['with a colour of skin', '\u{1f3fb}'],
  ['with an accent', '\u0301'],
  ['with half a voice mark', '\uff9e'],
] as const

test.each(beyond)('a character %s is as wide as Prettier has it', (_, more) => {
  const others = [...characters()].filter((one) => width(one + more) !== getStringWidth(one + more))
  expect(others).toEqual([])
})

const sequences = [
  ...['👩‍👩‍👧', '👁‍🗨', '👁️‍🗨️', '🏴‍☠', '🏴‍☠️', '🏳‍🌈', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👍🏽', '✌🏽', '1️⃣', '1⃣', '*️⃣', '🇩🇪', '🇩', '❤‍🔥'],
  ...[
    '👩‍❤‍👨',
    '🧑🏻‍🤝‍🧑🏿',
    '👨‍👩',
    '👍\u200d',
    '🏽',
    '한',
    '한',
    'ｶﾞ',
    'a\u200bb',
    'e\u0301\u0302',
    'นำ้',
    '👩‍👩‍👧👩‍👩‍👧',
  ],
  ...['a日b', '日本語 and ASCII', '✔️ done', '☀ and ☀️', '\u00a0', '\u3000', 'x\ufeffy', '\u0600', '12 34 #5'],
]

test.each(sequences)('%s is as wide as Prettier has it', (text) => {
  expect(width(text)).toBe(getStringWidth(text))
  expect(width(`before ${text} after`)).toBe(getStringWidth(`before ${text} after`))
})
