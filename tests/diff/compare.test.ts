/** Changes of a registry: nothing is lost, nothing is invented, and what is dangerous is called so. */
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type JudgedChange, type Part, subjectOf} from '../../src/diff/change.ts'
import {compareRegistries} from '../../src/diff/compare.ts'
import {concerns, levels} from '../../src/diff/concerns.ts'
import {compareWords} from '../../src/diff/words.ts'
import type {AuditEvent, Entry} from '../../src/model/entry.ts'
import type {Registry} from '../../src/model/registry.ts'
import {routineEntry} from '../support/entries.ts'
import {canonical, hostileRegistry, registryOf} from '../support/registries.ts'

const since = '2025-06-15'

function compare(before: Registry, after: Registry): JudgedChange[] {
  return compareRegistries({before, after}, {since, compareWords})
}

function joined(parts: readonly Part[], without: Part['kind']): string {
  return parts
    .filter(({kind}) => kind !== without)
    .map(({text}) => text)
    .join('')
}

/** What the changes make of a registry, by nothing but what they report. Throws where one does not fit. */
function apply({entries, history}: Registry, changes: readonly JudgedChange[]) {
  const records = entries.map(({value}) => value)
  const events = history.map(({value}) => value)
  const take = <Value>(list: Value[], value: Value): void => {
    const index = list.findIndex((one) => canonical(one) === canonical(value))
    if (index === -1) throw new Error(`Not there: ${canonical(value)}`)
    list.splice(index, 1)
  }
  const made: Entry[] = []
  for (const change of changes) {
    if (change.type === 'removed') take(records, change.entry.value)
    if (change.type === 'added') made.push(change.entry.value)
    if (change.type === 'event-removed') take(events, change.event.value)
    if (change.type === 'changed') {
      take(records, change.before.value)
      const entry: Record<string, unknown> = {...change.before.value}
      for (const field of change.fields) {
        const [old, fresh] =
          'parts' in field
            ? [joined(field.parts, 'added'), joined(field.parts, 'removed')]
            : [field.before, field.after]
        expect(canonical(entry[field.field])).toBe(canonical(old))
        entry[field.field] = fresh
      }
      made.push(entry as Entry)
    }
  }
  for (const change of changes) if (change.type === 'event-added') events.push(change.event.value)
  return state([...records, ...made], events)
}

function state(entries: readonly Entry[], events: readonly AuditEvent[]) {
  return {entries: entries.map(canonical).sort(), events: events.map(canonical).sort()}
}

/** A registry and another that has much in common with it, as two states of one document have. */
const states = fc
  .tuple(hostileRegistry, hostileRegistry, fc.array(fc.nat(7), {maxLength: 8}))
  .map(([before, other, ways]) => {
    const kept = before.entries.flatMap(({value}, index): Entry[] => {
      const from = other.entries[index % Math.max(other.entries.length, 1)]?.value ?? value
      const changed: readonly Entry[] = [
        value,
        {...value, risks: from.risks},
        {...value, id: `${value.id}2`, name: from.name},
        {...value, approval: from.approval, why: `${value.why} ${from.why}`},
        {...value, section: from.section, extra: from.extra},
        {...value, kind: from.kind},
      ]
      return changed[ways[index] ?? 0] ? [changed[ways[index] ?? 0] ?? value] : []
    })
    const keys = new Set<string>()
    const entries = [...kept, ...other.entries.map(({value}) => value)].filter(({kind, id}) => {
      const isNew = !keys.has(`${kind} ${id}`)
      keys.add(`${kind} ${id}`)
      return isNew
    })
    const events = other.history.map(({value}) => value)
    return {before, after: registryOf(entries, [...events, ...events.slice(1)])}
  })

describe('for any two states of a registry', () => {
  test('the changes, applied to the one, give the other', () => {
    fc.assert(
      fc.property(states, ({before, after}) => {
        const {entries, history} = after
        expect(apply(before, compare(before, after))).toEqual(
          state(
            entries.map(({value}) => value),
            history.map(({value}) => value),
          ),
        )
      }),
      {numRuns: 300},
    )
  })

  test('a state differs in nothing from itself, in whatever order its rows stand', () => {
    fc.assert(
      fc.property(hostileRegistry, (registry) => {
        const turned = {...registry, entries: registry.entries.toReversed()}
        expect(compare(registry, turned)).toEqual([])
      }),
    )
  })

  test('each change is told once, the gravest first, with the level of its gravest concern', () => {
    fc.assert(
      fc.property(states, ({before, after}) => {
        const changes = compare(before, after)
        const ranks = changes.map(({level}) => levels.indexOf(level))
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
        for (const {level, concerns: found} of changes) {
          const all = found.map((id) => levels.indexOf(concerns[id].level))
          expect(levels.indexOf(level)).toBe(Math.min(...all))
          expect(new Set(found).size).toBe(found.length)
        }
      }),
    )
  })

  test('words of two texts add up to both, and no part is empty', () => {
    fc.assert(
      fc.property(states, ({before, after}) => {
        const texts = {before: before.entries[0]?.value.why ?? '', after: after.entries[0]?.value.why ?? ''}
        const parts = compareWords(texts)
        expect(joined(parts, 'added')).toBe(texts.before)
        expect(joined(parts, 'removed')).toBe(texts.after)
        expect(parts.filter(({text}) => text === '')).toEqual([])
      }),
    )
  })
})

