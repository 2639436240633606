/** The schemas that a platform or an extension owns, not the project: what an audit leaves out unless told otherwise. */

/**
 * PostgreSQL's own, Supabase's, and those of extensions that install into a schema of their own name.
 *
 * A schema that a registry documents is audited even if it stands here, and what is left out must be said.
 */
export const platformSchemas = {
  /** As `pg_namespace.nspname` holds them, sorted. */
  names: [
    '_analytics',
    '_realtime',
    '_supavisor',
    'auth',
    'cron',
    'dbdev',
    'etl',
    'extensions',
    'graphql',
    'graphql_public',
    'information_schema',
    'net',
    'pgbouncer',
    'pgmq',
    'pgroonga',
    'pgsodium',
    'pgsodium_masks',
    'pgtle',
    'realtime',
    'repack',
    'storage',
    'supabase_functions',
    'supabase_migrations',
    'tiger',
    'tiger_data',
    'topology',
    'vault',
  ],
  /** A schema whose name starts with one of these. PostgreSQL keeps `pg_` for itself. */
  prefixes: ['_timescaledb_', 'pg_', 'timescaledb_'],
} as const satisfies {readonly names: readonly string[]; readonly prefixes: readonly string[]}

const names: ReadonlySet<string> = new Set(platformSchemas.names)

/** @param schema As `pg_namespace.nspname` holds it. */
export function isPlatformSchema(schema: string): boolean {
  return names.has(schema) || platformSchemas.prefixes.some((prefix) => schema.startsWith(prefix))
}
