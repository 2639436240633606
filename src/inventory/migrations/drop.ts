/** DROP, and what goes along with it. */
import type {DropStmt, Node, ObjectType} from 'libpg-query'
import {showIdentifier} from '../../model/identifier.ts'
import {isPlatformSchema} from '../../model/platform-schemas.ts'
import {type Fold, note} from './context.ts'
import {each} from './grants.ts'
import {findRelation, isForeign, missing, nameOf, show, stringOf, words} from './names.ts'
import {dropPolicy} from './policies.ts'
import {Refusal} from './refusal.ts'
import {findRoutine, routineId} from './routine-lookup.ts'
import {ownType} from './types.ts'
import {deleteEntry, put, type RelationState, setEntry, take} from './world.ts'

const relationKinds: Readonly<Partial<Record<ObjectType, readonly RelationState['kind'][]>>> = {
  OBJECT_TABLE: ['table', 'partitioned-table'],
  OBJECT_VIEW: ['view'],
  OBJECT_MATVIEW: ['materialized-view'],
  OBJECT_SEQUENCE: ['sequence'],
  OBJECT_FOREIGN_TABLE: ['foreign-table'],
}

/** @see https://www.postgresql.org/docs/current/sql-droptable.html and its like */
export function drop(fold: Fold, statement: DropStmt): void {
  const sort = statement.removeType ?? 'OBJECT_TABLE'
  const cascade = statement.behavior === 'DROP_CASCADE'
  const missingOk = statement.missing_ok === true
  const oids: number[] = []
  const schemas: string[] = []
  each(fold, statement.objects, (node) => {
    switch (sort) {
      case 'OBJECT_FUNCTION':
      case 'OBJECT_PROCEDURE':
      case 'OBJECT_ROUTINE':
      case 'OBJECT_AGGREGATE': {
        const object = 'ObjectWithArgs' in node ? node.ObjectWithArgs : undefined
        const routine = findRoutine(fold, object, sort, !missingOk)
        if (sort === 'OBJECT_FUNCTION' && routine?.kind === 'aggregate') {
          throw new Refusal('it is an aggregate', routineId(fold.world, routine))
        }
        if (routine !== undefined) oids.push(routine.oid)
        return
      }
      case 'OBJECT_SCHEMA':
        schemas.push(...schemaToDrop(fold, stringOf(node), missingOk))
        return
      case 'OBJECT_TYPE':
      case 'OBJECT_DOMAIN':
        oids.push(...typeToDrop(fold, node, missingOk))
        return
      case 'OBJECT_POLICY': {
        const parts = listWords(node)
        const table = {schema: parts.at(-3) ?? null, name: parts.at(-2) ?? ''}
        dropPolicy(fold, table, parts.at(-1) ?? '', missingOk)
        return
      }
      case 'OBJECT_EXTENSION':
        dropExtension(fold, stringOf(node), cascade)
        return
      case 'OBJECT_EVENT_TRIGGER':
        deleteEntry(fold.world, fold.world.eventTriggers, stringOf(node))
        return
      case 'OBJECT_LANGUAGE':
      case 'OBJECT_FOREIGN_SERVER':
      case 'OBJECT_FDW':
        if (cascade) note(fold, stringOf(node), 'DROP … CASCADE takes along what depends on it')
        return
      default:
        oids.push(...relationToDrop(fold, node, sort, missingOk))
    }
  })
  const inside = objectsIn(fold, schemas)
  if (!cascade && inside.length > 0)
    throw new Refusal('the schema is not empty', schemas.map(showIdentifier).join(', '))
  if (!cascade) refuseDefaults(fold, oids)
  removeObjects(fold, [...oids, ...inside], cascade)
  for (const schema of schemas) forgetSchema(fold, schema)
}

/** The default of a `serial` column needs its sequence, unless the table goes as well. */
function refuseDefaults(fold: Fold, oids: readonly number[]): void {
  for (const oid of oids) {
    const sequence = fold.world.relations.byOid.get(oid)
    const table = sequence?.defaultOf?.oid
    if (sequence === undefined || table === undefined || oids.includes(table)) continue
    if (fold.world.relations.byOid.has(table))
      throw new Refusal('the default of a column depends on it', show(sequence))
  }
}

