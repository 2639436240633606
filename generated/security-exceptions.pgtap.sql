-- Generated from docs/SECURITY_EXCEPTIONS.md by `secdef generate`. Do not edit.
-- noqa: disable=all
/* sql-formatter-disable */

-- Every SECURITY DEFINER routine is documented, and every documented one exists, is SECURITY DEFINER and is the only
-- one meant. What was left out of the look is said in the output. pgTAP must be installed, in whatever schema.
BEGIN;

SELECT plan(5);

DO LANGUAGE plpgsql $secdef$
DECLARE
  secdef_path CONSTANT pg_catalog.text := pg_catalog.current_setting('search_path');
  secdef_quoting CONSTANT pg_catalog.text := pg_catalog.current_setting('quote_all_identifiers');
  secdef_include CONSTANT pg_catalog.text[] := ARRAY[]::pg_catalog.text[];
  secdef_exclude CONSTANT pg_catalog.text[] := ARRAY[]::pg_catalog.text[];
  secdef_platform CONSTANT pg_catalog.text[] := ARRAY[E'_analytics', E'_realtime', E'_supavisor', E'auth', E'cron', E'dbdev', E'etl', E'extensions', E'graphql', E'graphql_public', E'information_schema', E'net', E'pgbouncer', E'pgmq', E'pgroonga', E'pgsodium', E'pgsodium_masks', E'pgtle', E'realtime', E'repack', E'storage', E'supabase_functions', E'supabase_migrations', E'tiger', E'tiger_data', E'topology', E'vault']::pg_catalog.text[];
  secdef_platform_prefixes CONSTANT pg_catalog.text[] := ARRAY[E'_timescaledb_', E'pg_', E'timescaledb_']::pg_catalog.text[];
