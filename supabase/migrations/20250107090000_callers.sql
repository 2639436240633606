-- Who is calling, and what may be asked of them. All of these are SECURITY INVOKER: within a definer they run as its
-- owner, who alone may execute them, and what they read about the caller does not depend on current_user.
SET ROLE dragonfly_owner;

-- The claims are PostgREST's: it verifies the token and sets them for the transaction.
CREATE FUNCTION public.current_claims()
RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb
$$;

CREATE FUNCTION public.current_user_id()
RETURNS uuid
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
$$;

-- In a definer current_user is the owner. The setting `role` keeps what SET ROLE chose, and nobody can set it to a
-- role that they are not a member of.
CREATE FUNCTION public.caller_role()
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END
$$;

-- Backends act for the system and carry no user. USAGE, not MEMBER: PostgREST's own login may become service_role, but
-- is not it until it does.
CREATE FUNCTION public.caller_is_backend()
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT pg_has_role(public.caller_role(), 'service_role', 'USAGE')
    OR pg_has_role(public.caller_role(), 'dragonfly_worker', 'USAGE')
    OR pg_has_role(public.caller_role(), 'dragonfly_scheduler', 'USAGE')
$$;

CREATE FUNCTION public.require_user()
RETURNS uuid
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF public.current_user_id() IS NULL THEN
    RAISE EXCEPTION 'a signed-in user is required' USING ERRCODE = 'invalid_authorization_specification';
  END IF;
  RETURN public.current_user_id();
END
$$;

-- NULL is not valid: a check that nobody can answer has not passed.
CREATE FUNCTION ops.require_valid(p_valid boolean, p_message text)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF p_valid IS NOT TRUE THEN
    RAISE EXCEPTION '%', p_message USING ERRCODE = 'invalid_parameter_value';
  END IF;
END
$$;

-- A page size is capped, not refused: asking for more than there may be is no fault. Asking for none is.
CREATE FUNCTION ops.page_limit(p_limit integer, p_most integer)
RETURNS integer
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(coalesce(p_limit, p_most) >= 1, 'the limit must be at least 1');
  RETURN least(coalesce(p_limit, p_most), p_most);
END
$$;

-- All workers share one database role. A token that names a worker binds its bearer to that name.
CREATE FUNCTION ops.require_worker(p_worker_id text)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(
    p_worker_id ~ '^[a-z0-9][a-z0-9_.:-]{2,62}$',
    'a worker ID has 3 to 63 lower-case letters, digits, or any of _ . : -'
  );
  IF coalesce(public.current_claims() ->> 'worker_id', p_worker_id) <> p_worker_id THEN
    RAISE EXCEPTION 'this token speaks for another worker' USING ERRCODE = 'insufficient_privilege';
  END IF;
END
$$;

-- Only columns in the list, and only as an object: for functions that take a patch of named fields.
CREATE FUNCTION ops.require_fields(p_fields jsonb, p_allowed text[])
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(jsonb_typeof(p_fields) = 'object', 'the fields must be a JSON object');
  PERFORM ops.require_valid(p_fields <> '{}', 'there is no field to set');
  PERFORM ops.require_valid(
    p_fields - p_allowed = '{}',
    'unknown fields: ' || coalesce((SELECT string_agg(k, ', ') FROM jsonb_object_keys(p_fields - p_allowed) AS k), '')
  );
END
$$;

-- Append-only, for everybody. A policy would let an UPDATE find no rows and succeed; a trigger for each statement
-- refuses even that, and TRUNCATE, which policies do not see.
CREATE FUNCTION ops.refuse_change()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION '%.% is append-only: % refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END
$$;

REVOKE ALL ON FUNCTION
  public.current_claims, public.current_user_id, public.caller_role, public.caller_is_backend, public.require_user,
  ops.require_valid, ops.page_limit, ops.require_worker, ops.require_fields, ops.refuse_change
FROM PUBLIC, anon, authenticated;
-- Policies run as whoever queries.
GRANT EXECUTE ON FUNCTION public.current_user_id TO dragonfly_app, dragonfly_ops;

RESET ROLE;
