/** New owners for what exists. */
import type {AlterOwnerStmt, ReassignOwnedStmt} from 'libpg-query'
import {isPlatformSchema} from '../../model/platform-schemas.ts'
import {reownAcl} from './acl.ts'
import {reown, reownSchema} from './alter-table.ts'
import {type Fold, originOf} from './context.ts'
import {missing, stringOf} from './names.ts'
import {knowRole, roleOf, rolesOf} from './roles-named.ts'
import {routineOf, routineSorts} from './routine-lookup.ts'
import {put, type RoutineState} from './world.ts'

/** ALTER … OWNER TO. That of a relation is an ALTER TABLE. */
export function setOwner(fold: Fold, statement: AlterOwnerStmt): void {
  const sort = statement.objectType ?? 'OBJECT_TABLE'
  const owner = roleOf(fold, statement.newowner)
  if (routineSorts.has(sort)) {
    const routine = routineOf(fold, statement.object, sort)
    if (routine !== undefined) reownRoutine(fold, routine, owner)
  } else if (sort === 'OBJECT_SCHEMA') {
    const name = stringOf(statement.object)
    if (!fold.world.schemas.has(name) && !isPlatformSchema(name))
      throw missing('schema', {schema: null, name})
    reownSchema(fold, name, owner)
  }
}

/** REASSIGN OWNED: everything that these roles own in this database. */
export function reassignOwned(fold: Fold, statement: ReassignOwnedStmt): void {
  const from = rolesOf(fold, statement.roles)
  const owner = roleOf(fold, statement.newrole)
  for (const routine of [...fold.world.routines.byOid.values()]) {
    if (from.includes(routine.owner)) reownRoutine(fold, routine, owner)
  }
  for (const {oid} of [...fold.world.relations.byOid.values()]) {
    const relation = fold.world.relations.byOid.get(oid)
    if (relation !== undefined && from.includes(relation.owner)) reown(fold, relation, owner)
  }
  for (const schema of [...fold.world.schemas.values()]) {
    if (schema.owner !== null && from.includes(schema.owner)) reownSchema(fold, schema.name, owner)
  }
}

function reownRoutine(fold: Fold, routine: RoutineState, owner: string): void {
  knowRole(fold.world, owner)
  const doubts = new Set([...routine.doubts].filter((doubt) => doubt !== 'owner'))
  const acl = reownAcl(routine.acl, routine.owner, owner)
  put(fold.world, fold.world.routines, {...routine, owner, acl, doubts, origin: originOf(fold)})
}
