SET ROLE dragonfly_owner;

CREATE FUNCTION ops.log_action(p_action text, p_target text DEFAULT '', p_details jsonb DEFAULT '{}')
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM ops.require_valid(p_action ~ '^[a-z][a-z0-9_.]{1,79}$', 'an action is a lower-case name');
  PERFORM ops.require_valid(length(p_target) <= 200, 'a target has at most 200 characters');
  PERFORM ops.require_valid(jsonb_typeof(p_details) = 'object', 'the details must be a JSON object');
  INSERT INTO ops.audit_log (action, target, details) VALUES (p_action, p_target, p_details) RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.log_event(p_event text, p_details jsonb DEFAULT '{}')
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM ops.require_valid(p_event ~ '^[a-z][a-z0-9_.]{1,79}$', 'an event is a lower-case name');
  PERFORM ops.require_valid(jsonb_typeof(p_details) = 'object', 'the details must be a JSON object');
  INSERT INTO public.event_log (event, details) VALUES (p_event, p_details) RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.log_access(p_resource text, p_resource_id text, p_granted boolean DEFAULT true)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM ops.require_valid(p_resource ~ '^[a-z][a-z0-9_.]{1,79}$', 'a resource is a lower-case name');
  PERFORM ops.require_valid(length(p_resource_id) <= 200, 'a resource ID has at most 200 characters');
  PERFORM ops.require_valid(p_granted IS NOT NULL, 'access is granted or it is not');
  INSERT INTO public.access_log (resource, resource_id, granted) VALUES (p_resource, p_resource_id, p_granted)
  RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

-- Pages go backwards by ID, not by offset: the log grows while it is read. Who is neither admin nor backend sees
-- their own accesses only.
CREATE FUNCTION public.get_access_logs(p_limit integer DEFAULT 50, p_before bigint DEFAULT NULL)
RETURNS SETOF public.access_log
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT l.*
  FROM public.access_log AS l
  WHERE (p_before IS NULL OR l.id < p_before)
    AND (public.caller_is_backend() OR public.dragonfly_is_admin() OR l.actor_id = public.current_user_id())
  ORDER BY l.id DESC
  LIMIT ops.page_limit(p_limit, 200)
$$;

REVOKE ALL ON FUNCTION ops.log_action, public.log_event, public.log_access, public.get_access_logs
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION ops.log_action, public.log_event, public.log_access
TO service_role, dragonfly_app, dragonfly_ops, dragonfly_worker, dragonfly_scheduler;
GRANT EXECUTE ON FUNCTION public.get_access_logs TO service_role, dragonfly_app, dragonfly_ops;

RESET ROLE;
