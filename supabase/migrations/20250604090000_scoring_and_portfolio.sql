SET ROLE dragonfly_owner;

ALTER TABLE public.cases
  ADD COLUMN collectability smallint CHECK (collectability BETWEEN 0 AND 100),
  ADD COLUMN complexity smallint CHECK (complexity BETWEEN 0 AND 100),
  ADD COLUMN urgency smallint CHECK (urgency BETWEEN 0 AND 100),
  ADD COLUMN scored_at timestamptz;

-- What is known about the debtor raises the score, age and size of the judgments lower it.
CREATE FUNCTION public.score_case_collectability(p_case_id uuid)
RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_case_read(p_case_id);
  RETURN (
    SELECT greatest(0, least(100,
      40
      + CASE WHEN c.enrichment ? 'employer' THEN 20 ELSE 0 END
      + CASE WHEN c.enrichment ? 'bank' THEN 20 ELSE 0 END
      + CASE WHEN c.enrichment ? 'real_estate' THEN 15 ELSE 0 END
      - least(30, 3 * coalesce((current_date - min(j.judgment_date)) / 365, 0))
      - CASE WHEN coalesce(sum(j.amount), 0) > 100000 THEN 10 ELSE 0 END
    ))
    FROM public.cases AS c
    LEFT JOIN public.core_judgments AS j ON j.case_id = c.id AND j.status IN ('active', 'partially_satisfied')
    WHERE c.id = p_case_id
    GROUP BY c.id
  );
END
$$;

CREATE FUNCTION public.evaluate_enforcement_path(p_case_id uuid)
RETURNS TABLE (rank integer, flow_kind public.enforcement_flow_kind, score integer, reason text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_score integer := public.score_case_collectability(p_case_id);
BEGIN
  RETURN QUERY
    SELECT (row_number() OVER (ORDER BY o.score DESC, o.kind))::integer, o.kind, o.score, o.reason
    FROM public.cases AS c
    CROSS JOIN LATERAL (
      VALUES
        ('bank_levy'::public.enforcement_flow_kind,
          v_score + CASE WHEN c.enrichment ? 'bank' THEN 30 ELSE -30 END, 'depends on a known bank'),
        ('wage_garnishment', v_score + CASE WHEN c.enrichment ? 'employer' THEN 20 ELSE -30 END,
          'depends on a known employer'),
        ('standard', v_score, 'always possible')
    ) AS o (kind, score, reason)
    WHERE c.id = p_case_id
    ORDER BY 1;
END
$$;

-- NULL leaves a score as it is.
CREATE FUNCTION public.set_case_scores(
  p_case_id uuid, p_collectability integer DEFAULT NULL, p_complexity integer DEFAULT NULL,
  p_urgency integer DEFAULT NULL
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(
    coalesce(p_collectability, 0) BETWEEN 0 AND 100
      AND coalesce(p_complexity, 0) BETWEEN 0 AND 100
      AND coalesce(p_urgency, 0) BETWEEN 0 AND 100,
    'a score is a number from 0 to 100'
  );
  PERFORM ops.require_valid(
    coalesce(p_collectability, p_complexity, p_urgency) IS NOT NULL, 'there is no score to set'
  );
  PERFORM public.require_case_owner(p_case_id);
  UPDATE public.cases AS c
  SET collectability = coalesce(p_collectability, c.collectability),
    complexity = coalesce(p_complexity, c.complexity), urgency = coalesce(p_urgency, c.urgency),
    scored_at = now(), updated_at = now()
  WHERE c.id = p_case_id;
END
$$;

-- Only what the caller may read is counted and returned. Pages go by position here: a dashboard jumps to page 7.
CREATE FUNCTION public.portfolio_judgments_paginated(
  p_page integer DEFAULT 1, p_page_size integer DEFAULT 25, p_status public.judgment_status DEFAULT NULL
)
RETURNS TABLE (
  judgment_id uuid, court text, docket_number text, defendant_name text, amount numeric,
  status public.judgment_status, priority smallint, total bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_size integer := ops.page_limit(p_page_size, 100);
BEGIN
  PERFORM ops.require_valid(p_page BETWEEN 1 AND 10000, 'a page is a number from 1 to 10000');
  RETURN QUERY
    SELECT j.id, j.court, j.docket_number, j.defendant_name, j.amount, j.status, j.priority, count(*) OVER ()
    FROM public.core_judgments AS j
    WHERE (p_status IS NULL OR j.status = p_status) AND public.dragonfly_can_read('judgment', j.id)
    ORDER BY j.priority DESC, j.amount DESC, j.id
    LIMIT v_size OFFSET (p_page - 1) * v_size;
END
$$;

CREATE FUNCTION public.ops_update_judgment(p_judgment_id uuid, p_fields jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  PERFORM ops.require_fields(p_fields, ARRAY['status', 'priority', 'county', 'interest_rate', 'notes']);
  PERFORM ops.require_valid(
    coalesce((p_fields ->> 'priority')::integer, 0) BETWEEN 0 AND 100, 'a priority is a number from 0 to 100'
  );
  PERFORM ops.require_valid(
    coalesce((p_fields ->> 'interest_rate')::numeric, 0) BETWEEN 0 AND 25, 'an interest rate is 0 to 25 per cent'
  );
  PERFORM ops.require_valid(coalesce(length(p_fields ->> 'notes'), 0) <= 4000, 'notes have at most 4000 characters');
  PERFORM public.require_judgment_owner(p_judgment_id);
  UPDATE public.core_judgments AS j
  SET status = coalesce((p_fields ->> 'status')::public.judgment_status, j.status),
    priority = coalesce((p_fields ->> 'priority')::smallint, j.priority),
    county = CASE WHEN p_fields ? 'county' THEN p_fields ->> 'county' ELSE j.county END,
    interest_rate = CASE
      WHEN p_fields ? 'interest_rate' THEN (p_fields ->> 'interest_rate')::numeric ELSE j.interest_rate
    END,
    notes = CASE WHEN p_fields ? 'notes' THEN p_fields ->> 'notes' ELSE j.notes END,
    updated_at = now()
  WHERE j.id = p_judgment_id;
END
$$;

REVOKE ALL ON FUNCTION
  public.score_case_collectability, public.evaluate_enforcement_path, public.set_case_scores,
  public.portfolio_judgments_paginated, public.ops_update_judgment
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.score_case_collectability, public.evaluate_enforcement_path, public.portfolio_judgments_paginated
TO service_role, dragonfly_app, dragonfly_ops;
GRANT EXECUTE ON FUNCTION public.set_case_scores TO service_role, dragonfly_ops, dragonfly_worker;
GRANT EXECUTE ON FUNCTION public.ops_update_judgment TO service_role, dragonfly_ops;

RESET ROLE;
