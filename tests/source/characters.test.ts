/** Characters that are read otherwise than they are seen: in names and in prose. */
import {describe, expect, test} from 'vitest'
import {brief, messages, pointedAt, read, row, table} from '../support/read.ts'

function withName(name: string): string {
  return table(row({name: `\`${name}\``}))
}

function withWhy(why: string): string {
  return table(row({why}))
}

describe('a name', () => {
  test.each([
    ['a no-break space', 'log\u00a0audit', '\u00a0', 'U+00A0 (no-break space)'],
    ['a no-break space at its end', 'log_audit\u00a0', '\u00a0', 'U+00A0 (no-break space)'],
    ['a narrow no-break space', 'log\u202faudit', '\u202f', 'U+202F (narrow no-break space)'],
    ['an ideographic space', 'log\u3000audit', '\u3000', 'U+3000'],
    ['a zero-width space', 'log\u200b_audit', '\u200b', 'U+200B (zero width space)'],
    ['a zero-width joiner', 'log\u200d_audit', '\u200d', 'U+200D (zero width joiner)'],
    ['a word joiner', 'log\u2060_audit', '\u2060', 'U+2060 (word joiner)'],
    ['a byte order mark', '\ufefflog_audit', '\ufeff', 'U+FEFF (zero width no-break space)'],
    ['a soft hyphen', 'log\u00ad_audit', '\u00ad', 'U+00AD (soft hyphen)'],
    ['a right-to-left override', 'log\u202e_audit', '\u202e', 'U+202E (right-to-left override)'],
    ['an isolate', 'log\u2066_audit', '\u2066', 'U+2066 (left-to-right isolate)'],
    ['a tag', 'log\u{e0061}_audit', '\u{e0061}', 'U+E0061'],
    ['a variation selector', 'log\ufe0f_audit', '\ufe0f', 'U+FE0F'],
    ['a variation selector of another plane', 'log\u{e0101}_audit', '\u{e0101}', 'U+E0101'],
    ['a Mongolian variation selector', 'log\u180b_audit', '\u180b', 'U+180B'],
    ['a Hangul filler', 'log\u3164audit', '\u3164', 'U+3164 (Hangul filler)'],
    ['a blank braille pattern', 'log\u2800audit', '\u2800', 'U+2800 (blank braille pattern)'],
    ['a combining grapheme joiner', 'log\u034faudit', '\u034f', 'U+034F'],
    ['a mark below an underscore', 'log_\u0331audit', '\u0331', 'U+0331'],
    ['a stroke through a letter', 'l\u0335og_audit', '\u0335', 'U+0335'],
    ['a tab', 'log\taudit', '\t', 'U+0009 (tab)'],
    ['a line separator', 'log\u2028audit', '\u2028', 'U+2028 (line separator)'],
    ['a private character', 'log\ue000audit', '\ue000', 'U+E000'],
    ['a lone surrogate', 'log\ud800audit', '\ud800', 'U+D800'],
  ])('with %s is refused, at that character', (_, name, character, named) => {
    const text = withName(name)
    const {findings, registry} = read(text)
    expect(brief(findings)).toEqual([`invisible-character 3:${4 + name.indexOf(character)}`])
    expect(pointedAt(text, findings)).toEqual([character])
    expect(messages(findings)).toEqual([`Unexpected invisible character ${named}`])
    expect(registry.entries).toEqual([])
  })

  test('with a NUL is refused: the parser has put another character in its place', () => {
    const text = withName('log\u0000_audit')
    const {findings} = read(text)
    expect(brief(findings)).toEqual(['invisible-character 3:3'])
    expect(pointedAt(text, findings)).toEqual(['`log\u0000_audit`'])
  })

  test.each([
    ['a Cyrillic letter', 'log_\u0430udit', 'а', 'U+0430'],
    ['a Greek letter', 'l\u03bfg_audit', 'ο', 'U+03BF'],
    ['an Armenian letter', 'l\u0585g_audit', 'օ', 'U+0585'],
    ['a Hebrew letter', 'log_\u05d5', 'ו', 'U+05D5'],
    ['a Devanagari digit', 'log_v\u0966', '०', 'U+0966'],
    ['Cyrillic letters alone that look Latin', '\u0441\u043e\u0440', 'с', 'U+0441'],
    ['Greek letters alone that look Latin', '\u03bf\u03bd', 'ο', 'U+03BF'],
    ['a Latin alpha', 'log_\u0251udit', 'ɑ', 'U+0251'],
    ['a script g', 'lo\u0261_audit', 'ɡ', 'U+0261'],
    ['a click that looks like a pipe', 'log\u01c0audit', 'ǀ', 'U+01C0'],
    ['a full-width letter', '\uff4cog_audit', 'ｌ', 'U+FF4C'],
    ['a full-width underscore', 'log\uff3faudit', '＿', 'U+FF3F'],
    ['a mathematical letter', '\u{1d41a}udit', '𝐚', 'U+1D41A'],
    ['a ligature', '\ufb01x_audit', 'ﬁ', 'U+FB01'],
    ['a superscript', 'audit\u00b2', '²', 'U+00B2'],
    ['a Kelvin sign', 'log_\u212a', '\u212a', 'U+212A'],
    ['a letter and its mark taken apart', 'cafe\u0301', 'e\u0301', 'U+0065 U+0301'],
    ['Hangul taken apart', '\u1112\u1161', '\u1112\u1161', 'U+1112 U+1161'],
  ])('with %s is refused', (_, name, character, codePoint) => {
    const text = withName(`"${name}"`)
    const {findings} = read(text)
    expect(brief(findings)).toEqual(['look-alike-letter 3:3'])
    expect(pointedAt(text, findings)).toEqual([`\`"${name}"\``])
    expect(messages(findings)[0]).toContain(`the letter “${character}” (${codePoint})`)
  })

  test.each([
    'café',
    'função_de_auditoria',
    'größe',
    'kullanıcı',
    'журнал_записать',
    'καταγραφή',
    '監査ログ',
    '監査ログ_insert',
    'ログlog',
    '로그_insert',
    '日志_v2',
    'سجل',
    'יומן_1',
    'हिन्दी',
    'việt_nam_ộ',
  ])('%s is one alphabet, or Latin with one that goes with it', (name) => {
    const {findings, registry} = read(withName(name))
    expect(findings).toEqual([])
    expect(registry.entries[0]?.value.name).toBe(name)
  })

  test('of a schema, a type or a role is held to the same', () => {
    const grant = [
      '| Object Name | Schema | Privileges | Granted To | Why Granted | Risks Mitigated | Approved By |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| `ping` | public | EXECUTE | an\u043en | A public form. | Rate limited. | Core Team - 2025-09 |',
      '',
    ].join('\n')
    expect(brief(read(grant).findings)).toEqual(['look-alike-letter 3:31'])
    expect(pointedAt(grant, read(grant).findings)).toEqual(['an\u043en'])
    expect(brief(read(table(row({schema: '\u043eps'}))).findings)).toEqual(['look-alike-letter 3:18'])
    expect(brief(read(withName('fn(\u0430pp_role)')).findings)).toEqual(['look-alike-letter 3:3'])
    expect(brief(read(table(row({schema: 'ops&#8203;'}))).findings)).toEqual(['invisible-character 3:18'])
  })

  test('that a heading states is held to the same', () => {
    const lines = [
      '## \u043eps schema',
      '',
      '| Object Name | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
    ]
    const text = [...lines, '| --- | --- | --- | --- |', '| `fn` | Why. | Risks. | Me - 2025-01 |', ''].join(
      '\n',
    )
    expect(brief(read(text).findings)).toEqual(['look-alike-letter 5:3'])
  })
})

