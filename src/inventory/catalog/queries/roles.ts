/** Every role: `pg_roles`, which any login may read, not `pg_authid`. */
import * as z from 'zod/mini'
import {sql} from './sql.ts'

/** @see https://www.postgresql.org/docs/current/view-pg-roles.html */
export const roles = {
  sql: sql`
    SELECT pg_catalog.json_build_object(
      'oid', oid::pg_catalog.text,
      'name', rolname,
      'superuser', rolsuper,
      'bypassRls', rolbypassrls
    )::pg_catalog.text
    FROM pg_catalog.pg_roles`,
  row: z.strictObject({oid: z.string(), name: z.string(), superuser: z.boolean(), bypassRls: z.boolean()}),
}

export type RoleRow = z.infer<typeof roles.row>
