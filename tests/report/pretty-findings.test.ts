/** Findings for a person: the frame and its underline at any width and in any script, and nothing raw. */
import fc from 'fast-check'
import stringWidth from 'string-width'
import {describe, expect, test} from 'vitest'
import {indexLines, placeAt} from '../../src/model/lines.ts'
import {collectFindings, type Finding, rules} from '../../src/model/rules.ts'
import {prettyFindings} from '../../src/report/pretty-findings.ts'
import {plain} from '../../src/report/style.ts'

const path = 'docs/A.md'

/** What is printed of one finding at the marked stretch of a text. */
function print(before: string, marked: string, after: string, width = 80): string[] {
  const text = before + marked + after
  const {report, findings} = collectFindings(path)
  report('duplicate-entry', placeAt(indexLines(text), before.length, before.length + marked.length), {
    id: 'ops.f',
    line: 1,
  })
  return show(findings, new Map([[path, text]]), width)
}

function show(findings: readonly Finding[], sources: ReadonlyMap<string, string>, width = 80): string[] {
  return prettyFindings({findings, sources, showPath: (name) => name, style: plain, width}).split('\n')
}

/** Both lines of the frame: what stands behind the bar, and above the carets. */
function frameOf(lines: readonly string[]): {
  line: string
  underline: string
  marked: string
  columns: number
} {
  const at = lines.findIndex((line) => /^ +\d+ │/.test(line))
  const [first = '', second = ''] = lines.slice(at)
  const [line, underline] = [first, second].map((text) => text.replace(/^ +\d* │ ?/, '')) as [string, string]
  const from = underline.length - underline.trimStart().length
  return {line, underline, marked: slice(line, from, underline.length), columns: stringWidth(first)}
}

/** The letters that are drawn in these columns. */
function slice(text: string, from: number, to: number): string {
  let [column, taken] = [0, '']
  for (const {segment} of new Intl.Segmenter('en').segment(text)) {
    if (column >= from && column < to) taken += segment
    column += stringWidth(segment)
  }
  return taken
}

describe('the frame', () => {
  test.each([
    ['plain text', '| ', '`f`', ' | ops |'],
    ['at the beginning', '', '<<<<<<< HEAD', ''],
    ['Chinese before it', '| 权限说明 | ', '`f`', ' | ops |'],
    ['Chinese inside', '| ', '函数名', ' | ops |'],
    ['emoji before it', '| 👩‍👩‍👧‍👦 🇩🇪 👍🏽 | ', '`f`', ' | ops |'],
    ['an emoji inside', '| ', 'a👍🏽b', ' |'],
    ['combining marks', '| e\u0301u\u0308 | ', 'n\u0303ame', ' | ops |'],
    ['Arabic and Hebrew', '| سبب שלום | ', 'name', ' |'],
  ])('underlines exactly: %s', (_, before, marked, after) => {
    const frame = frameOf(print(before, marked, after))
    expect(frame.marked).toBe(marked)
    expect(frame.line).toBe(before + marked + after)
  })

  test('a tab takes one column, in the line and below it', () => {
    const frame = frameOf(print('|\ta\t| ', '`f`', '\t|'))
    expect(frame).toMatchObject({line: '| a | `f` |', marked: '`f`'})
  })

  test('what has no width is underlined all the same', () => {
    expect(frameOf(print('ab', '', 'cd')).underline).toBe('  ^')
    expect(frameOf(print('ab', '\u200b', 'cd'))).toMatchObject({line: 'ab\\u{200b}cd', marked: '\\u{200b}'})
  })

  test('of several lines the first is shown, and how far it goes', () => {
    expect(print('a ', 'b\nc\nd', ' e').slice(2, 5)).toEqual(['  1 │ a b', '    │   ^', '    │ … to line 3'])
  })

  test('a line number of several digits moves the bar', () => {
    expect(print('\n'.repeat(1233), '`f`', '').slice(2, 4)).toEqual(['  1234 │ `f`', '       │ ^^^'])
  })

  const wide = {
    left: '| `log_action` | ops |'.padEnd(300, ' why'),
    right: ' | Append-only.'.padEnd(300, ' risks'),
  }

  test.each([60, 80, 120])('a wide row is cut to a window around the cell at %i columns', (width) => {
    for (const [before, after] of [
      [wide.left, wide.right],
      [wide.left, ' |'],
      ['| ', wide.right],
    ] as const) {
      const frame = frameOf(print(before, '`the cell`', after, width))
      expect(frame.marked).toBe('`the cell`')
      expect(frame.columns).toBeLessThanOrEqual(width)
      expect(frame.columns).toBeGreaterThan(width - 4)
      expect(frame.line.startsWith('…')).toBe(before.length > 2)
      expect(frame.line.endsWith('…')).toBe(after.length > 2)
    }
  })

  test.each([60, 80, 120])(
    'a cell that is wider than %i columns is underlined as far as it is shown',
    (width) => {
      const frame = frameOf(print(wide.left, '字'.repeat(200), wide.right, width))
      expect(frame.marked).toMatch(/^字+…$/)
      expect(frame.columns).toBeLessThanOrEqual(width)
    },
  )

  test('fits and underlines what it shows, whatever the text', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', '|', ' ', '字', 'é', '👍🏽', '\u202e', '\u001b[31m', '\t', '\u00ad'),
      maxLength: 80,
    })
    fc.assert(
      fc.property(word, word, word, fc.constantFrom(60, 80, 120), (before, marked, after, width) => {
        const lines = print(`[${before}`, `<${marked}>`, `${after}]`, width)
        const frame = frameOf(lines)
        expect(lines.join('\n')).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
        expect(frame.columns).toBeLessThanOrEqual(width)
        expect(frame.marked).toMatch(/^<.*[>…]$/u)
        expect(frame.underline.trimStart()).toBe('^'.repeat(stringWidth(frame.marked)))
      }),
    )
  })

  test('a file in one line is cut without being drawn', () => {
    const frame = frameOf(print('x'.repeat(3_000_000), '`f`', 'y'.repeat(3_000_000)))
    expect(frame).toMatchObject({marked: '`f`', columns: 80})
  })
})

