/** What roles reach by being members of others. */
import {compareCodePoints} from './compare.ts'
import type {Membership} from './inventory.ts'

/**
 * Whether the member acts with the role's privileges, or can see to it that it does. What is unknown may be so.
 *
 * @see https://www.postgresql.org/docs/current/role-membership.html
 */
export function givesPrivileges({inherits, canSet, isAdmin}: Membership): boolean {
  return inherits !== false || canSet !== false || isAdmin !== false
}

/**
 * Every role that one of these is a member of, at whatever distance, and which of these.
 *
 * @param isEnd Roles that are told of, and beyond which it is not followed.
 * @returns Sorted; a role is not reached from itself.
 */
export function reachedFrom(
  roles: Iterable<string>,
  memberships: readonly Membership[],
  isEnd: (role: string) => boolean = () => false,
): Map<string, readonly string[]> {
  const rolesOf = new Map<string, string[]>()
  for (const membership of memberships.filter(givesPrivileges)) {
    const known = rolesOf.get(membership.member)
    if (known) known.push(membership.role)
    else rolesOf.set(membership.member, [membership.role])
  }
  const reached = new Map<string, string[]>()
  for (const start of [...new Set(roles)].sort(compareCodePoints)) {
    const seen = new Set([start])
    for (const role of seen) {
      if (role !== start && isEnd(role)) continue
      for (const next of rolesOf.get(role) ?? []) seen.add(next)
    }
    seen.delete(start)
    for (const role of seen) reached.set(role, [...(reached.get(role) ?? []), start])
  }
  return new Map([...reached].sort(([a], [b]) => compareCodePoints(a, b)))
}

export function compareMemberships(a: Membership, b: Membership): number {
  return compareCodePoints(a.member, b.member) || compareCodePoints(a.role, b.role)
}
