/** Where a new row goes: a table that there is, a new section, or whichever of several a person chooses. */

import type {Kind} from '../../model/kind.ts'
import {normalize} from '../heading-names.ts'
import {type RegistryTable, sectionNames} from './outline.ts'

export type Wanted = {
  readonly kind: Kind
  readonly schema: string
  /** Heading of a section, there or not. */
  readonly section: string | undefined
}

export type Placement =
  | {readonly where: 'table'; readonly table: RegistryTable}
  | {readonly where: 'new-section'}
  /** Each would do; a person must say which. */
  | {readonly where: 'choose'; readonly sections: readonly string[]}

export function findPlace(tables: readonly RegistryTable[], wanted: Wanted): Placement {
  const own = tables.filter(({kind}) => kind === wanted.kind)
  if (wanted.section !== undefined) return findSection(own, wanted.section, wanted.schema)
  const candidates = own.filter((table) => saysSchema(table, wanted.schema))
  if (candidates.length > 0) return decide(candidates)
  // The only table takes rows of every schema, and so does one that mixes them or has none yet.
  const open = own.filter(
    ({schema, schemas}) => schema === undefined && (own.length === 1 || schemas.size !== 1),
  )
  return open.length === 1 ? decide(open) : {where: 'new-section'}
}

/** The names by which the sections of a kind can be chosen. */
export function sectionsOf(tables: readonly RegistryTable[], kind: Kind): string[] {
  return sectionNames(tables.filter((table) => table.kind === kind))
}

function findSection(own: readonly RegistryTable[], section: string, schema: string): Placement {
  const names = sectionNames(own)
  const wanted = normalize(section)
  const named = own.filter(
    ({headings}, index) =>
      normalize(names[index] ?? '') === wanted || normalize(headings.at(-1)?.text ?? '') === wanted,
  )
  if (named.length === 0) return {where: 'new-section'}
  const exact = named.filter((table) => normalize(names[own.indexOf(table)] ?? '') === wanted)
  const fitting = named.filter((table) => table.schema === undefined || namesSchema(table, schema))
  return decide(exact.length > 0 ? exact : fitting.length > 0 ? fitting : named)

  function decide(candidates: readonly RegistryTable[]): Placement {
    const [table] = candidates
    if (table !== undefined && candidates.length === 1) return {where: 'table', table}
    return {where: 'choose', sections: candidates.map((candidate) => names[own.indexOf(candidate)] ?? '')}
  }
}

function decide(candidates: readonly RegistryTable[]): Placement {
  const [table] = candidates
  if (table !== undefined && candidates.length === 1) return {where: 'table', table}
  return {where: 'choose', sections: sectionNames(candidates)}
}

/** By its heading or, where that names none, by its rows. */
function saysSchema(table: RegistryTable, schema: string): boolean {
  return table.schema === undefined ? table.schemas.has(schema) : namesSchema(table, schema)
}

/** A heading is read without regard to case. */
export function namesSchema({schema}: RegistryTable, name: string): boolean {
  return schema?.schema === name.toLowerCase()
}
