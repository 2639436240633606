/** The value of a SET clause, as `pg_proc.proconfig` stores it. */
import type {A_Const, Node, VariableSetStmt} from 'libpg-query'
import {showTypeName} from '../../model/type-name.ts'

/** Settings that are lists of names, which PostgreSQL stores each quoted where it must be: GUC_LIST_QUOTE. */
const listsOfNames = new Set([
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'shared_preload_libraries',
  'temp_tablespaces',
  'unix_socket_directories',
])

/** The constants of a SET, as text. An argument that is none (`SET TIME ZONE INTERVAL …`) has `undefined`. */
export function settingArguments(statement: VariableSetStmt): (string | undefined)[] {
  return (statement.args ?? []).map((node) => ('A_Const' in node ? constantText(node.A_Const) : undefined))
}

export function constantText(constant: A_Const): string | undefined {
  if (constant.sval !== undefined) return constant.sval.sval ?? ''
  if (constant.ival !== undefined) return String(constant.ival.ival ?? 0)
  if (constant.fval !== undefined) return constant.fval.fval ?? ''
  if (constant.boolval !== undefined) return constant.boolval.boolval === true ? 'true' : 'false'
  return undefined
}

/** `flatten_set_variable_args`. @returns `undefined` for what is no constant. */
export function settingValue(name: string, values: readonly (string | undefined)[]): string | undefined {
  if (values.includes(undefined)) return undefined
  const shown = listsOfNames.has(name) ? values.map((value) => showTypeName(value ?? '')) : values
  return shown.join(', ')
}

/**
 * `SplitIdentifierString`: the text of a search_path → its schemas.
 *
 * @returns `undefined` for a text that PostgreSQL refuses.
 */
export function splitPath(text: string): string[] | undefined {
  const found: string[] = []
  if (text.trim() === '') return found
  const item = /\s*(?:"((?:[^"]|"")*)"|([^\s",][^\s,]*))\s*(,|$)/y
  for (;;) {
    const match = item.exec(text)
    if (match === null) return undefined
    found.push(match[1]?.replaceAll('""', '"') ?? (match[2] ?? '').toLowerCase())
    if (match[3] === '') return found
  }
}

/** A node that is a constant text, or a cast of one: `'a'::regclass`. */
export function constantOf(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined
  if ('A_Const' in node) return constantText(node.A_Const)
  return 'TypeCast' in node ? constantOf(node.TypeCast.arg) : undefined
}
