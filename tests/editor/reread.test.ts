/** A document that is typed in is read as if it were read anew. */
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type Reading, readForEditor} from '../../src/editor/reading.ts'
import {rereadForEditor, rereadRow} from '../../src/editor/reread.ts'
import * as hostile from '../support/hostile.ts'
import {row, table, today} from '../support/read.ts'

const options = {
  path: 'docs/SECURITY_EXCEPTIONS.md',
  today,
  approvals: {maxAgeMonths: 12, roster: ['Core Team']},
}

const shown = ({text, registry, findings, lines, outline}: Reading) => {
  const {tables, headings} = outline() ?? {}
  const sets = tables?.map((one) => ({...one, schemas: [...one.schemas].sort()}))
  return {text, registry, findings, count: lines.count, tables: sets, headings}
}

function expectSame(before: Reading, text: string): Reading {
  const after = rereadForEditor(before, text)
  expect(shown(after)).toEqual(shown(readForEditor(text, options)))
  return after
}

describe('keystroke by keystroke', () => {
  const text = `# All\n\n## OPS Schema Functions\n\n${table(
    row({name: '`a`', risks: 'Same as `b`.'}),
    row({name: '`b`', schema: '`ops`'}),
    row({name: '`c`', risks: 'Same as `zz`.'}),
    row({name: '`d`'}),
  )}\n\n## More\n\n${table(row({name: '`b(text)`', schema: 'public'}), row({name: '`a`', approved: 'X - 2024-01'}))}\n\n| Date | Auditor | Action |\n| --- | --- | --- |\n| 2025-01-01 | Core Team | All. |\n`

  test.each([
    ['`b`', '`zz`'],
    ['`zz`', '`b(uuid)`'],
    ['`c`', '`a`'],
    ['Append-only.', 'Writes `a|b`, <b>*x*</b> and [x].'],
    ['Append-only. |', 'Append-only.'],
    ['Core Team - 2025-01', ''],
    ['`d`', '🐉'],
    ['public', '`public`'],
    ['public', 'Same'],
  ])('%s → %s', (old, fresh) => {
    const start = text.indexOf(old)
    let reading = readForEditor(text, options)
    let rows = 0
    const steps = [...old]
      .map((_, index) => old.slice(index + 1))
      .concat([...fresh].map((_, index) => fresh.slice(0, index + 1)))
    for (const step of steps) {
      const next = text.slice(0, start) + step + text.slice(start + old.length)
      if (rereadRow(reading, next) !== undefined) rows++
      reading = expectSame(reading, next)
    }
    expect(rows).toBe(steps.length)
  })
})

test('a change beyond one row is read as a whole', () => {
  const text = table(row(), row({name: '`b`'}))
  const reading = readForEditor(text, options)
  for (const next of [
    text.replace('\n| `b`', '\n\n| `b`'),
    text.replace('Object', 'Objekt'),
    `${text}Text.\n`,
    text.replace('| `b` ', '`b` '),
    text.replace('| `b` ', '||||||| '),
    `# Title\n\n${text}`,
    '',
    text.replace(row(), `${row()}\n${row({name: '`c`'})}`),
  ]) {
    expect(rereadRow(reading, next)).toBeUndefined()
    expectSame(reading, next)
  }
  const referring = readForEditor(`${text}\n[x]: http://x\n`, options)
  expect(rereadRow(referring, `${text.replace('audit', '[x]')}\n[x]: http://x\n`)).toBeUndefined()
})

test('whatever is typed into whatever stands there', () => {
  const lines = fc.array(
    fc.oneof(
      {weight: 4, arbitrary: hostile.row},
      hostile.phrase.map((phrase) => `| ${phrase} |`),
    ),
    {maxLength: 8},
  )
  const around = fc.constantFrom(
    '',
    '## OPS Schema Functions\n\n',
    '<del>\n\n',
    '> Quote\n\n',
    '```\n',
    '- list\n\n',
    '## `x` schema\n\n',
  )
  const behind = fc.constantFrom(
    '',
    'Text.\n',
    '\nText.\n',
    '</del>\n',
    '> | x |\n',
    '\n```\n',
    '\n[log]: http://x\n',
    '\n[^1]: Note.\n',
  )
  const piece = fc.oneof(
    hostile.phrase,
    fc.constantFrom('|', '`', '\\', '\n', ' ', '<!--', '-->', '>', '~~', '*', '| '),
  )
  const documents = fc
    .tuple(around, lines, behind)
    .map(([before, rows, after]) => `${before}${[...hostile.headerLines, ...rows].join('\n')}\n${after}`)
  const edits = fc.array(fc.tuple(fc.double({min: 0, max: 1, noNaN: true}), fc.nat(6), piece), {
    minLength: 1,
    maxLength: 4,
  })
  fc.assert(
    fc.property(documents, edits, (document, changes) => {
      let reading = readForEditor(document, options)
      for (const [where, length, text] of changes) {
        const at = Math.floor(where * reading.text.length)
        reading = expectSame(reading, reading.text.slice(0, at) + text + reading.text.slice(at + length))
      }
    }),
    {numRuns: 300},
  )
})
