-- Who may read a case, and who may change one: said once, for policies and for functions.
SET ROLE dragonfly_owner;

CREATE FUNCTION public.dragonfly_can_read(p_resource public.resource_kind, p_resource_id uuid)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT public.caller_is_backend()
    OR public.dragonfly_has_any_role('{admin,ops,analyst}')
    OR coalesce(
      CASE p_resource
        WHEN 'case' THEN EXISTS (
          SELECT FROM public.cases AS c WHERE c.id = p_resource_id AND c.owner_id = public.current_user_id()
        )
        WHEN 'judgment' THEN EXISTS (
          SELECT FROM public.core_judgments AS j JOIN public.cases AS c ON c.id = j.case_id
          WHERE j.id = p_resource_id AND c.owner_id = public.current_user_id()
        )
        WHEN 'entity' THEN EXISTS (
          SELECT FROM public.case_entities AS e JOIN public.cases AS c ON c.id = e.case_id
          WHERE e.entity_id = p_resource_id AND c.owner_id = public.current_user_id()
        )
      END,
      false
    )
$$;

-- One answer for a case that is missing and for one that is another's: asking tells nothing about what exists.
CREATE FUNCTION public.require_case_read(p_case_id uuid)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF public.dragonfly_can_read('case', p_case_id)
    AND EXISTS (SELECT FROM public.cases AS c WHERE c.id = p_case_id)
  THEN
    RETURN;
  END IF;
  RAISE EXCEPTION 'no case % that you may read', p_case_id USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION public.require_case_owner(p_case_id uuid)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.cases AS c
    WHERE c.id = p_case_id
      AND (
        c.owner_id = public.current_user_id()
        OR public.caller_is_backend()
        OR public.dragonfly_has_any_role('{admin,ops}')
      )
  ) THEN
    RAISE EXCEPTION 'no case % of yours', p_case_id USING ERRCODE = 'insufficient_privilege';
  END IF;
END
$$;

-- A judgment without a case has no owner yet: it belongs to operations.
CREATE FUNCTION public.require_judgment_owner(p_judgment_id uuid)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.core_judgments AS j LEFT JOIN public.cases AS c ON c.id = j.case_id
    WHERE j.id = p_judgment_id
      AND (
        c.owner_id = public.current_user_id()
        OR public.caller_is_backend()
        OR public.dragonfly_has_any_role('{admin,ops}')
      )
  ) THEN
    RAISE EXCEPTION 'no judgment % of yours', p_judgment_id USING ERRCODE = 'insufficient_privilege';
  END IF;
END
$$;

REVOKE ALL ON FUNCTION
  public.dragonfly_can_read, public.require_case_read, public.require_case_owner, public.require_judgment_owner
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.dragonfly_can_read TO service_role, dragonfly_app, dragonfly_ops;

CREATE POLICY read_permitted ON public.cases FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (public.dragonfly_can_read('case', id));
CREATE POLICY read_permitted ON public.entities FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (public.dragonfly_can_read('entity', id));
CREATE POLICY read_permitted ON public.case_entities FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (public.dragonfly_can_read('case', case_id));
CREATE POLICY read_permitted ON public.core_judgments FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (public.dragonfly_can_read('judgment', id));
GRANT SELECT ON public.cases, public.entities, public.case_entities, public.core_judgments
TO dragonfly_app, dragonfly_ops;

-- security_invoker: without it a view reads as its owner, past the reader's policies.
CREATE VIEW public.case_overview WITH (security_invoker = true, security_barrier = true) AS
  SELECT c.id, c.court, c.case_number, c.title, c.status, count(j.id) AS judgments, sum(j.amount) AS judged
  FROM public.cases AS c LEFT JOIN public.core_judgments AS j ON j.case_id = c.id
  GROUP BY c.id;
REVOKE ALL ON public.case_overview FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT ON public.case_overview TO dragonfly_app, dragonfly_ops;

RESET ROLE;
