/** The shape of an output: what it is called, where it goes by default, and what its template sees. */
import type {AuditEvent, Entry} from '../model/entry.ts'

/** What a configuration can say of one output, beyond where it goes. */
export type TargetOptions = {
  /** TypeScript and Python: write the full records beside the whitelist. */
  readonly records: boolean
  /** SQL: what a documented routine that is absent, or is no definer, does. */
  readonly missing: 'notice' | 'error'
  /** JSON: where the manifest's schema lies, relative to the manifest; `null` where it is not generated. */
  readonly manifestSchema: string | null
  /** pgTAP: the schemas to look at; `include` empty means all that are not left out. */
  readonly schemas: {readonly include: readonly string[]; readonly exclude: readonly string[]}
}

/** What a target renders: a registry without places, sorted by code point of the id within each kind. */
export type TargetInput = {
  /** The document's path as the configuration names it, relative to its folder. */
  readonly source: string
  /** Tells apart several registries that describe one database; `null` where there is one. */
  readonly name: string | null
  readonly entries: readonly Entry[]
  readonly history: readonly AuditEvent[]
  readonly options: TargetOptions
}

export type Target = {
  readonly id: string
  /** Default file name inside the output folder. */
  readonly file: string
  /** Name of the template beside the target. */
  readonly template: string
  /** How a comment line begins in this language; `null` where the template places the banner itself. */
  readonly comment: string | null
  /** Lines that a whole file carries below its banner, such as the marks that keep formatters away. */
  readonly prologue: readonly string[]
  /** Pure. Strings in it are literals of the target's language, ready to be placed. */
  readonly view: (input: TargetInput) => Record<string, unknown>
}
