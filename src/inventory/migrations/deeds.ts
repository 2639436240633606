/** What a statement on data does beyond its rows, as its own tree tells: no function of the folder is needed for it. */
import type {Node} from 'libpg-query'
import {concernOf} from './concerns.ts'
import {blank} from './dynamic.ts'
import {nameOf, show} from './names.ts'
import type {Parser} from './parser.ts'
import {constantOf} from './setting-value.ts'
import {calledNames, isRecord, walk} from './uses.ts'

export type Deed = {readonly subject: string; readonly why: string}

type Tree = Readonly<Record<string, unknown>>

const writes: ReadonlySet<string> = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])

/** Functions of PostgreSQL and of its extensions that run a text as SQL, here or through another connection. */
const runners =
  /^(?:dblink|dblink_exec|dblink_open|dblink_send_query|query_to_xml|query_to_xmlschema|query_to_xml_and_xmlschema)$/

/** Settings that decide where names are looked for, and who acts. */
const deciding = /^(?:search_path|role|session_authorization)$/

/** @param handled Calls that are followed otherwise. */
export function deedsInTree(
  parser: Parser,
  tree: unknown,
  handled: ReadonlySet<unknown> = new Set(),
): Deed[] {
  const found: Deed[] = []
  walk(tree, (key, node) => {
    const isWrite = writes.has(key) || (key === 'CopyStmt' && node.is_from === true)
    const deed = isWrite
      ? catalogWrite(node.relation)
      : (key === 'FuncCall' || key === 'funccall') && !handled.has(node)
        ? deedOfCall(parser, node)
        : undefined
    if (deed !== undefined) found.push(deed)
  })
  return found
}

function catalogWrite(relation: unknown): Deed | undefined {
  if (!isRecord(relation) || typeof relation.relname !== 'string') return undefined
  const {schemaname, relname} = relation
  // `pg_catalog` stands before every other schema of the path.
  const isCatalog = schemaname === 'pg_catalog' || (schemaname === undefined && relname.startsWith('pg_'))
  if (!isCatalog) return undefined
  return {
    subject: show({schema: 'pg_catalog', name: relname}),
    why: `it writes to the catalogue ${relname} itself, which was not followed`,
  }
}

function deedOfCall(parser: Parser, call: Tree): Deed | undefined {
  const name = nameOf(Array.isArray(call.funcname) ? call.funcname : [])
  const args: readonly Node[] = Array.isArray(call.args) ? call.args : []
  const own = name.schema === null || name.schema === 'pg_catalog'
  if (name.name === blank) return {subject: 'a call', why: 'it calls a function that only the server knows'}
  if (name.name === 'set_config' && own) {
    const setting = constantOf(args[0])?.toLowerCase()
    if (setting === undefined)
      return {subject: 'set_config', why: 'it sets by set_config what only the server knows'}
    if (!deciding.test(setting)) return undefined
    return {subject: setting, why: `it may set ${setting} by set_config, which was not followed`}
  }
  if (runners.test(name.name) && !onlyReads(parser, args)) {
    return {subject: `a call of ${show(name)}`, why: 'it runs a text as SQL, which was not followed'}
  }
  if (name.schema === 'cron' && /^(?:schedule|alter_job)/.test(name.name) && schedulesMore(parser, args)) {
    return {subject: `a call of ${show(name)}`, why: 'it schedules statements that change what is there'}
  }
  return undefined
}

/** Whether a text to run is there, as a constant, and reads without calling anything. A connection is no SQL. */
function onlyReads(parser: Parser, args: readonly Node[]): boolean {
  const texts = args.map(constantOf)
  const read = texts.map((text) => {
    try {
      return text === undefined ? undefined : parser.parse(text)
    } catch {
      return text !== undefined && changing.test(text) ? undefined : []
    }
  })
  return (
    read.some((statements) => statements !== undefined && statements.length > 0) &&
    read.every((statements) =>
      statements?.every(
        ({stmt}) =>
          stmt !== undefined &&
          'SelectStmt' in stmt &&
          concernOf(stmt) === 'calls' &&
          calledNames(stmt).length === 0,
      ),
    )
  )
}

/** Words that no harmless text needs. */
const changing = /\b(?:create|alter|drop|grant|revoke|reassign|execute)\b/i

/** Whether a command for later is more than statements on data: all its constants are read, as one is the command. */
function schedulesMore(parser: Parser, args: readonly Node[]): boolean {
  const command = args[args.length === 2 ? 1 : 2]
  if (command !== undefined && ('ColumnRef' in command || 'ParamRef' in command)) return true
  const texts: string[] = []
  walk(args, (key, node) => {
    if (key === 'sval' && typeof node.sval === 'string') texts.push(node.sval)
  })
  return texts.some((text) => {
    try {
      return parser.parse(text).some(({stmt}) => stmt !== undefined && concernOf(stmt) === 'facts')
    } catch {
      return changing.test(text)
    }
  })
}
