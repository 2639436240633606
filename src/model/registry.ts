/** A whole registry: its entries and its audit history, each with its place in the document. */
import type {AuditEvent, Entry} from './entry.ts'
import type {Place} from './place.ts'

/** A record and where it was read: the row, and each cell by its canonical column heading. */
export type Located<Value> = {
  readonly value: Value
  readonly row: Place
  readonly cells: Readonly<Record<string, Place>>
}

export type Registry = {
  /** Path of the document, relative to the project's root, with `/`. */
  readonly path: string
  /** In document order. */
  readonly entries: readonly Located<Entry>[]
  /** In document order. */
  readonly history: readonly Located<AuditEvent>[]
}
