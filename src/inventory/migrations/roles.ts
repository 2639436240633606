/** Roles: made, altered, dropped, and made members of others. */
import type {AlterRoleStmt, CreateRoleStmt, DropRoleStmt, GrantRoleStmt, Node} from 'libpg-query'
import type {Acl} from './acl.ts'
import type {Fold} from './context.ts'
import {defElements} from './def-elements.ts'
import {Refusal} from './refusal.ts'
import {isMember, knowRole, roleOf, rolesOf} from './roles-named.ts'
import {deleteEntry, setEntry} from './world.ts'

/** A new role is neither superuser nor free of row level security, unless the statement says so. */
export function createRole(fold: Fold, statement: CreateRoleStmt): void {
  const name = statement.role ?? ''
  const old = fold.world.roles.get(name)
  if (old !== undefined && old.superuser !== null) throw new Refusal('the role exists already', name)
  const {superuser = false, bypassRls = false} = attributes(statement.options)
  setEntry(fold.world, fold.world.roles, name, {name, superuser, bypassRls})
  for (const option of defElements(statement.options)) {
    const listed =
      option.arg !== undefined && 'List' in option.arg ? rolesOf(fold, option.arg.List.items) : []
    for (const other of listed) {
      if (option.defname === 'addroleto') join(fold, name, other)
      if (option.defname === 'rolemembers' || option.defname === 'adminmembers') join(fold, other, name)
    }
  }
}

export function alterRole(fold: Fold, statement: AlterRoleStmt): void {
  const name = roleOf(fold, statement.role)
  knowRole(fold.world, name)
  const old = fold.world.roles.get(name)
  if (old !== undefined)
    setEntry(fold.world, fold.world.roles, name, {...old, ...attributes(statement.options)})
  // ALTER GROUP … ADD USER.
  for (const option of defElements(statement.options)) {
    const listed =
      option.arg !== undefined && 'List' in option.arg ? rolesOf(fold, option.arg.List.items) : []
    if (option.defname !== 'rolemembers') continue
    for (const member of listed) {
      if (statement.action === -1) leave(fold, member, name)
      else join(fold, member, name)
    }
  }
}

/** @returns What a list of options says of a role; what it does not say is not there. */
export function attributes(options: readonly Node[] | undefined): {superuser?: boolean; bypassRls?: boolean} {
  const found: {superuser?: boolean; bypassRls?: boolean} = {}
  for (const {defname, arg} of defElements(options)) {
    const on = arg !== undefined && 'Boolean' in arg && arg.Boolean.boolval === true
    if (defname === 'superuser') found.superuser = on
    if (defname === 'bypassrls') found.bypassRls = on
  }
  return found
}

/** A role that owns something, or that something is granted to, cannot be dropped. */
export function dropRole(fold: Fold, statement: DropRoleStmt): void {
  for (const name of rolesOf(fold, statement.roles)) {
    if (isNeeded(fold, name)) throw new Refusal('the role owns something or holds privileges', name)
    deleteEntry(fold.world, fold.world.roles, name)
    for (const [key, link] of fold.world.memberships) {
      if (link.member === name || link.role === name) deleteEntry(fold.world, fold.world.memberships, key)
    }
  }
}

function isNeeded({world}: Fold, name: string): boolean {
  const inAcl = (acl: Acl | null) =>
    acl?.some((item) => item.grantee === name || item.grantor === name) === true
  return (
    [...world.schemas.values()].some((schema) => schema.owner === name || inAcl(schema.acl)) ||
    [...world.routines.byOid.values()].some((routine) => routine.owner === name || inAcl(routine.acl)) ||
    [...world.relations.byOid.values()].some(
      (relation) =>
        relation.owner === name ||
        inAcl(relation.acl) ||
        [...relation.columnAcls.values()].some(inAcl) ||
        relation.policies.some((policy) => policy.roles.includes(name)),
    ) ||
    [...world.defaults.values()].some((entry) => entry.owner === name || inAcl(entry.acl))
  )
}

/** GRANT role TO role. */
export function grantRole(fold: Fold, statement: GrantRoleStmt): void {
  const roles = (statement.granted_roles ?? []).flatMap((node) =>
    'AccessPriv' in node ? [node.AccessPriv.priv_name ?? ''] : [],
  )
  // REVOKE ADMIN OPTION FOR, and its like, take away an option and not the membership.
  const options = defElements(statement.opt)
  if (!statement.is_grant && options.length > 0) return
  for (const role of roles) {
    knowRole(fold.world, role)
    for (const member of rolesOf(fold, statement.grantee_roles)) {
      knowRole(fold.world, member)
      if (statement.is_grant) join(fold, member, role)
      else leave(fold, member, role)
    }
  }
}

/** @throws Refusal where memberships would go round in a circle. */
function join(fold: Fold, member: string, role: string): void {
  if (isMember(fold.world, role, member)) {
    throw new Refusal(
      role === member ? 'a role is no member of itself' : `${role} is a member of it already`,
      member,
    )
  }
  setEntry(fold.world, fold.world.memberships, `${member}\0${role}`, {member, role})
}

function leave(fold: Fold, member: string, role: string): void {
  deleteEntry(fold.world, fold.world.memberships, `${member}\0${role}`)
}
