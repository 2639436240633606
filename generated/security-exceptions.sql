-- Generated from docs/SECURITY_EXCEPTIONS.md by `secdef generate`. Do not edit.
-- noqa: disable=all
/* sql-formatter-disable */

DO LANGUAGE plpgsql $secdef$
-- Writes every documented SECURITY DEFINER exception into the comment of its routine, between two marker lines.
-- What else stands in a comment stays as it is. A routine that is no longer documented loses the marked lines.
-- It changes nothing but comments, restores the settings that it touches, and may be run any number of times.
--
-- What does not hold in this database is reported by NOTICE, or, after SET secdef.missing = error, by one EXCEPTION.
DECLARE
  secdef_path CONSTANT pg_catalog.text := pg_catalog.current_setting('search_path');
  secdef_quoting CONSTANT pg_catalog.text := pg_catalog.current_setting('quote_all_identifiers');
  secdef_document CONSTANT pg_catalog.text := E'docs/SECURITY_EXCEPTIONS.md';
  secdef_begin CONSTANT pg_catalog.text := E'[secdef:begin]';
  secdef_end CONSTANT pg_catalog.text := E'[secdef:end]';
  secdef_missing pg_catalog.text := pg_catalog.current_setting('secdef.missing', true);
  secdef_problems pg_catalog.text[] := '{}';
  secdef_problem pg_catalog.text;
  secdef_step pg_catalog.record;
