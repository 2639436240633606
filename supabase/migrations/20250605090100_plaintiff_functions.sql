SET ROLE dragonfly_owner;

CREATE FUNCTION public.set_plaintiff_status(
  p_plaintiff_id uuid, p_status public.plaintiff_status, p_reason text DEFAULT ''
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_from public.plaintiff_status;
BEGIN
  PERFORM public.require_ops();
  PERFORM ops.require_valid(p_status IS NOT NULL, 'the status is missing');
  PERFORM ops.require_valid(length(p_reason) <= 500, 'a reason has at most 500 characters');
  SELECT p.status INTO v_from FROM public.plaintiffs AS p WHERE p.id = p_plaintiff_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no plaintiff %', p_plaintiff_id USING ERRCODE = 'no_data_found';
  END IF;
  IF v_from = p_status THEN
    RETURN;
  END IF;
  UPDATE public.plaintiffs AS p SET status = p_status, updated_at = now() WHERE p.id = p_plaintiff_id;
  INSERT INTO public.plaintiff_status_history (plaintiff_id, from_status, to_status, reason)
  VALUES (p_plaintiff_id, v_from, p_status, p_reason);
END
$$;

CREATE FUNCTION public.update_plaintiff_status(p_plaintiff_id uuid, p_status public.plaintiff_status)
RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT public.set_plaintiff_status(p_plaintiff_id, p_status)
$$;

CREATE FUNCTION public.ops_update_plaintiff_status(
  p_plaintiff_id uuid, p_status public.plaintiff_status, p_reason text
)
RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT public.set_plaintiff_status(p_plaintiff_id, p_status, p_reason)
$$;

-- Completing what is completed is no fault: the answer to the first call may have been lost.
CREATE FUNCTION public.complete_plaintiff_task(p_task_id uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_task public.plaintiff_tasks;
BEGIN
  SELECT t.* INTO v_task FROM public.plaintiff_tasks AS t WHERE t.id = p_task_id FOR UPDATE;
  IF v_task.id IS NULL OR NOT (
    public.caller_is_backend()
    OR public.dragonfly_is_admin()
    OR coalesce(v_task.assigned_to = public.current_user_id(), false)
  ) THEN
    RAISE EXCEPTION 'no task % of yours', p_task_id USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF v_task.status = 'cancelled' THEN
    RAISE EXCEPTION 'task % is cancelled', p_task_id USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  UPDATE public.plaintiff_tasks AS t SET status = 'done', completed_at = now(), updated_at = now()
  WHERE t.id = p_task_id AND t.status <> 'done';
END
$$;

-- One task for each key: a rule that runs daily does not pile up tasks. A finished one is not opened again.
CREATE FUNCTION public.upsert_plaintiff_task(
  p_plaintiff_id uuid, p_task_key text, p_title text, p_due_on date DEFAULT NULL, p_assigned_to uuid DEFAULT NULL
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM public.require_ops();
  PERFORM ops.require_valid(p_task_key ~ '^[a-z][a-z0-9_]{1,79}$', 'a task key is a lower-case name');
  PERFORM ops.require_valid(length(p_title) BETWEEN 1 AND 300, 'a title has 1 to 300 characters');
  INSERT INTO public.plaintiff_tasks AS t (plaintiff_id, task_key, title, due_on, assigned_to)
  VALUES (p_plaintiff_id, p_task_key, p_title, p_due_on, p_assigned_to)
  ON CONFLICT (plaintiff_id, task_key) DO UPDATE
  SET title = EXCLUDED.title, due_on = coalesce(EXCLUDED.due_on, t.due_on),
    assigned_to = coalesce(EXCLUDED.assigned_to, t.assigned_to), updated_at = now()
  RETURNING t.id INTO v_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.ops_update_task(p_task_id uuid, p_fields jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  PERFORM ops.require_fields(p_fields, ARRAY['title', 'status', 'due_on', 'assigned_to']);
  PERFORM ops.require_valid(
    coalesce(length(p_fields ->> 'title'), 1) BETWEEN 1 AND 300, 'a title has 1 to 300 characters'
  );
  UPDATE public.plaintiff_tasks AS t
  SET title = coalesce(p_fields ->> 'title', t.title),
    status = coalesce((p_fields ->> 'status')::public.task_status, t.status),
    due_on = CASE WHEN p_fields ? 'due_on' THEN (p_fields ->> 'due_on')::date ELSE t.due_on END,
    assigned_to = CASE WHEN p_fields ? 'assigned_to' THEN (p_fields ->> 'assigned_to')::uuid ELSE t.assigned_to END,
    completed_at = CASE WHEN p_fields ->> 'status' = 'done' THEN now() ELSE t.completed_at END,
    updated_at = now()
  WHERE t.id = p_task_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no task %', p_task_id USING ERRCODE = 'no_data_found';
  END IF;
END
$$;

-- Who asks not to be called is not called again, whatever else was planned.
CREATE FUNCTION public.log_call_outcome(
  p_plaintiff_id uuid, p_outcome public.call_outcome, p_duration_seconds integer DEFAULT 0, p_note text DEFAULT ''
)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM public.require_ops();
  PERFORM ops.require_valid(p_outcome IS NOT NULL, 'the outcome is missing');
  PERFORM ops.require_valid(p_duration_seconds BETWEEN 0 AND 86400, 'a call lasts 0 to 86400 seconds');
  PERFORM ops.require_valid(length(p_note) <= 2000, 'a note has at most 2000 characters');
  INSERT INTO public.call_log (plaintiff_id, outcome, duration_seconds, note)
  VALUES (p_plaintiff_id, p_outcome, p_duration_seconds, p_note) RETURNING id INTO v_id;
  IF p_outcome = 'do_not_call' THEN
    UPDATE public.plaintiffs AS p SET outreach = 'do_not_contact', updated_at = now() WHERE p.id = p_plaintiff_id;
  END IF;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.outreach_log_call(
  p_plaintiff_id uuid, p_outcome public.call_outcome, p_duration_seconds integer DEFAULT 0, p_note text DEFAULT ''
)
RETURNS bigint
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT public.log_call_outcome(p_plaintiff_id, p_outcome, p_duration_seconds, p_note)
$$;

CREATE FUNCTION public.outreach_update_status(p_plaintiff_id uuid, p_status public.outreach_status)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_from public.outreach_status;
BEGIN
  PERFORM public.require_ops();
  PERFORM ops.require_valid(p_status IS NOT NULL, 'the status is missing');
  SELECT p.outreach INTO v_from FROM public.plaintiffs AS p WHERE p.id = p_plaintiff_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no plaintiff %', p_plaintiff_id USING ERRCODE = 'no_data_found';
  END IF;
  IF v_from = 'do_not_contact' AND p_status <> 'do_not_contact' AND NOT public.dragonfly_is_admin() THEN
    RAISE EXCEPTION 'plaintiff % asked not to be contacted', p_plaintiff_id USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.plaintiffs AS p SET outreach = p_status, updated_at = now() WHERE p.id = p_plaintiff_id;
END
$$;

REVOKE ALL ON FUNCTION
  public.set_plaintiff_status, public.update_plaintiff_status, public.ops_update_plaintiff_status,
  public.complete_plaintiff_task, public.upsert_plaintiff_task, public.ops_update_task, public.log_call_outcome,
  public.outreach_log_call, public.outreach_update_status
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.set_plaintiff_status, public.update_plaintiff_status, public.ops_update_plaintiff_status,
  public.complete_plaintiff_task, public.upsert_plaintiff_task, public.ops_update_task, public.log_call_outcome,
  public.outreach_log_call, public.outreach_update_status
TO service_role, dragonfly_ops;
GRANT EXECUTE ON FUNCTION public.complete_plaintiff_task TO dragonfly_app;

RESET ROLE;
