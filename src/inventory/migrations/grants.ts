/** GRANT and REVOKE on objects. */
import type {GrantStmt, Node} from 'libpg-query'
import {showIdentifier} from '../../model/identifier.ts'
import {isPlatformSchema} from '../../model/platform-schemas.ts'
import {type Acl, changeAcl, everyone, grantOptions} from './acl.ts'
import {type Fold, note} from './context.ts'
import {grantRelation} from './grants-on-relations.ts'
import {findRelation, isForeign, missing, rangeName, show, stringOf} from './names.ts'
import {allRights} from './privileges.ts'
import {Refusal} from './refusal.ts'
import {isMember, knowRole, roleOf, rolesOf} from './roles-named.ts'
import {findRoutine, routineId} from './routine-lookup.ts'
import {readPrivileges} from './statement-privileges.ts'
import {put, type RelationState, type RoutineState, setEntry} from './world.ts'

/** @see https://www.postgresql.org/docs/current/sql-grant.html and sql-revoke.html */
export function grant(fold: Fold, statement: GrantStmt): void {
  if (statement.grantor !== undefined && roleOf(fold, statement.grantor) !== fold.world.session.now.role) {
    throw new Refusal('GRANTED BY must name the current user')
  }
  const grantees = rolesOf(fold, statement.grantees)
  for (const grantee of grantees) knowRole(fold.world, grantee)
  const everything = statement.targtype === 'ACL_TARGET_ALL_IN_SCHEMA'
  switch (statement.objtype) {
    case 'OBJECT_TABLE':
    case 'OBJECT_SEQUENCE':
      for (const relation of everything ? relationsIn(fold, statement) : relationsOf(fold, statement)) {
        grantRelation(fold, statement, grantees, relation)
      }
      return
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
      for (const routine of everything ? routinesIn(fold, statement) : routinesOf(fold, statement)) {
        grantRoutine(fold, statement, grantees, routine)
      }
      return
    case 'OBJECT_SCHEMA':
      grantSchemas(fold, statement, grantees)
      return
    // What the inventory does not hold: databases, languages, types, servers, parameters.
    default:
  }
}

function grantRoutine(
  fold: Fold,
  statement: GrantStmt,
  grantees: readonly string[],
  routine: RoutineState,
): void {
  const {rights} = readPrivileges(statement, 'routine', fold.version)
  if ((rights & ~allRights('routine', fold.version)) !== 0) throw new Refusal('routines have EXECUTE alone')
  const subject = routineId(fold.world, routine)
  const acl = changed(fold, statement, grantees, {acl: routine.acl, owner: routine.owner, rights, subject})
  put(fold.world, fold.world.routines, {...routine, acl})
}

function grantSchemas(fold: Fold, statement: GrantStmt, grantees: readonly string[]): void {
  const {rights} = readPrivileges(statement, 'schema', fold.version)
  if ((rights & ~allRights('schema', fold.version)) !== 0)
    throw new Refusal('schemas have USAGE and CREATE alone')
  each(fold, statement.objects, (node) => {
    const name = stringOf(node)
    const schema = fold.world.schemas.get(name)
    if (schema === undefined && !isPlatformSchema(name)) throw missing('schema', {schema: null, name})
    if (schema?.owner == null || schema.acl === null) return
    const subject = showIdentifier(name)
    const acl = changed(fold, statement, grantees, {acl: schema.acl, owner: schema.owner, rights, subject})
    setEntry(fold.world, fold.world.schemas, name, {...schema, acl})
  })
}

export type Target = {
  readonly acl: Acl
  /** Where grant options are looked for, besides `acl`: of a column, its table. */
  readonly above?: Acl
  readonly owner: string
  readonly rights: number
  readonly subject: string
}

/** The list of an object after the statement. */
export function changed(fold: Fold, statement: GrantStmt, grantees: readonly string[], target: Target): Acl {
  const grant = statement.is_grant === true
  const option = statement.grant_option === true
  if (grant && option && target.rights !== 0 && grantees.includes(everyone))
    throw new Refusal('grant options can only be granted to roles')
  const {grantor, available} = grantorFor(fold, target)
  const rights = target.rights & available
  if (rights !== target.rights) {
    const lists = [...target.acl, ...(target.above ?? [])]
    if (rights === 0 && !lists.some((item) => item.grantee === grantor || item.grantee === everyone)) {
      throw new Refusal(`${grantor} may not grant on it`, target.subject)
    }
    note(fold, target.subject, `${grantor} holds no grant option for all of it: PostgreSQL only warns`)
  }
  const change = {
    grantor,
    rights: grant || !option ? rights : 0,
    grantable: !grant || option ? rights : 0,
    add: grant,
    cascade: statement.behavior === 'DROP_CASCADE',
  }
  return grantees.reduce((acl, grantee) => changeAcl(acl, {...change, grantee}, target.owner), target.acl)
}

