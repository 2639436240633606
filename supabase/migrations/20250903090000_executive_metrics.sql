SET ROLE dragonfly_owner;

-- Twelve, in a fixed order, each a single number.
CREATE FUNCTION public.ceo_12_metrics()
RETURNS TABLE (rank integer, metric text, value numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_admin();
  RETURN QUERY
    WITH judged AS (
      SELECT count(*) AS n, coalesce(sum(j.amount), 0) AS amount,
        count(*) FILTER (WHERE j.status = 'satisfied') AS satisfied,
        coalesce(sum(j.amount) FILTER (WHERE j.status IN ('active', 'partially_satisfied')), 0) AS outstanding
      FROM public.core_judgments AS j
    ),
    cased AS (
      SELECT count(*) AS n, count(*) FILTER (WHERE c.status = 'in_enforcement') AS enforced,
        coalesce(round(avg(c.collectability), 1), 0) AS collectability
      FROM public.cases AS c
    ),
    clients AS (
      SELECT count(*) FILTER (WHERE p.status = 'signed') AS signed, count(*) FILTER (WHERE p.status = 'lead') AS leads
      FROM public.plaintiffs AS p
    ),
    jobs AS (
      SELECT count(*) FILTER (WHERE q.status = 'pending') AS pending, count(*) FILTER (WHERE q.status = 'dead') AS dead
      FROM ops.job_queue AS q
    )
    SELECT m.rank, m.metric, m.value::numeric
    FROM judged AS j CROSS JOIN cased AS c CROSS JOIN clients AS p CROSS JOIN jobs AS q
    CROSS JOIN LATERAL (
      VALUES
        (1, 'judgments', j.n::numeric), (2, 'judged_amount', j.amount), (3, 'outstanding_amount', j.outstanding),
        (4, 'satisfied_judgments', j.satisfied), (5, 'cases', c.n), (6, 'cases_in_enforcement', c.enforced),
        (7, 'average_collectability', c.collectability), (8, 'signed_plaintiffs', p.signed), (9, 'leads', p.leads),
        (10, 'pending_jobs', q.pending), (11, 'dead_jobs', q.dead),
        (12, 'open_alerts', (SELECT count(*) FROM ops.triage_alerts AS a WHERE a.acknowledged_at IS NULL))
    ) AS m (rank, metric, value)
    ORDER BY m.rank;
END
$$;

CREATE FUNCTION public.ceo_command_center_metrics()
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_admin();
  RETURN jsonb_build_object(
    'metrics', (SELECT jsonb_object_agg(m.metric, m.value ORDER BY m.rank) FROM public.ceo_12_metrics() AS m),
    'stages', (
      SELECT jsonb_object_agg(s.stage, (SELECT count(*) FROM public.cases AS c WHERE c.enforcement_stage = s.stage))
      FROM unnest(enum_range(NULL::public.enforcement_stage)) AS s (stage)
    ),
    'budget_today', (SELECT b.amount FROM public.get_litigation_budget() AS b WHERE b.status = 'approved')
  );
END
$$;

-- The first version and, beside the batches, the datasets with their rows.
CREATE FUNCTION public.intake_radar_metrics_v2()
RETURNS TABLE (
  kind text, source text, units bigint, open_units bigint, stored bigint, rejected bigint, last_at timestamptz
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  RETURN QUERY
    SELECT 'batch', m.source, m.batches, m.open_batches, m.stored, m.rejected, m.last_at
    FROM public.intake_radar_metrics() AS m
    UNION ALL
    SELECT 'foil', d.agency, count(DISTINCT d.id),
      count(DISTINCT d.id) FILTER (WHERE d.status NOT IN ('complete', 'failed')),
      count(r.id) FILTER (WHERE r.status = 'processed'), count(r.id) FILTER (WHERE r.status = 'quarantined'),
      max(d.created_at)
    FROM intake.foil_datasets AS d LEFT JOIN intake.foil_raw_rows AS r ON r.dataset_id = d.id
    GROUP BY d.agency
    ORDER BY 1, 2;
END
$$;

REVOKE ALL ON FUNCTION
  public.ceo_12_metrics, public.ceo_command_center_metrics, public.intake_radar_metrics_v2
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.ceo_12_metrics, public.ceo_command_center_metrics, public.intake_radar_metrics_v2
TO service_role, dragonfly_ops;

RESET ROLE;