BEGIN
  -- From here on a name means the catalogue, whatever the session and its temporary objects say.
  PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  PERFORM set_config('quote_all_identifiers', 'off', true);

  -- the findings of each test by its number, and below 0 what the tests looked at
  CREATE TEMPORARY TABLE secdef_finding (test integer NOT NULL, line text NOT NULL) ON COMMIT DROP;

  INSERT INTO pg_temp.secdef_finding (test, line)
    WITH registry (schema_name, routine_name, types) AS (
      VALUES
        (NULL::text, NULL::text, NULL::text[])
        , (E'enforcement', E'record_outcome', NULL)
        , (E'intake', E'create_foil_dataset', NULL)
        , (E'intake', E'finalize_foil_dataset', NULL)
        , (E'intake', E'process_raw_row', NULL)
        , (E'intake', E'quarantine_foil_row', NULL)
        , (E'intake', E'store_foil_raw_row', NULL)
        , (E'intake', E'store_foil_raw_rows_bulk', NULL)
        , (E'intake', E'update_foil_dataset_mapping', NULL)
        , (E'intake', E'update_foil_dataset_status', NULL)
        , (E'intake', E'update_foil_raw_row_status', NULL)
        , (E'ops', E'check_batch_integrity', NULL)
        , (E'ops', E'claim_pending_job', NULL)
        , (E'ops', E'complete_job', NULL)
        , (E'ops', E'create_ingest_batch', NULL)
        , (E'ops', E'create_intake_batch', NULL)
        , (E'ops', E'enqueue_job', NULL)
        , (E'ops', E'fail_job', NULL)
        , (E'ops', E'finalize_ingest_batch', NULL)
        , (E'ops', E'finalize_intake_batch', NULL)
        , (E'ops', E'get_queue_health_summary', NULL)
        , (E'ops', E'log_action', NULL)
        , (E'ops', E'log_audit', NULL)
        , (E'ops', E'log_intake_event', NULL)
        , (E'ops', E'queue_job', NULL)
        , (E'ops', E'queue_job_idempotent', NULL)
        , (E'ops', E'reap_stuck_jobs', NULL)
        , (E'ops', E'register_heartbeat', NULL)
        , (E'ops', E'update_job_status', NULL)
        , (E'ops', E'upsert_judgment', NULL)
        , (E'ops', E'upsert_judgment_extended', NULL)
        , (E'ops', E'worker_heartbeat', NULL)
        , (E'public', E'add_enforcement_event', NULL)
        , (E'public', E'add_evidence', NULL)
        , (E'public', E'advance_import_run', NULL)
        , (E'public', E'approve_daily_budget', NULL)
        , (E'public', E'block_sensitive_delete', NULL)
        , (E'public', E'broadcast_live_event', NULL)
        , (E'public', E'ceo_12_metrics', NULL)
        , (E'public', E'ceo_command_center_metrics', NULL)
        , (E'public', E'check_import_guardrails', NULL)
        , (E'public', E'complete_enrichment', NULL)
        , (E'public', E'complete_plaintiff_task', NULL)
        , (E'public', E'compute_litigation_budget', NULL)
        , (E'public', E'copilot_case_context', NULL)
        , (E'public', E'dequeue_job', NULL)
        , (E'public', E'dragonfly_can_read', NULL)
        , (E'public', E'dragonfly_has_any_role', NULL)
        , (E'public', E'dragonfly_has_role', NULL)
        , (E'public', E'dragonfly_is_admin', NULL)
        , (E'public', E'enforcement_activity_metrics', NULL)
        , (E'public', E'enforcement_radar_filtered', NULL)
        , (E'public', E'enrichment_log_run', NULL)
        , (E'public', E'enrichment_update_debtor', NULL)
        , (E'public', E'evaluate_enforcement_path', NULL)
        , (E'public', E'fetch_new_candidates', NULL)
        , (E'public', E'generate_enforcement_tasks', NULL)
        , (E'public', E'get_access_logs', NULL)
        , (E'public', E'get_enforcement_timeline', NULL)
        , (E'public', E'get_intake_stats', NULL)
        , (E'public', E'get_litigation_budget', NULL)
        , (E'public', E'handle_new_user', NULL)
        , (E'public', E'insert_case', NULL)
        , (E'public', E'insert_case_with_entities', NULL)
        , (E'public', E'insert_entity', NULL)
        , (E'public', E'insert_or_get_case', NULL)
        , (E'public', E'insert_or_get_case_with_entities', NULL)
        , (E'public', E'insert_or_get_entity', NULL)
        , (E'public', E'intake_radar_metrics', NULL)
        , (E'public', E'intake_radar_metrics_v2', NULL)
        , (E'public', E'log_access', NULL)
        , (E'public', E'log_call_outcome', NULL)
        , (E'public', E'log_enforcement_action', NULL)
        , (E'public', E'log_enforcement_event', NULL)
        , (E'public', E'log_event', NULL)
        , (E'public', E'log_export', NULL)
        , (E'public', E'log_external_data_call', NULL)
        , (E'public', E'log_insert_case', NULL)
        , (E'public', E'log_insert_entity', NULL)
        , (E'public', E'log_sensitive_update', NULL)
        , (E'public', E'ops_triage_alerts', NULL)
        , (E'public', E'ops_triage_alerts_ack', NULL)
        , (E'public', E'ops_triage_alerts_fetch', NULL)
        , (E'public', E'ops_update_judgment', NULL)
        , (E'public', E'ops_update_plaintiff_status', NULL)
        , (E'public', E'ops_update_task', NULL)
        , (E'public', E'outreach_log_call', NULL)
        , (E'public', E'outreach_update_status', NULL)
        , (E'public', E'pgmq_delete', NULL)
        , (E'public', E'pgmq_get_queue_metrics', NULL)
        , (E'public', E'pgmq_metrics', NULL)
        , (E'public', E'pgrst_reload', NULL)
        , (E'public', E'portfolio_judgments_paginated', NULL)
        , (E'public', E'request_case_copilot', NULL)
        , (E'public', E'score_case_collectability', NULL)
        , (E'public', E'set_case_enrichment', NULL)
        , (E'public', E'set_case_scores', NULL)
        , (E'public', E'set_enforcement_stage', NULL)
        , (E'public', E'set_judgment_priority', NULL)
        , (E'public', E'set_plaintiff_status', NULL)
        , (E'public', E'spawn_enforcement_flow', NULL)
        , (E'public', E'store_intake_validation', NULL)
        , (E'public', E'submit_intake_review', NULL)
        , (E'public', E'submit_website_lead', NULL)
        , (E'public', E'trg_core_judgments_enqueue_enrich', NULL)
        , (E'public', E'trg_log_judgment_status_change', NULL)
        , (E'public', E'update_enforcement_action_status', NULL)
        , (E'public', E'update_judgment_status', NULL)
        , (E'public', E'update_plaintiff_status', NULL)
        , (E'public', E'upsert_debtor_intelligence', NULL)
        , (E'public', E'upsert_enrichment_bundle', NULL)
        , (E'public', E'upsert_plaintiff_task', NULL)
    ),
    documented AS (
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
    ),
    -- a documented schema is always looked at
    schema AS (
      SELECT oid, nspname::text AS name,
        CASE
          WHEN nspname IN (SELECT schema_name FROM documented) THEN NULL
          WHEN cardinality(secdef_include) > 0 THEN
            CASE WHEN nspname <> ALL (secdef_include) THEN 'not one to include' END
          WHEN nspname = ANY (secdef_exclude) THEN 'one to exclude'
          WHEN nspname = ANY (secdef_platform) THEN 'of the platform'
          WHEN EXISTS (SELECT FROM unnest(secdef_platform_prefixes) AS prefix WHERE starts_with(nspname::text, prefix))
            THEN 'of the platform'
        END AS left_out
      FROM pg_catalog.pg_namespace
    ),
    routine AS (
      SELECT proc.oid, proc.prosecdef AS definer, schema.name AS schema_name, schema.left_out, extension.extname AS extension
      FROM pg_catalog.pg_proc AS proc
      JOIN schema ON schema.oid = proc.pronamespace
      LEFT JOIN pg_catalog.pg_depend AS membership
        ON membership.classid = 'pg_catalog.pg_proc'::regclass
        AND membership.objid = proc.oid
        AND membership.refclassid = 'pg_catalog.pg_extension'::regclass
        AND membership.deptype = 'e'
      LEFT JOIN pg_catalog.pg_extension AS extension ON extension.oid = membership.refobjid
    ),
    audited AS (
      SELECT * FROM routine WHERE left_out IS NULL AND extension IS NULL
    ),
    said (test, line) AS (
      SELECT 1, oid::regprocedure::text
      FROM audited
      WHERE definer AND oid NOT IN (SELECT finding.routine FROM finding WHERE finding.routine IS NOT NULL)
      UNION ALL
      SELECT CASE state WHEN 'absent' THEN 2 WHEN 'plain' THEN 3 ELSE 4 END, problem
      FROM finding
      WHERE problem IS NOT NULL
      UNION ALL
      SELECT 5, 'no routine was found in the audited schemas'
      WHERE NOT EXISTS (SELECT FROM audited)
      UNION ALL
      SELECT 5, format('schema %I is one to include and does not exist', name)
      FROM unnest(secdef_include) AS included (name)
      WHERE NOT EXISTS (SELECT FROM schema WHERE schema.name = included.name)
      UNION ALL
      SELECT -2, format('looked at: schema %I, routines: %s, SECURITY DEFINER: %s',
        schema_name, count(*), count(*) FILTER (WHERE definer))
      FROM audited
      GROUP BY schema_name
      UNION ALL
      SELECT -1, format('left out: schema %I, which is %s, SECURITY DEFINER: %s', schema_name, left_out, count(*))
      FROM routine
      WHERE definer AND left_out IS NOT NULL
      GROUP BY schema_name, left_out
      UNION ALL
      SELECT -1, format('left out: extension %I in schema %I, SECURITY DEFINER: %s', extension, schema_name, count(*))
      FROM routine
      WHERE definer AND left_out IS NULL AND extension IS NOT NULL
      GROUP BY schema_name, extension
    )
    -- one line each, whatever a name is made of
    SELECT test, replace(replace(line, E'\n', E'\\n'), E'\r', E'\\r') FROM said;

  PERFORM set_config('quote_all_identifiers', secdef_quoting, true);
  PERFORM set_config('search_path', secdef_path, true);
