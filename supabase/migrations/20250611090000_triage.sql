-- What operations must look at. A job that is given up raises an alert by itself.
SET ROLE dragonfly_owner;

CREATE TYPE ops.alert_severity AS ENUM ('info', 'warning', 'critical');
CREATE TABLE ops.triage_alerts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  raised_at timestamptz NOT NULL DEFAULT now(),
  severity ops.alert_severity NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  job_id uuid REFERENCES ops.job_queue,
  assigned_to uuid REFERENCES public.app_users,
  acknowledged_by uuid REFERENCES public.app_users,
  acknowledged_at timestamptz,
  CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL))
);
CREATE INDEX ON ops.triage_alerts (severity DESC, id) WHERE acknowledged_at IS NULL;
CREATE TABLE public.external_data_calls (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  provider text NOT NULL CHECK (provider ~ '^[a-z][a-z0-9_]{1,59}$'),
  endpoint text NOT NULL CHECK (length(endpoint) BETWEEN 1 AND 300),
  http_status smallint NOT NULL CHECK (http_status BETWEEN 100 AND 599),
  cost numeric(10, 4) NOT NULL CHECK (cost >= 0)
);
ALTER TABLE ops.triage_alerts ENABLE ROW LEVEL SECURITY;
ALTER TABLE ops.triage_alerts FORCE ROW LEVEL SECURITY;
ALTER TABLE public.external_data_calls ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.external_data_calls FORCE ROW LEVEL SECURITY;
CREATE POLICY definers ON ops.triage_alerts TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers_read ON public.external_data_calls FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.external_data_calls FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY read_as_ops ON ops.triage_alerts FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
GRANT SELECT ON ops.triage_alerts TO dragonfly_ops;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.external_data_calls
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
ALTER TABLE public.external_data_calls ENABLE ALWAYS TRIGGER append_only;

-- No definer: only definers give up jobs, so this runs as their owner anyhow.
CREATE FUNCTION ops.alert_dead_letter()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO ops.triage_alerts (severity, title, job_id)
  VALUES ('critical', format('%s job given up after %s attempts', NEW.job_type, NEW.attempts), NEW.job_id);
  RETURN NEW;
END
$$;
CREATE TRIGGER alert_dead_letter AFTER INSERT ON ops.dead_letter_jobs
  FOR EACH ROW EXECUTE FUNCTION ops.alert_dead_letter();

CREATE FUNCTION public.ops_triage_alerts()
RETURNS SETOF ops.triage_alerts
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  RETURN QUERY
    SELECT a.* FROM ops.triage_alerts AS a WHERE a.acknowledged_at IS NULL ORDER BY a.severity DESC, a.id LIMIT 200;
END
$$;

CREATE FUNCTION public.ops_triage_alerts_fetch(p_after bigint DEFAULT 0, p_limit integer DEFAULT 50)
RETURNS SETOF ops.triage_alerts
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  RETURN QUERY
    SELECT a.* FROM ops.triage_alerts AS a
    WHERE a.acknowledged_at IS NULL AND a.id > p_after
    ORDER BY a.id
    LIMIT ops.page_limit(p_limit, 100);
END
$$;

-- An alert is its assignee's; one that nobody was assigned is anyone's of operations.
CREATE FUNCTION public.ops_triage_alerts_ack(p_alert_id bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_user uuid := public.require_user();
  v_alert ops.triage_alerts;
BEGIN
  PERFORM public.require_ops();
  SELECT a.* INTO v_alert FROM ops.triage_alerts AS a WHERE a.id = p_alert_id FOR UPDATE;
  IF v_alert.id IS NULL OR (coalesce(v_alert.assigned_to, v_user) <> v_user AND NOT public.dragonfly_is_admin()) THEN
    RAISE EXCEPTION 'no alert % of yours', p_alert_id USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE ops.triage_alerts AS a SET acknowledged_by = v_user, acknowledged_at = now()
  WHERE a.id = p_alert_id AND a.acknowledged_at IS NULL;
END
$$;

CREATE FUNCTION public.log_external_data_call(
  p_provider text, p_endpoint text, p_http_status integer, p_cost numeric DEFAULT 0
)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM ops.require_valid(p_provider ~ '^[a-z][a-z0-9_]{1,59}$', 'a provider is a lower-case name');
  PERFORM ops.require_valid(length(p_endpoint) BETWEEN 1 AND 300, 'an endpoint has 1 to 300 characters');
  PERFORM ops.require_valid(p_http_status BETWEEN 100 AND 599, 'that is not an HTTP status');
  PERFORM ops.require_valid(p_cost >= 0, 'the cost must not be negative');
  INSERT INTO public.external_data_calls (provider, endpoint, http_status, cost)
  VALUES (p_provider, p_endpoint, p_http_status, p_cost) RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

REVOKE ALL ON FUNCTION
  ops.alert_dead_letter, public.ops_triage_alerts, public.ops_triage_alerts_fetch, public.ops_triage_alerts_ack,
  public.log_external_data_call
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.ops_triage_alerts, public.ops_triage_alerts_fetch, public.ops_triage_alerts_ack
TO service_role, dragonfly_ops;
GRANT EXECUTE ON FUNCTION public.log_external_data_call TO service_role, dragonfly_worker;

RESET ROLE;
