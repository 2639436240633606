/** New names and schemas for what exists. */
import type {AlterObjectSchemaStmt, Node, ObjectType, RenameStmt} from 'libpg-query'
import {isPlatformSchema} from '../../model/platform-schemas.ts'
import {type Fold, originOf} from './context.ts'
import {
  assumeSchema,
  findRelation,
  isForeign,
  missing,
  type Name,
  nameOf,
  rangeName,
  refuseOtherKind,
  show,
  stringOf,
  words,
} from './names.ts'
import {renamePolicy} from './policies.ts'
import {Refusal} from './refusal.ts'
import {renameRole} from './rename-role.ts'
import {routineId, routineOf, routineSorts} from './routine-lookup.ts'
import {ownType, sameTypes} from './types.ts'
import {
  deleteEntry,
  find,
  named,
  put,
  type RelationState,
  type RoutineState,
  setEntry,
  type TypeState,
} from './world.ts'

const relationSorts: ReadonlySet<ObjectType> = new Set([
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_SEQUENCE',
  'OBJECT_FOREIGN_TABLE',
])

/** ALTER … RENAME. */
export function rename(fold: Fold, statement: RenameStmt): void {
  const sort = statement.renameType ?? 'OBJECT_TABLE'
  const [from, to] = [statement.subname ?? '', statement.newname ?? '']
  const missingOk = statement.missing_ok === true
  if (routineSorts.has(sort)) {
    const routine = routineOf(fold, statement.object, sort)
    if (routine?.name === to) throw new Refusal('it has that name already', routineId(fold.world, routine))
    if (routine !== undefined) moveRoutine(fold, routine, {schema: routine.schema, name: to})
  } else if (relationSorts.has(sort)) {
    const relation = relationOf(fold, rangeName(statement.relation), missingOk, sort)
    if (relation?.name === to) throw new Refusal('it has that name already', show(relation))
    if (relation !== undefined) moveRelation(fold, relation, {schema: relation.schema, name: to})
  } else if (sort === 'OBJECT_COLUMN') {
    const relation = relationOf(fold, rangeName(statement.relation), missingOk)
    if (relation !== undefined && statement.relationType !== 'OBJECT_TYPE')
      renameColumn(fold, relation, from, to)
  } else if (sort === 'OBJECT_SCHEMA') renameSchema(fold, from, to)
  else if (sort === 'OBJECT_TYPE' || sort === 'OBJECT_DOMAIN') {
    const type = typeOf(fold, statement.object)
    if (type !== undefined) moveType(fold, type, {schema: type.schema, name: to})
  } else if (sort === 'OBJECT_POLICY') renamePolicy(fold, rangeName(statement.relation), from, to, missingOk)
  else if (sort === 'OBJECT_ROLE') renameRole(fold, from, to)
}

/** ALTER … SET SCHEMA. */
export function setSchema(fold: Fold, statement: AlterObjectSchemaStmt): void {
  const sort = statement.objectType ?? 'OBJECT_TABLE'
  const schema = statement.newschema ?? ''
  if (sort === 'OBJECT_EXTENSION') {
    setEntry(fold.world, fold.world.extensions, stringOf(statement.object), schema)
    return
  }
  if (routineSorts.has(sort)) {
    const routine = routineOf(fold, statement.object, sort)
    if (routine !== undefined) moveRoutine(fold, routine, {schema, name: routine.name})
  } else if (relationSorts.has(sort)) {
    const relation = relationOf(fold, rangeName(statement.relation), statement.missing_ok === true, sort)
    if (relation?.ownedBy != null && relation.schema !== schema) {
      throw new Refusal('it is a sequence that belongs to a column', show(relation))
    }
    if (relation !== undefined) moveRelation(fold, relation, {schema, name: relation.name})
  } else if (sort === 'OBJECT_TYPE' || sort === 'OBJECT_DOMAIN') {
    const type = typeOf(fold, statement.object)
    if (type !== undefined) moveType(fold, type, {schema, name: type.name})
  }
}

function moveRoutine(fold: Fold, routine: RoutineState, to: {schema: string; name: string}): void {
  enter(fold, to.schema)
  const taken = named(fold.world.routines, to.name).find(
    (other) =>
      other.oid !== routine.oid &&
      other.schema === to.schema &&
      sameTypes(fold.world, other.inputs, routine.inputs) === true,
  )
  if (taken !== undefined) throw new Refusal('it exists already', routineId(fold.world, taken))
  if (to.name === routine.name && to.schema === routine.schema) return
  put(fold.world, fold.world.routines, {...routine, ...to, origin: originOf(fold)})
}