END
$secdef$;

SELECT diag(line) FROM pg_temp.secdef_finding WHERE test OPERATOR(pg_catalog.<) 0 ORDER BY test, line COLLATE pg_catalog."C";

SELECT ok(NOT EXISTS (SELECT FROM pg_temp.secdef_finding WHERE test OPERATOR(pg_catalog.=) 1), E'every SECURITY DEFINER routine is documented in docs/SECURITY_EXCEPTIONS.md');
SELECT diag(line) FROM pg_temp.secdef_finding WHERE test OPERATOR(pg_catalog.=) 1 ORDER BY line COLLATE pg_catalog."C";

SELECT ok(NOT EXISTS (SELECT FROM pg_temp.secdef_finding WHERE test OPERATOR(pg_catalog.=) 2), E'every documented routine exists');
SELECT diag(line) FROM pg_temp.secdef_finding WHERE test OPERATOR(pg_catalog.=) 2 ORDER BY line COLLATE pg_catalog."C";

SELECT ok(NOT EXISTS (SELECT FROM pg_temp.secdef_finding WHERE test OPERATOR(pg_catalog.=) 3), E'every documented routine is SECURITY DEFINER');
SELECT diag(line) FROM pg_temp.secdef_finding WHERE test OPERATOR(pg_catalog.=) 3 ORDER BY line COLLATE pg_catalog."C";

SELECT ok(NOT EXISTS (SELECT FROM pg_temp.secdef_finding WHERE test OPERATOR(pg_catalog.=) 4), E'every documented name means exactly one SECURITY DEFINER routine');
SELECT diag(line) FROM pg_temp.secdef_finding WHERE test OPERATOR(pg_catalog.=) 4 ORDER BY line COLLATE pg_catalog."C";

SELECT ok(NOT EXISTS (SELECT FROM pg_temp.secdef_finding WHERE test OPERATOR(pg_catalog.=) 5), E'the schemas to look at exist and hold routines');
SELECT diag(line) FROM pg_temp.secdef_finding WHERE test OPERATOR(pg_catalog.=) 5 ORDER BY line COLLATE pg_catalog."C";

SELECT * FROM finish();
ROLLBACK;
