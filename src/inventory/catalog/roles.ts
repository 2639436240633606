/** Oids of roles → names, and lists of privileges → grants. */
import {compareCodePoints} from '../../model/compare.ts'
import type {Grant, Role} from '../../model/inventory.ts'
import type {RoleRow} from './queries/roles.ts'
import type {GrantRows} from './queries/shapes.ts'

/** Resolves the oids of one reading, and remembers which roles it met. */
export type Roles = {
  /** `null` for a role that does not exist any more. */
  readonly owner: (oid: string) => string | null
  /** `PUBLIC` for `0`; the number itself, as PostgreSQL prints it too, for a role that does not exist any more. */
  readonly grantee: (oid: string) => string
  /** As `grantee`, for a role that needs not be told of. */
  readonly nameOf: (oid: string) => string
  /** Sorted; what several grantors granted is one grant. */
  readonly grants: (rows: GrantRows) => Grant[]
  /** Those met so far, and the ones of these names that exist. */
  readonly met: (names: readonly string[]) => Role[]
}

export function resolveRoles(rows: readonly RoleRow[]): Roles {
  const byOid = new Map(rows.map((row) => [row.oid, row]))
  const met = new Set<string>()
  const owner = (oid: string): string | null => {
    met.add(oid)
    return byOid.get(oid)?.name ?? null
  }
  const grantee = (oid: string): string => (oid === '0' ? 'PUBLIC' : (owner(oid) ?? oid))
  return {
    owner,
    nameOf: (oid) => byOid.get(oid)?.name ?? oid,
    grantee,
    grants: (items) => mergeGrantors(items.map(([oid, ...rest]) => [grantee(oid), ...rest])),
    met: (names) =>
      rows
        .filter(({oid, name}) => met.has(oid) || names.includes(name))
        .map(({name, superuser, bypassRls}) => ({name, superuser, bypassRls}))
        .sort((a, b) => compareCodePoints(a.name, b.name)),
  }
}

function mergeGrantors(items: readonly (readonly [string, string, boolean])[]): Grant[] {
  const grants = new Map<string, Grant>()
  for (const [grantee, privilege, grantable] of items) {
    const key = `${privilege} ${grantee}`
    grants.set(key, {grantee, privilege, grantable: grantable || grants.get(key)?.grantable === true})
  }
  return [...grants.values()].sort(compareGrants)
}

function compareGrants(a: Grant, b: Grant): number {
  return compareCodePoints(a.grantee, b.grantee) || compareCodePoints(a.privilege, b.privilege)
}
