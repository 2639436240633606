/** What has changed between two states of a registry, as data. */
import type {Entry} from '../model/entry.ts'
import type {Located, LocatedEvent} from '../model/registry.ts'
import type {ConcernId, Level} from './concerns.ts'

/** A stretch of words. The same and the removed ones in a row are the text before, the same and the added after. */
export type Part = {readonly kind: 'same' | 'removed' | 'added'; readonly text: string}

/** Fields that are sentences, and are compared word by word. */
export const textFields = ['why', 'risks'] as const
export type TextField = (typeof textFields)[number]
export type ValueField = Exclude<keyof Entry, TextField>

export type FieldChange =
  | {readonly field: TextField; readonly parts: readonly Part[]}
  | {
      [Field in ValueField]: {
        readonly field: Field
        readonly before: Entry[Field]
        readonly after: Entry[Field]
      }
    }[ValueField]

export type EntryChange =
  | {readonly type: 'added'; readonly entry: Located<Entry>}
  | {readonly type: 'removed'; readonly entry: Located<Entry>}
  | {
      readonly type: 'changed'
      readonly before: Located<Entry>
      readonly after: Located<Entry>
      /** At least one. */
      readonly fields: readonly FieldChange[]
      /** Ids of entries whose risks are these by "Same as …", and whose approvals have not changed; sorted. */
      readonly dependents: readonly string[]
    }

export type EventChange = {
  readonly type: 'event-added' | 'event-removed'
  readonly event: LocatedEvent
}

export type Change = EntryChange | EventChange

export type JudgedChange = Change & {
  /** That of the gravest concern. */
  readonly level: Level
  /** At least one, the gravest first. */
  readonly concerns: readonly ConcernId[]
}

/** What a change is called by: an entry's id as it is now, or an event's day. */
export function subjectOf(change: Change): string {
  if (change.type === 'changed') return change.after.value.id
  return 'entry' in change ? change.entry.value.id : `audit of ${change.event.value.date}`
}
