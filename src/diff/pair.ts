/** Which entry of one state is which of another, renamed ones included. */
import {compareCodePoints} from '../model/compare.ts'
import type {Entry} from '../model/entry.ts'
import {groupBy} from '../model/group-by.ts'
import type {Located, Registry} from '../model/registry.ts'

type LocatedEntry = Located<Entry>

export type Pairing = {
  readonly pairs: readonly {readonly before: LocatedEntry; readonly after: LocatedEntry}[]
  readonly removed: readonly LocatedEntry[]
  readonly added: readonly LocatedEntry[]
}

/** What makes two entries that are not called the same one entry, the surest first. */
const waysToTell: readonly ((entry: Entry) => readonly unknown[])[] = [
  ({kind, id}) => [kind, id],
  ({id}) => [id],
  ({kind, schema, name}) => [kind, schema, name],
  ({name, ...rest}) => [...statement(rest), name],
  ({schema, ...rest}) => [...statement(rest), schema],
  (entry) => statement(entry),
]

function statement({kind, why, risks, approval}: Omit<Entry, 'name' | 'schema'>): readonly unknown[] {
  return [kind, why, risks, approval.by, approval.date]
}

/** How much of their words entries of different names must share to be one. */
const alike = 0.8

/** So many comparisons are made to find entries that are nearly alike; past them, they are removed and added. */
const patience = 100_000

/** Every entry of both is in exactly one pair or list. In document order, pairs in that of `after`. */
export function pairEntries({before, after}: {before: Registry; after: Registry}): Pairing {
  const partner = new Map<LocatedEntry, LocatedEntry>()
  let removed = before.entries
  let added = after.entries
  const pair = (old: LocatedEntry, fresh: LocatedEntry) => partner.set(fresh, old)
  const clear = () => {
    const taken = new Set(partner.values())
    removed = removed.filter((entry) => !taken.has(entry))
    added = added.filter((entry) => !partner.has(entry))
  }
  for (const tell of waysToTell) {
    const waiting = groupBy(removed, ({value}) => JSON.stringify(tell(value)))
    for (const fresh of added) {
      const old = waiting.get(JSON.stringify(tell(fresh.value)))?.shift()
      if (old) pair(old, fresh)
    }
    clear()
  }
  for (const {old, fresh} of nearPairs(removed, added)) {
    if (removed.includes(old) && added.includes(fresh)) {
      pair(old, fresh)
      clear()
    }
  }
  const pairs = after.entries.flatMap((fresh) => {
    const old = partner.get(fresh)
    return old ? [{before: old, after: fresh}] : []
  })
  return {pairs, removed, added}
}

function nearPairs(removed: readonly LocatedEntry[], added: readonly LocatedEntry[]) {
  if (removed.length * added.length > patience) return []
  const words = new Map([...removed, ...added].map((entry) => [entry, countWords(entry.value)]))
  const none = new Map<string, number>()
  return removed
    .flatMap((old) => added.map((fresh) => ({old, fresh})))
    .filter(({old, fresh}) => old.value.kind === fresh.value.kind)
    .map((both) => ({
      ...both,
      share: shareOf(words.get(both.old) ?? none, words.get(both.fresh) ?? none),
    }))
    .filter(({share}) => share >= alike)
    .toSorted(
      (a, b) =>
        b.share - a.share ||
        compareCodePoints(a.old.value.id, b.old.value.id) ||
        compareCodePoints(a.fresh.value.id, b.fresh.value.id),
    )
}

function countWords({why, risks}: Entry): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of `${why} ${risks}`.split(/\s+/)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** 1 for the same words in any order, 0 for none in common. */
function shareOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0)
  let common = 0
  for (const [word, number] of a) common += Math.min(number, b.get(word) ?? 0)
  return (2 * common) / (total(a) + total(b))
}