BEGIN
  -- From here on a name means the catalogue, whatever the session and its temporary objects say.
  PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  PERFORM set_config('quote_all_identifiers', 'off', true);

  secdef_missing := COALESCE(NULLIF(secdef_missing, ''), E'notice');
  IF secdef_missing NOT IN ('notice', 'error') THEN
    RAISE EXCEPTION 'secdef.missing is "%", expected "notice" or "error"', secdef_missing
      USING ERRCODE = 'invalid_parameter_value';
  END IF;

  FOR secdef_step IN
    WITH registry (schema_name, routine_name, types, why, risks, approved_by, approved_on) AS (
      VALUES
        (NULL::text, NULL::text, NULL::text[], NULL::text, NULL::text, NULL::text, NULL::text)
        , (E'enforcement', E'record_outcome', NULL, E'Records enforcement strategy outcomes. Needs to write across multiple tables atomically.', E'Input validated, typed parameters.', E'Core Team', E'2025-12')
        , (E'intake', E'create_foil_dataset', NULL, E'Creates FOIL dataset record.', E'UUID dataset ID, validated schema.', E'Core Team', E'2025-09')
        , (E'intake', E'finalize_foil_dataset', NULL, E'Marks FOIL dataset as complete.', E'Dataset ownership verified.', E'Core Team', E'2025-09')
        , (E'intake', E'process_raw_row', NULL, E'Processes raw row into canonical form.', E'Validation pipeline.', E'Core Team', E'2025-09')
        , (E'intake', E'quarantine_foil_row', NULL, E'Moves bad row to quarantine.', E'Row ID validation.', E'Core Team', E'2025-09')
        , (E'intake', E'store_foil_raw_row', NULL, E'Stores single raw FOIL row.', E'Schema validation.', E'Core Team', E'2025-09')
        , (E'intake', E'store_foil_raw_rows_bulk', NULL, E'Bulk stores raw FOIL rows.', E'Batch validation, transaction.', E'Core Team', E'2025-09')
        , (E'intake', E'update_foil_dataset_mapping', NULL, E'Updates column mapping.', E'Dataset ownership verified.', E'Core Team', E'2025-09')
        , (E'intake', E'update_foil_dataset_status', NULL, E'Updates dataset status.', E'Status enum validation.', E'Core Team', E'2025-09')
        , (E'intake', E'update_foil_raw_row_status', NULL, E'Updates row processing status.', E'Row ID validation.', E'Core Team', E'2025-09')
        , (E'ops', E'check_batch_integrity', NULL, E'Validates batch data integrity.', E'Read-only checks.', E'Core Team', E'2025-06')
        , (E'ops', E'claim_pending_job', NULL, E'Atomically claims jobs for workers. Must update job status regardless of caller''s role.', E'Parameter validation, no dynamic SQL, idempotent.', E'Core Team', E'2025-01')
        , (E'ops', E'complete_job', NULL, E'Marks job as completed. Must update regardless of caller.', E'Job ownership verified.', E'Core Team', E'2025-01')
        , (E'ops', E'create_ingest_batch', NULL, E'Creates batch record for ingestion.', E'Batch ID is UUID, no collision.', E'Core Team', E'2025-01')
        , (E'ops', E'create_intake_batch', NULL, E'Alternative batch creation.', E'Same as create_ingest_batch.', E'Core Team', E'2025-06')
        , (E'ops', E'enqueue_job', NULL, E'Alternative job insertion API.', E'Same as queue_job.', E'Core Team', E'2025-03')
        , (E'ops', E'fail_job', NULL, E'Marks job as failed. Moves to DLQ if max attempts.', E'Job ownership verified.', E'Core Team', E'2025-01')
        , (E'ops', E'finalize_ingest_batch', NULL, E'Marks batch as complete with stats.', E'Batch ownership verified.', E'Core Team', E'2025-01')
        , (E'ops', E'finalize_intake_batch', NULL, E'Alternative batch finalization.', E'Same as finalize_ingest_batch.', E'Core Team', E'2025-06')
        , (E'ops', E'get_queue_health_summary', NULL, E'Returns queue metrics. Read-only aggregation.', E'No mutation, read-only.', E'Core Team', E'2025-03')
        , (E'ops', E'log_action', NULL, E'Writes audit log entry. Must work regardless of caller''s permissions.', E'Immutable append-only table.', E'Core Team', E'2025-01')
        , (E'ops', E'log_audit', NULL, E'Alternative audit API.', E'Same as log_action.', E'Core Team', E'2025-03')
        , (E'ops', E'log_intake_event', NULL, E'Logs intake pipeline events.', E'Append-only, no deletions.', E'Core Team', E'2025-06')
        , (E'ops', E'queue_job', NULL, E'Inserts jobs into queue. Must work from any authenticated context.', E'Parameter validation, schema-bound.', E'Core Team', E'2025-01')
        , (E'ops', E'queue_job_idempotent', NULL, E'Idempotent job insertion. Prevents duplicate jobs.', E'Idempotency key prevents abuse.', E'Core Team', E'2025-03')
        , (E'ops', E'reap_stuck_jobs', NULL, E'Recovers jobs stuck in processing. Runs on schedule.', E'Only callable by service_role or scheduler.', E'Core Team', E'2025-06')
        , (E'ops', E'register_heartbeat', NULL, E'Records worker heartbeat. Must write to heartbeat table.', E'Worker ID validation.', E'Core Team', E'2025-01')
        , (E'ops', E'update_job_status', NULL, E'Generic job status update.', E'Status enum validation.', E'Core Team', E'2025-01')
        , (E'ops', E'upsert_judgment', NULL, E'Upserts judgment record. Core data mutation.', E'Conflict handling, idempotent.', E'Core Team', E'2025-01')
        , (E'ops', E'upsert_judgment_extended', NULL, E'Extended judgment upsert with more fields.', E'Same as upsert_judgment.', E'Core Team', E'2025-03')
        , (E'ops', E'worker_heartbeat', NULL, E'Alternative heartbeat API.', E'Same as register_heartbeat.', E'Core Team', E'2025-03')
        , (E'public', E'add_enforcement_event', NULL, E'Adds event to enforcement timeline.', E'Event type enum validation.', E'Core Team', E'2025-03')
        , (E'public', E'add_evidence', NULL, E'Adds evidence record to case.', E'Case ownership verified.', E'Core Team', E'2025-03')
        , (E'public', E'advance_import_run', NULL, E'Advances import run state.', E'State machine validation.', E'Core Team', E'2025-06')
        , (E'public', E'approve_daily_budget', NULL, E'Approves daily spend budget.', E'Approval workflow.', E'Core Team', E'2025-06')
        , (E'public', E'block_sensitive_delete', NULL, E'Prevents sensitive deletions.', E'Raises exception on violation.', E'Core Team', E'2025-03')
        , (E'public', E'broadcast_live_event', NULL, E'Broadcasts realtime event.', E'Event validation.', E'Core Team', E'2025-06')
        , (E'public', E'ceo_12_metrics', NULL, E'Returns CEO dashboard metrics.', E'Read-only aggregation.', E'Core Team', E'2025-09')
        , (E'public', E'ceo_command_center_metrics', NULL, E'Returns command center data.', E'Read-only aggregation.', E'Core Team', E'2025-09')
        , (E'public', E'check_import_guardrails', NULL, E'Validates import against limits.', E'Read-only checks.', E'Core Team', E'2025-06')
        , (E'public', E'complete_enrichment', NULL, E'Marks enrichment as complete.', E'Enrichment ownership verified.', E'Core Team', E'2025-03')
        , (E'public', E'complete_plaintiff_task', NULL, E'Marks task as complete.', E'Task ownership verified.', E'Core Team', E'2025-06')
        , (E'public', E'compute_litigation_budget', NULL, E'Calculates litigation budget.', E'Read-only computation.', E'Core Team', E'2025-06')
        , (E'public', E'copilot_case_context', NULL, E'Returns case context for AI copilot.', E'Read-only, access check.', E'Core Team', E'2025-09')
        , (E'public', E'dequeue_job', NULL, E'Dequeues job for processing.', E'Job type validation.', E'Core Team', E'2025-01')
        , (E'public', E'dragonfly_can_read', NULL, E'Checks if current user can read a resource.', E'Read-only role lookup.', E'Core Team', E'2025-01')
        , (E'public', E'dragonfly_has_any_role', NULL, E'Checks if user has any of specified roles.', E'Read-only role lookup.', E'Core Team', E'2025-01')
        , (E'public', E'dragonfly_has_role', NULL, E'Checks if user has specific role.', E'Read-only role lookup.', E'Core Team', E'2025-01')
        , (E'public', E'dragonfly_is_admin', NULL, E'Checks if user is admin.', E'Read-only role lookup.', E'Core Team', E'2025-01')
        , (E'public', E'enforcement_activity_metrics', NULL, E'Returns enforcement metrics.', E'Read-only aggregation.', E'Core Team', E'2025-06')
        , (E'public', E'enforcement_radar_filtered', NULL, E'Returns filtered radar data.', E'Read-only, filter validation.', E'Core Team', E'2025-06')
        , (E'public', E'enrichment_log_run', NULL, E'Logs enrichment run.', E'Append-only audit.', E'Core Team', E'2025-06')
        , (E'public', E'enrichment_update_debtor', NULL, E'Updates debtor record.', E'Field validation.', E'Core Team', E'2025-06')
        , (E'public', E'evaluate_enforcement_path', NULL, E'Calculates optimal enforcement path.', E'Read-only computation.', E'Core Team', E'2025-06')
        , (E'public', E'fetch_new_candidates', NULL, E'Fetches unprocessed candidates.', E'Pagination limits enforced.', E'Core Team', E'2025-06')
        , (E'public', E'generate_enforcement_tasks', NULL, E'Creates tasks for enforcement workflow.', E'Workflow ID validation.', E'Core Team', E'2025-06')
        , (E'public', E'get_access_logs', NULL, E'Returns access logs.', E'Read-only, pagination.', E'Core Team', E'2025-01')
        , (E'public', E'get_enforcement_timeline', NULL, E'Returns enforcement history.', E'Read-only, case access check.', E'Core Team', E'2025-03')
        , (E'public', E'get_intake_stats', NULL, E'Returns intake statistics.', E'Read-only aggregation.', E'Core Team', E'2025-06')
        , (E'public', E'get_litigation_budget', NULL, E'Returns current budget.', E'Read-only.', E'Core Team', E'2025-06')
        , (E'public', E'handle_new_user', NULL, E'Triggered on new user signup. Sets up defaults.', E'Trigger-only, validated.', E'Core Team', E'2025-01')
        , (E'public', E'insert_case', NULL, E'Inserts new case record.', E'Duplicate detection.', E'Core Team', E'2025-01')
        , (E'public', E'insert_case_with_entities', NULL, E'Inserts case with related entities.', E'Transaction, rollback on error.', E'Core Team', E'2025-01')
        , (E'public', E'insert_entity', NULL, E'Inserts entity (person/company).', E'Deduplication logic.', E'Core Team', E'2025-01')
        , (E'public', E'insert_or_get_case', NULL, E'Idempotent case insertion.', E'Conflict handling.', E'Core Team', E'2025-03')
        , (E'public', E'insert_or_get_case_with_entities', NULL, E'Idempotent case+entities.', E'Transaction, idempotent.', E'Core Team', E'2025-03')
        , (E'public', E'insert_or_get_entity', NULL, E'Idempotent entity insertion.', E'Deduplication logic.', E'Core Team', E'2025-03')
        , (E'public', E'intake_radar_metrics', NULL, E'Returns intake radar data.', E'Read-only aggregation.', E'Core Team', E'2025-06')
        , (E'public', E'intake_radar_metrics_v2', NULL, E'Returns intake radar v2.', E'Read-only aggregation.', E'Core Team', E'2025-09')
        , (E'public', E'log_access', NULL, E'Logs access event.', E'Append-only audit.', E'Core Team', E'2025-01')
        , (E'public', E'log_call_outcome', NULL, E'Logs call attempt result.', E'Append-only audit.', E'Core Team', E'2025-06')
        , (E'public', E'log_enforcement_action', NULL, E'Logs enforcement action taken.', E'Append-only audit.', E'Core Team', E'2025-03')
        , (E'public', E'log_enforcement_event', NULL, E'Alternative event logging.', E'Same as log_enforcement_action.', E'Core Team', E'2025-06')
        , (E'public', E'log_event', NULL, E'Generic event logging.', E'Append-only audit.', E'Core Team', E'2025-01')
        , (E'public', E'log_export', NULL, E'Logs data export.', E'Append-only audit.', E'Core Team', E'2025-03')
        , (E'public', E'log_external_data_call', NULL, E'Logs external API call.', E'Append-only audit.', E'Core Team', E'2025-06')
        , (E'public', E'log_insert_case', NULL, E'Logs case insertion.', E'Append-only audit.', E'Core Team', E'2025-01')
        , (E'public', E'log_insert_entity', NULL, E'Logs entity insertion.', E'Append-only audit.', E'Core Team', E'2025-01')
        , (E'public', E'log_sensitive_update', NULL, E'Logs sensitive field update.', E'Append-only audit.', E'Core Team', E'2025-03')
        , (E'public', E'ops_triage_alerts', NULL, E'Returns ops triage alerts.', E'Read-only.', E'Core Team', E'2025-06')
        , (E'public', E'ops_triage_alerts_ack', NULL, E'Acknowledges triage alert.', E'Alert ownership verified.', E'Core Team', E'2025-06')
        , (E'public', E'ops_triage_alerts_fetch', NULL, E'Fetches new triage alerts.', E'Pagination limits.', E'Core Team', E'2025-06')
        , (E'public', E'ops_update_judgment', NULL, E'Ops dashboard judgment update.', E'Field validation.', E'Core Team', E'2025-06')
        , (E'public', E'ops_update_plaintiff_status', NULL, E'Ops dashboard status update.', E'Same as set_plaintiff_status.', E'Core Team', E'2025-06')
        , (E'public', E'ops_update_task', NULL, E'Ops dashboard task update.', E'Task validation.', E'Core Team', E'2025-06')
        , (E'public', E'outreach_log_call', NULL, E'Alternative call logging.', E'Same as log_call_outcome.', E'Core Team', E'2025-06')
        , (E'public', E'outreach_update_status', NULL, E'Updates outreach status.', E'Status enum validation.', E'Core Team', E'2025-06')
        , (E'public', E'pgmq_delete', NULL, E'Deletes PGMQ message.', E'Message ID validation.', E'Core Team', E'2025-06')
        , (E'public', E'pgmq_get_queue_metrics', NULL, E'Returns PGMQ metrics.', E'Read-only.', E'Core Team', E'2025-06')
        , (E'public', E'pgmq_metrics', NULL, E'Alternative PGMQ metrics.', E'Read-only.', E'Core Team', E'2025-06')
        , (E'public', E'pgrst_reload', NULL, E'Reloads PostgREST schema cache.', E'Service-role only.', E'Core Team', E'2025-01')
        , (E'public', E'portfolio_judgments_paginated', NULL, E'Returns paginated judgment list.', E'Pagination limits enforced.', E'Core Team', E'2025-06')
        , (E'public', E'request_case_copilot', NULL, E'Queues copilot request.', E'Rate limiting.', E'Core Team', E'2025-09')
        , (E'public', E'score_case_collectability', NULL, E'Calculates collectability score.', E'Read-only computation.', E'Core Team', E'2025-06')
        , (E'public', E'set_case_enrichment', NULL, E'Sets case enrichment data.', E'Field validation.', E'Core Team', E'2025-03')
        , (E'public', E'set_case_scores', NULL, E'Updates case scoring fields.', E'Score range validation.', E'Core Team', E'2025-06')
        , (E'public', E'set_enforcement_stage', NULL, E'Updates enforcement stage.', E'Stage enum validation.', E'Core Team', E'2025-03')
        , (E'public', E'set_judgment_priority', NULL, E'Sets judgment priority score.', E'Score range validation.', E'Core Team', E'2025-03')
        , (E'public', E'set_plaintiff_status', NULL, E'Updates plaintiff status.', E'Status enum validation.', E'Core Team', E'2025-06')
        , (E'public', E'spawn_enforcement_flow', NULL, E'Initiates enforcement workflow.', E'Workflow validation.', E'Core Team', E'2025-06')
        , (E'public', E'store_intake_validation', NULL, E'Stores validation results.', E'Append-only.', E'Core Team', E'2025-06')
        , (E'public', E'submit_intake_review', NULL, E'Submits intake for review.', E'State machine validation.', E'Core Team', E'2025-06')
        , (E'public', E'submit_website_lead', NULL, E'Submits lead from website.', E'Rate limiting, validation.', E'Core Team', E'2025-09')
        , (E'public', E'trg_core_judgments_enqueue_enrich', NULL, E'Trigger: enqueues enrichment.', E'Trigger-only context.', E'Core Team', E'2025-03')
        , (E'public', E'trg_log_judgment_status_change', NULL, E'Trigger: logs status change.', E'Trigger-only context.', E'Core Team', E'2025-03')
        , (E'public', E'update_enforcement_action_status', NULL, E'Updates action status.', E'Action ownership verified.', E'Core Team', E'2025-06')
        , (E'public', E'update_judgment_status', NULL, E'Updates judgment status.', E'Status enum validation.', E'Core Team', E'2025-01')
        , (E'public', E'update_plaintiff_status', NULL, E'Alternative status update.', E'Same as set_plaintiff_status.', E'Core Team', E'2025-06')
        , (E'public', E'upsert_debtor_intelligence', NULL, E'Upserts debtor intel record.', E'Idempotent, validated.', E'Core Team', E'2025-06')
        , (E'public', E'upsert_enrichment_bundle', NULL, E'Upserts enrichment bundle.', E'Idempotent, validated.', E'Core Team', E'2025-06')
        , (E'public', E'upsert_plaintiff_task', NULL, E'Creates/updates plaintiff task.', E'Task validation.', E'Core Team', E'2025-06')
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
    -- where two entries are about one routine, the one that states its types, then the first by name, is written
    documented_routine AS (
      SELECT finding.routine, documented.label,
        secdef_begin
          || E'\nThis routine is a documented SECURITY DEFINER exception.'
          || E'\nWhy: ' || documented.why
          || E'\nRisks mitigated: ' || documented.risks
          || E'\nApproved by: ' || documented.approved_by || ', ' || documented.approved_on
          || E'\nDocument: ' || secdef_document
          || E'\n' || secdef_end AS block,
        row_number() OVER chosen AS place,
        first_value(documented.label) OVER chosen AS chosen_label
      FROM finding
      JOIN documented USING (entry)
      WHERE finding.routine IS NOT NULL
      WINDOW chosen AS (
        PARTITION BY finding.routine ORDER BY documented.types IS NULL, documented.label COLLATE "C", entry
      )
    ),
    commented AS (
      SELECT objoid AS routine, description AS old
      FROM pg_catalog.pg_description
      WHERE classoid = 'pg_catalog.pg_proc'::regclass AND objsubid = 0
    ),
    -- before and after are what surrounds our block, rest is the comment as it would be without the block
    parted AS (
      SELECT routine, block, COALESCE(old, '') AS old, begins, ends,
        left(old, strpos(old, secdef_begin) - 1) AS before,
        substr(old, strpos(old, secdef_end) + length(secdef_end)) AS after
      FROM (SELECT routine, block FROM documented_routine WHERE place = 1) AS wanted
      FULL JOIN commented USING (routine)
      CROSS JOIN LATERAL (
        SELECT COALESCE(length(old) - length(replace(old, secdef_begin, '')), 0) / length(secdef_begin) AS begins,
          COALESCE(length(old) - length(replace(old, secdef_end, '')), 0) / length(secdef_end) AS ends
      ) AS counted
      WHERE block IS NOT NULL OR begins > 0 OR ends > 0
    ),
    judged AS (
      SELECT parted.*,
        begins = 0 AND ends = 0 AS fresh,
        begins = 1 AND ends = 1 AND strpos(old, secdef_begin) < strpos(old, secdef_end) AS whole,
        CASE
          WHEN before = '' AND starts_with(after, E'\n\n') THEN substr(after, 3)
          WHEN right(before, 2) = E'\n\n' THEN left(before, -2) || after
          ELSE before || after
        END AS rest
      FROM parted
    ),
    -- pg_graphql reads up to the last closing parenthesis, so that no text of ours may follow its directive,
    -- and PostgREST takes the first line for a summary, so that ours comes last where it can
    step AS (
      SELECT routine, old,
        CASE
          WHEN block IS NULL THEN rest
          WHEN whole AND strpos(before, '@graphql(') > 0 THEN block || E'\n\n' || rest
          WHEN whole THEN before || block || after
          WHEN old = '' THEN block
          WHEN strpos(old, '@graphql(') > 0 THEN block || E'\n\n' || old
          ELSE old || E'\n\n' || block
        END AS new,
        CASE WHEN NOT fresh AND NOT whole THEN
          format('has a comment whose %s and %s lines do not pair, which is left as it is', secdef_begin, secdef_end)
        END AS problem
      FROM judged
    ),
    report (label, problem, statement) AS (
      SELECT step.routine::regprocedure::text, step.routine::regprocedure::text || ' ' || step.problem,
        format('COMMENT ON ROUTINE %I.%I(%s) IS %L', home.nspname, proc.proname, arguments.list, NULLIF(new, ''))
      FROM step
      JOIN pg_catalog.pg_proc AS proc ON proc.oid = step.routine
      JOIN pg_catalog.pg_namespace AS home ON home.oid = proc.pronamespace
      CROSS JOIN LATERAL (
        -- with IN, since a bare list could be taken for one of outputs too
        SELECT string_agg(format('IN %I.%I', type_home.nspname, type.typname), ', ' ORDER BY place) AS list
        FROM unnest(proc.proargtypes::oid[]) WITH ORDINALITY AS argument (type_oid, place)
        JOIN pg_catalog.pg_type AS type ON type.oid = argument.type_oid
        JOIN pg_catalog.pg_namespace AS type_home ON type_home.oid = type.typnamespace
      ) AS arguments
      WHERE step.problem IS NOT NULL OR step.new <> step.old
      UNION ALL
      SELECT label, problem, NULL
      FROM finding JOIN documented USING (entry)
      WHERE problem IS NOT NULL
      UNION ALL
      SELECT label, format('%s is documented twice, and annotated as %s', label, chosen_label), NULL
      FROM documented_routine
      WHERE place > 1
    )
    SELECT label, problem, statement FROM report ORDER BY label COLLATE "C", problem COLLATE "C"
  LOOP
    IF secdef_step.problem IS NOT NULL THEN
      secdef_problems := secdef_problems || secdef_step.problem;
      CONTINUE;
    END IF;
    BEGIN
      -- Event triggers see the settings of the session. A failure takes the block back, these settings with it.
      PERFORM set_config('quote_all_identifiers', secdef_quoting, true);
      PERFORM set_config('search_path', secdef_path, true);
      EXECUTE secdef_step.statement;
      PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
      PERFORM pg_catalog.set_config('quote_all_identifiers', 'off', true);
    EXCEPTION WHEN insufficient_privilege THEN
      secdef_problems := secdef_problems || format('%s cannot be annotated: %s', secdef_step.label, SQLERRM);
    END;
  END LOOP;

  IF secdef_missing = 'error' AND cardinality(secdef_problems) > 0 THEN
    RAISE EXCEPTION USING
      MESSAGE = format(E'secdef: %s and this database do not agree:\n- %s',
        secdef_document, array_to_string(secdef_problems, E'\n- ')),
      HINT = 'Correct the document or the database, or SET secdef.missing = ''notice''.';
  END IF;
  FOREACH secdef_problem IN ARRAY secdef_problems LOOP
    RAISE NOTICE 'secdef: %', secdef_problem;
  END LOOP;

  PERFORM set_config('quote_all_identifiers', secdef_quoting, true);
  PERFORM set_config('search_path', secdef_path, true);
END
$secdef$;