/**
 * `select_best_grantor`: the owner, for whoever may act as him, else the role with most grant options. A role of
 * which nobody knows whether it is a superuser has had the right, or the migration would not have passed.
 */
function grantorFor(fold: Fold, target: Target): {grantor: string; available: number} {
  const {role} = fold.world.session.now
  const mayAll = fold.world.roles.get(role)?.superuser !== false
  if (mayAll || isMember(fold.world, role, target.owner)) return {grantor: target.owner, available: -1}
  let best = {grantor: role, available: 0}
  for (const name of [role, ...fold.world.roles.keys()]) {
    if (!isMember(fold.world, role, name)) continue
    const lists = [...target.acl, ...(target.above ?? [])]
    const available = grantOptions(lists, name, target.owner) & target.rights
    if (bits(available) > bits(best.available)) best = {grantor: name, available}
  }
  return best
}

function bits(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length
}

function routinesOf(fold: Fold, statement: GrantStmt): RoutineState[] {
  const found: RoutineState[] = []
  each(fold, statement.objects, (node) => {
    if (!('ObjectWithArgs' in node)) return
    const routine = findRoutine(fold, node.ObjectWithArgs, statement.objtype ?? 'OBJECT_FUNCTION', true)
    if (routine !== undefined) found.push(routine)
  })
  return found
}

/** ALL FUNCTIONS leaves procedures out, ALL ROUTINES takes them in. */
function routinesIn(fold: Fold, statement: GrantStmt): RoutineState[] {
  const schemas = schemasOf(fold, statement)
  return [...fold.world.routines.byOid.values()].filter(
    (routine) =>
      schemas.has(routine.schema) &&
      (statement.objtype === 'OBJECT_ROUTINE' ||
        (routine.kind === 'procedure') === (statement.objtype === 'OBJECT_PROCEDURE')),
  )
}

function relationsOf(fold: Fold, statement: GrantStmt): RelationState[] {
  const found: RelationState[] = []
  each(fold, statement.objects, (node) => {
    const name = rangeName('RangeVar' in node ? node.RangeVar : undefined)
    const relation = findRelation(fold, name)
    if (relation !== undefined) found.push(relation)
    else if (!isForeign(fold, name)) throw missing('relation', name)
  })
  for (const relation of found) {
    if (statement.objtype === 'OBJECT_SEQUENCE' && relation.kind !== 'sequence') {
      throw new Refusal('it is no sequence', show(relation))
    }
  }
  return found
}

function relationsIn(fold: Fold, statement: GrantStmt): RelationState[] {
  const schemas = schemasOf(fold, statement)
  return [...fold.world.relations.byOid.values()].filter(
    (relation) =>
      schemas.has(relation.schema) &&
      (relation.kind === 'sequence') === (statement.objtype === 'OBJECT_SEQUENCE'),
  )
}

function schemasOf(fold: Fold, statement: GrantStmt): ReadonlySet<string> {
  const names = (statement.objects ?? []).map(stringOf)
  for (const name of names) {
    if (!fold.world.schemas.has(name) && !isPlatformSchema(name))
      throw missing('schema', {schema: null, name})
  }
  return new Set(names)
}

/**
 * Do something with each object of a statement. One that the folder never made was made elsewhere, as the statement
 * has passed: it is reported, and the others are dealt with.
 */
export function each(fold: Fold, nodes: readonly Node[] | undefined, act: (node: Node) => void): void {
  const list = nodes ?? []
  const refusals: Refusal[] = []
  for (const node of list) {
    try {
      act(node)
    } catch (error) {
      if (!(error instanceof Refusal) || list.length === 1) throw error
      refusals.push(error)
    }
  }
  const [first] = refusals
  if (first !== undefined && refusals.length === list.length) throw first
  for (const {subject, message} of refusals) note(fold, subject ?? 'an object', message)
}
