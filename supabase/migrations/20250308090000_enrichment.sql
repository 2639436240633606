-- A new judgment is enriched: a trigger queues the job, and the worker that claims the job owns the enrichment.
SET ROLE dragonfly_owner;

CREATE TYPE public.enrichment_status AS ENUM ('pending', 'complete');

CREATE TABLE public.enrichments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  judgment_id uuid NOT NULL UNIQUE REFERENCES public.core_judgments,
  job_id uuid NOT NULL REFERENCES ops.job_queue,
  status public.enrichment_status NOT NULL DEFAULT 'pending',
  result jsonb CHECK (jsonb_typeof(result) = 'object'),
  created_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz
);
CREATE TABLE public.judgment_status_history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  judgment_id uuid NOT NULL REFERENCES public.core_judgments,
  from_status public.judgment_status NOT NULL,
  to_status public.judgment_status NOT NULL
);
ALTER TABLE public.cases ADD COLUMN enrichment jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(enrichment) = 'object');

ALTER TABLE public.enrichments ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enrichments FORCE ROW LEVEL SECURITY;
ALTER TABLE public.judgment_status_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.judgment_status_history FORCE ROW LEVEL SECURITY;
CREATE POLICY definers ON public.enrichments TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers_read ON public.judgment_status_history FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.judgment_status_history FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY read_permitted ON public.judgment_status_history FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (public.dragonfly_can_read('judgment', judgment_id));
GRANT SELECT ON public.judgment_status_history TO dragonfly_app, dragonfly_ops;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.judgment_status_history
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
ALTER TABLE public.judgment_status_history ENABLE ALWAYS TRIGGER append_only;

CREATE FUNCTION public.trg_core_judgments_enqueue_enrich()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO public.enrichments (judgment_id, job_id)
  VALUES (
    NEW.id,
    ops.queue_job_idempotent(
      'enrich_judgment:' || NEW.id, 'enrich_judgment', jsonb_build_object('judgment_id', NEW.id)
    )
  );
  RETURN NEW;
END
$$;

CREATE FUNCTION public.trg_log_judgment_status_change()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO public.judgment_status_history (judgment_id, from_status, to_status)
  VALUES (NEW.id, OLD.status, NEW.status);
  RETURN NEW;
END
$$;

CREATE TRIGGER enqueue_enrich AFTER INSERT ON public.core_judgments
  FOR EACH ROW EXECUTE FUNCTION public.trg_core_judgments_enqueue_enrich();
CREATE TRIGGER log_status_change AFTER UPDATE ON public.core_judgments
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION public.trg_log_judgment_status_change();

-- The job is locked first, as everywhere: two orders of locks would be a deadlock.
CREATE FUNCTION public.complete_enrichment(p_enrichment_id uuid, p_worker_id text, p_result jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_job_id uuid;
BEGIN
  PERFORM ops.require_valid(jsonb_typeof(p_result) = 'object', 'the result must be a JSON object');
  SELECT e.job_id INTO v_job_id FROM public.enrichments AS e WHERE e.id = p_enrichment_id;
  PERFORM ops.own_job(v_job_id, p_worker_id);
  UPDATE public.enrichments AS e SET status = 'complete', result = p_result, completed_at = now()
  WHERE e.id = p_enrichment_id;
  PERFORM ops.complete_job(v_job_id, p_worker_id);
END
$$;

CREATE FUNCTION public.set_case_enrichment(p_case_id uuid, p_fields jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_case_owner(p_case_id);
  PERFORM ops.require_fields(
    p_fields, ARRAY['employer', 'bank', 'real_estate', 'vehicles', 'social_profiles', 'verified_on']
  );
  PERFORM ops.require_valid(
    coalesce(jsonb_typeof(p_fields -> 'vehicles'), 'array') = 'array', 'vehicles must be a JSON array'
  );
  PERFORM (p_fields ->> 'verified_on')::date;
  UPDATE public.cases AS c SET enrichment = c.enrichment || p_fields, updated_at = now() WHERE c.id = p_case_id;
END
$$;

REVOKE ALL ON FUNCTION
  public.trg_core_judgments_enqueue_enrich, public.trg_log_judgment_status_change, public.complete_enrichment,
  public.set_case_enrichment
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.complete_enrichment, public.set_case_enrichment TO service_role, dragonfly_worker;

RESET ROLE;
