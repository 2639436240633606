SET ROLE dragonfly_owner;

-- What every way to queue a job goes through. With a key that is taken, the job that took it is the answer, whatever
-- became of it since; a key that was used for other work is a mistake, and says so.
CREATE FUNCTION ops.store_job(
  p_job_type ops.job_type, p_payload jsonb, p_priority integer, p_run_after timestamptz, p_max_attempts integer,
  p_idempotency_key text
)
RETURNS uuid
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM ops.require_valid(p_job_type IS NOT NULL, 'the job type is missing');
  PERFORM ops.require_valid(jsonb_typeof(p_payload) = 'object', 'the payload must be a JSON object');
  PERFORM ops.require_valid(pg_column_size(p_payload) <= 65536, 'the payload is larger than 64 KiB');
  PERFORM ops.require_valid(p_priority BETWEEN 0 AND 9, 'the priority is a number from 0 to 9');
  PERFORM ops.require_valid(p_max_attempts BETWEEN 1 AND 20, 'a job has 1 to 20 attempts');
  INSERT INTO ops.job_queue (job_type, payload, priority, run_after, max_attempts, idempotency_key)
  VALUES (p_job_type, p_payload, p_priority, coalesce(p_run_after, now()), p_max_attempts, p_idempotency_key)
  ON CONFLICT (idempotency_key) DO NOTHING
  RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    SELECT q.id INTO v_id FROM ops.job_queue AS q
    WHERE q.idempotency_key = p_idempotency_key AND q.job_type = p_job_type;
    PERFORM ops.require_valid(v_id IS NOT NULL, 'that idempotency key belongs to another type of job');
  END IF;
  RETURN v_id;
END
$$;

-- The one place where a job becomes taken. SKIP LOCKED: workers that ask at the same moment get different jobs, and
-- none of them waits. A repeated token is a repeated question, whose first answer was lost: it gets the same job.
CREATE FUNCTION ops.take_job(p_worker_id text, p_job_types ops.job_type[], p_claim_token uuid)
RETURNS SETOF ops.job_queue
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_worker(p_worker_id);
  RETURN QUERY
    SELECT q.* FROM ops.job_queue AS q
    WHERE q.claim_token = p_claim_token AND q.claimed_by = p_worker_id AND q.status = 'processing';
  IF FOUND THEN
    RETURN;
  END IF;
  RETURN QUERY
    WITH next AS MATERIALIZED (
      SELECT q.id FROM ops.job_queue AS q
      WHERE q.status = 'pending'
        AND q.run_after <= now()
        AND (p_job_types IS NULL OR q.job_type = ANY (p_job_types))
      ORDER BY q.priority DESC, q.created_at, q.id
      LIMIT 1
      FOR UPDATE SKIP LOCKED
    )
    UPDATE ops.job_queue AS q
    SET status = 'processing', claimed_by = p_worker_id, claimed_at = now(), claim_token = p_claim_token,
      attempts = q.attempts + 1
    FROM next WHERE q.id = next.id
    RETURNING q.*;
END
$$;

-- Locks the job, so that it cannot change hands between the check and the change.
CREATE FUNCTION ops.own_job(p_job_id uuid, p_worker_id text)
RETURNS ops.job_queue
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_job ops.job_queue;
BEGIN
  PERFORM ops.require_worker(p_worker_id);
  SELECT q.* INTO v_job FROM ops.job_queue AS q WHERE q.id = p_job_id FOR UPDATE;
  IF v_job.status IS DISTINCT FROM 'processing' OR v_job.claimed_by <> p_worker_id THEN
    RAISE EXCEPTION 'worker % does not hold job %', p_worker_id, p_job_id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN v_job;
END
$$;

-- After a failed attempt: back into the queue, each time later, or out of it for good.
CREATE FUNCTION ops.settle_failed_job(p_job ops.job_queue, p_reason text)
RETURNS ops.job_status
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF p_job.attempts < p_job.max_attempts THEN
    UPDATE ops.job_queue AS q
    SET status = 'pending', claimed_by = NULL, claimed_at = NULL, claim_token = NULL, last_error = p_reason,
      run_after = now() + interval '30 seconds' * power(2, p_job.attempts - 1)
    WHERE q.id = p_job.id;
    RETURN 'pending';
  END IF;
  INSERT INTO ops.dead_letter_jobs (job_id, job_type, payload, attempts, worker_id, reason)
  VALUES (p_job.id, p_job.job_type, p_job.payload, p_job.attempts, p_job.claimed_by, p_reason);
  UPDATE ops.job_queue AS q SET status = 'dead', last_error = p_reason, finished_at = now() WHERE q.id = p_job.id;
  RETURN 'dead';
END
$$;

