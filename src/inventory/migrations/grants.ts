/** GRANT and REVOKE on objects. */
import type {GrantStmt, Node} from 'libpg-query'
import {showIdentifier} from '../../model/identifier.ts'
import {isPlatformSchema} from '../../model/platform-schemas.ts'
import {type Fold, note} from './context.ts'
import {changed} from './grant-change.ts'
import {grantRelation} from './grants-on-relations.ts'
import {findRelation, isForeign, missing, rangeName, show, stringOf} from './names.ts'
import {allRights} from './privileges.ts'
import {Refusal} from './refusal.ts'
import {knowRole, roleOf, rolesOf} from './roles-named.ts'
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
