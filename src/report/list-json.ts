/** Entries as JSON, for scripts. */
import type {Entry} from '../model/entry.ts'
import type {Located, Registry} from '../model/registry.ts'
import type {Finding} from '../model/rules.ts'
import {jsonReport} from './json.ts'
import {summarize} from './summary.ts'
import {visibleJson} from './visible.ts'

export type JsonList = {
  readonly entries: readonly {
    readonly path: string
    readonly entry: Located<Entry>
    readonly validity: {readonly until: string; readonly state: string} | undefined
  }[]
  readonly findings: readonly Finding[]
  /** All that were read. */
  readonly registries: readonly Registry[]
}

/** Paths are relative to the project's root; lines and columns are 1-based, in UTF-16 code units. */
export function jsonList({entries, findings, registries}: JsonList): string {
  const documents = registries.map(summarize)
  const frame: object = JSON.parse(jsonReport({command: 'list', findings, documents, outputs: []}))
  const listed = entries.map(({path, entry, validity}) => ({
    ...entry.value,
    path,
    place: entry.row,
    validity: validity ?? null,
  }))
  return visibleJson(`${JSON.stringify({...frame, entries: listed}, null, 2)}\n`)
}
