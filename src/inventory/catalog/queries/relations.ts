/** Tables, views and sequences of the schemas seen, with their policies and the grants on their columns. */
import * as z from 'zod/mini'
import {grantRows, settingRows} from './shapes.ts'
import {explode, extensionOf, grantsOf, seenSchemas, sql} from './sql.ts'

/** Not indexes, TOAST tables and composite types, which hold nothing that can be granted. */
export const relationKinds = sql`'r', 'p', 'v', 'm', 'f', 'S'`

const aclKind = sql`CASE relation.relkind WHEN 'S' THEN 's'::pg_catalog."char" ELSE 'r'::pg_catalog."char" END`

/** @see https://www.postgresql.org/docs/current/catalog-pg-policy.html */
const policies = sql`(
      SELECT COALESCE(pg_catalog.json_agg(pg_catalog.json_build_object(
        'name', policy.polname,
        'command', policy.polcmd,
        'permissive', policy.polpermissive,
        'roles', policy.polroles::pg_catalog.text[],
        'hasUsing', policy.polqual IS NOT NULL,
        'using', pg_catalog.pg_get_expr(policy.polqual, policy.polrelid),
        'hasCheck', policy.polwithcheck IS NOT NULL,
        'check', pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid)
      )), '[]'::pg_catalog.json)
      FROM pg_catalog.pg_policy AS policy
      WHERE policy.polrelid = relation.oid
    )`

/** System columns too: they can be granted like any other. */
const columnGrants = sql`(
      SELECT COALESCE(pg_catalog.json_agg(pg_catalog.json_build_object(
        'column', attribute.attname,
        'grants', ${explode('attribute.attacl')}
      )), '[]'::pg_catalog.json)
      FROM pg_catalog.pg_attribute AS attribute
      WHERE attribute.attrelid = relation.oid AND attribute.attacl IS NOT NULL AND NOT attribute.attisdropped
    )`

const partitionOf = sql`(
      SELECT pg_catalog.json_build_object('schema', home.nspname, 'name', parent.relname)
      FROM pg_catalog.pg_inherits AS inherits
      JOIN pg_catalog.pg_class AS parent ON parent.oid = inherits.inhparent
      JOIN pg_catalog.pg_namespace AS home ON home.oid = parent.relnamespace
      WHERE relation.relispartition AND inherits.inhrelid = relation.oid
    )`

/** @see https://www.postgresql.org/docs/current/catalog-pg-class.html */
export const relations = {
  sql: sql`
    SELECT pg_catalog.json_build_object(
      'oid', relation.oid::pg_catalog.text,
      'schema', namespace.nspname,
      'name', relation.relname,
      'kind', relation.relkind,
      'owner', relation.relowner::pg_catalog.text,
      'rowSecurity', relation.relrowsecurity,
      'forced', relation.relforcerowsecurity,
      'policies', ${policies},
      'partitionOf', ${partitionOf},
      'options', relation.reloptions,
      'grants', ${grantsOf('relation.relacl', aclKind, 'relation.relowner')},
      'columnGrants', ${columnGrants},
      'extension', ${extensionOf('pg_class', 'relation.oid')}
    )::pg_catalog.text
    FROM pg_catalog.pg_class AS relation
    JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = relation.relnamespace
    WHERE relation.relkind IN (${relationKinds}) AND namespace.nspname = ANY (${seenSchemas})`,
  row: z.strictObject({
    oid: z.string(),
    schema: z.string(),
    name: z.string(),
    kind: z.enum(['r', 'p', 'v', 'm', 'f', 'S']),
    owner: z.string(),
    rowSecurity: z.boolean(),
    forced: z.boolean(),
    policies: z.array(
      z.strictObject({
        name: z.string(),
        command: z.enum(['*', 'r', 'a', 'w', 'd']),
        permissive: z.boolean(),
        roles: z.array(z.string()),
        hasUsing: z.boolean(),
        using: z.nullable(z.string()),
        hasCheck: z.boolean(),
        check: z.nullable(z.string()),
      }),
    ),
    partitionOf: z.nullable(z.strictObject({schema: z.string(), name: z.string()})),
    options: settingRows,
    grants: grantRows,
    columnGrants: z.array(z.strictObject({column: z.string(), grants: grantRows})),
    extension: z.nullable(z.string()),
  }),
}

export type RelationRow = z.infer<typeof relations.row>
