/** Rows of pg_auth_members → memberships by name. */
import type {Membership} from '../../model/inventory.ts'
import {compareMemberships} from '../../model/membership.ts'
import type {MembershipRow} from './queries/memberships.ts'

/** @param name Of a role by its oid. */
export function toMemberships(rows: readonly MembershipRow[], name: (oid: string) => string): Membership[] {
  const byPair = new Map<string, Membership>()
  for (const row of rows) {
    const key = `${row.member} ${row.role}`
    const other = byPair.get(key)
    byPair.set(key, {
      role: name(row.role),
      member: name(row.member),
      inherits: either(row.inherits, other?.inherits),
      canSet: either(row.canSet, other?.canSet),
      isAdmin: either(row.isAdmin, other?.isAdmin),
    })
  }
  return [...byPair.values()].sort(compareMemberships)
}

/** Each grantor's membership stands beside the others', and what one of them gives is given. */
function either(one: boolean | null, other: boolean | null | undefined): boolean | null {
  if (other === undefined || one === true) return one
  return other === false ? one : other
}
