-- Judgments arrive in batches. A batch belongs to the worker that opened it.
SET ROLE dragonfly_owner;

CREATE TYPE ops.batch_status AS ENUM ('open', 'finalized');

CREATE TABLE ops.ingest_batches (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  source text NOT NULL CHECK (source ~ '^[a-z][a-z0-9_.-]{1,79}$'),
  worker_id text NOT NULL,
  status ops.batch_status NOT NULL DEFAULT 'open',
  expected_rows integer CHECK (expected_rows >= 0),
  stored_rows integer CHECK (stored_rows >= 0),
  rejected_rows integer CHECK (rejected_rows >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  finalized_at timestamptz,
  CHECK ((status = 'finalized') = (finalized_at IS NOT NULL)),
  CHECK (status <> 'finalized' OR (stored_rows IS NOT NULL AND rejected_rows IS NOT NULL))
);
ALTER TABLE public.core_judgments ADD COLUMN batch_id uuid REFERENCES ops.ingest_batches;
CREATE INDEX ON public.core_judgments (batch_id);

ALTER TABLE ops.ingest_batches ENABLE ROW LEVEL SECURITY;
ALTER TABLE ops.ingest_batches FORCE ROW LEVEL SECURITY;
CREATE POLICY definers ON ops.ingest_batches TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY read_as_ops ON ops.ingest_batches FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
GRANT SELECT ON ops.ingest_batches TO dragonfly_ops;

CREATE FUNCTION ops.create_ingest_batch(p_worker_id text, p_source text, p_expected_rows integer DEFAULT NULL)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM ops.require_worker(p_worker_id);
  PERFORM ops.require_valid(p_source ~ '^[a-z][a-z0-9_.-]{1,79}$', 'a source is a lower-case name');
  PERFORM ops.require_valid(coalesce(p_expected_rows, 0) >= 0, 'the number of rows must not be negative');
  INSERT INTO ops.ingest_batches (worker_id, source, expected_rows)
  VALUES (p_worker_id, p_source, p_expected_rows) RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

-- A repeated call with the same numbers changes nothing; with others it is refused: the batch is closed.
CREATE FUNCTION ops.finalize_ingest_batch(
  p_batch_id uuid, p_worker_id text, p_stored_rows integer, p_rejected_rows integer DEFAULT 0
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_batch ops.ingest_batches;
BEGIN
  PERFORM ops.require_worker(p_worker_id);
  PERFORM ops.require_valid(p_stored_rows >= 0 AND p_rejected_rows >= 0, 'a number of rows must not be negative');
  SELECT b.* INTO v_batch FROM ops.ingest_batches AS b WHERE b.id = p_batch_id FOR UPDATE;
  IF v_batch.worker_id IS DISTINCT FROM p_worker_id THEN
    RAISE EXCEPTION 'worker % does not own batch %', p_worker_id, p_batch_id
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM ops.require_valid(
    p_stored_rows + p_rejected_rows = coalesce(v_batch.expected_rows, p_stored_rows + p_rejected_rows),
    'stored and rejected rows do not add up to the expected ones'
  );
  IF v_batch.status = 'finalized' THEN
    IF (v_batch.stored_rows, v_batch.rejected_rows) <> (p_stored_rows, p_rejected_rows) THEN
      RAISE EXCEPTION 'batch % is finalized', p_batch_id USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN;
  END IF;
  UPDATE ops.ingest_batches AS b
  SET status = 'finalized', stored_rows = p_stored_rows, rejected_rows = p_rejected_rows, finalized_at = now()
  WHERE b.id = p_batch_id;
END
$$;

-- A judgment is known by court and docket number. What comes again with the same values touches no row, so that no
-- trigger fires and no history grows.
CREATE FUNCTION ops.upsert_judgment(
  p_court text, p_docket_number text, p_plaintiff_name text, p_defendant_name text, p_amount numeric,
  p_judgment_date date, p_batch_id uuid DEFAULT NULL
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_court text := upper(btrim(p_court));
  v_docket_number text := upper(btrim(p_docket_number));
  v_id uuid;
BEGIN
  PERFORM ops.require_valid(v_court <> '', 'the court is missing');
  PERFORM ops.require_valid(v_docket_number <> '', 'the docket number is missing');
  PERFORM ops.require_valid(btrim(p_plaintiff_name) <> '', 'the plaintiff is missing');
  PERFORM ops.require_valid(btrim(p_defendant_name) <> '', 'the defendant is missing');
  PERFORM ops.require_valid(p_amount > 0, 'the amount must be positive');
  PERFORM ops.require_valid(p_judgment_date <= current_date, 'the judgment lies in the future');
  IF p_batch_id IS NOT NULL THEN
    PERFORM FROM ops.ingest_batches AS b WHERE b.id = p_batch_id AND b.status = 'open' FOR SHARE;
    PERFORM ops.require_valid(FOUND, 'there is no such open batch');
  END IF;

  INSERT INTO public.core_judgments AS j (
    court, docket_number, plaintiff_name, defendant_name, amount, judgment_date, batch_id
  )
  VALUES (
    v_court, v_docket_number, btrim(p_plaintiff_name), btrim(p_defendant_name), p_amount, p_judgment_date, p_batch_id
  )
  ON CONFLICT (court, docket_number) DO UPDATE
  SET plaintiff_name = EXCLUDED.plaintiff_name, defendant_name = EXCLUDED.defendant_name,
    amount = EXCLUDED.amount, judgment_date = EXCLUDED.judgment_date,
    batch_id = coalesce(EXCLUDED.batch_id, j.batch_id), updated_at = now()
  WHERE (j.plaintiff_name, j.defendant_name, j.amount, j.judgment_date, j.batch_id) IS DISTINCT FROM (
    EXCLUDED.plaintiff_name, EXCLUDED.defendant_name, EXCLUDED.amount, EXCLUDED.judgment_date,
    coalesce(EXCLUDED.batch_id, j.batch_id)
  )
  RETURNING j.id INTO v_id;
  IF v_id IS NULL THEN
    SELECT j.id INTO STRICT v_id FROM public.core_judgments AS j
    WHERE j.court = v_court AND j.docket_number = v_docket_number;
  END IF;
  RETURN v_id;
END
$$;

REVOKE ALL ON FUNCTION ops.create_ingest_batch, ops.finalize_ingest_batch, ops.upsert_judgment
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION ops.create_ingest_batch, ops.finalize_ingest_batch, ops.upsert_judgment
TO service_role, dragonfly_worker;

RESET ROLE;
