-- What strangers and language models may ask for is counted.
SET ROLE dragonfly_owner;

CREATE TABLE ops.rate_limits (
  bucket text NOT NULL CHECK (length(bucket) BETWEEN 1 AND 300),
  window_start timestamptz NOT NULL,
  hits integer NOT NULL,
  PRIMARY KEY (bucket, window_start)
);
CREATE TABLE public.copilot_requests (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  at timestamptz NOT NULL DEFAULT now(),
  user_id uuid NOT NULL REFERENCES public.app_users,
  case_id uuid NOT NULL REFERENCES public.cases,
  question text NOT NULL CHECK (length(question) BETWEEN 1 AND 2000),
  job_id uuid NOT NULL REFERENCES ops.job_queue
);
ALTER TABLE ops.rate_limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE ops.rate_limits FORCE ROW LEVEL SECURITY;
ALTER TABLE public.copilot_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.copilot_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY definers ON ops.rate_limits TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON public.copilot_requests TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY read_own ON public.copilot_requests FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (user_id = (SELECT public.current_user_id()));
GRANT SELECT ON public.copilot_requests TO dragonfly_app, dragonfly_ops;

-- One row counts a bucket in an hour, and its lock makes callers at the same moment count one after the other. The
-- refusal takes its own count back, which leaves the bucket full. PostgREST answers PT429 with HTTP's 429.
CREATE FUNCTION ops.spend_rate(p_bucket text, p_most integer)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_hits integer;
BEGIN
  INSERT INTO ops.rate_limits AS l (bucket, window_start, hits) VALUES (p_bucket, date_trunc('hour', now()), 1)
  ON CONFLICT (bucket, window_start) DO UPDATE SET hits = l.hits + 1
  RETURNING l.hits INTO v_hits;
  IF v_hits > p_most THEN
    RAISE EXCEPTION 'too many requests: at most % an hour', p_most USING ERRCODE = 'PT429';
  END IF;
END
$$;

-- What a language model is shown: no address, no phone number, no e-mail.
CREATE FUNCTION public.copilot_case_context(p_case_id uuid)
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_case_read(p_case_id);
  RETURN (
    SELECT jsonb_build_object(
      'case', jsonb_build_object(
        'court', c.court, 'number', c.case_number, 'title', c.title, 'status', c.status,
        'stage', c.enforcement_stage, 'collectability', c.collectability
      ),
      'parties', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('role', p.role, 'kind', e.kind, 'name', e.name)
          ORDER BY p.role, e.name), '[]')
        FROM public.case_entities AS p JOIN public.entities AS e ON e.id = p.entity_id WHERE p.case_id = c.id
      ),
      'judgments', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('docket', j.docket_number, 'amount', j.amount, 'status', j.status)
          ORDER BY j.judgment_date, j.id), '[]')
        FROM public.core_judgments AS j WHERE j.case_id = c.id
      ),
      'recent_events', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('at', t.at, 'type', t.event_type) ORDER BY t.id DESC), '[]')
        FROM public.get_enforcement_timeline(c.id, 20) AS t
      )
    )
    FROM public.cases AS c WHERE c.id = p_case_id
  );
END
$$;

CREATE FUNCTION public.request_case_copilot(p_case_id uuid, p_question text)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_user uuid := public.require_user();
  v_id uuid := gen_random_uuid();
BEGIN
  PERFORM public.require_case_read(p_case_id);
  PERFORM ops.require_valid(length(p_question) BETWEEN 1 AND 2000, 'a question has 1 to 2000 characters');
  PERFORM ops.spend_rate('copilot:' || v_user, 10);
  INSERT INTO public.copilot_requests (id, user_id, case_id, question, job_id)
  VALUES (
    v_id, v_user, p_case_id, p_question, ops.queue_job('case_copilot', jsonb_build_object('request_id', v_id))
  );
  RETURN v_id;
END
$$;

-- For the website's server, which says for whom it asks. The answer is the same for a new and for a known address, so
-- that nobody learns from it who is a client.
CREATE FUNCTION public.submit_website_lead(p_client text, p_name text, p_email text, p_message text DEFAULT '')
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(length(p_client) BETWEEN 1 AND 100, 'the client is missing');
  PERFORM ops.require_valid(length(btrim(p_name)) BETWEEN 1 AND 300, 'a name has 1 to 300 characters');
  PERFORM ops.require_valid(
    length(p_email) <= 254 AND p_email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$', 'that is not an e-mail address'
  );
  PERFORM ops.require_valid(length(p_message) <= 2000, 'a message has at most 2000 characters');
  PERFORM ops.spend_rate('lead:' || p_client, 5);
  INSERT INTO public.plaintiffs (name, email) VALUES (btrim(p_name), lower(p_email)) ON CONFLICT DO NOTHING;
  INSERT INTO ops.queue_messages (queue_name, message)
  VALUES ('website_leads', jsonb_build_object('name', btrim(p_name), 'email', lower(p_email), 'message', p_message));
END
$$;

REVOKE ALL ON FUNCTION
  ops.spend_rate, public.copilot_case_context, public.request_case_copilot, public.submit_website_lead
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.copilot_case_context TO service_role, dragonfly_app, dragonfly_ops, dragonfly_worker;
GRANT EXECUTE ON FUNCTION public.request_case_copilot TO service_role, dragonfly_app, dragonfly_ops;
GRANT EXECUTE ON FUNCTION public.submit_website_lead TO service_role;

RESET ROLE;