test.each([
  ['Append-Only', 'append-only'],
  ['a b', 'a  b'],
  ['a b', 'a\u00a0b'],
  ['naïve', 'nai\u0308ve'],
  ['one\ntwo', 'one two'],
])('%j is not %j', (before, after) => {
  const parts = compareWords({before, after})
  expect(joined(parts, 'added')).toBe(before)
  expect(joined(parts, 'removed')).toBe(after)
})

const base = routineEntry({
  schema: 'ops',
  name: 'log',
  why: 'Writes the log.',
  risks: 'Append-only, checked.',
})
const fresh = {by: 'Core Team', date: '2025-07'}

/** `level type subject: concerns` of each change between two lists of entries. */
function told(before: readonly Entry[], after: readonly Entry[]): string[] {
  return compare(registryOf(before), registryOf(after)).map(
    (change) => `${change.level} ${change.type} ${subjectOf(change)}: ${change.concerns.join(' ')}`,
  )
}

function renamed(entry: Entry, name: string): Entry {
  return {...entry, name, id: `${entry.schema}.${name}`}
}

describe('what a change means', () => {
  test.each<[string, Partial<Entry>, string]>([
    ['other risks, same approval', {risks: 'None.'}, 'danger: statement-unapproved'],
    ['another reason, same approval', {why: 'Because.'}, 'danger: statement-unapproved'],
    ['other risks, approved anew', {risks: 'None.', approval: fresh}, 'review: statement-changed'],
    [
      'other risks, approved before the change',
      {risks: 'None.', approval: {by: 'Core Team', date: '2025-06-14'}},
      'danger: approval-older statement-changed',
    ],
    [
      'other risks, approved on the day',
      {risks: 'None.', approval: {by: 'Core Team', date: '2025-06-15'}},
      'review: statement-changed',
    ],
    [
      'other risks, approved in the month',
      {risks: 'None.', approval: {by: 'Core Team', date: '2025-06'}},
      'review: statement-changed',
    ],
    [
      'other risks, the same day and another name',
      {risks: 'None.', approval: {by: 'Ops Team', date: '2025-01'}},
      'danger: approval-older statement-changed',
    ],
    ['fewer words, same approval', {risks: 'Append-only'}, 'danger: statement-unapproved risks-shortened'],
    [
      'fewer words, approved anew',
      {risks: 'Append-only', approval: fresh},
      'review: risks-shortened statement-changed',
    ],
    [
      'an approval that goes back',
      {approval: {by: 'Core Team', date: '2024-12-31'}},
      'danger: approval-backdated reapproved',
    ],
    ['an approval told to the day', {approval: {by: 'Core Team', date: '2025-01-15'}}, 'review: reapproved'],
    ['another approver', {approval: {by: 'Ops Team', date: '2025-01'}}, 'review: reapproved'],
    ['a later approval', {approval: fresh}, 'review: reapproved'],
    ['a signature, same approval', {signature: ['uuid'], id: 'ops.log(uuid)'}, 'danger: object-unapproved'],
    ['another schema, same approval', {schema: 'api', id: 'api.log'}, 'danger: object-unapproved'],
    [
      'another schema, approved anew',
      {schema: 'api', id: 'api.log', approval: fresh},
      'review: object-changed',
    ],
    ['another kind', {kind: 'no-rls'}, 'danger: object-unapproved'],
    ['another section', {section: ['OPS']}, 'note: moved'],
    ['a column of the project’s own', {extra: {Ticket: 'SEC-1'}}, 'review: extra-changed'],
  ])('%s', (_, fields, expected) => {
    const changes = compare(registryOf([base]), registryOf([{...base, ...fields}]))
    expect(changes.map(({type}) => type)).toEqual(['changed'])
    expect(changes.map(({level, concerns: found}) => `${level}: ${found.join(' ')}`)).toEqual([expected])
  })

  test('an exception that was approved before the base is a danger, a new one is to be reviewed', () => {
    const [old, young] = [base, {...renamed(base, 'reap'), approval: fresh, why: 'Reaps.', risks: 'Bounded.'}]
    expect(told([], [old, young])).toEqual([
      'danger added ops.log: approval-older added',
      'review added ops.reap: added',
    ])
    expect(told([old], [])).toEqual(['note removed ops.log: removed'])
  })

  test('more privileges under the same approval', () => {
    const grant = {
      ...base,
      kind: 'grant' as const,
      id: 'ops.log to anon',
      grant: {privileges: ['SELECT'], grantee: 'anon'},
    }
    const more = {...grant, grant: {privileges: ['INSERT', 'SELECT'], grantee: 'anon'}}
    expect(told([grant], [more])).toEqual(['danger changed ops.log to anon: object-unapproved'])
    const wide = {...grant, id: 'ops.log to PUBLIC', grant: {privileges: ['SELECT'], grantee: 'PUBLIC'}}
    expect(told([grant], [wide])).toEqual(['danger changed ops.log to PUBLIC: object-unapproved'])
  })

  test('an audit that is no longer recorded is a danger', () => {
    const event = {date: '2025-01-15', auditor: 'Core Team', action: 'Initial.'}
    const twice = registryOf([base], [event, event])
    const once = registryOf([base], [event])
    expect(compare(twice, once).map(({level, type}) => [level, type])).toEqual([['danger', 'event-removed']])
    expect(compare(once, twice).map(({level, type}) => [level, type])).toEqual([['note', 'event-added']])
  })

  test('a record is rewritten by its further columns, too, and not by one that says nothing of it', () => {
    const event = {date: '2025-01-15', auditor: 'Core Team', action: 'Initial.'}
    const recorded = (...extras: (Record<string, string> | undefined)[]): Registry => {
      const registry = registryOf([base], Array(extras.length).fill(event))
      const history = registry.history.map((located, index) => {
        const extra = extras[index]
        return extra === undefined ? located : {...located, extra}
      })
      return {...registry, history}
    }
    const changes = (before: Registry, after: Registry) =>
      compare(before, after).map((change) => [
        change.level,
        change.type,
        'event' in change && change.event.extra,
      ])
    const [open, clean] = [{Result: '3 open', Ticket: ''}, {Result: 'clean'}]
    expect(changes(recorded(open, clean), recorded(clean, clean))).toEqual([
      ['danger', 'event-removed', open],
      ['note', 'event-added', clean],
    ])
    expect(changes(recorded(undefined), recorded({Result: ''}))).toEqual([])
    expect(changes(recorded({A: 'a', B: 'b'}), recorded({B: 'b', A: 'a'}))).toEqual([])
    expect(changes(recorded({A: 'a'}), recorded({B: 'a'}))).toHaveLength(2)
  })

  test('risks that others refer to are theirs, too, however many steps away', () => {
    const refer = (name: string, sameAs: string): Entry => ({
      ...renamed(base, name),
      why: `Reason of ${name}.`,
      risks: `Same as ${sameAs}.`,
      sameAs: `ops.${sameAs}`,
    })
    const [near, far] = [refer('near', 'log'), refer('far', 'near')]
    const approved = {...refer('approved', 'log'), approval: fresh}
    const changed = {...base, risks: 'None.', approval: fresh}
    const before = registryOf([base, near, far, {...approved, approval: base.approval}])
    const changes = compare(before, registryOf([changed, near, far, approved]))
    expect(changes.map((change) => [subjectOf(change), change.level, ...change.concerns])).toEqual([
      ['ops.log', 'danger', 'shared-risks', 'statement-changed'],
      ['ops.approved', 'review', 'reapproved'],
    ])
    expect(changes[0]).toMatchObject({dependents: ['ops.far', 'ops.near']})
  })
})

