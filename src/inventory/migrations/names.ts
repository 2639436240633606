/** Which object a name means: qualified, or found along the search path. */
import type {Node, ObjectType, RangeVar} from 'libpg-query'
import {showIdentifier} from '../../model/identifier.ts'
import {isPlatformSchema} from '../../model/platform-schemas.ts'
import {type AclItem, everyone} from './acl.ts'
import type {Fold} from './context.ts'
import {note} from './context.ts'
import {rightNames} from './privileges.ts'
import {Refusal} from './refusal.ts'
import {isMember} from './roles-named.ts'
import {pathOf} from './session.ts'
import {find, type RelationState, setEntry} from './world.ts'

export type Name = {readonly schema: string | null; readonly name: string}

/** Where temporary objects live, whose real schema has a number in its name. */
export const temporary = 'pg_temp'

/** The words of a qualified name, as the parser gives them. */
export function words(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).map(stringOf)
}

export function stringOf(node: Node | undefined): string {
  return node !== undefined && 'String' in node ? (node.String.sval ?? '') : ''
}

/** The last two words; a database in front of them can only be the current one. */
export function nameOf(nodes: readonly Node[] | undefined): Name {
  const parts = words(nodes)
  return {schema: parts.at(-2) ?? null, name: parts.at(-1) ?? ''}
}

export function rangeName(range: RangeVar | undefined): Name {
  const schema = range?.schemaname ?? (range?.relpersistence === 't' ? temporary : null)
  return {schema, name: range?.relname ?? ''}
}

/** A name as ids show it. */
export function show(name: Name): string {
  return name.schema === null
    ? showIdentifier(name.name)
    : `${showIdentifier(name.schema)}.${showIdentifier(name.name)}`
}

/** Schemas to look a name up in, in order. @throws Refusal if the path is not known. */
export function lookupPath(fold: Fold, name: Name): readonly string[] {
  if (name.schema !== null) return [name.schema.startsWith('pg_temp') ? temporary : name.schema]
  const path = usablePath(fold, name)
  return path.includes(temporary) ? path : [temporary, ...path]
}

/** PostgreSQL passes over schemas of the path that the role has no USAGE on. */
function usablePath(fold: Fold, name: Name): readonly string[] {
  const {world} = fold
  const path = pathOf(world.session.now)
  if (path === null) throw new Refusal('the search_path at this point is not known', show(name))
  const {role} = world.session.now
  if (world.roles.get(role)?.superuser !== false) return path
  return path.filter((schema) => {
    const acl = world.schemas.get(schema)?.acl
    if (acl == null) return true
    const usage = (item: AclItem) => rightNames(item.rights).includes('USAGE')
    return acl.some(
      (item) => usage(item) && (item.grantee === everyone || isMember(world, role, item.grantee)),
    )
  })
}

export function findRelation(fold: Fold, name: Name): RelationState | undefined {
  for (const schema of lookupPath(fold, name)) {
    const found = find(fold.world.relations, schema, name.name)
    if (found !== undefined) return found
  }
  return undefined
}

/** @throws Refusal if the folder made no relation of that name. */
export function needRelation(fold: Fold, name: Name): RelationState {
  const found = findRelation(fold, name)
  if (found === undefined) throw missing('relation', name)
  return found
}

/**
 * Refuse a statement on another kind of relation than it says. ALTER TABLE takes all of them.
 *
 * @param sort What the statement says.
 */
export function refuseOtherKind(relation: RelationState, sort: ObjectType | undefined): void {
  const kinds: Readonly<Partial<Record<ObjectType, RelationState['kind']>>> = {
    OBJECT_VIEW: 'view',
    OBJECT_MATVIEW: 'materialized-view',
    OBJECT_SEQUENCE: 'sequence',
    OBJECT_FOREIGN_TABLE: 'foreign-table',
  }
  const wanted = sort === undefined ? undefined : kinds[sort]
  if (wanted !== undefined && relation.kind !== wanted)
    throw new Refusal(`it is a ${relation.kind}`, show(relation))
}

export function missing(what: string, name: Name): Refusal {
  return new Refusal(`no ${what} of this name at this point of the folder`, show(name))
}

/**
 * Whether an object that is not there belongs to a platform, whose schemas no migration of the project makes: one that
 * it puts things into, or creates IF NOT EXISTS, is the platform's all the same.
 */
export function isForeign(fold: Fold, name: Name): boolean {
  if (name.schema === null || !isPlatformSchema(name.schema)) return false
  return fold.world.schemas.get(name.schema)?.owner == null
}

/**
 * The schema that something new goes into. One that the folder never made is taken to be there, and said.
 *
 * @throws Refusal if there is none.
 */
export function creationSchema(fold: Fold, name: Name): string {
  if (name.schema !== null) {
    if (name.schema.startsWith('pg_temp')) return temporary
    if (!fold.world.schemas.has(name.schema)) assumeSchema(fold, name.schema)
    return name.schema
  }
  const path = usablePath(fold, name)
  const skipped: string[] = []
  for (const schema of path) {
    if (schema === temporary) return temporary
    if (fold.world.schemas.has(schema)) {
      noteSkipped(fold, skipped, schema, name)
      return schema
    }
    if (schema !== fold.world.session.now.role && !fold.world.gone.has(schema)) skipped.push(schema)
  }
  throw new Refusal('no schema in the search_path to create it in', show(name))
}

function noteSkipped(fold: Fold, skipped: readonly string[], taken: string, name: Name): void {
  if (skipped.length === 0) return
  const others = skipped.map(showIdentifier).join(', ')
  note(
    fold,
    `${showIdentifier(taken)}.${showIdentifier(name.name)}`,
    `it may have been created in ${others}, \
which stands before ${showIdentifier(taken)} in the search_path, and which the folder does not create`,
  )
}

/** @throws Refusal for a schema that the folder dropped, or that nobody can create in. */
export function assumeSchema(fold: Fold, name: string): void {
  if (fold.world.gone.has(name)) throw new Refusal('the schema was dropped before', showIdentifier(name))
  setEntry(fold.world, fold.world.schemas, name, {name, owner: null, acl: null, assumed: true})
  if (isPlatformSchema(name)) return
  note(fold, showIdentifier(name), 'the folder puts objects into this schema, but does not create it')
}
