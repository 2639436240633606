/** Marks SQL for editors, and holds the expressions that several statements share. */

/** As written: a backslash is SQL's. What is placed into it is SQL too, never a value. */
export const sql = String.raw

/**
 * A list of `[grantee, privilege, grantable]`, with PostgreSQL's defaults spelled out where nothing was granted yet.
 *
 * @param kind What `acldefault` takes: an expression of type `"char"`.
 * @see https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-ACLITEM-FN-TABLE
 */
export function grantsOf(acl: string, kind: string, owner: string): string {
  return explode(sql`COALESCE(${acl}, pg_catalog.acldefault(${kind}, ${owner}))`)
}

export function explode(acl: string): string {
  return sql`(
      SELECT COALESCE(pg_catalog.json_agg(pg_catalog.json_build_array(
        item.grantee::pg_catalog.text, item.privilege_type, item.is_grantable)), '[]'::pg_catalog.json)
      FROM pg_catalog.aclexplode(${acl}) AS item
    )`
}

/** Name of the extension that owns an object. `catalogue` is where the object has its row. */
export function extensionOf(catalogue: 'pg_proc' | 'pg_class', oid: string): string {
  return sql`(
      SELECT extension.extname
      FROM pg_catalog.pg_depend AS membership
      JOIN pg_catalog.pg_extension AS extension ON extension.oid = membership.refobjid
      WHERE membership.classid = 'pg_catalog.${catalogue}'::pg_catalog.regclass
        AND membership.objid = ${oid}
        AND membership.objsubid = 0
        AND membership.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        AND membership.deptype = 'e'
    )`
}

/** The first parameter: names of schemas as a JSON list. */
export const seenSchemas = sql`ARRAY(SELECT pg_catalog.json_array_elements_text($1::pg_catalog.json))`
