/** Functions, procedures and aggregates of the schemas seen. */
import * as z from 'zod/mini'
import {grantRows, settingRows} from './shapes.ts'
import {extensionOf, grantsOf, seenSchemas, sql} from './sql.ts'

/** `BEGIN ATOMIC` came with PostgreSQL 14, and with it the column and the function that prints it. */
const atomicBodies = 140000

/**
 * @param version `server_version_num`.
 * @see https://www.postgresql.org/docs/current/catalog-pg-proc.html
 */
export function routines(version: number) {
  const hasAtomicBody = version < atomicBodies ? 'false' : 'proc.prosqlbody IS NOT NULL'
  const atomicBody = version < atomicBodies ? 'NULL' : 'pg_catalog.pg_get_function_sqlbody(proc.oid)'
  return {
    sql: sql`
    SELECT pg_catalog.json_build_object(
      'oid', proc.oid::pg_catalog.text,
      'schema', namespace.nspname,
      'name', proc.proname,
      'kind', proc.prokind,
      'types', ARRAY(
        SELECT pg_catalog.format_type(input.type, NULL)
        FROM pg_catalog.unnest(proc.proargtypes) WITH ORDINALITY AS input (type, place)
        ORDER BY input.place
      ),
      'names', proc.proargnames,
      'modes', proc.proargmodes,
      'returns', pg_catalog.pg_get_function_result(proc.oid),
      'language', language.lanname,
      'volatility', proc.provolatile,
      'definer', proc.prosecdef,
      'settings', proc.proconfig,
      'owner', proc.proowner::pg_catalog.text,
      'grants', ${grantsOf('proc.proacl', "'f'", 'proc.proowner')},
      'hasAtomicBody', ${hasAtomicBody},
      'atomicBody', ${atomicBody},
      -- elsewhere it names a symbol of a library or of the server
      'source', CASE WHEN language.lanispl OR language.lanname = 'sql' THEN proc.prosrc END,
      'extension', ${extensionOf('pg_proc', 'proc.oid')}
    )::pg_catalog.text
    FROM pg_catalog.pg_proc AS proc
    JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = proc.pronamespace
    LEFT JOIN pg_catalog.pg_language AS language ON language.oid = proc.prolang
    WHERE namespace.nspname = ANY (${seenSchemas})`,
    row,
  }
}

const row = z.strictObject({
  oid: z.string(),
  schema: z.string(),
  name: z.string(),
  kind: z.enum(['f', 'p', 'a', 'w']),
  types: z.array(z.string()),
  names: z.nullable(z.array(z.string())),
  modes: z.nullable(z.array(z.enum(['i', 'o', 'b', 'v', 't']))),
  returns: z.nullable(z.string()),
  language: z.string(),
  volatility: z.enum(['i', 's', 'v']),
  definer: z.boolean(),
  settings: settingRows,
  owner: z.string(),
  grants: grantRows,
  hasAtomicBody: z.boolean(),
  atomicBody: z.nullable(z.string()),
  source: z.nullable(z.string()),
  extension: z.nullable(z.string()),
})

export type RoutineRow = z.infer<typeof row>
