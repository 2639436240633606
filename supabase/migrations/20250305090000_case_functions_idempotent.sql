SET ROLE dragonfly_owner;

-- `created` tells a caller that repeats itself from one that meets another's case. Two calls at once give one case.
CREATE FUNCTION public.insert_or_get_case(
  p_court text, p_case_number text, p_title text, p_amount numeric DEFAULT 0, p_owner_id uuid DEFAULT NULL
)
RETURNS TABLE (case_id uuid, created boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  case_id := public.store_case(p_court, p_case_number, p_title, p_amount, p_owner_id);
  created := case_id IS NOT NULL;
  IF NOT created THEN
    SELECT c.id INTO STRICT case_id FROM public.cases AS c
    WHERE c.court = upper(btrim(p_court)) AND c.case_number = upper(btrim(p_case_number));
  END IF;
  RETURN NEXT;
END
$$;

-- A case that is there already gains the entities only from whoever may change it.
CREATE FUNCTION public.insert_or_get_case_with_entities(
  p_court text, p_case_number text, p_title text, p_entities jsonb, p_amount numeric DEFAULT 0,
  p_owner_id uuid DEFAULT NULL
)
RETURNS TABLE (case_id uuid, created boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  SELECT c.case_id, c.created INTO STRICT case_id, created
  FROM public.insert_or_get_case(p_court, p_case_number, p_title, p_amount, p_owner_id) AS c;
  IF NOT created THEN
    PERFORM public.require_case_owner(case_id);
  END IF;
  PERFORM public.link_entities(case_id, p_entities);
  RETURN NEXT;
END
$$;

CREATE FUNCTION public.insert_or_get_entity(
  p_kind public.entity_kind, p_name text, p_identifier text DEFAULT '', p_email text DEFAULT NULL,
  p_phone text DEFAULT NULL
)
RETURNS TABLE (entity_id uuid, created boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  entity_id := public.store_entity(p_kind, p_name, p_identifier, p_email, p_phone);
  created := entity_id IS NOT NULL;
  IF NOT created THEN
    entity_id := public.find_entity(p_kind, p_name, p_identifier);
  END IF;
  RETURN NEXT;
END
$$;

ALTER TABLE public.core_judgments ADD COLUMN priority smallint NOT NULL DEFAULT 50 CHECK (priority BETWEEN 0 AND 100);

CREATE FUNCTION public.set_judgment_priority(p_judgment_id uuid, p_priority integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(p_priority BETWEEN 0 AND 100, 'a priority is a number from 0 to 100');
  PERFORM public.require_judgment_owner(p_judgment_id);
  UPDATE public.core_judgments AS j SET priority = p_priority, updated_at = now() WHERE j.id = p_judgment_id;
END
$$;

REVOKE ALL ON FUNCTION
  public.insert_or_get_case, public.insert_or_get_case_with_entities, public.insert_or_get_entity,
  public.set_judgment_priority
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.insert_or_get_case, public.insert_or_get_case_with_entities, public.insert_or_get_entity,
  public.set_judgment_priority
TO service_role, dragonfly_app, dragonfly_ops, dragonfly_worker;

RESET ROLE;
