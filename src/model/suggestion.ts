/** Rows that a document lacks: the facts that each would rest on, and which of them Markdown can hold. */
import type {Role, Routine} from './inventory.ts'

/** A definer without a row, and the facts that a reviewer asks for first. */
export type Suggestion = {
  readonly routine: Routine
  /** What the Object Name cell has to hold; `undefined` where it needs types, and those are unknown. */
  readonly objectName: string | undefined
  /** What the Schema cell has to hold. */
  readonly schema: string
  /** Who may execute it besides its owner, the most exposed first; `null` where that is unknown. */
  readonly callers: readonly string[] | null
  /** Facts of its owner; `undefined` where it is unknown who that is, or what they may do. */
  readonly owner: Role | undefined
  /** `undefined`: it has no path of its own. `null`: unknown. */
  readonly searchPath: readonly string[] | undefined | null
  /** Whether it executes a text that its caller has a say in. */
  readonly dynamicSql: 'none' | 'unknown' | 'of-the-caller'
}

/** What stands in the cells that a person has to write: a note with the facts, or without, or what would be sound. */
export type SuggestedCells = 'facts' | 'bare' | 'filled'

/** Every suggestion, as one or the other. */
export type ProvedSuggestions = {
  /** A row of these reads back as exactly that routine, but for what a person has to write. */
  readonly writable: readonly {readonly suggestion: Suggestion; readonly cells: 'facts' | 'bare'}[]
  readonly unwritable: readonly {readonly suggestion: Suggestion; readonly reason: string}[]
}
