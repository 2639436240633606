/** What answers, and whether it prints names the way that ids need. */
import * as z from 'zod/mini'
import {sql} from './sql.ts'

export const server = {
  sql: sql`
    SELECT pg_catalog.json_build_object(
      'product', pg_catalog.version(),
      'version', pg_catalog.current_setting('server_version_num')::pg_catalog.int4,
      'encoding', pg_catalog.current_setting('server_encoding'),
      'path', pg_catalog.current_schemas(false),
      'quotesAll', pg_catalog.current_setting('quote_all_identifiers') = 'on',
      'role', CURRENT_USER
    )::pg_catalog.text`,
  row: z.strictObject({
    product: z.string(),
    version: z.int(),
    encoding: z.string(),
    path: z.array(z.string()),
    quotesAll: z.boolean(),
    role: z.string(),
  }),
}

export type ServerRow = z.infer<typeof server.row>
