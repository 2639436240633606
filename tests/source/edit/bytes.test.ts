/** Whatever the document looks like: an edit changes its own lines, and every other byte stays. */
import fc from 'fast-check'
import stringWidth from 'string-width'
import {describe, expect, test} from 'vitest'
import {draftRow} from '../../../src/app/edit/add-entry.ts'
import {draftChange} from '../../../src/app/edit/change-entry.ts'
import type {OpenDocument} from '../../../src/app/edit/documents.ts'
import {type Draft, judge} from '../../../src/app/edit/judge.ts'
import {draftRemoval} from '../../../src/app/edit/remove-entry.ts'
import {draftRenaming} from '../../../src/app/edit/rename-entry.ts'
import {defaultRegistry} from '../../../src/model/default-registry.ts'
import {outline} from '../../../src/source/edit/outline.ts'
import {read, today} from '../../support/read.ts'

const columns = ['Object Name', 'Schema', 'Why SECURITY DEFINER', 'Risks Mitigated', 'Approved By']
const words = fc.constantFrom(
  'Writes the log.',
  'Read-only.',
  '監査ログ ✅',
  'Uses `a\\|b`.',
  'Needs *all* of it, so.',
  'A & B',
)

const layout = fc.record({
  aligned: fc.boolean(),
  outer: fc.boolean(),
  blank: fc.constantFrom(' ', '  ', '\t', ''),
  prefix: fc.constantFrom('', '', '', ' ', '   ', '> '),
  delimiters: fc.array(fc.constantFrom('---', ':---', '---:', ':---:', '--'), {minLength: 5, maxLength: 5}),
})
type Layout = typeof layout extends fc.Arbitrary<infer Value> ? Value : never

const section = fc.record({
  layout,
  rows: fc.array(fc.tuple(words, words), {minLength: 1, maxLength: 4}),
  heading: fc.boolean(),
  behind: fc.constantFrom(
    '',
    'A paragraph with `code`.',
    '---',
    '<!-- a comment -->',
    '```\n| x | y |\n| - | - |\n```',
    '- a list\n- of two',
  ),
})

const document = fc.record({
  sections: fc.array(section, {minLength: 1, maxLength: 4}),
  ending: fc.constantFrom('\n', '\r\n', '\r'),
  closed: fc.boolean(),
})

function renderTable(
  rows: readonly (readonly string[])[],
  {aligned, outer, blank, prefix, delimiters}: Layout,
): string[] {
  const lines = [columns, delimiters, ...rows]
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => stringWidth(cells[index] ?? ''))))
  return lines.map((cells, line) => {
    const padded = cells.map((cell, index) => {
      const room = aligned ? (widths[index] ?? 0) - stringWidth(cell) : 0
      if (line === 1 && cell.endsWith(':')) return `${cell.slice(0, -1)}${'-'.repeat(room)}:`
      return line === 1 ? cell + '-'.repeat(room) : cell + ' '.repeat(room)
    })
    // Without outer pipes a blank alone parts the cells from what else could begin the line.
    const text = padded.join(`${blank}|${blank}`)
    return prefix + (outer ? `|${blank}${text}${blank}|` : text.trimEnd())
  })
}

function render({
  sections,
  ending,
  closed,
}: typeof document extends fc.Arbitrary<infer Value> ? Value : never): string {
  const lines = ['# Exceptions', '']
  for (const [number, {layout: style, rows, heading, behind}] of sections.entries()) {
    const schema = `s${number}`
    if (heading) lines.push(`## ${schema.toUpperCase()} Schema Functions`, '')
    else lines.push(`## Part ${number}`, '')
    const cells = rows.map(([why, risks], index) => {
      const said = index > 0 ? `Same as f${index - 1}.` : risks
      return [`\`f${index}\``, schema, why, said, 'Core Team - 2025-01']
    })
    lines.push(...renderTable(cells, style), '', ...(behind === '' ? [] : [...behind.split('\n'), '']))
  }
  const text = lines.join(ending)
  return closed ? text : text.replace(/[\r\n]+$/, '')
}

function openText(text: string): OpenDocument {
  const {registry, findings} = read(text)
  const path = defaultRegistry.document
  return {
    config: defaultRegistry,
    path,
    mark: '',
    text,
    registry,
    findings,
    outline: outline(text, {}, registry),
  }
}

/** The lines, each with its ending. */
const linesOf = (text: string): string[] => text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? []

