/** Default privileges: what a new object is open to. */
import type {AlterDefaultPrivilegesStmt, GrantStmt} from 'libpg-query'
import {type Acl, changeAcl, defaultAcl, mergeAcls, sameAcl} from './acl.ts'
import {type Fold, originOf} from './context.ts'
import {assumeSchema, stringOf} from './names.ts'
import {type AclKind, allRights} from './privileges.ts'
import {Refusal} from './refusal.ts'
import {knowRole, rolesOf} from './roles-named.ts'
import {readPrivileges} from './statement-privileges.ts'
import {type DefaultAclState, deleteEntry, setEntry} from './world.ts'

type Objects = DefaultAclState['objects']

const kindOf: Readonly<Record<Objects, AclKind>> = {
  tables: 'table',
  sequences: 'sequence',
  functions: 'routine',
  types: 'type',
  schemas: 'schema',
}

export function defaultKey(owner: string, schema: string | null, objects: Objects): string {
  return `${owner}\0${schema ?? ''}\0${objects}`
}

/**
 * `get_user_default_acl`: the global list stands in place of PostgreSQL's own, that of the schema is added to it. A
 * global list that is empty, from which even the owner was revoked, counts for none at all.
 *
 * @see https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html
 */
export function initialAcl(
  fold: Fold,
  kind: 'table' | 'sequence' | 'routine' | 'schema',
  owner: string,
  schema: string | null,
): Acl {
  const objects: Objects =
    kind === 'routine'
      ? 'functions'
      : kind === 'table'
        ? 'tables'
        : kind === 'sequence'
          ? 'sequences'
          : 'schemas'
  const global = fold.world.defaults.get(defaultKey(owner, null, objects))
  const base = global?.acl ?? defaultAcl(kind, owner, fold.version)
  const local = schema === null ? undefined : fold.world.defaults.get(defaultKey(owner, schema, objects))
  const added = local?.acl ?? []
  if (base.length === 0) return added.length === 0 ? defaultAcl(kind, owner, fold.version) : added
  return mergeAcls(base, added, owner)
}

/** ALTER DEFAULT PRIVILEGES: for the roles that create, not for those that are granted to. */
export function alterDefaultPrivileges(fold: Fold, statement: AlterDefaultPrivilegesStmt): void {
  const options = (statement.options ?? []).flatMap((node) => ('DefElem' in node ? [node.DefElem] : []))
  const listOf = (name: string) => {
    const found = options.find((option) => option.defname === name)?.arg
    return found !== undefined && 'List' in found ? (found.List.items ?? []) : []
  }
  const roles = rolesOf(fold, listOf('roles'))
  const schemas = listOf('schemas').map(stringOf)
  const action = statement.action
  const objects = objectsOf(action)
  if (action === undefined || objects === undefined) return
  for (const schema of schemas) {
    if (!fold.world.schemas.has(schema)) assumeSchema(fold, schema)
  }
  if (schemas.length > 0 && objects === 'schemas') throw new Refusal('schemas have no default IN SCHEMA')
  for (const owner of roles.length > 0 ? roles : [fold.world.session.now.role]) {
    knowRole(fold.world, owner)
    for (const schema of schemas.length > 0 ? schemas : [null]) change(fold, owner, schema, objects, action)
  }
}

function objectsOf(action: GrantStmt | undefined): Objects | undefined {
  switch (action?.objtype) {
    case 'OBJECT_TABLE':
      return 'tables'
    case 'OBJECT_SEQUENCE':
      return 'sequences'
    case 'OBJECT_FUNCTION':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_PROCEDURE':
      return 'functions'
    case 'OBJECT_TYPE':
      return 'types'
    case 'OBJECT_SCHEMA':
      return 'schemas'
    default:
      return undefined
  }
}

/** An entry that says what holds without it is dropped: so a REVOKE IN SCHEMA from PUBLIC leaves nothing. */
function change(fold: Fold, owner: string, schema: string | null, objects: Objects, action: GrantStmt): void {
  const kind = kindOf[objects]
  const key = defaultKey(owner, schema, objects)
  const base = schema === null ? defaultAcl(kind, owner, fold.version) : []
  const {rights} = readPrivileges(action, kind, fold.version)
  const grant = action.is_grant === true
  const option = action.grant_option === true
  const before = fold.world.defaults.get(key)?.acl ?? base
  let acl = before
  for (const grantee of rolesOf(fold, action.grantees)) {
    knowRole(fold.world, grantee)
    if (grant && option && grantee === 'PUBLIC')
      throw new Refusal('grant options can only be granted to roles')
    const change = {
      grantee,
      grantor: owner,
      rights: grant || !option ? rights : 0,
      grantable: !grant || option ? rights : 0,
      add: grant,
      cascade: action.behavior === 'DROP_CASCADE',
    }
    acl = changeAcl(acl, change, owner)
  }
  if (!grant && schema !== null && sameAcl(acl, before)) {
    for (const grantee of rolesOf(fold, action.grantees)) {
      const idle = {owner, schema, objects, grantee, origin: originOf(fold)}
      setEntry(fold.world, fold.world.idleRevokes, `${key}\0${grantee}`, idle)
    }
  }
  if (sameAcl(acl, base)) deleteEntry(fold.world, fold.world.defaults, key)
  else setEntry(fold.world, fold.world.defaults, key, {owner, schema, objects, acl, origin: originOf(fold)})
}

/** All rights on what default privileges are about. */
export function rightsOn(objects: Objects, version: number): number {
  return allRights(kindOf[objects], version)
}
