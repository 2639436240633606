/** Well-known extensions: which ones they are, and their types, so that a signature which names one can be told. */

/** Extension → names of its types. @see each one's own manual, and `\dx+` on a server. */
export const extensionTypes: Readonly<Record<string, readonly string[]>> = {
  citext: ['citext'],
  cube: ['cube'],
  hstore: ['hstore'],
  http: ['http_header', 'http_method', 'http_request', 'http_response'],
  isn: ['ean13', 'isbn', 'isbn13', 'ismn', 'ismn13', 'issn', 'issn13', 'upc'],
  ltree: ['lquery', 'ltree', 'ltxtquery'],
  postgis: ['box2d', 'box3d', 'geography', 'geometry', 'geometry_dump'],
  seg: ['seg'],
  vector: ['halfvec', 'sparsevec', 'vector'],
}

/**
 * Extensions of which it is known that what they make stays in the schema that they are put into: those that come with
 * PostgreSQL, and those that Supabase offers. Any other may hold whatever its author likes.
 *
 * @see https://www.postgresql.org/docs/current/contrib.html
 * @see https://supabase.com/docs/guides/database/extensions
 */
export const knownExtensions: ReadonlySet<string> = new Set(
  [
    'address_standardizer address_standardizer_data_us amcheck autoinc bloom bool_plperl bool_plperlu btree_gin',
    'btree_gist citext cube dblink dict_int dict_xsyn earthdistance file_fdw fuzzystrmatch hstore hstore_plperl',
    'hstore_plperlu hstore_plpython3u http hypopg index_advisor insert_username intagg intarray isn jsonb_plperl',
    'jsonb_plperlu jsonb_plpython3u lo ltree ltree_plpython3u moddatetime old_snapshot pageinspect pg_buffercache',
    'pg_cron pg_freespacemap pg_graphql pg_hashids pg_jsonschema pg_logicalinspect pg_net pg_prewarm pg_repack',
    'pg_stat_monitor pg_stat_statements pg_surgery pg_tle pg_trgm pg_visibility pg_walinspect pgaudit pgcrypto',
    'pgjwt pgmq pgroonga pgroonga_database pgrouting pgrowlocks pgsodium pgstattuple pgtap plcoffee pljava plls',
    'plperl plperlu plpgsql plpgsql_check plpython3u pltcl pltclu plv8 postgis postgis_raster postgis_sfcgal',
    'postgis_tiger_geocoder postgis_topology postgres_fdw refint rum seg sslinfo supabase_vault tablefunc tcn',
    'timescaledb tsm_system_rows tsm_system_time unaccent uuid-ossp vector wrappers xml2',
  ].flatMap((line) => line.split(' ')),
)
