/** The JSON manifest, as a schema. */
import * as z from 'zod/mini'
import {AuditEvent, Entry} from './entry.ts'
import {manifestVersion} from './manifest-version.ts'

export const Manifest = z.strictObject({
  $schema: z.optional(z.string()),
  $comment: z.optional(z.string()),
  schemaVersion: z.literal(manifestVersion),
  /** The document, relative to the configuration's folder. */
  source: z.string(),
  /** Sorted by kind, then by the code points of the id. */
  entries: z.array(Entry),
  /** Sorted by date. */
  auditHistory: z.array(AuditEvent),
})
export type Manifest = z.infer<typeof Manifest>
