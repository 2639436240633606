/** What objects created later will be open to: everywhere, and in each schema. */
import * as z from 'zod/mini'
import {grantRows} from './shapes.ts'
import {explode, sql} from './sql.ts'

/** @see https://www.postgresql.org/docs/current/catalog-pg-default-acl.html */
export const defaultPrivileges = {
  sql: sql`
    SELECT pg_catalog.json_build_object(
      'owner', standing.defaclrole::pg_catalog.text,
      'schema', namespace.nspname,
      'isGlobal', standing.defaclnamespace = 0,
      'objects', standing.defaclobjtype,
      'grants', ${explode('standing.defaclacl')}
    )::pg_catalog.text
    FROM pg_catalog.pg_default_acl AS standing
    LEFT JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = standing.defaclnamespace`,
  row: z.strictObject({
    owner: z.string(),
    schema: z.nullable(z.string()),
    isGlobal: z.boolean(),
    objects: z.enum(['r', 'S', 'f', 'T', 'n', 'L']),
    grants: grantRows,
  }),
}

export type DefaultPrivilegeRow = z.infer<typeof defaultPrivileges.row>
