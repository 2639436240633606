/** A region is replaced and nothing else is touched, or a fault says which line keeps it from being so. */
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {RegionFault} from '../../src/targets/region.ts'
import {replaceRegion} from '../../src/targets/region.ts'
import {renderBody} from '../../src/targets/render.ts'
import {sql} from '../../src/targets/sql.ts'
import {ownInput} from '../support/registries.ts'

const missing: RegionFault = {ruleId: 'region-missing'}
const damaged = (line: number, reason: string): RegionFault => ({ruleId: 'region-damaged', reason, line})

describe('what is replaced', () => {
  it.each([
    ['#', '# secdef:begin a', '# secdef:end a'],
    ['//', '// secdef:begin a', '// secdef:end a'],
    ['--', '-- secdef:begin a', '-- secdef:end a'],
    ['/* */', '/* secdef:begin a */', '/* secdef:end a */'],
    ['/**/', '/*secdef:begin a*/', '/*secdef:end a*/'],
    ['<!-- -->', '<!-- secdef:begin a -->', '<!-- secdef:end a -->'],
    ['<!---->', '<!--secdef:begin a-->', '<!--secdef:end a-->'],
    ['behind code', 'x = 1 # secdef:begin a', 'y = 2 # secdef:end a, and so on'],
    ['wide', '#\tsecdef:begin \t a', '#\tsecdef:end  a'],
  ])('marks in %s', (_, begin, end) => {
    expect(replaceRegion(`0\n${begin}\nold\n${end}\n1\n`, 'a', 'new\nlines\n')).toBe(
      `0\n${begin}\nnew\nlines\n${end}\n1\n`,
    )
  })

  it.each([
    [
      'nothing between the marks',
      '# secdef:begin a\n# secdef:end a\n',
      '# secdef:begin a\nx\n# secdef:end a\n',
    ],
    ['no final line feed', '# secdef:begin a\n# secdef:end a', '# secdef:begin a\nx\n# secdef:end a'],
    [
      'CRLF',
      '0\r\n# secdef:begin a\r\nold\r\n# secdef:end a\r\n',
      '0\r\n# secdef:begin a\r\nx\r\n# secdef:end a\r\n',
    ],
    ['CR', '0\r# secdef:begin a\rold\r# secdef:end a\r1', '0\r# secdef:begin a\rx\r# secdef:end a\r1'],
    [
      'mixed endings: the first mark decides',
      '0\n#secdef:begin a\r\nold\n#secdef:end a\n',
      '0\n#secdef:begin a\r\nx\r\n#secdef:end a\n',
    ],
    [
      'blanks before the mark',
      '  # secdef:begin a\n # secdef:end a\n',
      '  # secdef:begin a\n  x\n # secdef:end a\n',
    ],
    [
      'tabs before the mark',
      '\t\t# secdef:begin a\n# secdef:end a\n',
      '\t\t# secdef:begin a\n\t\tx\n# secdef:end a\n',
    ],
    [
      'a byte order mark',
      '\ufeff# secdef:begin a\n# secdef:end a\n',
      '\ufeff# secdef:begin a\nx\n# secdef:end a\n',
    ],
  ])('with %s', (_, host, expected) => {
    expect(replaceRegion(host, 'a', 'x\n')).toBe(expected)
  })

  it('an empty line gets no indentation', () => {
    const host = '  # secdef:begin a\n  # secdef:end a\n'
    expect(replaceRegion(host, 'a', 'x\n\ny\n')).toBe('  # secdef:begin a\n  x\n\n  y\n  # secdef:end a\n')
  })

  it('an empty body leaves the marks alone', () => {
    expect(replaceRegion('#secdef:begin a\nold\n#secdef:end a\n', 'a', '')).toBe(
      '#secdef:begin a\n#secdef:end a\n',
    )
  })

  it('is the region of that name, not of one that it begins or ends', () => {
    const names = ['a', 'a-b', 'a.b', 'a_b', 'ab', 'ba', 'a2', 'aé']
    const host = names.map((name) => `# secdef:begin ${name}\n${name}\n# secdef:end ${name}\n`).join('\n')
    for (const name of names) {
      const expected = host.replace(`begin ${name}\n${name}\n`, `begin ${name}\nx\n`)
      expect(replaceRegion(host, name, 'x\n')).toBe(expected)
    }
  })

  it('can be replaced again when it holds the SQL output, which has marks of its own', () => {
    for (const name of [null, 'a']) {
      const body = renderBody(sql, {...ownInput(), name})
      expect(body).toContain('[secdef:begin')
      const once = replaceRegion('-- secdef:begin a\n-- secdef:end a\n', 'a', body)
      if (typeof once !== 'string') throw new Error(once.ruleId)
      expect(once).toContain(body)
      expect(replaceRegion(once, 'a', body)).toBe(once)
    }
  })
})

