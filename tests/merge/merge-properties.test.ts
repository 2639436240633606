/** Any two changes of any document: what git and the rows make of them is what the records, merged by themselves, say. */
import fc from 'fast-check'
import stringWidth from 'string-width'
import {expect, test} from 'vitest'
import {applyEdits} from '../../src/source/edit/text-edit.ts'
import {formatTables} from '../../src/source/format/format-tables.ts'
import {prettierWidth} from '../../src/source/format/prettier-width.ts'
import {read, row, table} from '../support/read.ts'
import {decided, merge} from './merging.ts'

const measure = prettierWidth(stringWidth)

type Row = {readonly name: string; readonly why: string; readonly risks: string; readonly approved: string}
type Section = {readonly heading: string; readonly text: string; readonly rows: readonly Row[]}
type Version = {readonly sections: readonly Section[]; readonly style: 'compact' | 'aligned'}

const word = (...words: readonly string[]) => fc.constantFrom(...words)
const anyRow: fc.Arbitrary<Row> = fc.record({
  name: word('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
  why: word('Writes a log.', 'Reads a\\|b.', 'Counts 日本.'),
  risks: word('Append-only.', 'Rate limited.'),
  approved: word('2025-01', '2025-06'),
})
/** The rows of one document, each name once. */
const anyVersion: fc.Arbitrary<Version> = fc
  .record({
    rows: fc.uniqueArray(anyRow, {selector: ({name}) => name, minLength: 2, maxLength: 6}),
    cut: fc.nat(),
    style: fc.constantFrom('compact', 'aligned'),
  })
  .map(({rows, cut, style}) => {
    const at = 1 + (cut % (rows.length - 1))
    const sections = [rows.slice(0, at), rows.slice(at)].map((part, index) => ({
      heading: `Part ${index}`,
      text: 'As agreed.',
      rows: part,
    }))
    return {sections, style}
  })

type Change =
  | {readonly does: 'add'; readonly row: Row; readonly section: number; readonly at: number}
  | {readonly does: 'remove'; readonly at: number}
  | {
      readonly does: 'set'
      readonly at: number
      readonly field: 'why' | 'risks' | 'approved'
      readonly row: Row
    }
  | {readonly does: 'rename'; readonly at: number; readonly row: Row}
  | {readonly does: 'swap'; readonly at: number}
  | {readonly does: 'align' | 'loosen'}
  | {
      readonly does: 'reword'
      readonly section: number
      readonly what: 'heading' | 'text'
      readonly to: string
    }

const at = fc.nat({max: 5})
const section = fc.nat({max: 1})
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({does: fc.constant('add' as const), row: anyRow, section, at}),
  fc.record({does: fc.constant('remove' as const), at}),
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('set' as const),
      at,
      field: fc.constantFrom('why', 'risks', 'approved'),
      row: anyRow,
    }),
  },
  fc.record({does: fc.constant('rename' as const), at, row: anyRow}),
  fc.record({does: fc.constant('swap' as const), at}),
  fc.record({does: fc.constantFrom('align' as const, 'loosen' as const)}),
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('reword' as const),
      section,
      what: fc.constantFrom('heading', 'text'),
      to: word('New words', 'Other words'),
    }),
  },
)

function apply({sections, style}: Version, change: Change): Version {
  const names = sections.flatMap(({rows}) => rows.map(({name}) => name))
  const target = names[('at' in change ? change.at : 0) % Math.max(names.length, 1)]
  const map = (edit: (rows: readonly Row[], index: number) => readonly Row[]): Version => ({
    style,
    sections: sections.map((one, index) => ({...one, rows: edit(one.rows, index)})),
  })
  switch (change.does) {
    case 'add':
      if (names.includes(change.row.name)) return {sections, style}
      return map((rows, index) =>
        index === change.section ? rows.toSpliced(change.at % (rows.length + 1), 0, change.row) : rows,
      )
    case 'remove':
      return names.length === 1 ? {sections, style} : map((rows) => rows.filter(({name}) => name !== target))
    case 'set':
      return map((rows) =>
        rows.map((one) => (one.name === target ? {...one, [change.field]: change.row[change.field]} : one)),
      )
    case 'rename':
      if (names.includes(change.row.name)) return {sections, style}
      return map((rows) => rows.map((one) => (one.name === target ? {...one, name: change.row.name} : one)))
    case 'swap':
      return map((rows) => {
        const index = rows.findIndex(({name}) => name === target)
        const [one, next] = [rows[index], rows[index + 1]]
        return one && next ? rows.toSpliced(index, 2, next, one) : rows
      })
    case 'align':
      return {sections, style: 'aligned'}
    case 'loosen':
      return {sections, style: 'compact'}
    case 'reword':
      return {
        style,
        sections: sections.map((one, index) =>
          index === change.section ? {...one, [change.what]: change.to} : one,
        ),
      }
  }
}

