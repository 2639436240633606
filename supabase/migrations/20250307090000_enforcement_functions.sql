SET ROLE dragonfly_owner;

CREATE FUNCTION public.add_enforcement_event(
  p_case_id uuid, p_event_type public.enforcement_event_type, p_details jsonb DEFAULT '{}'
)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM public.require_case_owner(p_case_id);
  PERFORM ops.require_valid(p_event_type IS NOT NULL, 'the type of event is missing');
  PERFORM ops.require_valid(jsonb_typeof(p_details) = 'object', 'the details must be a JSON object');
  INSERT INTO public.enforcement_events (case_id, event_type, details)
  VALUES (p_case_id, p_event_type, p_details) RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

-- The same file twice is one piece of evidence.
CREATE FUNCTION public.add_evidence(
  p_case_id uuid, p_kind public.evidence_kind, p_title text, p_storage_path text, p_sha256 text
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM public.require_case_owner(p_case_id);
  PERFORM ops.require_valid(p_sha256 ~ '^[0-9a-f]{64}$', 'a SHA-256 has 64 hexadecimal digits');
  PERFORM ops.require_valid(
    p_storage_path ~ '^[A-Za-z0-9][A-Za-z0-9._/-]*$' AND p_storage_path !~ '\.\.' AND length(p_storage_path) <= 400,
    'that is not a storage path'
  );
  INSERT INTO public.evidence (case_id, kind, title, storage_path, sha256)
  VALUES (p_case_id, p_kind, p_title, p_storage_path, p_sha256)
  ON CONFLICT (case_id, sha256) DO NOTHING
  RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    SELECT e.id INTO STRICT v_id FROM public.evidence AS e WHERE e.case_id = p_case_id AND e.sha256 = p_sha256;
  END IF;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.get_enforcement_timeline(
  p_case_id uuid, p_limit integer DEFAULT 50, p_before bigint DEFAULT NULL
)
RETURNS TABLE (id bigint, at timestamptz, event_type public.enforcement_event_type, details jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_case_read(p_case_id);
  RETURN QUERY
    SELECT e.id, e.at, e.event_type, e.details
    FROM public.enforcement_events AS e
    WHERE e.case_id = p_case_id AND (p_before IS NULL OR e.id < p_before)
    ORDER BY e.id DESC
    LIMIT ops.page_limit(p_limit, 200);
END
$$;

-- Takes the first entry of the log with it: no action exists that the log does not know.
CREATE FUNCTION public.log_enforcement_action(
  p_case_id uuid, p_action_type public.enforcement_action_type, p_note text DEFAULT '',
  p_status public.enforcement_action_status DEFAULT 'done'
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM public.require_case_owner(p_case_id);
  PERFORM ops.require_valid(p_action_type IS NOT NULL, 'the type of action is missing');
  PERFORM ops.require_valid(p_status IS NOT NULL, 'the status is missing');
  PERFORM ops.require_valid(length(p_note) <= 2000, 'a note has at most 2000 characters');
  INSERT INTO public.enforcement_actions (case_id, action_type, status, owner_id)
  VALUES (p_case_id, p_action_type, p_status, public.current_user_id()) RETURNING id INTO v_id;
  INSERT INTO public.enforcement_action_log (action_id, status, note) VALUES (v_id, p_status, p_note);
  RETURN v_id;
END
$$;

CREATE FUNCTION public.set_enforcement_stage(p_case_id uuid, p_stage public.enforcement_stage)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_from public.enforcement_stage;
BEGIN
  PERFORM public.require_case_owner(p_case_id);
  PERFORM ops.require_valid(p_stage IS NOT NULL, 'the stage is missing');
  SELECT c.enforcement_stage INTO STRICT v_from FROM public.cases AS c WHERE c.id = p_case_id FOR UPDATE;
  IF v_from = p_stage THEN
    RETURN;
  END IF;
  UPDATE public.cases AS c SET enforcement_stage = p_stage, updated_at = now() WHERE c.id = p_case_id;
  INSERT INTO public.enforcement_events (case_id, event_type, details)
  VALUES (p_case_id, 'stage_changed', jsonb_build_object('from', v_from, 'to', p_stage));
END
$$;

REVOKE ALL ON FUNCTION
  public.add_enforcement_event, public.add_evidence, public.get_enforcement_timeline, public.log_enforcement_action,
  public.set_enforcement_stage
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.add_enforcement_event, public.add_evidence, public.get_enforcement_timeline, public.log_enforcement_action,
  public.set_enforcement_stage
TO service_role, dragonfly_app, dragonfly_ops;

RESET ROLE;