describe('what is at fault', () => {
  const begin = '# secdef:begin a'
  const end = '# secdef:end a'
  it.each<[string, string[], RegionFault]>([
    ['an empty file', [''], missing],
    ['no mark', ['0', '1'], missing],
    ['the marks of others alone', ['# secdef:begin b', '# secdef:end b'], missing],
    ['a longer name', ['# secdef:begin a-b', '# secdef:end a.b'], missing],
    ['a mark inside a word or in brackets', ['xsecdef:begin a', '[secdef:end a]'], missing],
    ['no end', ['0', begin, '1'], damaged(2, 'a begin without an end')],
    ['no begin', ['0', '1', end], damaged(3, 'an end without a begin')],
    ['the end first', ['0', end, begin], damaged(2, 'the end stands before the begin')],
    ['two begins', [begin, '0', begin, end], damaged(3, 'one of them stands twice')],
    ['two ends', [begin, end, '0', end], damaged(4, 'one of them stands twice')],
    ['two of both', [begin, end, begin, end], damaged(3, 'one of them stands twice')],
    ['a mark twice in its line', [`${begin} ${begin}`, end], damaged(1, 'one of them stands twice')],
    ['one line', ['0', `${begin} ${end}`], damaged(2, 'both stand on one line, expected one line each')],
    [
      'one line, the end first',
      [`${end} ${begin}`],
      damaged(1, 'both stand on one line, expected one line each'),
    ],
    [
      'a region inside',
      [begin, '0', '# secdef:begin b', '# secdef:end b', end],
      damaged(3, 'another region begins or ends inside'),
    ],
    [
      'a crossed region',
      ['# secdef:begin b', begin, '0', '# secdef:end b', end],
      damaged(4, 'another region begins or ends inside'),
    ],
    [
      'a region crossed within the lines',
      [`${begin} secdef:begin b`, '0', `${end} secdef:end b`],
      damaged(1, 'a mark of another region stands on the same line'),
    ],
  ])('%s', (_, lines, fault) => {
    for (const ending of ['\n', '\r\n', '\r'])
      expect(replaceRegion(lines.join(ending), 'a', 'x\n')).toEqual(fault)
  })

  it('a body that could never be replaced again', () => {
    const fault = damaged(2, 'what goes between them holds a mark itself')
    for (const body of ['x\n// secdef:end a\n', '// secdef:begin b\n'])
      expect(replaceRegion(`0\n${begin}\n${end}\n`, 'a', body)).toEqual(fault)
  })
})

const piece = fc.constantFrom(
  ...[
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\t',
    'x',
    'é😀',
    '\u2028',
    '\ufeff',
    '# ',
    '// ',
    '-->',
    'secdef:',
    'begin a',
    'end a',
  ],
  ...[
    'secdef:begin a',
    'secdef:end a',
    'secdef:begin a-b',
    'secdef:end a-b',
    'secdef:begin b',
    'secdef:end b',
  ],
)
const wild = fc.array(piece, {maxLength: 14}).map((pieces) => pieces.join(''))
const calm = wild.map((text) => text.replaceAll('secdef:', 'secdef'))
const body = calm.map((text) => (text === '' ? '' : `${text.replaceAll('\r', '')}\n`))

describe('for any host', () => {
  it('every byte outside stays', () => {
    const ending = fc.constantFrom('\n', '\r\n', '\r')
    fc.assert(
      fc.property(
        calm,
        calm,
        calm,
        body,
        ending,
        fc.constantFrom('', ' ', '\t'),
        (head, old, tail, text, eol, indent) => {
          const before = `${head}${eol}${indent}# secdef:begin a${eol}`
          const after = `# secdef:end a${eol}${tail}`
          const inside = text.split('\n').slice(0, -1)
          const expected = inside.map((line) => (line === '' ? '' : indent + line) + eol).join('')
          // A line feed right behind a lone carriage return would make one ending of two.
          fc.pre(!(eol === '\r' && (/^\n/.test(old) || /^\n/.test(tail) || /^\n/.test(expected))))
          const host = `${before}${old}${old === '' ? '' : eol}${after}`
          expect(replaceRegion(host, 'a', text)).toBe(before + expected + after)
        },
      ),
      {numRuns: 500},
    )
  })

  it('what was replaced once is replaced to the same, or there is a fault at a line of the host', () => {
    fc.assert(
      fc.property(
        wild,
        fc.oneof(
          body,
          wild.map((text) => `${text.replaceAll('\r', '')}\n`),
        ),
        (host, text) => {
          const once = replaceRegion(host, 'a', text)
          if (typeof once === 'string') {
            expect(replaceRegion(once, 'a', text)).toBe(once)
          } else if (once.ruleId === 'region-damaged') {
            const line = host.split(/\r\n|\n|\r/)[once.line - 1]
            expect(line).toMatch(/secdef:(begin|end)/)
          } else expect(host).not.toMatch(/(?<![\wé[])secdef:(begin|end) a(?![\w.é-])/)
        },
      ),
      {numRuns: 2000},
    )
  })
})
