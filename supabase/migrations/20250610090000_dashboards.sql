-- Dashboards read; only the approval of a budget writes.
SET ROLE dragonfly_owner;

CREATE FUNCTION public.require_admin()
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT (public.caller_is_backend() OR public.dragonfly_is_admin()) THEN
    RAISE EXCEPTION 'only an admin may do this' USING ERRCODE = 'insufficient_privilege';
  END IF;
END
$$;

CREATE FUNCTION public.enforcement_activity_metrics(p_days integer DEFAULT 30)
RETURNS TABLE (event_type public.enforcement_event_type, events bigint, cases bigint, last_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  PERFORM ops.require_valid(p_days BETWEEN 1 AND 366, 'the period is 1 to 366 days');
  RETURN QUERY
    SELECT e.event_type, count(*), count(DISTINCT e.case_id), max(e.at)
    FROM public.enforcement_events AS e
    WHERE e.at >= now() - make_interval(days => p_days)
    GROUP BY e.event_type
    ORDER BY e.event_type;
END
$$;

-- A filter that is NULL does not filter.
CREATE FUNCTION public.enforcement_radar_filtered(
  p_stage public.enforcement_stage DEFAULT NULL, p_least_amount numeric DEFAULT NULL,
  p_least_collectability integer DEFAULT NULL, p_limit integer DEFAULT 50
)
RETURNS TABLE (
  case_id uuid, title text, stage public.enforcement_stage, amount numeric, collectability smallint,
  last_event timestamptz
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  PERFORM ops.require_valid(coalesce(p_least_amount, 0) >= 0, 'the amount must not be negative');
  PERFORM ops.require_valid(
    coalesce(p_least_collectability, 0) BETWEEN 0 AND 100, 'a score is a number from 0 to 100'
  );
  RETURN QUERY
    SELECT c.id, c.title, c.enforcement_stage, c.amount, c.collectability,
      (SELECT max(e.at) FROM public.enforcement_events AS e WHERE e.case_id = c.id)
    FROM public.cases AS c
    WHERE c.status IN ('open', 'in_enforcement')
      AND (p_stage IS NULL OR c.enforcement_stage = p_stage)
      AND (p_least_amount IS NULL OR c.amount >= p_least_amount)
      AND (p_least_collectability IS NULL OR c.collectability >= p_least_collectability)
    ORDER BY c.collectability DESC NULLS LAST, c.amount DESC, c.id
    LIMIT ops.page_limit(p_limit, 200);
END
$$;

CREATE FUNCTION public.intake_radar_metrics()
RETURNS TABLE (source text, batches bigint, open_batches bigint, stored bigint, rejected bigint, last_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  RETURN QUERY
    SELECT b.source, count(*), count(*) FILTER (WHERE b.status = 'open'), coalesce(sum(b.stored_rows), 0),
      coalesce(sum(b.rejected_rows), 0), max(b.created_at)
    FROM ops.ingest_batches AS b
    GROUP BY b.source
    ORDER BY b.source;
END
$$;

REVOKE ALL ON FUNCTION
  public.require_admin, public.enforcement_activity_metrics, public.enforcement_radar_filtered,
  public.intake_radar_metrics
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.enforcement_activity_metrics, public.enforcement_radar_filtered, public.intake_radar_metrics
TO service_role, dragonfly_ops;

RESET ROLE;
