/** Any two changes of any document: what git and the rows make of them is what the records, merged by themselves, say. */
import fc from 'fast-check'
import stringWidth from 'string-width'
import {expect, test} from 'vitest'
import {applyEdits} from '../../src/source/edit/text-edit.ts'
import {formatTables} from '../../src/source/format/format-tables.ts'
import {prettierWidth} from '../../src/source/format/prettier-width.ts'
import {read, row, table} from '../support/read.ts'
import {decided, kept, merge, recordsOf, textOf} from './merging.ts'

const measure = prettierWidth(stringWidth)

type Row = {readonly name: string; readonly why: string; readonly risks: string; readonly approved: string}
type Section = {
  readonly heading: string
  readonly text: string
  /** What nobody changes: git takes the section with less of it for the one that was moved. */
  readonly more: readonly string[]
  readonly rows: readonly Row[]
}
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
      more: index === 0 ? ['More.'] : ['More.', 'They wait.', 'Nobody else does.'],
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
  | {readonly does: 'move'; readonly section: number}
  | {readonly does: 'append'; readonly row: Row; readonly heading: string}
  | {readonly does: 'drop'; readonly section: number}

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
  {weight: 2, arbitrary: fc.record({does: fc.constant('move' as const), section})},
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('append' as const),
      row: anyRow,
      heading: word('Part 2', 'Part 3'),
    }),
  },
  fc.record({does: fc.constant('drop' as const), section}),
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
    case 'move': {
      const moved = sections.slice(change.section, change.section + 1)
      return {style, sections: [...sections.toSpliced(change.section, 1), ...moved]}
    }
    case 'append': {
      if (names.includes(change.row.name)) return {sections, style}
      const added = {heading: change.heading, text: 'As agreed.', more: [], rows: [change.row]}
      return {style, sections: [...sections, added]}
    }
    case 'drop': {
      const left = sections.toSpliced(change.section, 1)
      return left.some(({rows}) => rows.length > 0) ? {style, sections: left} : {sections, style}
    }
  }
}

function write({sections, style}: Version): string {
  const parts = sections.map(({heading, text, more, rows}) => {
    const lines = rows.map(({name, why, risks, approved}) =>
      row({name: `\`${name}\``, why, risks, approved: `Core Team - ${approved}`}),
    )
    return [`## ${heading}`, text, ...more, table(...lines)].join('\n\n')
  })
  const text = ['# Exceptions\n', ...parts, 'The end.\n'].join('\n')
  return applyEdits(text, formatTables(text, {style, measure}))
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
  const seen = {merged: 0, rows: 0, others: 0, moved: 0, both: 0, refused: 0}
  await fc.assert(
    fc.asyncProperty(anyVersion, changes, changes, async (version, mine, yours) => {
      const [base, ours, theirs] = [version, mine.reduce(apply, version), yours.reduce(apply, version)].map(
        write,
      ) as [string, string, string]
      const [one, other] = [
        await merge({base, ours, theirs}),
        await merge({base, ours: theirs, theirs: ours}),
      ]
      const expected = mergeRecords(recordsOf(base), recordsOf(ours), recordsOf(theirs))
      expect(other.state).toBe(one.state)
      if (one.state === 'merged') {
        seen.merged++
        expect(recordsOf(one.text)).toEqual(expected)
        expect(other).toEqual(one)
        return
      }
      if (one.state !== 'conflict' || other.state !== 'conflict') {
        seen.refused++
        const reason = expect.stringMatching(
          expected.size === 0
            ? /has errors|^a table would stand there twice$/
            : /^(?:the rows of a table were put into another order|ops\.[a-h] stands in another table) on each side$|^ops\.[a-h] has no table any more$|^ops\.[a-h] is in conflict, and so are the lines that its table stands in$|^a table would stand there twice$/,
        )
        expect(one).toEqual({state: 'refused', reason})
        return
      }
      seen[one.others ? 'others' : 'rows']++
      expect([...other.rows].sort()).toEqual([...one.rows].sort())
      const sides = {ours: recordsOf(ours), theirs: recordsOf(theirs)}
      const open = new Set(one.rows)
      for (const id of conflictsOf(expected)) expect(open).toContain(id)
      for (const id of open) {
        // Rows of a section that one side has dropped, and the other has reworded, are to be decided with it.
        if (expected.get(id) === conflict) continue
        expect([one.others, sides.ours.has(id) !== sides.theirs.has(id)]).toEqual([true, true])
      }
      const wantedOn = (side: 'ours' | 'theirs'): Map<string, string> => {
        const ids = new Set([...expected.keys(), ...open])
        return new Map(
          [...ids].flatMap((id) => {
            const said = open.has(id) ? sides[side].get(id) : expected.get(id)
            return typeof said === 'string' ? [[id, said] as const] : []
          }),
        )
      }
      const wanted = {ours: wantedOn('ours'), theirs: wantedOn('theirs')}
      const found = {
        ours: recordsOf(decided(one.text, 'ours')),
        theirs: recordsOf(decided(one.text, 'theirs')),
      }
      for (const [side, swapped] of [
        ['ours', 'theirs'],
        ['theirs', 'ours'],
      ] as const) {
        // A section that but one side of a conflict has is there with its rows, or not at all.
        const left = [...wanted[side].keys()].filter((id) => !found[side].has(id))
        if (left.length > 0) seen.moved++
        expect(found[side]).toEqual(new Map([...wanted[side]].filter(([id]) => !left.includes(id))))
        for (const id of left) expect([open.has(id), found[swapped].has(id)]).toEqual([false, true])
        if (!one.others) expect(left).toEqual([])
        expect(decided(other.text, swapped)).toBe(decided(one.text, side))
      }
      // Whoever keeps both sides has all that was to be there, and nothing that was not, unless the reader refuses it.
      for (const order of [
        ['ours', 'theirs'],
        ['theirs', 'ours'],
      ] as const) {
        const {registry, findings} = read(kept(one.text, order))
        if (findings.some(({ruleId}) => ruleId !== 'duplicate-entry')) continue
        if (one.others) seen.both++
        const both = registry.entries.map(({value}) => [value.id, textOf(value)] as const)
        for (const [id, said] of both) expect([wanted.ours.get(id), wanted.theirs.get(id)]).toContain(said)
        expect(new Set(both.map(([id]) => id))).toEqual(
          new Set([...wanted.ours.keys(), ...wanted.theirs.keys()]),
        )
      }
    }),
    {numRuns: 200},
  )
  // A property that never gets there holds for nothing.
  for (const number of Object.values(seen)) expect(number).toBeGreaterThan(0)
}, 180_000)