function relationToDrop(fold: Fold, node: Node, sort: ObjectType, missingOk: boolean): number[] {
  const kinds = relationKinds[sort]
  // Triggers, indexes, rules, operators: nothing that the inventory holds.
  if (kinds === undefined) return []
  const parts = listWords(node)
  const name = {schema: parts.at(-2) ?? null, name: parts.at(-1) ?? ''}
  const found = findRelation(fold, name)
  if (found === undefined) {
    if (missingOk || isForeign(fold, name)) return []
    throw missing('relation', name)
  }
  if (!kinds.includes(found.kind)) throw new Refusal(`it is a ${found.kind}`, show(found))
  if (found.ownedBy?.identity) throw new Refusal('it is the sequence of an identity column', show(found))
  return [found.oid]
}

function schemaToDrop(fold: Fold, name: string, missingOk: boolean): string[] {
  if (fold.world.schemas.has(name)) return [name]
  if (missingOk || isPlatformSchema(name)) return []
  throw missing('schema', {schema: null, name})
}

function typeToDrop(fold: Fold, node: Node, missingOk: boolean): number[] {
  const name = nameOf('TypeName' in node ? node.TypeName.names : undefined)
  const oid = ownType(fold, name.schema, name.name)
  if (oid !== undefined && fold.world.types.byOid.has(oid)) return [oid]
  if (missingOk || isForeign(fold, name)) return []
  throw missing('type', name)
}

function dropExtension(fold: Fold, name: string, cascade: boolean): void {
  deleteEntry(fold.world, fold.world.extensions, name)
  for (const dependent of fold.dependents) {
    if (dependent.extension === name)
      note(
        fold,
        dependent.subject,
        `it may have gone along with the extension ${name}, on which it was made to depend`,
      )
  }
  if (cascade)
    note(
      fold,
      `extension ${name}`,
      'DROP EXTENSION … CASCADE takes along whatever uses its types or functions',
    )
}

function listWords(node: Node): string[] {
  return 'List' in node ? words(node.List.items) : []
}

function objectsIn(fold: Fold, schemas: readonly string[]): number[] {
  const {routines, relations, types} = fold.world
  return [routines, relations, types].flatMap((shelf) =>
    [...shelf.byOid.values()].filter((item) => schemas.includes(item.schema)).map((item) => item.oid),
  )
}

function forgetSchema(fold: Fold, name: string): void {
  deleteEntry(fold.world, fold.world.schemas, name)
  setEntry(fold.world, fold.world.gone, name, true)
  for (const [key, entry] of fold.world.defaults) {
    if (entry.schema === name) deleteEntry(fold.world, fold.world.defaults, key)
  }
}

/**
 * Remove objects with what belongs to them (partitions, sequences of columns), and with what depends on them.
 *
 * @throws Refusal if something depends on them, without CASCADE.
 */
export function removeObjects(fold: Fold, oids: readonly number[], cascade: boolean): void {
  const {world} = fold
  // It grows while it is walked.
  const gone = new Set(oids)
  for (const oid of gone) {
    for (const other of world.relations.byOid.values()) {
      if (gone.has(other.oid)) continue
      const belongs = other.partitionOf === oid || other.ownedBy?.oid === oid
      if (belongs) gone.add(other.oid)
      else if (other.uses.has(oid) || other.inherits.includes(oid)) takeAlong(other.oid, show(other))
      if (other.uses.has(-oid)) perhaps(show(other))
    }
    for (const other of world.routines.byOid.values()) {
      if (gone.has(other.oid)) continue
      if (other.uses.has(oid)) takeAlong(other.oid, routineId(world, other))
      else if (other.uses.has(-oid)) perhaps(routineId(world, other))
    }
  }
  for (const table of [...world.relations.byOid.values()]) {
    if (gone.has(table.oid) || table.policies.length === 0) continue
    const kept = table.policies.filter((policy) => ![...gone].some((oid) => policy.uses.has(oid)))
    if (kept.length < table.policies.length) {
      if (!cascade) throw new Refusal('a policy depends on it', show(table))
      put(world, world.relations, {...table, policies: kept})
    }
    if (kept.some((policy) => [...gone].some((oid) => policy.uses.has(-oid))))
      perhaps(`policies of ${show(table)}`)
  }
  for (const oid of gone) {
    take(world, world.routines, oid)
    take(world, world.relations, oid)
    take(world, world.types, oid)
  }

  function takeAlong(oid: number, subject: string): void {
    if (!cascade) throw new Refusal('something depends on what is dropped', subject)
    gone.add(oid)
  }

  function perhaps(subject: string): void {
    if (cascade)
      note(fold, subject, 'it may have gone along with DROP … CASCADE: it names one of several overloads')
  }
}
