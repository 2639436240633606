/** Rows of pg_default_acl → default privileges, of the schemas seen and of the whole database. */
import {compareCodePoints} from '../../model/compare.ts'
import type {DefaultPrivilege, Unseen} from '../../model/inventory.ts'
import type {DefaultPrivilegeRow} from './queries/default-privileges.ts'
import type {Roles} from './roles.ts'
import {stillThere} from './still-there.ts'

/** Large objects, since PostgreSQL 18, have no schema and run nothing: no rule asks about them. */
const objectKinds = {
  r: 'tables',
  S: 'sequences',
  f: 'functions',
  T: 'types',
  n: 'schemas',
  L: undefined,
} as const

export function toDefaultPrivileges(
  rows: readonly DefaultPrivilegeRow[],
  seen: ReadonlySet<string>,
  roles: Roles,
): {readonly known: DefaultPrivilege[]; readonly unknowns: Unseen[]} {
  const known: DefaultPrivilege[] = []
  const unknowns: Unseen[] = []
  for (const row of rows) {
    const schema = row.isGlobal ? null : stillThere(row.schema, 'default privileges')
    if (schema !== null && !seen.has(schema)) continue
    const owner = roles.grantee(row.owner)
    const objects = objectKinds[row.objects]
    if (objects !== undefined) {
      known.push({owner, schema, objects, grants: roles.grants(row.grants), origin: null})
      continue
    }
    const subject = `default privileges of ${owner} on large objects`
    unknowns.push({subject, why: 'Large objects are not looked at', location: null})
  }
  known.sort(compareDefaults)
  return {known, unknowns}
}

/** Those that hold everywhere first. */
function compareDefaults(a: DefaultPrivilege, b: DefaultPrivilege): number {
  return (
    compareCodePoints(a.schema ?? '', b.schema ?? '') ||
    compareCodePoints(a.owner, b.owner) ||
    compareCodePoints(a.objects, b.objects)
  )
}
