SET ROLE dragonfly_owner;

CREATE TYPE ops.intake_event_type AS ENUM (
  'batch_created', 'batch_finalized', 'row_rejected', 'row_stored', 'source_unreachable', 'retry_scheduled'
);
CREATE TABLE ops.intake_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  worker_id text NOT NULL,
  batch_id uuid REFERENCES ops.ingest_batches,
  event_type ops.intake_event_type NOT NULL,
  details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object')
);
ALTER TABLE ops.intake_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE ops.intake_events FORCE ROW LEVEL SECURITY;
CREATE POLICY definers_read ON ops.intake_events FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON ops.intake_events FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY read_as_ops ON ops.intake_events FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
GRANT SELECT ON ops.intake_events TO dragonfly_ops;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ops.intake_events
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
ALTER TABLE ops.intake_events ENABLE ALWAYS TRIGGER append_only;

CREATE FUNCTION ops.log_intake_event(
  p_worker_id text, p_event_type ops.intake_event_type, p_batch_id uuid DEFAULT NULL, p_details jsonb DEFAULT '{}'
)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM ops.require_worker(p_worker_id);
  PERFORM ops.require_valid(p_event_type IS NOT NULL, 'the type of event is missing');
  PERFORM ops.require_valid(jsonb_typeof(p_details) = 'object', 'the details must be a JSON object');
  INSERT INTO ops.intake_events (worker_id, event_type, batch_id, details)
  VALUES (p_worker_id, p_event_type, p_batch_id, p_details) RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION ops.create_intake_batch(p_worker_id text, p_source text, p_expected_rows integer DEFAULT NULL)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid := ops.create_ingest_batch(p_worker_id, p_source, p_expected_rows);
BEGIN
  PERFORM ops.log_intake_event(p_worker_id, 'batch_created', v_id);
  RETURN v_id;
END
$$;

CREATE FUNCTION ops.finalize_intake_batch(
  p_batch_id uuid, p_worker_id text, p_stored_rows integer, p_rejected_rows integer DEFAULT 0
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.finalize_ingest_batch(p_batch_id, p_worker_id, p_stored_rows, p_rejected_rows);
  PERFORM ops.log_intake_event(p_worker_id, 'batch_finalized', p_batch_id);
END
$$;

-- One row a check, in a fixed order. An unknown batch fails the first one: no row would look like nothing wrong.
CREATE FUNCTION ops.check_batch_integrity(p_batch_id uuid)
RETURNS TABLE (check_name text, passed boolean, detail text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  WITH batch AS (
    SELECT b.* FROM ops.ingest_batches AS b WHERE b.id = p_batch_id
  ),
  stored AS (
    SELECT count(*) AS n, count(*) FILTER (WHERE j.judgment_date > current_date) AS future
    FROM public.core_judgments AS j WHERE j.batch_id = p_batch_id
  )
  SELECT c.check_name, coalesce(c.passed, false), c.detail
  FROM stored AS s LEFT JOIN batch AS b ON true
  CROSS JOIN LATERAL (
    VALUES
      ('batch_exists', b.id IS NOT NULL, p_batch_id::text),
      ('batch_finalized', b.status = 'finalized', coalesce(b.status::text, 'unknown')),
      ('rows_stored', b.stored_rows = s.n, format('%s counted, %s reported', s.n, b.stored_rows)),
      (
        'rows_add_up',
        b.expected_rows IS NULL OR b.stored_rows + b.rejected_rows = b.expected_rows,
        format('%s expected', b.expected_rows)
      ),
      ('no_future_judgment', s.future = 0, format('%s in the future', s.future))
  ) AS c (check_name, passed, detail)
$$;

-- A job whose worker still beats is slow, not stuck. SKIP LOCKED: one that is being finished this moment is neither.
CREATE FUNCTION ops.reap_stuck_jobs(p_after interval DEFAULT '15 minutes')
RETURNS TABLE (job_id uuid, status ops.job_status)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_job ops.job_queue;
BEGIN
  PERFORM ops.require_valid(p_after >= interval '1 minute', 'a job is not stuck before a minute has passed');
  FOR v_job IN
    SELECT q.* FROM ops.job_queue AS q
    WHERE q.status = 'processing'
      AND q.claimed_at < now() - p_after
      AND NOT EXISTS (
        SELECT FROM ops.worker_heartbeats AS h
        WHERE h.worker_id = q.claimed_by AND h.last_seen_at >= now() - p_after
      )
    ORDER BY q.claimed_at
    FOR UPDATE OF q SKIP LOCKED
  LOOP
    job_id := v_job.id;
    status := ops.settle_failed_job(v_job, format('no sign of worker %s', v_job.claimed_by));
    RETURN NEXT;
  END LOOP;
END
$$;

REVOKE ALL ON FUNCTION
  ops.log_intake_event, ops.create_intake_batch, ops.finalize_intake_batch, ops.check_batch_integrity,
  ops.reap_stuck_jobs
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  ops.log_intake_event, ops.create_intake_batch, ops.finalize_intake_batch, ops.check_batch_integrity
TO service_role, dragonfly_worker;
GRANT EXECUTE ON FUNCTION ops.check_batch_integrity TO dragonfly_ops;
GRANT EXECUTE ON FUNCTION ops.reap_stuck_jobs TO service_role, dragonfly_scheduler;

RESET ROLE;