function write({sections, style}: Version): string {
  const parts = sections.map(({heading, text, rows}) => {
    const lines = rows.map(({name, why, risks, approved}) =>
      row({name: `\`${name}\``, why, risks, approved: `Core Team - ${approved}`}),
    )
    return `## ${heading}\n\n${text}\n\nMore.\n\n${table(...lines)}`
  })
  const text = ['# Exceptions\n', ...parts, 'The end.\n'].join('\n')
  return applyEdits(text, formatTables(text, {style, measure}))
}

/** What each entry says, by its id. */
function records(text: string): Map<string, string> {
  const {registry, findings} = read(text)
  // Each side may have taken away what the other has left.
  expect(findings.filter(({ruleId}) => ruleId !== 'no-entries')).toEqual([])
  return new Map(registry.entries.map(({value: {section: _, ...value}}) => [value.id, JSON.stringify(value)]))
}

const conflict = Symbol('conflict')
type Records = ReadonlyMap<string, string>

/** The rule, on records alone. */
function mergeRecords(base: Records, ours: Records, theirs: Records): Map<string, string | typeof conflict> {
  const merged = new Map<string, string | typeof conflict>()
  for (const id of new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])) {
    const [b, o, t] = [base.get(id), ours.get(id), theirs.get(id)]
    const wanted = o === t || t === b ? o : o === b ? t : conflict
    if (wanted !== undefined) merged.set(id, wanted)
  }
  return merged
}

const conflictsOf = (merged: ReadonlyMap<string, unknown>) =>
  [...merged].filter(([, value]) => value === conflict).map(([id]) => id)

const changes = fc.array(change, {minLength: 1, maxLength: 6, size: 'max'})

test('the merged registry is the merge of the registries, or what is not is in conflict', async () => {
  const seen = {merged: 0, rows: 0, others: 0, refused: 0}
  await fc.assert(
    fc.asyncProperty(anyVersion, changes, changes, async (version, mine, yours) => {
      const [base, ours, theirs] = [version, mine.reduce(apply, version), yours.reduce(apply, version)].map(
        write,
      ) as [string, string, string]
      const [one, other] = [
        await merge({base, ours, theirs}),
        await merge({base, ours: theirs, theirs: ours}),
      ]
      const expected = mergeRecords(records(base), records(ours), records(theirs))
      expect(other.state).toBe(one.state)
      if (one.state === 'merged') {
        seen.merged++
        expect(records(one.text)).toEqual(expected)
        expect(other).toEqual(one)
        return
      }
      if (one.state !== 'conflict' || other.state !== 'conflict') {
        seen.refused++
        const reason = expect.stringMatching(
          expected.size === 0
            ? /has errors|^a table would stand there twice$/
            : /^(?:the rows of a table were put into another order|ops\.[a-h] stands in another table) on each side$|^ops\.[a-h] has no table any more$|^a table would stand there twice$/,
        )
        expect(one).toEqual({state: 'refused', reason})
        return
      }
      expect([...one.rows].sort()).toEqual(conflictsOf(expected).sort())
      expect([...other.rows].sort()).toEqual([...one.rows].sort())
      seen[one.others ? 'others' : 'rows']++
      const shown = new Set<string>()
      for (const side of ['ours', 'theirs'] as const) {
        const own = records(side === 'ours' ? ours : theirs)
        const wanted = [...expected].flatMap(([id, value]) => {
          const decision = value === conflict ? own.get(id) : value
          return decision === undefined ? [] : [[id, decision] as const]
        })
        const found = records(decided(one.text, side))
        // A table that a conflict of other lines takes in is shown as it is on each side.
        for (const [id, said] of found) {
          shown.add(id)
          if (one.others) expect([new Map(wanted).get(id), own.get(id)]).toContain(said)
        }
        if (!one.others) expect(found).toEqual(new Map(wanted))
        const swapped = side === 'ours' ? 'theirs' : 'ours'
        expect(decided(other.text, swapped)).toBe(decided(one.text, side))
      }
      expect([...expected.keys()].filter((id) => !shown.has(id))).toEqual([])
    }),
    {numRuns: 200},
  )
  // A property that never gets there holds for nothing.
  for (const number of Object.values(seen)) expect(number).toBeGreaterThan(0)
}, 180_000)
