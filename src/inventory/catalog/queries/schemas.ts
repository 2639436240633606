/** Every schema, and how much each holds: what is left out must be told, and what is read must be all. */
import * as z from 'zod/mini'
import {relationKinds} from './relations.ts'
import {grantRows} from './shapes.ts'
import {grantsOf, sql} from './sql.ts'

/** @see https://www.postgresql.org/docs/current/catalog-pg-namespace.html */
export const schemas = {
  sql: sql`
    SELECT pg_catalog.json_build_object(
      'name', namespace.nspname,
      'owner', namespace.nspowner::pg_catalog.text,
      'grants', ${grantsOf('namespace.nspacl', "'n'", 'namespace.nspowner')},
      'usage', pg_catalog.has_schema_privilege(namespace.oid, 'USAGE'),
      'routines', COALESCE(routine.all_of_them, 0),
      'definers', COALESCE(routine.definers, 0),
      'relations', COALESCE(relation.all_of_them, 0)
    )::pg_catalog.text
    FROM pg_catalog.pg_namespace AS namespace
    LEFT JOIN (
      SELECT pronamespace, pg_catalog.count(*) AS all_of_them,
        pg_catalog.count(*) FILTER (WHERE prosecdef) AS definers
      FROM pg_catalog.pg_proc
      GROUP BY pronamespace
    ) AS routine ON routine.pronamespace = namespace.oid
    LEFT JOIN (
      SELECT relnamespace, pg_catalog.count(*) AS all_of_them
      FROM pg_catalog.pg_class
      WHERE relkind IN (${relationKinds})
      GROUP BY relnamespace
    ) AS relation ON relation.relnamespace = namespace.oid`,
  row: z.strictObject({
    name: z.string(),
    owner: z.string(),
    grants: grantRows,
    /** `null` for one that was dropped meanwhile. */
    usage: z.nullable(z.boolean()),
    routines: z.int(),
    definers: z.int(),
    relations: z.int(),
  }),
}

export type SchemaRow = z.infer<typeof schemas.row>
