/** What every rule may look at, looked up once. */
import type {Inventory, Relation, Role, Routine, SchemaFacts} from '../model/inventory.ts'
import type {Registry} from '../model/registry.ts'
import {collectExcuses, type Excuses} from './excuses.ts'
import {type LocatedEntry, type Match, matchRoutines} from './match.ts'

export type Subject = {
  readonly entries: readonly LocatedEntry[]
  readonly inventory: Inventory
  readonly match: Match
  readonly excuses: Excuses
  /** The roles that a client of the API can be, such as `anon`, and always `PUBLIC`. */
  readonly apiRoles: ReadonlySet<string>
  /** Those of `apiRoles` that somebody asked for by name; `undefined` if nobody has. */
  readonly namedApiRoles: readonly string[] | undefined
  /** Routines that are SECURITY DEFINER for sure and no extension's. */
  readonly definers: readonly Routine[]
  /** Relations that are no extension's. */
  readonly relations: readonly Relation[]
  readonly schemas: ReadonlyMap<string, SchemaFacts>
  readonly roles: ReadonlyMap<string, Role>
}

export const defaultApiRoles: readonly string[] = ['anon', 'authenticated']

export function subjectOf(
  registries: readonly Registry[],
  inventory: Inventory,
  apiRoles: readonly string[] | undefined,
): Subject {
  const entries = registries.flatMap((registry) => registry.entries)
  return {
    entries,
    inventory,
    match: matchRoutines(entries, inventory),
    excuses: collectExcuses(entries, inventory),
    apiRoles: new Set(['PUBLIC', ...(apiRoles ?? defaultApiRoles)]),
    namedApiRoles: apiRoles,
    // Whether the rest are definers is asked where they are held against the document.
    definers: inventory.routines.filter(
      (routine) => routine.securityDefiner === true && routine.extension === null,
    ),
    relations: inventory.relations.filter(({extension}) => extension === null),
    schemas: new Map(inventory.schemas.map((schema) => [schema.name, schema])),
    roles: new Map(inventory.roles.map((role) => [role.name, role])),
  }
}