/** The result, which must hold, and how many lines it shares with the document at either end. */
function outcome(opened: OpenDocument, draft: Draft) {
  const judged = judge(opened, draft, today)
  expect({newErrors: judged.newErrors, refusal: judged.refusal, text: judged.text}).toMatchObject({
    newErrors: [],
    refusal: undefined,
  })
  return judged
}

const texts = {why: 'Deletes a|b.', risks: 'Age is checked.', approvedBy: 'Core Team - 2025-02'}
const runs = {numRuns: 120}

describe('in any document', () => {
  test('a new row is one line more', () => {
    fc.assert(
      fc.property(document, fc.nat(), (parts, pick) => {
        const text = render(parts)
        const opened = openText(text)
        expect(opened.findings).toEqual([])
        const schema = `s${pick % parts.sections.length}`
        const draft = draftRow(
          opened,
          {kind: 'security-definer', object: `${schema}.fresh`, texts},
          stringWidth,
        )
        const {text: after, entry} = outcome(opened, draft)
        expect(entry?.value).toMatchObject({id: `${schema}.fresh`, why: texts.why, risks: texts.risks})
        const line = (draft.line ?? 0) - 1
        const fresh = linesOf(after).map((one) => one.replace(/[\r\n]+$/, ''))
        const [row] = fresh.splice(line, 1)
        expect(row).toContain('fresh')
        expect(fresh).toEqual(linesOf(text).map((one) => one.replace(/[\r\n]+$/, '')))
        expect(after.length).toBe(text.length + (row?.length ?? 0) + parts.ending.length)
      }),
      runs,
    )
  })

  test('a new section is lines in one place', () => {
    fc.assert(
      fc.property(document, (parts) => {
        const text = render(parts)
        const opened = openText(text)
        const draft = draftRow(
          opened,
          {kind: 'security-definer', object: 'other.fresh', section: 'Completely new', texts},
          stringWidth,
        )
        const {entry} = outcome(opened, draft)
        expect(entry?.value).toMatchObject({id: 'other.fresh', section: ['Completely new']})
        const [edit, ...others] = draft.edits
        expect(others).toEqual([])
        expect(edit?.end).toBe(edit?.start)
      }),
      runs,
    )
  })

  test('a changed cell is one line changed', () => {
    fc.assert(
      fc.property(document, fc.nat(), (parts, pick) => {
        const text = render(parts)
        const opened = openText(text)
        const entry = opened.registry.entries[pick % opened.registry.entries.length]
        if (entry === undefined) throw new Error('A document without an entry')
        const {text: after} = outcome(opened, draftChange({document: opened, entry}, texts, stringWidth))
        const [before, now] = [linesOf(text), linesOf(after)]
        expect(now.map((line, index) => line === before[index])).toEqual(
          before.map((_, index) => index !== entry.row.start.line - 1),
        )
      }),
      runs,
    )
  })

  test('a removed row is one line less', () => {
    fc.assert(
      fc.property(document, (parts) => {
        const text = render(parts)
        const opened = openText(text)
        // The last row of a section, as no other refers to it.
        const entry = opened.registry.entries.at(-1)
        if (entry === undefined || opened.registry.entries.length === 1) return
        const {text: after} = outcome(opened, draftRemoval({document: opened, entry}))
        const kept = text.split(parts.ending)
        kept.splice(entry.row.start.line - 1, 1)
        expect(after).toBe(kept.join(parts.ending))
      }),
      runs,
    )
  })

  test('a new name changes its row and the rows that refer to it', () => {
    fc.assert(
      fc.property(document, fc.nat(), (parts, pick) => {
        const text = render(parts)
        const opened = openText(text)
        const entry = opened.registry.entries[pick % opened.registry.entries.length]
        if (entry === undefined) throw new Error('A document without an entry')
        const {schema, id} = entry.value
        const referrers = opened.registry.entries.filter(({value}) => value.sameAs === id)
        const [draft] = draftRenaming(
          {document: opened, entry},
          {schema, name: 'renamed_to_this', signature: null},
          stringWidth,
        )
        if (draft === undefined) throw new Error('A renaming without a draft')
        const {text: after} = outcome(opened, draft)
        const [before, now] = [linesOf(text), linesOf(after)]
        const changed = before.flatMap((line, index) => (line === now[index] ? [] : [index + 1]))
        expect(now).toHaveLength(before.length)
        expect(changed).toEqual([entry, ...referrers].map(({row}) => row.start.line).sort((a, b) => a - b))
      }),
      runs,
    )
  })
})
