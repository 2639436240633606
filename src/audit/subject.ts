/** What every rule may look at, looked up once. */
import type {Inventory, Relation, Role, Routine, SchemaFacts} from '../model/inventory.ts'
import {reachedFrom} from '../model/membership.ts'
import type {Registry} from '../model/registry.ts'
import {collectExcuses, type Excuses} from './excuses.ts'
import {type LocatedEntry, type Match, matchRoutines} from './match.ts'

export type Subject = {
  readonly entries: readonly LocatedEntry[]
  readonly inventory: Inventory
  readonly match: Match
  readonly excuses: Excuses
  /** The roles with whose privileges a client of the API can act: such as `anon`, those it is a member of, `PUBLIC`. */
  readonly apiRoles: ReadonlySet<string>
  /** Those of `apiRoles` that are there only because others, the roles given here, are members of them. */
  readonly reached: ReadonlyMap<string, readonly string[]>
  /** API roles that somebody asked for by name; `undefined` if nobody has. */
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
  const own = new Set(['PUBLIC', ...(apiRoles ?? defaultApiRoles)])
  const reached = reachedFrom(own, inventory.memberships)
  for (const role of own) reached.delete(role)
  return {
    entries,
    inventory,
    match: matchRoutines(entries, inventory),
    excuses: collectExcuses(entries, inventory),
    apiRoles: new Set([...own, ...reached.keys()]),
    reached,
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

/**
 * Whether a client of the API can use what a role holds on an object.
 *
 * What the owner of an object holds on it is no finding of its own where the owner is only reached: that an API role
 * is a member of an owner is.
 */
export function isOpenTo(
  {apiRoles, reached}: Pick<Subject, 'apiRoles' | 'reached'>,
  grantee: string,
  owner: string | null,
): boolean {
  return apiRoles.has(grantee) && !(reached.has(grantee) && grantee === owner)
}

/**
 * A role, and how a client of the API comes to it.
 *
 * @param rest What follows in the same clause.
 */
export function showReached(role: string, {reached}: Pick<Subject, 'reached'>, rest = ''): string {
  const members = reached.get(role)
  if (members === undefined) return role + rest
  const are = members.length === 1 ? 'is a member' : 'are members'
  return `${role}, of which ${members.join(' and ')} ${are}${rest && `,${rest}`}`
}
