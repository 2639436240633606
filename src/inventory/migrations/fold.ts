/** A migrations folder → what the database would contain, without a database. */
import type {Inventory, Role, SchemaFacts} from '../../model/inventory.ts'
import type {SchemaChoice} from '../scope.ts'
import {implodeAcl} from './acl.ts'
import {noteAttached} from './attached.ts'
import {type Fold, note} from './context.ts'
import {temporary} from './names.ts'
import type {Migrations} from './order.ts'
import {loadParser, type Parser} from './parser.ts'
import {metaCommand} from './psql.ts'
import {readStatements, type Statement} from './read-file.ts'
import {Refusal} from './refusal.ts'
import {buildInventory} from './result.ts'
import {startSession} from './session.ts'
import {applyStatement, titleOf} from './statement.ts'
import {emptyWorld, rollBack, take, type World} from './world.ts'

export type FoldOptions = {
  /** What to call the folder in a message. */
  readonly label?: string
  /** The role that the migrations run as, and that owns what they create. `postgres` if nobody says. */
  readonly role?: string
  /** Roles of which more is known than their name. */
  readonly roles?: readonly Role[]
  /** What is there before anything else. PostgreSQL's own `public` if nobody says. */
  readonly schemas?: readonly SchemaFacts[]
  /** SQL that has run on a fresh cluster before the first file, such as a platform's. Without it, who knows what has. */
  readonly prelude?: string
  /** `search_path` at the start of each file. PostgreSQL's own `"$user", public` if nobody says. */
  readonly searchPath?: readonly string[]
  /** Major version of the server; 18 if nobody says. Tables have MAINTAIN from 17 on. */
  readonly version?: number
  /** Whether the tool runs each file in a transaction. If nobody says it is taken to, and said where it matters. */
  readonly fileInTransaction?: boolean
  /** Which schemas are looked at. All but a platform's if nobody says. */
  readonly choice?: SchemaChoice
}

/** `public` as it is in a new database from PostgreSQL 15 on. */
export const freshSchemas: readonly SchemaFacts[] = [
  {
    name: 'public',
    owner: 'pg_database_owner',
    grants: [
      {grantee: 'PUBLIC', privilege: 'USAGE', grantable: false},
      {grantee: 'pg_database_owner', privilege: 'CREATE', grantable: false},
      {grantee: 'pg_database_owner', privilege: 'USAGE', grantable: false},
    ],
  },
]

/**
 * Apply the files of a folder, in order, to an empty database in memory.
 *
 * What PostgreSQL would refuse is not applied, and is listed; so is what cannot be followed. No input makes it throw.
 */
export async function foldMigrations(migrations: Migrations, options: FoldOptions = {}): Promise<Inventory> {
  return foldWith(await loadParser(), migrations, options)
}

/** The same, with a parser that is loaded already. */
export function foldWith(
  parser: Parser,
  {tool, files, leftOut, doubts}: Migrations,
  options: FoldOptions = {},
): Inventory {
  const fold = start(parser, options)
  const count = {applied: 0, failed: 0}
  for (const {path, text, date} of files) {
    fold.date = date
    foldFile(fold, path, readStatements(fold.parser, path, text, tool), count)
  }
  noteAttached(fold)
  fold.unknowns.unshift(...doubts.map(({path, why}) => ({subject: path, why, location: {path}})))
  return buildInventory(fold, count, {
    label: options.label ?? 'migrations',
    choice: options.choice ?? {include: [], exclude: [], documented: []},
    leftOutFiles: leftOut,
  })
}

function start(parser: Parser, options: FoldOptions): Fold {
  const role = options.role ?? 'postgres'
  const world = emptyWorld(startSession(role, options.searchPath ?? ['$user', 'public']))
  world.roles.set(role, {name: role, superuser: null, bypassRls: null})
  for (const known of options.roles ?? []) world.roles.set(known.name, known)
  for (const {name, owner, grants} of options.schemas ?? freshSchemas) {
    const acl = owner === null || grants === null ? null : implodeAcl(grants, owner)
    world.schemas.set(name, {name, owner, acl, assumed: false})
  }
  const fold: Fold = {
    world,
    rolesBefore: undefined,
    parser,
    version: options.version ?? 18,
    fileInTransaction: options.fileInTransaction,
    unknowns: [],
    at: null,
    date: null,
    source: {text: '', unit: (byte) => byte, start: 0, end: 0},
    attachments: [],
    dependents: [],
    versions: new Map(),
    said: new Set(),
  }
  if (options.prelude === undefined) return fold
  runPrelude(fold, options.prelude)
  return {...fold, rolesBefore: new Set(world.roles.keys())}
}

/** @throws {Error} for one that cannot be followed: it is not the project's. */
function runPrelude(fold: Fold, prelude: string): void {
  for (const statement of readStatements(fold.parser, '', prelude)) {
    fold.source = statement.source
    const failure = attempt(fold, statement)
    if (failure !== undefined) throw new Error(`${failure.subject}: ${failure.why}`)
  }
  const [unknown] = fold.unknowns
  if (unknown !== undefined) throw new Error(`${unknown.subject}: ${unknown.why}`)
}

function foldFile(
  fold: Fold,
  path: string,
  statements: readonly Statement[],
  count: {applied: number; failed: number},
): void {
  beginFile(fold.world)
  for (const statement of statements) {
    fold.at = statement.location
    fold.source = statement.source
    const failure = attempt(fold, statement)
    if (statement.kind === 'fault') note(fold, path, statement.why)
    else if (failure === undefined) count.applied++
    else {
      count.failed++
      note(fold, failure.subject, failure.why)
    }
  }
  if (fold.world.session.transaction !== null) {
    note(
      fold,
      path,
      'the file ends in a transaction that is neither committed nor rolled back: taken as committed',
    )
  }
  fold.world.undo.length = 0
}

/** Each file is a session of its own, or as good as one: tools reset what the file before has set. */
function beginFile(world: World): void {
  const {initial} = world.session
  world.session = {now: initial, lasting: initial, initial, transaction: null}
  for (const relation of [...world.relations.byOid.values()]) {
    if (relation.schema === temporary) take(world, world.relations, relation.oid)
  }
  for (const routine of [...world.routines.byOid.values()]) {
    if (routine.schema === temporary) take(world, world.routines, routine.oid)
  }
  world.undo.length = 0
}

/** @returns Why a statement was not applied; nothing of it is then left. */
function attempt(fold: Fold, statement: Statement): {subject: string; why: string} | undefined {
  const {text, start, end} = fold.source
  const title = () => titleOf(text.slice(start, Math.min(end, start + 400)))
  if (statement.kind === 'failed') return {subject: title(), why: `it does not parse: ${statement.why}`}
  if (statement.kind === 'fault') return undefined
  const mark = fold.world.undo.length
  try {
    if (statement.kind === 'meta') metaCommand(fold, statement.command)
    else applyStatement(fold, statement.node)
    return undefined
  } catch (error) {
    rollBack(fold.world, mark)
    if (error instanceof Refusal)
      return {subject: error.subject ?? title(), why: `${title()}: ${error.message}`}
    // Too deep a nesting for a recursive walk: as good as not read.
    if (error instanceof RangeError) return {subject: title(), why: 'it is nested too deeply to be followed'}
    throw error
  }
}
