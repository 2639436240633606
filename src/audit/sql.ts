/** Statements that mend a finding, ready to be pasted: every name quoted. */
import {quoteIdentifier} from '../model/identifier.ts'
import type {DefaultPrivilege, Relation, Routine} from '../model/inventory.ts'

/** A privilege on an object as a whole, or on some of its columns. */
export type PrivilegeOn = {readonly privilege: string; readonly columns?: readonly string[]}

/**
 * A routine as `ALTER`, `GRANT` and `REVOKE` take it. Types come from `format_type`, which has quoted them.
 *
 * Not as a ROUTINE: a list of types could then be that of another one's columns of RETURNS TABLE. A procedure's could be
 * that of another one's OUT arguments, unless it says IN.
 *
 * @returns `undefined` where the argument types are unknown: a statement without them could hit another overload.
 * @see https://www.postgresql.org/docs/current/sql-alterroutine.html
 */
export function routineSql({kind, schema, name, signature}: Routine): string | undefined {
  if (signature === null) return undefined
  const [sort, mode] = kind === 'procedure' ? ['PROCEDURE', 'IN '] : ['FUNCTION', '']
  return `${sort} ${qualified({schema, name})}(${signature.map((type) => mode + type).join(', ')})`
}

/** A relation as `GRANT` and `REVOKE` take it: all but sequences are tables there. */
export function grantTargetSql(relation: Relation): string {
  return `${relation.kind === 'sequence' ? 'SEQUENCE' : 'TABLE'} ${qualified(relation)}`
}

export function qualified({schema, name}: {readonly schema: string; readonly name: string}): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
}

/** A role as `GRANT` and `REVOKE` take it. */
export function roleSql(role: string): string {
  return role === 'PUBLIC' ? role : quoteIdentifier(role)
}

/** @param target What stands behind `ON`, such as `SCHEMA "app"`. */
export function revokeSql(
  privileges: readonly PrivilegeOn[],
  target: string,
  grantees: readonly string[],
): string {
  const list = privileges.map(({privilege, columns}) =>
    columns === undefined ? privilege : `${privilege} (${columns.map(quoteIdentifier).join(', ')})`,
  )
  return `REVOKE ${list.join(', ')} ON ${target} FROM ${grantees.map(roleSql).join(', ')};`
}

/** @see https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html */
export function revokeDefaultSql(
  {owner, schema, objects}: Pick<DefaultPrivilege, 'owner' | 'schema' | 'objects'>,
  privileges: readonly string[],
  grantee: string,
): string {
  const where = schema === null ? '' : ` IN SCHEMA ${quoteIdentifier(schema)}`
  const what = `${privileges.join(', ')} ON ${objects.toUpperCase()} FROM ${roleSql(grantee)}`
  return `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteIdentifier(owner)}${where} REVOKE ${what};`
}

/** Replaces the whole path of a routine. */
export function setPathSql(routine: Routine, path: readonly string[]): string | undefined {
  const sql = routineSql(routine)
  return sql && `ALTER ${sql} SET search_path = ${path.map(quoteIdentifier).join(', ')};`
}

/** What `mend` holds where a statement needs what is unknown. */
export function statementOr(
  statement: string | undefined,
  advice: string,
): {statement: string} | {advice: string} {
  return statement === undefined ? {advice} : {statement}
}