describe('the words', () => {
  test('a finding, its place, its mending, and the other place', () => {
    const text = '| `f` |\n| `f` |\n'
    const lines = indexLines(text)
    const {report, findings} = collectFindings(path)
    report('duplicate-entry', placeAt(lines, 10, 13), {id: 'ops.f', line: 1}, [
      {path, place: placeAt(lines, 2, 5), note: 'the first row'},
    ])
    const shown = show(findings, new Map([[path, text]]))
    expect(shown[0]).toBe('docs/A.md:2:3  error  duplicate-entry')
    expect(shown[1]).toMatch(/^ {2}Unexpected /)
    expect(shown.slice(2, 4)).toEqual(['  2 │ | `f` |', '    │   ^^^'])
    expect(shown[4]).toMatch(/^ {2}mend {2}\S/)
    expect(shown.slice(-5)).toEqual([
      '  see   the first row: docs/A.md:1',
      '  1 │ | `f` |',
      '    │   ^^^',
      '',
      '',
    ])
  })

  test('without a place, or in a text that was not read, it is told all the same', () => {
    const {report, findings} = collectFindings(path)
    report('no-entries', undefined, {})
    report('duplicate-entry', placeAt(indexLines('ab'), 0, 1), {id: 'ops.f', line: 1})
    const shown = show(findings, new Map())
    expect(shown[0]).toBe('docs/A.md  fatal  no-entries')
    expect(shown.filter((line) => line.includes('│'))).toEqual([])
    expect(shown).toContain('docs/A.md:1:1  error  duplicate-entry')
  })

  test('without a place, those that are mended alike are told together', () => {
    const {report, findings} = collectFindings('a.ts')
    report('output-missing', undefined, {})
    report('output-missing', undefined, {})
    report('output-orphan', undefined, {source: 'x'})
    const shown = show(findings, new Map())
    expect(shown.slice(0, 3)).toEqual([
      'a.ts  error  output-missing',
      shown[1],
      'a.ts  error  output-missing',
    ])
    expect(shown.filter((line) => line.startsWith('  mend'))).toHaveLength(2)
    expect(shown[5]).toBe('')
  })

  test('with a place, each has its mending below its own line', () => {
    const [first, second] = [print('| ', '`f`', ' |'), print('| ', '`f`', ' |')]
    const text = '| `f` |'
    const {report, findings} = collectFindings(path)
    const place = placeAt(indexLines(text), 2, 5)
    for (let index = 0; index < 2; index++) report('duplicate-entry', place, {id: 'ops.f', line: 1})
    expect(show(findings, new Map([[path, text]]))).toEqual([...first.slice(0, -1), ...second])
  })

  test('long sentences are wrapped below each other', () => {
    const {report, findings} = collectFindings(path)
    const reason = 'expected something that takes many words to say, and then a few more of them'
    report('config-invalid', undefined, {at: '`outputs`', reason})
    const shown = show(findings, new Map(), 60)
    for (const line of shown) expect(stringWidth(line)).toBeLessThanOrEqual(60)
    expect(shown.join(' ').replaceAll(/ +/g, ' ')).toContain(reason)
  })

  test('nothing of a hostile document reaches the terminal raw', () => {
    const evil = '\u001b]0;x\u0007\u009b31m\u202e\r\n\u2028'
    const {report, findings} = collectFindings(`docs/${evil}.md`)
    report('output-orphan', undefined, {source: evil}, [{path: evil, note: `the ${evil} row`}])
    report('config-invalid', undefined, {at: evil, reason: evil, suggestion: evil})
    const text = show(findings, new Map()).join('\n')
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    expect(text).toContain('the \\u{1b}]0;x\\u{7}\\u{9b}31m\\u{202e}\\u{d}\\u{a}\\u{2028} row')
  })

  test('many findings are counted by rule at the end, the most frequent first', () => {
    const {report, findings} = collectFindings(path)
    for (let index = 0; index < 3; index++) report('no-entries', undefined, {})
    for (let index = 0; index < 12; index++) report('duplicate-entry', undefined, {id: 'ops.f', line: 1})
    expect(show(findings, new Map()).slice(-4)).toEqual([
      `  12  duplicate-entry  ${rules['duplicate-entry'].title}`,
      `   3  no-entries       ${rules['no-entries'].title}`,
      '',
      '',
    ])
    expect(show(findings.slice(0, 3), new Map()).join('\n')).not.toContain('   3  ')
  })
})
