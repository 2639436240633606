SET ROLE dragonfly_owner;

-- A user's new case is their own. Only a backend or an admin may make one for somebody else.
CREATE FUNCTION public.owner_for_new_case(p_owner_id uuid)
RETURNS uuid
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE
    WHEN public.caller_is_backend() THEN p_owner_id
    WHEN public.dragonfly_is_admin() THEN coalesce(p_owner_id, public.require_user())
    ELSE public.require_user()
  END
$$;

-- What every way to insert a case goes through. NULL says that the case is there already.
CREATE FUNCTION public.store_case(
  p_court text, p_case_number text, p_title text, p_amount numeric, p_owner_id uuid
)
RETURNS uuid
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM ops.require_valid(btrim(p_court) <> '', 'the court is missing');
  PERFORM ops.require_valid(btrim(p_case_number) <> '', 'the case number is missing');
  PERFORM ops.require_valid(length(p_title) BETWEEN 1 AND 300, 'a title has 1 to 300 characters');
  PERFORM ops.require_valid(p_amount >= 0, 'the amount must not be negative');
  INSERT INTO public.cases (court, case_number, title, amount, owner_id)
  VALUES (
    upper(btrim(p_court)), upper(btrim(p_case_number)), p_title, p_amount, public.owner_for_new_case(p_owner_id)
  )
  ON CONFLICT (court, case_number) DO NOTHING
  RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.store_entity(
  p_kind public.entity_kind, p_name text, p_identifier text, p_email text, p_phone text
)
RETURNS uuid
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM ops.require_valid(p_kind IS NOT NULL, 'the kind of entity is missing');
  PERFORM ops.require_valid(length(btrim(p_name)) BETWEEN 1 AND 300, 'a name has 1 to 300 characters');
  INSERT INTO public.entities (kind, name, identifier, email, phone)
  VALUES (p_kind, btrim(p_name), coalesce(btrim(p_identifier), ''), p_email, p_phone)
  ON CONFLICT (kind, normalized_name, identifier) DO NOTHING
  RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.find_entity(p_kind public.entity_kind, p_name text, p_identifier text)
RETURNS uuid
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT e.id FROM public.entities AS e
  WHERE e.kind = p_kind
    AND e.normalized_name = lower(regexp_replace(btrim(p_name), '\s+', ' ', 'g'))
    AND e.identifier = coalesce(btrim(p_identifier), '')
$$;

-- An entity that is known already is linked, not made again.
CREATE FUNCTION public.link_entities(p_case_id uuid, p_entities jsonb)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_entity jsonb;
  v_entity_id uuid;
BEGIN
  PERFORM ops.require_valid(jsonb_typeof(p_entities) = 'array', 'the entities must be a JSON array');
  PERFORM ops.require_valid(jsonb_array_length(p_entities) BETWEEN 1 AND 50, 'a case has 1 to 50 entities');
  FOR v_entity IN SELECT jsonb_array_elements(p_entities) LOOP
    PERFORM ops.require_fields(v_entity, ARRAY['kind', 'name', 'identifier', 'role', 'email', 'phone']);
    PERFORM ops.require_valid(v_entity ? 'role', 'the role of an entity is missing');
    v_entity_id := coalesce(
      public.store_entity(
        (v_entity ->> 'kind')::public.entity_kind, v_entity ->> 'name', v_entity ->> 'identifier',
        v_entity ->> 'email', v_entity ->> 'phone'
      ),
      public.find_entity(
        (v_entity ->> 'kind')::public.entity_kind, v_entity ->> 'name', v_entity ->> 'identifier'
      )
    );
    INSERT INTO public.case_entities (case_id, entity_id, role)
    VALUES (p_case_id, v_entity_id, (v_entity ->> 'role')::public.party_role)
    ON CONFLICT DO NOTHING;
  END LOOP;
END
$$;

CREATE FUNCTION public.insert_case(
  p_court text, p_case_number text, p_title text, p_amount numeric DEFAULT 0, p_owner_id uuid DEFAULT NULL
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid := public.store_case(p_court, p_case_number, p_title, p_amount, p_owner_id);
BEGIN
  IF v_id IS NULL THEN
    RAISE EXCEPTION 'case % of % exists already', p_case_number, p_court USING ERRCODE = 'unique_violation';
  END IF;
  RETURN v_id;
END
$$;

-- One statement of the caller is one transaction: an entity that is refused takes the case back with it.
CREATE FUNCTION public.insert_case_with_entities(
  p_court text, p_case_number text, p_title text, p_entities jsonb, p_amount numeric DEFAULT 0,
  p_owner_id uuid DEFAULT NULL
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid := public.insert_case(p_court, p_case_number, p_title, p_amount, p_owner_id);
BEGIN
  PERFORM public.link_entities(v_id, p_entities);
  RETURN v_id;
END
$$;

CREATE FUNCTION public.insert_entity(
  p_kind public.entity_kind, p_name text, p_identifier text DEFAULT '', p_email text DEFAULT NULL,
  p_phone text DEFAULT NULL
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid := public.store_entity(p_kind, p_name, p_identifier, p_email, p_phone);
BEGIN
  IF v_id IS NULL THEN
    RAISE EXCEPTION '% "%" exists already', p_kind, p_name USING ERRCODE = 'unique_violation';
  END IF;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.update_judgment_status(p_judgment_id uuid, p_status public.judgment_status)
RETURNS public.judgment_status
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(p_status IS NOT NULL, 'the status is missing');
  PERFORM public.require_judgment_owner(p_judgment_id);
  UPDATE public.core_judgments AS j SET status = p_status, updated_at = now()
  WHERE j.id = p_judgment_id AND j.status <> p_status;
  RETURN p_status;
END
$$;

CREATE FUNCTION public.log_insert_case()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO public.record_insertions (record_kind, record_id) VALUES ('case', NEW.id);
  RETURN NEW;
END
$$;

CREATE FUNCTION public.log_insert_entity()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO public.record_insertions (record_kind, record_id) VALUES ('entity', NEW.id);
  RETURN NEW;
END
$$;

CREATE TRIGGER log_insert_case AFTER INSERT ON public.cases
  FOR EACH ROW EXECUTE FUNCTION public.log_insert_case();
CREATE TRIGGER log_insert_entity AFTER INSERT ON public.entities
  FOR EACH ROW EXECUTE FUNCTION public.log_insert_entity();

REVOKE ALL ON FUNCTION
  public.owner_for_new_case, public.store_case, public.store_entity, public.find_entity, public.link_entities,
  public.insert_case, public.insert_case_with_entities, public.insert_entity, public.update_judgment_status,
  public.log_insert_case, public.log_insert_entity
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.insert_case, public.insert_case_with_entities, public.insert_entity, public.update_judgment_status
TO service_role, dragonfly_app, dragonfly_ops;

RESET ROLE;