function moveRelation(fold: Fold, relation: RelationState, to: {schema: string; name: string}): void {
  enter(fold, to.schema)
  if (to.schema === relation.schema && to.name === relation.name) return
  const taken = find(fold.world.relations, to.schema, to.name) ?? find(fold.world.types, to.schema, to.name)
  if (taken !== undefined) throw new Refusal('it exists already', show(taken))
  put(fold.world, fold.world.relations, {...relation, ...to, origin: originOf(fold)})
  if (to.schema === relation.schema) return
  for (const other of [...fold.world.relations.byOid.values()]) {
    if (other.ownedBy?.oid === relation.oid) moveRelation(fold, other, {schema: to.schema, name: other.name})
  }
}

function moveType(fold: Fold, type: TypeState, to: {schema: string; name: string}): void {
  enter(fold, to.schema)
  if (to.schema === type.schema && to.name === type.name) return
  const taken = find(fold.world.relations, to.schema, to.name) ?? find(fold.world.types, to.schema, to.name)
  if (taken !== undefined) throw new Refusal('it exists already', show(taken))
  put(fold.world, fold.world.types, {...type, ...to})
}

function enter(fold: Fold, schema: string): void {
  if (!fold.world.schemas.has(schema)) assumeSchema(fold, schema)
}

function renameColumn(fold: Fold, relation: RelationState, from: string, to: string): void {
  if (relation.columns !== null && !relation.columns.includes(from)) {
    throw new Refusal(`it has no column ${from}`, show(relation))
  }
  if (relation.columns?.includes(to)) throw new Refusal(`it has a column ${to} already`, show(relation))
  const swap = (name: string) => (name === from ? to : name)
  const columns = relation.columns?.map(swap) ?? null
  const columnAcls = new Map([...relation.columnAcls].map(([name, acl]) => [swap(name), acl]))
  put(fold.world, fold.world.relations, {...relation, columns, columnAcls})
  for (const other of [...fold.world.relations.byOid.values()]) {
    if (other.ownedBy?.oid === relation.oid) {
      const ownedBy = {...other.ownedBy, column: swap(other.ownedBy.column)}
      put(fold.world, fold.world.relations, {...other, ownedBy})
    }
    if (other.partitionOf === relation.oid || other.inherits.includes(relation.oid)) {
      renameColumn(fold, {...other, columns: null}, from, to)
    }
  }
}

function renameSchema(fold: Fold, from: string, to: string): void {
  const {world} = fold
  const schema = world.schemas.get(from)
  if (schema === undefined) {
    if (isPlatformSchema(from)) return
    throw missing('schema', {schema: null, name: from})
  }
  if (world.schemas.has(to)) throw new Refusal('it exists already', to)
  deleteEntry(world, world.schemas, from)
  setEntry(world, world.gone, from, true)
  deleteEntry(world, world.gone, to)
  setEntry(world, world.schemas, to, {...schema, name: to})
  for (const item of [...world.routines.byOid.values()]) {
    if (item.schema === from) put(world, world.routines, {...item, schema: to, origin: originOf(fold)})
  }
  for (const item of [...world.relations.byOid.values()]) {
    if (item.schema === from) put(world, world.relations, {...item, schema: to, origin: originOf(fold)})
  }
  for (const item of [...world.types.byOid.values()]) {
    if (item.schema === from) put(world, world.types, {...item, schema: to})
  }
  for (const [key, entry] of [...world.defaults]) {
    if (entry.schema !== from) continue
    deleteEntry(world, world.defaults, key)
    setEntry(world, world.defaults, `${entry.owner}\0${to}\0${entry.objects}`, {...entry, schema: to})
  }
  for (const [name, place] of [...world.extensions]) {
    if (place === from) setEntry(world, world.extensions, name, to)
  }
}

function relationOf(
  fold: Fold,
  name: Name,
  missingOk: boolean,
  sort?: ObjectType,
): RelationState | undefined {
  const found = findRelation(fold, name)
  if (found === undefined && !missingOk && !isForeign(fold, name)) throw missing('relation', name)
  if (found !== undefined) refuseOtherKind(found, sort)
  return found
}

function typeOf(fold: Fold, node: Node | undefined): TypeState | undefined {
  const list = node !== undefined && 'List' in node ? node.List.items : undefined
  const name = nameOf(list)
  const oid = ownType(fold, name.schema, name.name)
  const found = oid === undefined ? undefined : fold.world.types.byOid.get(oid)
  if (found === undefined && words(list).length > 0 && !isForeign(fold, name)) throw missing('type', name)
  return found
}
