/** A change → what is told of it, before it gets the form of a terminal or of Markdown. */
import {type JudgedChange, type Part, subjectOf} from '../diff/change.ts'
import {concerns, type Level, levels} from '../diff/concerns.ts'
import type {Location} from '../model/place.ts'
import {count} from '../model/words.ts'
import {type Fact, factsOf} from './diff-facts.ts'

export type RegistryChanges = {
  readonly name: string | undefined
  readonly before: string | undefined
  readonly wasConfigured: boolean
  readonly after: string | undefined
  readonly changes: readonly JudgedChange[]
}

export type BaseShown = {
  readonly revision: string
  readonly isMergeBase: boolean
  readonly commit: string
  readonly short: string
  readonly day: string
}

export type DiffView = {
  readonly base: BaseShown
  /** Whether the configuration at the base could be read. */
  readonly isConfigKnown: boolean
  readonly registries: readonly RegistryChanges[]
}

export type Told = {
  readonly subject: string
  readonly says: readonly string[]
  readonly facts: readonly Fact[]
  /** The row as it is now, or as it was where it is gone. */
  readonly where: Location
}

export function tell(change: JudgedChange, {before, after}: RegistryChanges, base: BaseShown): Told {
  const isGone = change.type === 'removed' || change.type === 'event-removed'
  const path = isGone ? `${base.short}:${before ?? ''}` : (after ?? '')
  const row = change.type === 'changed' ? change.after : 'event' in change ? change.event : change.entry
  return {
    subject: subjectOf(change),
    says: change.concerns.map((concern) => concerns[concern].says),
    facts: factsOf(change),
    where: {path, place: row.row},
  }
}

/** What is to be known of the comparison itself, beside its changes. */
export function remarksOf({base, isConfigKnown, registries}: DiffView): string[] {
  return [
    ...(isConfigKnown
      ? []
      : [`The configuration at ${base.short} could not be read: today’s is taken for it.`]),
    ...registries.flatMap(({before, after, wasConfigured}) => {
      const wasNot = wasConfigured ? 'not there' : 'not configured'
      if (before === undefined) return [`${after} was ${wasNot} at ${base.short}: every entry is added.`]
      if (after === undefined) return [`${before} is no longer configured: every entry is removed.`]
      return before === after ? [] : [`${after} was ${before} at ${base.short}.`]
    }),
  ]
}

export function showBase({revision, isMergeBase, short}: BaseShown): string {
  if (isMergeBase) return `${short}, where this branch left ${revision}`
  return revision === short ? short : `${revision} (${short})`
}

/** The gravest first; `no changes`. */
export function tally(registries: readonly RegistryChanges[]): string {
  const all = registries.flatMap(({changes}) => changes)
  const nouns: Readonly<Record<Level, readonly [string, string]>> = {
    danger: ['danger', 'dangers'],
    review: ['to review', 'to review'],
    note: ['note', 'notes'],
  }
  const told = levels.flatMap((level) => {
    const number = all.filter((change) => change.level === level).length
    return number === 0 ? [] : [count(number, ...nouns[level])]
  })
  return told.length === 0 ? 'no changes' : told.join(', ')
}

/** Long stretches that have not changed, cut to what is around the changes. */
export function abridge(parts: readonly Part[], most: number): Part[] {
  return parts.map((part) => {
    const letters = [...part.text]
    if (part.kind !== 'same' || letters.length <= most) return part
    const half = Math.floor(most / 2)
    return {kind: 'same', text: `${letters.slice(0, half).join('')} … ${letters.slice(-half).join('')}`}
  })
}
