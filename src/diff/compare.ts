/** Registry × registry → every change, the gravest first. */
import {compareCodePoints} from '../model/compare.ts'
import type {Entry} from '../model/entry.ts'
import {groupBy} from '../model/group-by.ts'
import type {Located, LocatedEvent, Registry} from '../model/registry.ts'
import {type Change, type EventChange, type JudgedChange, subjectOf} from './change.ts'
import {concerns, rankOf} from './concerns.ts'
import {type CompareWords, compareFields} from './fields.ts'
import {concernsOf} from './judge.ts'
import {pairEntries} from './pair.ts'

export type CompareOptions = {
  /** The day of the state before, `YYYY-MM-DD`; `undefined` where that is not known. */
  readonly since: string | undefined
  /** Given from outside, as what compares words is loaded only for this. */
  readonly compareWords: CompareWords
}

/**
 * Compare two states. Rows that only stand in another order within their section are the same.
 *
 * @returns By concern, then by the code points of the subject.
 */
export function compareRegistries(
  {before, after}: {before: Registry; after: Registry},
  {since, compareWords}: CompareOptions,
): JudgedChange[] {
  const {pairs, removed, added} = pairEntries({before, after})
  const compared = pairs.map((pair) => ({
    ...pair,
    fields: compareFields({before: pair.before.value, after: pair.after.value}, compareWords),
  }))
  const stands = new Set(
    compared.filter(({fields}) => fields.every(({field}) => field !== 'approval')).map((pair) => pair.after),
  )
  const referring = groupBy(after.entries, ({value}) => `${value.kind} ${value.sameAs ?? ''}`)
  const changes: Change[] = [
    ...added.map((entry) => ({type: 'added', entry}) as const),
    ...removed.map((entry) => ({type: 'removed', entry}) as const),
    ...compared
      .filter(({fields}) => fields.length > 0)
      .map((pair) => {
        const isRiskier = pair.fields.some(({field}) => field === 'risks' || field === 'sameAs')
        const dependents = isRiskier ? dependentsOf(pair.after.value, referring, stands) : []
        return {type: 'changed', ...pair, dependents} as const
      }),
    ...compareHistory({before: before.history, after: after.history}),
  ]
  return changes.map((change) => judge(change, since)).toSorted(byGravity)
}

/** Entries whose risks are those of this one, however many steps away, and whose approvals have not changed. */
function dependentsOf(
  {kind, id}: Entry,
  referring: ReadonlyMap<string, readonly Located<Entry>[]>,
  stands: ReadonlySet<Located<Entry>>,
): string[] {
  const found = new Set<Located<Entry>>()
  const reached = [id]
  for (const target of reached) {
    for (const entry of referring.get(`${kind} ${target}`) ?? []) {
      if (found.has(entry)) continue
      found.add(entry)
      reached.push(entry.value.id)
    }
  }
  return [...found]
    .filter((entry) => stands.has(entry))
    .map(({value}) => value.id)
    .sort(compareCodePoints)
}

type Events = readonly LocatedEvent[]

/** The same record may stand there twice. A further column that says nothing of it is as good as none. */
function compareHistory({before, after}: {before: Events; after: Events}): EventChange[] {
  const key = ({value: {date, auditor, action}, extra}: LocatedEvent) => {
    const further = Object.entries(extra ?? {}).filter(([, text]) => text !== '')
    return JSON.stringify([date, auditor, action, further.toSorted(([a], [b]) => compareCodePoints(a, b))])
  }
  const without = (events: Events, others: Events) => {
    const known = groupBy(others, key)
    return events.filter((event) => known.get(key(event))?.pop() === undefined)
  }
  return [
    ...without(after, before).map((event) => ({type: 'event-added', event}) as const),
    ...without(before, after).map((event) => ({type: 'event-removed', event}) as const),
  ]
}

function judge(change: Change, since: string | undefined): JudgedChange {
  const found = concernsOf(change, since).toSorted((a, b) => rankOf(a) - rankOf(b))
  const [gravest] = found
  if (gravest === undefined) throw new Error(`Nothing is said of a change of ${subjectOf(change)}`)
  return {...change, level: concerns[gravest].level, concerns: found}
}

function byGravity(a: JudgedChange, b: JudgedChange): number {
  const rank = ({concerns: [gravest]}: JudgedChange) => (gravest === undefined ? 0 : rankOf(gravest))
  return rank(a) - rank(b) || compareCodePoints(subjectOf(a), subjectOf(b))
}
