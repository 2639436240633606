/** What exists at one point of the history, and how to take back what a statement or a transaction did. */
import type {IdleRevoke, Origin, Policy, Routine} from '../../model/inventory.ts'
import type {Acl} from './acl.ts'
import type {Session} from './session.ts'

/** A type, held so that it follows when it is renamed or moved. */
export type TypeRef = {readonly array: boolean} & (
  | {readonly kind: 'builtin'; readonly name: string}
  /** Made in the folder: a type, or the row of a relation. */
  | {readonly kind: 'own'; readonly oid: number}
  /** Not made in the folder. Without a schema nobody can say which one it is. */
  | {readonly kind: 'foreign'; readonly schema: string | null; readonly name: string}
  /** `t.c%TYPE`, as it is written. */
  | {readonly kind: 'column'; readonly text: string}
)

/** What an object's definition refers to, by oid: with which DROP … CASCADE takes it along. Negative: perhaps. */
export type Uses = ReadonlySet<number>

/** Facts that something may have changed that could not be followed. They are reported as unknown. */
export type Doubt = 'grants' | 'owner' | 'settings' | 'securityDefiner' | 'rowSecurity' | 'options'
export type Doubts = ReadonlySet<Doubt>

type Named = {readonly oid: number; readonly schema: string; readonly name: string}

export type SchemaState = {
  readonly name: string
  readonly owner: string | null
  readonly acl: Acl | null
  /** Something was put into it, but the folder never made it. */
  readonly assumed: boolean
}

export type RoutineState = Named & {
  readonly kind: Routine['kind']
  /** Input arguments: with the name, what tells overloads apart. */
  readonly inputs: readonly TypeRef[]
  /** All arguments, those that only come out and the columns of a table too, by which some statements name it. */
  readonly all: readonly TypeRef[]
  /** Those that come out, a table's columns too: what a procedure returns, and a function whose result is a record. */
  readonly outs: readonly {readonly name: string; readonly type: TypeRef}[]
  readonly argumentNames: readonly string[]
  /** How many of the inputs have a default. */
  readonly defaults: number
  readonly returns: ReturnType
  readonly language: string
  readonly volatility: Routine['volatility']
  readonly definer: boolean
  readonly settings: readonly {readonly name: string; readonly value: string}[]
  readonly owner: string
  readonly acl: Acl
  readonly body: string | null
  /** The statement that made it: the parser needs its arguments to read the body. */
  readonly text: string
  readonly uses: Uses
  readonly doubts: Doubts
  readonly origin: Origin | null
}

/** `null`: a procedure, or an aggregate, whose result the definition does not say. */
export type ReturnType =
  | null
  | {readonly kind: 'one' | 'set'; readonly type: TypeRef}
  | {readonly kind: 'table'; readonly columns: readonly {readonly name: string; readonly type: TypeRef}[]}

export type PolicyState = Policy & {readonly uses: Uses}

export type RelationState = Named & {
  readonly kind: 'table' | 'partitioned-table' | 'view' | 'materialized-view' | 'foreign-table' | 'sequence'
  readonly owner: string
  readonly acl: Acl
  readonly columnAcls: ReadonlyMap<string, Acl>
  /** `null` where the definition does not say them, as for `SELECT *`. */
  readonly columns: readonly string[] | null
  readonly enabled: boolean
  readonly forced: boolean
  readonly policies: readonly PolicyState[]
  readonly partitionOf: number | null
  readonly inherits: readonly number[]
  /** The column that a sequence belongs to, with which it is dropped, moved and handed over. */
  readonly ownedBy: {readonly oid: number; readonly column: string; readonly identity: boolean} | null
  /** The column whose default takes from a sequence, as `serial` makes it. */
  readonly defaultOf: {readonly oid: number; readonly column: string} | null
  readonly options: Readonly<Record<string, string>>
  readonly uses: Uses
  readonly doubts: Doubts
  readonly origin: Origin | null
}

export type TypeState = Named & {readonly owner: string; readonly extension: string | null}

export type RoleState = {
  readonly name: string
  readonly superuser: boolean | null
  readonly bypassRls: boolean | null
}

