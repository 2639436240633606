/** A registry in numbers. */
import {compareCodePoints} from '../model/compare.ts'
import type {Registry} from '../model/registry.ts'

export type RegistrySummary = {
  readonly path: string
  readonly entries: number
  /** Entries by schema, sorted by name. */
  readonly schemas: Readonly<Record<string, number>>
  readonly events: number
  /** Dates of the first and the last audit. */
  readonly audited: {readonly from: string; readonly to: string} | null
}

export function summarize({path, entries, history}: Registry): RegistrySummary {
  const counts = new Map<string, number>()
  for (const {value} of entries) counts.set(value.schema, (counts.get(value.schema) ?? 0) + 1)
  const dates = history.map(({value}) => value.date).sort(compareCodePoints)
  const [from] = dates
  const to = dates.at(-1)
  return {
    path,
    entries: entries.length,
    schemas: Object.fromEntries([...counts].sort(([a], [b]) => compareCodePoints(a, b))),
    events: history.length,
    audited: from !== undefined && to !== undefined ? {from, to} : null,
  }
}
