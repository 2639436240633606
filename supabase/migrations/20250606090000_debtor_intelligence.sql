-- What is found out about debtors, from where, and which runs found it.
SET ROLE dragonfly_owner;

CREATE TABLE public.enrichment_bundles (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  case_id uuid NOT NULL REFERENCES public.cases,
  provider text NOT NULL CHECK (provider ~ '^[a-z][a-z0-9_]{1,59}$'),
  bundle jsonb NOT NULL CHECK (jsonb_typeof(bundle) = 'object'),
  revision integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (case_id, provider)
);
CREATE TABLE public.debtor_intelligence (
  entity_id uuid PRIMARY KEY REFERENCES public.entities,
  employer text CHECK (length(employer) <= 300),
  bank text CHECK (length(bank) <= 300),
  real_estate boolean,
  confidence smallint NOT NULL CHECK (confidence BETWEEN 0 AND 100),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE public.enrichment_runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  worker_id text NOT NULL,
  provider text NOT NULL CHECK (provider ~ '^[a-z][a-z0-9_]{1,59}$'),
  case_id uuid NOT NULL REFERENCES public.cases,
  succeeded boolean NOT NULL,
  duration_ms integer NOT NULL CHECK (duration_ms >= 0)
);
ALTER TABLE public.enrichment_bundles ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enrichment_bundles FORCE ROW LEVEL SECURITY;
ALTER TABLE public.debtor_intelligence ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.debtor_intelligence FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enrichment_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enrichment_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY definers ON public.enrichment_bundles TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON public.debtor_intelligence TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers_read ON public.enrichment_runs FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.enrichment_runs FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY read_permitted ON public.debtor_intelligence FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (public.dragonfly_can_read('entity', entity_id));
GRANT SELECT ON public.debtor_intelligence TO dragonfly_app, dragonfly_ops;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.enrichment_runs
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
ALTER TABLE public.enrichment_runs ENABLE ALWAYS TRIGGER append_only;

-- The revision grows only when something changed: a provider that says the same again has said nothing new.
CREATE FUNCTION public.upsert_enrichment_bundle(p_case_id uuid, p_provider text, p_bundle jsonb)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_revision integer;
BEGIN
  PERFORM public.require_case_owner(p_case_id);
  PERFORM ops.require_valid(p_provider ~ '^[a-z][a-z0-9_]{1,59}$', 'a provider is a lower-case name');
  PERFORM ops.require_valid(jsonb_typeof(p_bundle) = 'object', 'the bundle must be a JSON object');
  PERFORM ops.require_valid(pg_column_size(p_bundle) <= 262144, 'the bundle is larger than 256 KiB');
  INSERT INTO public.enrichment_bundles AS b (case_id, provider, bundle) VALUES (p_case_id, p_provider, p_bundle)
  ON CONFLICT (case_id, provider) DO UPDATE
  SET revision = b.revision + (b.bundle IS DISTINCT FROM EXCLUDED.bundle)::integer, bundle = EXCLUDED.bundle,
    updated_at = now()
  RETURNING b.revision INTO v_revision;
  RETURN v_revision;
END
$$;

-- What is less certain than what is known does not replace it.
CREATE FUNCTION public.upsert_debtor_intelligence(
  p_entity_id uuid, p_confidence integer, p_employer text DEFAULT NULL, p_bank text DEFAULT NULL,
  p_real_estate boolean DEFAULT NULL
)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(p_confidence BETWEEN 0 AND 100, 'a confidence is a number from 0 to 100');
  PERFORM ops.require_valid(
    EXISTS (SELECT FROM public.case_entities AS e WHERE e.entity_id = p_entity_id AND e.role = 'defendant'),
    'that is not a debtor'
  );
  INSERT INTO public.debtor_intelligence AS d (entity_id, confidence, employer, bank, real_estate)
  VALUES (p_entity_id, p_confidence, p_employer, p_bank, p_real_estate)
  ON CONFLICT (entity_id) DO UPDATE
  SET confidence = EXCLUDED.confidence, employer = coalesce(EXCLUDED.employer, d.employer),
    bank = coalesce(EXCLUDED.bank, d.bank), real_estate = coalesce(EXCLUDED.real_estate, d.real_estate),
    updated_at = now()
  WHERE EXCLUDED.confidence >= d.confidence;
  RETURN FOUND;
END
$$;

CREATE FUNCTION public.enrichment_log_run(
  p_worker_id text, p_provider text, p_case_id uuid, p_succeeded boolean, p_duration_ms integer
)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM ops.require_worker(p_worker_id);
  PERFORM ops.require_valid(p_provider ~ '^[a-z][a-z0-9_]{1,59}$', 'a provider is a lower-case name');
  PERFORM ops.require_valid(p_succeeded IS NOT NULL, 'a run succeeded or it did not');
  PERFORM ops.require_valid(p_duration_ms >= 0, 'the duration must not be negative');
  INSERT INTO public.enrichment_runs (worker_id, provider, case_id, succeeded, duration_ms)
  VALUES (p_worker_id, p_provider, p_case_id, p_succeeded, p_duration_ms) RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.enrichment_update_debtor(p_entity_id uuid, p_fields jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_fields(p_fields, ARRAY['email', 'phone', 'address']);
  PERFORM ops.require_valid(
    coalesce(p_fields ->> 'email', 'a@b.c') ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$', 'that is not an e-mail address'
  );
  PERFORM ops.require_valid(
    coalesce(p_fields ->> 'phone', '+1000000') ~ '^\+[0-9]{7,15}$', 'a phone number is + and 7 to 15 digits'
  );
  PERFORM ops.require_valid(
    coalesce(length(p_fields ->> 'address'), 0) <= 500, 'an address has at most 500 characters'
  );
  UPDATE public.entities AS e
  SET email = coalesce(p_fields ->> 'email', e.email), phone = coalesce(p_fields ->> 'phone', e.phone),
    address = coalesce(p_fields ->> 'address', e.address), updated_at = now()
  WHERE e.id = p_entity_id
    AND EXISTS (SELECT FROM public.case_entities AS c WHERE c.entity_id = e.id AND c.role = 'defendant');
  PERFORM ops.require_valid(FOUND, 'that is not a debtor');
END
$$;

REVOKE ALL ON FUNCTION
  public.upsert_enrichment_bundle, public.upsert_debtor_intelligence, public.enrichment_log_run,
  public.enrichment_update_debtor
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.upsert_enrichment_bundle, public.upsert_debtor_intelligence, public.enrichment_log_run,
  public.enrichment_update_debtor
TO service_role, dragonfly_worker;

RESET ROLE;
