/** What the SQL outputs share: entries as VALUES rows, and how a row finds its routine in pg_proc. */
import type {Entry} from '../model/entry.ts'
import {type SqlLiteral, sqlText, sqlTextArray} from './sql-literal.ts'

/** The entries that name routines, in the order given. */
export function routineEntries(entries: readonly Entry[]): Entry[] {
  return entries.filter((entry) => entry.kind === 'security-definer')
}

/** The first columns of an entry's row: `schema_name, routine_name, types`. */
export function routineColumns(entry: Entry): SqlLiteral {
  const columns = [sqlText(entry.schema), sqlText(entry.name), sqlTextArray(entry.signature)]
  return columns.join(', ') as SqlLiteral
}

/**
 * Common table expressions that hold a registry against pg_proc.
 *
 * They read `registry (schema_name, routine_name, types, …)`, one row an entry, `types` NULL where the entry states
 * no signature, and rows of NULLs, which do not count. They yield
 *
 * - `documented`: the same columns, `entry` (a number) and `label` (the name to show);
 * - `finding`: per `entry` a `state` of `covered`, `absent`, `ambiguous` or `plain` (not SECURITY DEFINER);
 *   `routine`, the oid where covered, else NULL; `problem`, a sentence where not covered, else NULL.
 *
 * `format_type` and `regprocedure` print what settings say: `search_path` must be `pg_catalog, pg_temp` and
 * `quote_all_identifiers` off. Comments hold no `;` and no quotation mark, which tools that cut a file without
 * parsing it would take for code.
 */
export const matching = `documented AS (
      SELECT row_number() OVER () AS entry, registry.*,
        quote_ident(schema_name) || '.' || quote_ident(routine_name)
          || COALESCE('(' || array_to_string(types, ', ') || ')', '') AS label
      FROM registry
      WHERE schema_name IS NOT NULL
    ),
    namesake AS (
      SELECT documented.entry, proc.oid AS routine, proc.prosecdef AS definer, fit.fits,
        proc.oid::regprocedure::text COLLATE "C" AS signature,
        -- of several that fit, those whose types are stated just as PostgreSQL prints them come first
        rank() OVER (PARTITION BY documented.entry, fit.fits ORDER BY fit.exact DESC) AS place
      FROM documented
      JOIN pg_catalog.pg_namespace AS home ON home.nspname = documented.schema_name
      JOIN pg_catalog.pg_proc AS proc ON proc.pronamespace = home.oid AND proc.proname = documented.routine_name
      CROSS JOIN LATERAL (
        SELECT documented.types IS NULL OR COALESCE(bool_and(COALESCE(argument.stated IN (
            spelling.full_name, spelling.own_name, spelling.bare_full_name, spelling.bare_own_name
          ), false)), true) AS fits,
          count(*) FILTER (WHERE argument.stated = spelling.full_name) AS exact
        FROM unnest(documented.types, proc.proargtypes::oid[]) AS argument (stated, actual)
        LEFT JOIN pg_catalog.pg_type AS type ON type.oid = argument.actual
        LEFT JOIN pg_catalog.pg_namespace AS home ON home.oid = type.typnamespace
        CROSS JOIN LATERAL (
          SELECT format_type(type.oid, NULL) AS printed, quote_ident(home.nspname) || '.' AS prefix,
            type.typname || home.nspname !~ '[^a-z0-9_]' AS plain
        ) AS name
        CROSS JOIN LATERAL (
          SELECT printed AS full_name,
            CASE WHEN starts_with(printed, prefix) THEN substr(printed, length(prefix) + 1) END AS own_name
        ) AS quoted
        -- a keyword is printed in quotes and written without
        CROSS JOIN LATERAL (
          SELECT quoted.*,
            CASE WHEN plain THEN replace(full_name, '"', '') END AS bare_full_name,
            CASE WHEN plain THEN replace(own_name, '"', '') END AS bare_own_name
        ) AS spelling
      ) AS fit
    ),
    finding AS (
      SELECT entry, state,
        CASE WHEN state = 'covered' THEN found.routine END AS routine,
        documented.label || CASE state
          WHEN 'absent' THEN ' is documented but does not exist'
            || COALESCE('. Of that name there is ' || found.others, '')
          WHEN 'plain' THEN ' is documented but is not SECURITY DEFINER, so that the exception is not used'
          WHEN 'ambiguous' THEN ' is documented but ' || CASE
            WHEN documented.types IS NULL THEN found.definers || ' SECURITY DEFINER routines have that name: '
              || found.definer_signatures || '. State the argument types of each'
            ELSE found.fitting || ' routines have such argument types: ' || found.signatures
              || '. State the schemas of the types'
          END
        END AS problem
      FROM documented
      LEFT JOIN (
        SELECT entry,
          count(*) FILTER (WHERE fits AND place = 1) AS fitting,
          count(*) FILTER (WHERE fits AND place = 1 AND definer) AS definers,
          min(routine) FILTER (WHERE fits AND place = 1 AND definer) AS routine,
          string_agg(signature, ', ' ORDER BY signature) FILTER (WHERE fits AND place = 1) AS signatures,
          string_agg(signature, ', ' ORDER BY signature) FILTER (WHERE definer) AS definer_signatures,
          string_agg(signature, ', ' ORDER BY signature) FILTER (WHERE NOT fits) AS others
        FROM namesake
        GROUP BY entry
      ) AS found USING (entry)
      CROSS JOIN LATERAL (
        SELECT CASE
          WHEN COALESCE(found.fitting, 0) = 0 THEN 'absent'
          WHEN documented.types IS NOT NULL AND found.fitting > 1 THEN 'ambiguous'
          WHEN found.definers > 1 THEN 'ambiguous'
          WHEN found.definers = 0 THEN 'plain'
          ELSE 'covered'
        END AS state
      ) AS judged
    )`
