/** A whole registry: its entries and its audit history, each with its place in the document. */
import type {AuditEvent, Entry} from './entry.ts'
import type {Place} from './place.ts'

/** A record and where it was read: the row, and each cell by its canonical column heading. */
export type Located<Value> = {
  readonly value: Value
  readonly row: Place
  readonly cells: Readonly<Record<string, Place>>
}

/**
 * A row of the audit history. What it says in columns of the project's own is part of the record, but not of the
 * event, which outputs hold to a schema without them.
 */
export type LocatedEvent = Located<AuditEvent> & {
  /** By heading, empty ones included; not there where the table has no further columns. */
  readonly extra?: Readonly<Record<string, string>>
}

export type Registry = {
  /** Path of the document, relative to the project's root, with `/`. */
  readonly path: string
  /** In document order. */
  readonly entries: readonly Located<Entry>[]
  /** In document order. */
  readonly history: readonly LocatedEvent[]
}
