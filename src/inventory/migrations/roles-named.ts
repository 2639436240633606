/** Roles as statements name them. */
import type {Node, RoleSpec} from 'libpg-query'
import {everyone} from './acl.ts'
import type {Fold} from './context.ts'
import {setEntry, type World} from './world.ts'

/** @returns A role's name, or `PUBLIC`. */
export function roleOf(fold: Fold, spec: RoleSpec | undefined): string {
  const {role, sessionRole} = fold.world.session.now
  switch (spec?.roletype) {
    case 'ROLESPEC_PUBLIC':
      return everyone
    case 'ROLESPEC_SESSION_USER':
      return sessionRole
    case 'ROLESPEC_CSTRING':
      return spec.rolename ?? role
    default:
      return role
  }
}

export function rolesOf(fold: Fold, nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ('RoleSpec' in node ? [roleOf(fold, node.RoleSpec)] : []))
}

/** A role that a statement names exists, or the statement would have failed; what it may do is not known. */
export function knowRole(world: World, name: string): void {
  if (name === everyone || world.roles.has(name)) return
  setEntry(world, world.roles, name, {name, superuser: null, bypassRls: null})
}

/** Whether a role has what another one has, as its member at whatever distance. */
export function isMember(world: World, member: string, role: string): boolean {
  const seen = new Set([member])
  for (const one of seen) {
    if (one === role) return true
    for (const link of world.memberships.values()) if (link.member === one) seen.add(link.role)
  }
  return false
}