describe('what counts as renamed', () => {
  test('the same words and approval under another name', () => {
    expect(told([base], [renamed(base, 'write_log')])).toEqual([
      'danger changed ops.write_log: object-unapproved',
    ])
  })

  test('nearly the same words, even if approved anew', () => {
    const words = 'Parameters are validated, nothing dynamic, one row a call, rate limited.'
    const [old, near] = [
      {...base, risks: words},
      {...renamed(base, 'write_log'), risks: words.replace('one', 'a'), approval: fresh},
    ]
    expect(told([old], [near])).toEqual(['review changed ops.write_log: object-changed statement-changed'])
  })

  test('other words are another exception', () => {
    const other = {...renamed(base, 'reap'), why: 'Reaps stuck jobs.', risks: 'Bounded.'}
    expect(told([base], [other])).toEqual([
      'danger added ops.reap: approval-older added',
      'note removed ops.log: removed',
    ])
  })

  test('among rows with the same words, the one with the same name has only moved', () => {
    const [a, b] = [renamed(base, 'a'), renamed(base, 'b')]
    const moved = {...b, schema: 'api', id: 'api.b'}
    expect(told([a, b], [moved])).toEqual([
      'danger changed api.b: object-unapproved',
      'note removed ops.a: removed',
    ])
  })

  test('one entry becomes one other, and no more', () => {
    const others = ['one', 'two'].map((name) => renamed(base, name))
    expect(told([base], others)).toEqual([
      'danger changed ops.one: object-unapproved',
      'danger added ops.two: approval-older added',
    ])
    expect(told(others, [base])).toEqual([
      'danger changed ops.log: object-unapproved',
      'note removed ops.two: removed',
    ])
  })

  test('past the limit of comparisons, nothing is lost', () => {
    const many = (prefix: string, words: string) =>
      Array.from({length: 400}, (_, index) => ({
        ...renamed(base, `${prefix}${index}`),
        why: `${words} ${index} one two three four five six seven eight nine ten.`,
      }))
    const [before, after] = [registryOf(many('a', 'old')), registryOf(many('b', 'new'))]
    const changes = compare(before, after)
    expect(changes.filter(({type}) => type === 'added')).toHaveLength(400)
    expect(changes.filter(({type}) => type === 'removed')).toHaveLength(400)
  })
})
