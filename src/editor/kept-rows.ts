/** Whether what was read of a document is still read of the one that a mend would make of it. */
import type {Entry} from '../model/entry.ts'
import type {Registry} from '../model/registry.ts'

type Rows = Pick<Registry, 'entries' | 'history'>

/**
 * Findings do not tell: a row that has become a part of a text may be no finding, and one that is below another heading
 * excuses something else. A row with an error was not read, so that a mend of its name takes no entry away.
 */
export function keepsRows(before: Rows, after: Rows): boolean {
  const kept = new Set(after.entries.map(({value}) => keyOf(value)))
  // An event is known by nothing but its text, and a mend may touch that.
  return (
    before.entries.every(({value}) => kept.has(keyOf(value))) && before.history.length <= after.history.length
  )
}

function keyOf({kind, id}: Entry): string {
  return `${kind} ${id}`
}
