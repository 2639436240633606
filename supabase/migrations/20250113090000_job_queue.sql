-- The job queue: what is to be done, who is doing it, and what was given up.
SET ROLE dragonfly_owner;

CREATE TYPE ops.job_type AS ENUM (
  'enrich_judgment', 'score_case', 'ingest_batch', 'process_foil', 'enforcement_step', 'case_copilot', 'send_mail'
);
CREATE TYPE ops.job_status AS ENUM ('pending', 'processing', 'completed', 'dead', 'cancelled');

-- A dead or completed job stays in the table, so that its idempotency key stays taken.
CREATE TABLE ops.job_queue (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  job_type ops.job_type NOT NULL,
  payload jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(payload) = 'object'),
  status ops.job_status NOT NULL DEFAULT 'pending',
  priority smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 9),
  attempts smallint NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  max_attempts smallint NOT NULL DEFAULT 5 CHECK (max_attempts BETWEEN 1 AND 20),
  run_after timestamptz NOT NULL DEFAULT now(),
  idempotency_key text UNIQUE CHECK (length(idempotency_key) BETWEEN 8 AND 200),
  claimed_by text,
  claimed_at timestamptz,
  claim_token uuid UNIQUE,
  result jsonb,
  last_error text,
  created_by uuid DEFAULT public.current_user_id(),
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  CHECK (status <> 'processing' OR (claimed_by IS NOT NULL AND claimed_at IS NOT NULL))
);
CREATE INDEX ON ops.job_queue (priority DESC, created_at, id) WHERE status = 'pending';
CREATE INDEX ON ops.job_queue (claimed_at) WHERE status = 'processing';

CREATE TABLE ops.dead_letter_jobs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  job_id uuid NOT NULL REFERENCES ops.job_queue,
  job_type ops.job_type NOT NULL,
  payload jsonb NOT NULL,
  attempts smallint NOT NULL,
  worker_id text,
  reason text NOT NULL
);
CREATE TABLE ops.worker_heartbeats (
  worker_id text PRIMARY KEY,
  details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
  beats bigint NOT NULL DEFAULT 1,
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE ops.job_queue ENABLE ROW LEVEL SECURITY;
ALTER TABLE ops.job_queue FORCE ROW LEVEL SECURITY;
ALTER TABLE ops.dead_letter_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE ops.dead_letter_jobs FORCE ROW LEVEL SECURITY;
ALTER TABLE ops.worker_heartbeats ENABLE ROW LEVEL SECURITY;
ALTER TABLE ops.worker_heartbeats FORCE ROW LEVEL SECURITY;

CREATE POLICY definers ON ops.job_queue TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers_read ON ops.dead_letter_jobs FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON ops.dead_letter_jobs FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY definers ON ops.worker_heartbeats TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ops.dead_letter_jobs
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
ALTER TABLE ops.dead_letter_jobs ENABLE ALWAYS TRIGGER append_only;

CREATE POLICY read_as_ops ON ops.job_queue FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
CREATE POLICY read_as_ops ON ops.dead_letter_jobs FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
CREATE POLICY read_as_ops ON ops.worker_heartbeats FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
GRANT SELECT ON ops.job_queue, ops.dead_letter_jobs, ops.worker_heartbeats TO dragonfly_ops;

RESET ROLE;
