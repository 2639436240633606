SET ROLE dragonfly_owner;

-- The last validation of a row counts: the log keeps the earlier ones. An unknown run fails the first check.
CREATE FUNCTION public.check_import_guardrails(p_run_id uuid)
RETURNS TABLE (check_name text, passed boolean, detail text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  WITH last AS (
    SELECT DISTINCT ON (v.row_number) v.row_number, v.passed
    FROM public.intake_validations AS v WHERE v.run_id = p_run_id
    ORDER BY v.row_number, v.id DESC
  ),
  counted AS (
    SELECT count(*) AS n, count(*) FILTER (WHERE NOT l.passed) AS rejected FROM last AS l
  ),
  open_runs AS (
    SELECT count(*) AS n FROM public.import_runs AS o
    WHERE o.state NOT IN ('completed', 'failed', 'cancelled')
  )
  SELECT c.check_name, coalesce(c.passed, false), c.detail
  FROM public.import_limits AS m CROSS JOIN counted AS n CROSS JOIN open_runs AS o
  LEFT JOIN public.import_runs AS r ON r.id = p_run_id
  CROSS JOIN LATERAL (
    VALUES
      ('run_exists', r.id IS NOT NULL, p_run_id::text),
      ('rows_within_limit', r.total_rows <= m.most_rows, format('%s of at most %s', r.total_rows, m.most_rows)),
      ('every_row_validated', n.n = r.total_rows, format('%s of %s', n.n, r.total_rows)),
      (
        'few_rejected',
        n.rejected * 100 <= m.most_rejected_percent * greatest(n.n, 1),
        format('%s of %s, at most %s per cent', n.rejected, n.n, m.most_rejected_percent)
      ),
      ('few_open_runs', o.n <= m.most_open_runs, format('%s of at most %s', o.n, m.most_open_runs))
  ) AS c (check_name, passed, detail)
$$;

-- The caller makes the ID, so that creating a run may be repeated. Review has its own way in: submit_intake_review.
CREATE FUNCTION public.advance_import_run(
  p_run_id uuid, p_to public.import_state, p_source text DEFAULT NULL, p_total_rows integer DEFAULT NULL
)
RETURNS public.import_state
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_run public.import_runs;
BEGIN
  PERFORM public.require_ops();
  PERFORM ops.require_valid(p_run_id IS NOT NULL AND p_to IS NOT NULL, 'the run or the state is missing');
  IF p_to = 'created' THEN
    PERFORM ops.require_valid(p_source ~ '^[a-z][a-z0-9_.-]{1,79}$', 'a source is a lower-case name');
    PERFORM ops.require_valid(p_total_rows >= 0, 'the number of rows must not be negative');
    INSERT INTO public.import_runs (id, source, total_rows) VALUES (p_run_id, p_source, p_total_rows)
    ON CONFLICT (id) DO NOTHING;
  END IF;
  SELECT r.* INTO v_run FROM public.import_runs AS r WHERE r.id = p_run_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no import run %', p_run_id USING ERRCODE = 'no_data_found';
  END IF;
  IF v_run.state = p_to THEN
    RETURN p_to;
  END IF;
  IF NOT EXISTS (
    SELECT FROM public.import_transitions AS t WHERE t.from_state = v_run.state AND t.to_state = p_to
  ) THEN
    RAISE EXCEPTION 'an import run cannot go from % to %', v_run.state, p_to
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF p_to = 'approved' AND v_run.submitted_by IS NOT DISTINCT FROM public.require_user() THEN
    RAISE EXCEPTION 'who submits a run does not approve it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF p_to = 'importing' AND EXISTS (
    SELECT FROM public.check_import_guardrails(p_run_id) AS g WHERE NOT g.passed
  ) THEN
    RAISE EXCEPTION 'import run % is outside its guardrails', p_run_id
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  UPDATE public.import_runs AS r SET state = p_to, updated_at = now() WHERE r.id = p_run_id;
  RETURN p_to;
END
$$;

CREATE FUNCTION public.store_intake_validation(
  p_run_id uuid, p_row_number integer, p_errors text[] DEFAULT '{}'
)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_run public.import_runs;
  v_id bigint;
BEGIN
  PERFORM ops.require_valid(p_errors IS NOT NULL, 'the errors are missing: an empty list says that there are none');
  SELECT r.* INTO v_run FROM public.import_runs AS r WHERE r.id = p_run_id FOR SHARE;
  IF v_run.state IS DISTINCT FROM 'validating' THEN
    RAISE EXCEPTION 'import run % is not being validated', p_run_id
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  PERFORM ops.require_valid(p_row_number BETWEEN 1 AND v_run.total_rows, 'the run has no such row');
  INSERT INTO public.intake_validations (run_id, row_number, passed, errors)
  VALUES (p_run_id, p_row_number, p_errors = '{}', p_errors) RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.submit_intake_review(p_run_id uuid)
RETURNS public.import_state
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_user uuid := public.require_user();
  v_state public.import_state;
BEGIN
  PERFORM public.require_ops();
  SELECT r.state INTO v_state FROM public.import_runs AS r WHERE r.id = p_run_id FOR UPDATE;
  IF v_state IS DISTINCT FROM 'validated' THEN
    RAISE EXCEPTION 'only a validated import run goes to review' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  UPDATE public.import_runs AS r SET state = 'in_review', submitted_by = v_user, updated_at = now()
  WHERE r.id = p_run_id;
  RETURN 'in_review';
END
$$;

CREATE FUNCTION public.get_intake_stats()
RETURNS TABLE (metric text, value bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  RETURN QUERY
    SELECT 'runs_' || s.state::text, count(r.id)
    FROM unnest(enum_range(NULL::public.import_state)) AS s (state) LEFT JOIN public.import_runs AS r USING (state)
    GROUP BY s.state
    UNION ALL
    SELECT 'candidates_' || s.status::text, count(c.id)
    FROM unnest(enum_range(NULL::intake.candidate_status)) AS s (status) LEFT JOIN intake.candidates AS c USING (status)
    GROUP BY s.status
    ORDER BY 1;
END
$$;

CREATE FUNCTION public.fetch_new_candidates(p_limit integer DEFAULT 100, p_after bigint DEFAULT 0)
RETURNS SETOF intake.candidates
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT c.* FROM intake.candidates AS c
  WHERE c.status = 'new' AND c.id > p_after
  ORDER BY c.id
  LIMIT ops.page_limit(p_limit, 500)
$$;

REVOKE ALL ON FUNCTION
  public.check_import_guardrails, public.advance_import_run, public.store_intake_validation,
  public.submit_intake_review, public.get_intake_stats, public.fetch_new_candidates
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.check_import_guardrails, public.advance_import_run, public.get_intake_stats
TO service_role, dragonfly_ops, dragonfly_worker;
GRANT EXECUTE ON FUNCTION public.submit_intake_review TO service_role, dragonfly_ops;
GRANT EXECUTE ON FUNCTION public.store_intake_validation, public.fetch_new_candidates
TO service_role, dragonfly_worker;

RESET ROLE;