CREATE FUNCTION ops.queue_job(
  p_job_type ops.job_type, p_payload jsonb DEFAULT '{}', p_priority integer DEFAULT 0,
  p_run_after timestamptz DEFAULT NULL, p_max_attempts integer DEFAULT 5
)
RETURNS uuid
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT ops.store_job(p_job_type, p_payload, p_priority, p_run_after, p_max_attempts, NULL)
$$;

CREATE FUNCTION ops.claim_pending_job(
  p_worker_id text, p_job_types ops.job_type[] DEFAULT NULL, p_claim_token uuid DEFAULT NULL
)
RETURNS TABLE (job_id uuid, job_type ops.job_type, payload jsonb, attempts smallint)
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT j.id, j.job_type, j.payload, j.attempts FROM ops.take_job(p_worker_id, p_job_types, p_claim_token) AS j
$$;

CREATE FUNCTION public.dequeue_job(p_worker_id text, p_job_type ops.job_type)
RETURNS TABLE (job_id uuid, job_type ops.job_type, payload jsonb, attempts smallint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(p_job_type IS NOT NULL, 'the job type is missing');
  RETURN QUERY
    SELECT j.id, j.job_type, j.payload, j.attempts FROM ops.take_job(p_worker_id, ARRAY[p_job_type], NULL) AS j;
END
$$;

CREATE FUNCTION ops.complete_job(p_job_id uuid, p_worker_id text, p_result jsonb DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.own_job(p_job_id, p_worker_id);
  UPDATE ops.job_queue AS q
  SET status = 'completed', result = p_result, last_error = NULL, finished_at = now() WHERE q.id = p_job_id;
END
$$;

CREATE FUNCTION ops.fail_job(p_job_id uuid, p_worker_id text, p_error text)
RETURNS ops.job_status
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(length(p_error) BETWEEN 1 AND 4000, 'an error has 1 to 4000 characters');
  RETURN ops.settle_failed_job(ops.own_job(p_job_id, p_worker_id), p_error);
END
$$;

-- For operators. Only a claim makes a job `processing`: anything else would leave it without a worker.
CREATE FUNCTION ops.update_job_status(p_job_id uuid, p_status ops.job_status)
RETURNS ops.job_status
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_from ops.job_status;
BEGIN
  PERFORM public.require_ops();
  PERFORM ops.require_valid(p_status IS NOT NULL, 'the status is missing');
  SELECT q.status INTO v_from FROM ops.job_queue AS q WHERE q.id = p_job_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no job %', p_job_id USING ERRCODE = 'no_data_found';
  END IF;
  IF (v_from, p_status) NOT IN (
    ('pending', 'cancelled'), ('processing', 'pending'), ('processing', 'cancelled'), ('processing', 'completed'),
    ('dead', 'pending'), ('cancelled', 'pending')
  ) THEN
    RAISE EXCEPTION 'a job cannot go from % to %', v_from, p_status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  UPDATE ops.job_queue AS q
  SET status = p_status,
    claimed_by = NULL, claimed_at = NULL, claim_token = NULL,
    attempts = CASE WHEN v_from = 'dead' THEN 0 ELSE q.attempts END,
    run_after = CASE WHEN p_status = 'pending' THEN now() ELSE q.run_after END,
    finished_at = CASE WHEN p_status = 'pending' THEN NULL ELSE now() END
  WHERE q.id = p_job_id;
  RETURN p_status;
END
$$;

CREATE FUNCTION ops.register_heartbeat(p_worker_id text, p_details jsonb DEFAULT '{}')
RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_worker(p_worker_id);
  PERFORM ops.require_valid(jsonb_typeof(p_details) = 'object', 'the details must be a JSON object');
  INSERT INTO ops.worker_heartbeats AS h (worker_id, details) VALUES (p_worker_id, p_details)
  ON CONFLICT (worker_id) DO UPDATE SET details = EXCLUDED.details, beats = h.beats + 1, last_seen_at = now();
  RETURN now();
END
$$;

REVOKE ALL ON FUNCTION
  ops.store_job, ops.take_job, ops.own_job, ops.settle_failed_job, ops.queue_job, ops.claim_pending_job,
  public.dequeue_job, ops.complete_job, ops.fail_job, ops.update_job_status, ops.register_heartbeat
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION ops.queue_job
TO service_role, dragonfly_app, dragonfly_ops, dragonfly_worker, dragonfly_scheduler;
GRANT EXECUTE ON FUNCTION
  ops.claim_pending_job, public.dequeue_job, ops.complete_job, ops.fail_job, ops.register_heartbeat
TO service_role, dragonfly_worker;
GRANT EXECUTE ON FUNCTION ops.update_job_status TO service_role, dragonfly_ops;

RESET ROLE;
