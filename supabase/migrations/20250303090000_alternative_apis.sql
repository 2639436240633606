-- Second names for functions of January. Each calls the first: what that one checks, this one checks.
SET ROLE dragonfly_owner;

CREATE FUNCTION ops.queue_job_idempotent(
  p_idempotency_key text, p_job_type ops.job_type, p_payload jsonb DEFAULT '{}', p_priority integer DEFAULT 0,
  p_run_after timestamptz DEFAULT NULL, p_max_attempts integer DEFAULT 5
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(
    length(p_idempotency_key) BETWEEN 8 AND 200, 'an idempotency key has 8 to 200 characters'
  );
  RETURN ops.store_job(p_job_type, p_payload, p_priority, p_run_after, p_max_attempts, p_idempotency_key);
END
$$;

CREATE FUNCTION ops.enqueue_job(p_job_type ops.job_type, p_payload jsonb DEFAULT '{}', p_delay interval DEFAULT '0')
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(p_delay >= interval '0', 'the delay must not be negative');
  RETURN ops.queue_job(p_job_type, p_payload, p_run_after => now() + p_delay);
END
$$;

CREATE FUNCTION ops.worker_heartbeat(p_worker_id text, p_details jsonb DEFAULT '{}')
RETURNS timestamptz
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT ops.register_heartbeat(p_worker_id, p_details)
$$;

CREATE FUNCTION ops.log_audit(p_action text, p_target text DEFAULT '', p_details jsonb DEFAULT '{}')
RETURNS bigint
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT ops.log_action(p_action, p_target, p_details)
$$;

-- A field that is NULL here is one that the caller does not know: it keeps what is stored.
CREATE FUNCTION ops.upsert_judgment_extended(
  p_court text, p_docket_number text, p_plaintiff_name text, p_defendant_name text, p_amount numeric,
  p_judgment_date date, p_batch_id uuid DEFAULT NULL, p_county text DEFAULT NULL,
  p_interest_rate numeric DEFAULT NULL, p_notes text DEFAULT NULL, p_case_id uuid DEFAULT NULL
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid := ops.upsert_judgment(
    p_court, p_docket_number, p_plaintiff_name, p_defendant_name, p_amount, p_judgment_date, p_batch_id
  );
BEGIN
  PERFORM ops.require_valid(coalesce(p_interest_rate, 0) BETWEEN 0 AND 25, 'an interest rate is 0 to 25 per cent');
  PERFORM ops.require_valid(coalesce(length(p_notes), 0) <= 4000, 'notes have at most 4000 characters');
  UPDATE public.core_judgments AS j
  SET county = coalesce(p_county, j.county), interest_rate = coalesce(p_interest_rate, j.interest_rate),
    notes = coalesce(p_notes, j.notes), case_id = coalesce(p_case_id, j.case_id), updated_at = now()
  WHERE j.id = v_id
    AND (j.county, j.interest_rate, j.notes, j.case_id) IS DISTINCT FROM (
      coalesce(p_county, j.county), coalesce(p_interest_rate, j.interest_rate), coalesce(p_notes, j.notes),
      coalesce(p_case_id, j.case_id)
    );
  RETURN v_id;
END
$$;

CREATE FUNCTION ops.get_queue_health_summary()
RETURNS TABLE (job_type ops.job_type, status ops.job_status, jobs bigint, oldest timestamptz, most_attempts smallint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  RETURN QUERY
    SELECT q.job_type, q.status, count(*), min(q.created_at), max(q.attempts)
    FROM ops.job_queue AS q
    GROUP BY q.job_type, q.status
    ORDER BY q.job_type, q.status;
END
$$;

REVOKE ALL ON FUNCTION
  ops.queue_job_idempotent, ops.enqueue_job, ops.worker_heartbeat, ops.log_audit, ops.upsert_judgment_extended,
  ops.get_queue_health_summary
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION ops.queue_job_idempotent, ops.enqueue_job, ops.log_audit
TO service_role, dragonfly_app, dragonfly_ops, dragonfly_worker, dragonfly_scheduler;
GRANT EXECUTE ON FUNCTION ops.worker_heartbeat, ops.upsert_judgment_extended TO service_role, dragonfly_worker;
GRANT EXECUTE ON FUNCTION ops.get_queue_health_summary TO service_role, dragonfly_ops, dragonfly_scheduler;

RESET ROLE;