export type DefaultAclState = {
  readonly owner: string
  readonly schema: string | null
  readonly objects: 'tables' | 'sequences' | 'functions' | 'types' | 'schemas'
  readonly acl: Acl
  readonly origin: Origin | null
}

/** Objects of one sort, by oid, and by name without the schema. */
export type Shelf<Item extends Named> = {
  readonly byOid: Map<number, Item>
  readonly byName: Map<string, readonly number[]>
}

export type World = {
  readonly schemas: Map<string, SchemaState>
  /** Schemas that the folder dropped: nothing is put into them as into one that is only not known. */
  readonly gone: Map<string, true>
  readonly routines: Shelf<RoutineState>
  readonly relations: Shelf<RelationState>
  readonly types: Shelf<TypeState>
  readonly roles: Map<string, RoleState>
  /** `member\0role` */
  readonly memberships: Map<string, {readonly member: string; readonly role: string}>
  readonly defaults: Map<string, DefaultAclState>
  readonly idleRevokes: Map<string, IdleRevoke>
  /** Extension → schema, where it was said. */
  readonly extensions: Map<string, string | null>
  /** Event trigger → the function that it runs after every statement that matches. */
  readonly eventTriggers: Map<string, readonly string[]>
  session: Session
  nextOid: number
  /** How to take back every change, newest last. */
  readonly undo: (() => void)[]
}

function shelf<Item extends Named>(): Shelf<Item> {
  return {byOid: new Map(), byName: new Map()}
}

export function emptyWorld(session: Session): World {
  return {
    schemas: new Map(),
    gone: new Map(),
    routines: shelf(),
    relations: shelf(),
    types: shelf(),
    roles: new Map(),
    memberships: new Map(),
    defaults: new Map(),
    idleRevokes: new Map(),
    extensions: new Map(),
    eventTriggers: new Map(),
    session,
    nextOid: 1,
    undo: [],
  }
}

export function setEntry<Key, Value>(world: World, map: Map<Key, Value>, key: Key, value: Value): void {
  const old = map.get(key)
  world.undo.push(old === undefined ? () => map.delete(key) : () => map.set(key, old))
  map.set(key, value)
}

export function deleteEntry<Key, Value>(world: World, map: Map<Key, Value>, key: Key): void {
  const old = map.get(key)
  if (old === undefined) return
  world.undo.push(() => map.set(key, old))
  map.delete(key)
}

export function setSession(world: World, session: Session): void {
  const old = world.session
  world.undo.push(() => {
    world.session = old
  })
  world.session = session
}

/** Put an object on its shelf, new or in place of what it was. */
export function put<Item extends Named>(world: World, items: Shelf<Item>, item: Item): void {
  const old = items.byOid.get(item.oid)
  setEntry(world, items.byOid, item.oid, item)
  if (old?.name === item.name) return
  if (old !== undefined) unlist(world, items, old)
  setEntry(world, items.byName, item.name, [...(items.byName.get(item.name) ?? []), item.oid])
}

export function take<Item extends Named>(world: World, items: Shelf<Item>, oid: number): void {
  const old = items.byOid.get(oid)
  if (old === undefined) return
  deleteEntry(world, items.byOid, oid)
  unlist(world, items, old)
}

function unlist<Item extends Named>(world: World, items: Shelf<Item>, item: Item): void {
  const rest = (items.byName.get(item.name) ?? []).filter((oid) => oid !== item.oid)
  if (rest.length === 0) deleteEntry(world, items.byName, item.name)
  else setEntry(world, items.byName, item.name, rest)
}

/** All objects of a bare name, in whatever schema. */
export function named<Item extends Named>(items: Shelf<Item>, name: string): Item[] {
  const found: Item[] = []
  for (const oid of items.byName.get(name) ?? []) {
    const item = items.byOid.get(oid)
    if (item !== undefined) found.push(item)
  }
  return found
}

export function find<Item extends Named>(items: Shelf<Item>, schema: string, name: string): Item | undefined {
  return named(items, name).find((item) => item.schema === schema)
}

/** Take back everything that was done after `mark`, an earlier length of the list. */
export function rollBack(world: World, mark: number): void {
  while (world.undo.length > mark) world.undo.pop()?.()
}