describe('prose', () => {
  test.each([
    ['emoji with joiners', 'Reviewed by 👩‍💻 and 👨‍👩‍👧.'],
    ['emoji with selectors', 'Careful ⚠️ and ❤️.'],
    ['flags', 'Hosted in 🇩🇪.'],
    ['Hebrew with marks', 'כותב ליומן\u200f (2025)\u200e.'],
    ['Persian with a non-joiner', 'می\u200cنویسد.'],
    ['Arabic with a letter mark', 'يكتب \u061cالسجل.'],
    ['no-break spaces', '5\u00a0000 rows; «\u202fsic\u202f».'],
    ['letters taken apart', 'Cafe\u0301.'],
    ['mixed alphabets', 'Пишет в log таблицу Ω.'],
    ['full-width letters', 'ＡＢＣ（監査）。'],
  ])('with %s is left alone', (_, why) => {
    const {findings, registry} = read(withWhy(why))
    expect(findings).toEqual([])
    expect(registry.entries[0]?.value.why).toBe(why)
  })

  test.each([
    ['an override', 'Reads \u202eeverything\u202c.', '\u202e', 'U+202E (right-to-left override)'],
    ['an embedding', 'Reads \u202beverything\u202c.', '\u202b', 'U+202B (right-to-left embedding)'],
    ['an isolate', 'Reads \u2067everything\u2069.', '\u2067', 'U+2067 (right-to-left isolate)'],
    ['a zero-width space', 'Reads\u200b everything.', '\u200b', 'U+200B (zero width space)'],
    ['tags that hide words', 'Reads \u{e0065}\u{e0076} nothing.', '\u{e0065}', 'U+E0065'],
    ['a Hangul filler', 'Reads \u3164 nothing.', '\u3164', 'U+3164 (Hangul filler)'],
    ['a control character', 'Reads \u001b[8m nothing.', '\u001b', 'U+001B'],
    [
      'a replacement character',
      'Reads \ufffd nothing.',
      '\ufffd',
      'U+FFFD (replacement character: the text was damaged, or held a NUL)',
    ],
  ])('with %s is refused, at that character', (_, why, character, named) => {
    const text = withWhy(why)
    const {findings} = read(text)
    expect(brief(findings)).toEqual([`invisible-character 3:${24 + why.indexOf(character)}`])
    expect(pointedAt(text, findings)).toEqual([character])
    expect(messages(findings)).toEqual([`Unexpected invisible character ${named}`])
  })

  test.each([
    ['no-break spaces', '\u00a0', 'placeholder'],
    ['no-break spaces by reference', '&nbsp;&nbsp;', 'placeholder'],
    ['a selector', '❌\ufe0f', 'placeholder'],
    ['a zero-width space by reference', '&ZeroWidthSpace;', 'invisible-character'],
    ['a Hangul filler', '\u3164', 'invisible-character'],
  ])('of %s alone says nothing', (_, why, ruleId) => {
    expect(brief(read(withWhy(why)).findings)).toEqual([`${ruleId} 3:24`])
  })
})
