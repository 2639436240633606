/** The records that a registry is read into, as schemas. */
import * as z from 'zod/mini'
import {kindIds} from './kind.ts'

/** `YYYY-MM` or `YYYY-MM-DD`; that it is a real date and not in the future is the reader's finding to make. */
const approvalDate = z.string().check(z.regex(/^\d{4}-\d{2}(-\d{2})?$/))
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const text = z.string().check(z.minLength(1))

/** One exception: one body row of a registry table. */
export const Entry = z.strictObject({
  /**
   * What the entry is known by, unique within its kind: `schema.name`, `schema.name(type, type)` where the
   * cell states a signature, and for grants `… to grantee`. Parts are quoted as PostgreSQL's `quote_ident`
   * would, but for keywords, which stay bare.
   */
  id: text,
  kind: z.enum(kindIds),
  /** As `pg_namespace.nspname` holds it: folded, unquoted. */
  schema: text,
  /** As `pg_proc.proname` or `pg_class.relname` holds it: folded, unquoted. */
  name: text,
  /** Input types as `format_type` prints them, without modifiers; `null` where the cell states no signature. */
  signature: z.nullable(z.array(text)),
  /** The justification cell as a reader sees it; `<br>` is a line feed. */
  why: text,
  /** The Risks Mitigated cell as a reader sees it; `<br>` is a line feed. */
  risks: text,
  /** The `id` of the entry whose risks this row refers to by "Same as …", else `null`. */
  sameAs: z.nullable(text),
  approval: z.strictObject({by: text, date: approvalDate}),
  /** Kind `grant` alone: upper-case privileges, sorted, and one role (folded) or `PUBLIC`; else `null`. */
  grant: z.nullable(z.strictObject({privileges: z.array(text).check(z.minLength(1)), grantee: text})),
  /** The headings above the table, outermost first, without the title (depth 1). */
  section: z.array(z.string()),
  /** Cells of columns that no kind defines, by heading. */
  extra: z.record(z.string(), z.string()),
})
export type Entry = z.infer<typeof Entry>

/** One row of the audit history table. */
export const AuditEvent = z.strictObject({date: day, auditor: text, action: text})
export type AuditEvent = z.infer<typeof AuditEvent>
