-- Workflows: a kind of flow is a list of steps; a flow of a case turns them into tasks.
SET ROLE dragonfly_owner;

CREATE TYPE public.enforcement_flow_kind AS ENUM ('standard', 'wage_garnishment', 'bank_levy');
CREATE TYPE public.enforcement_flow_status AS ENUM ('active', 'finished', 'cancelled');

CREATE TABLE public.enforcement_flow_steps (
  kind public.enforcement_flow_kind NOT NULL,
  step smallint NOT NULL CHECK (step > 0),
  action_type public.enforcement_action_type NOT NULL,
  due_after interval NOT NULL,
  PRIMARY KEY (kind, step)
);
CREATE TABLE public.enforcement_workflows (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  case_id uuid NOT NULL REFERENCES public.cases,
  kind public.enforcement_flow_kind NOT NULL,
  status public.enforcement_flow_status NOT NULL DEFAULT 'active',
  started_by uuid DEFAULT public.current_user_id(),
  started_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX enforcement_workflows_one_active ON public.enforcement_workflows (case_id) WHERE status = 'active';
CREATE TABLE public.enforcement_tasks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workflow_id uuid NOT NULL REFERENCES public.enforcement_workflows,
  step smallint NOT NULL,
  action_type public.enforcement_action_type NOT NULL,
  due_on date NOT NULL,
  done boolean NOT NULL DEFAULT false,
  UNIQUE (workflow_id, step)
);

ALTER TABLE public.enforcement_flow_steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enforcement_flow_steps FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enforcement_workflows ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enforcement_workflows FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enforcement_tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enforcement_tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY definers ON public.enforcement_flow_steps TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON public.enforcement_workflows TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON public.enforcement_tasks TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY read_permitted ON public.enforcement_workflows FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (public.dragonfly_can_read('case', case_id));
-- Through the workflow's own policy: who sees the workflow sees its tasks.
CREATE POLICY read_permitted ON public.enforcement_tasks FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (EXISTS (SELECT FROM public.enforcement_workflows AS w WHERE w.id = workflow_id));
GRANT SELECT ON public.enforcement_workflows, public.enforcement_tasks TO dragonfly_app, dragonfly_ops;

INSERT INTO public.enforcement_flow_steps (kind, step, action_type, due_after) VALUES
  ('standard', 1, 'search_assets', '7 days'),
  ('standard', 2, 'send_demand', '14 days'),
  ('standard', 3, 'call_debtor', '21 days'),
  ('standard', 4, 'record_lien', '45 days'),
  ('wage_garnishment', 1, 'search_assets', '7 days'),
  ('wage_garnishment', 2, 'file_garnishment', '21 days'),
  ('bank_levy', 1, 'search_assets', '7 days'),
  ('bank_levy', 2, 'serve_levy', '14 days');

-- Steps that are tasks already stay as they are, so that a second call adds only what is new in the kind of flow.
CREATE FUNCTION public.generate_enforcement_tasks(p_workflow_id uuid)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_flow public.enforcement_workflows;
  v_count integer;
BEGIN
  SELECT w.* INTO v_flow FROM public.enforcement_workflows AS w WHERE w.id = p_workflow_id FOR UPDATE;
  PERFORM ops.require_valid(v_flow.id IS NOT NULL, 'there is no such workflow');
  PERFORM public.require_case_owner(v_flow.case_id);
  IF v_flow.status <> 'active' THEN
    RAISE EXCEPTION 'workflow % is %', p_workflow_id, v_flow.status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  INSERT INTO public.enforcement_tasks (workflow_id, step, action_type, due_on)
  SELECT v_flow.id, s.step, s.action_type, (v_flow.started_at + s.due_after)::date
  FROM public.enforcement_flow_steps AS s WHERE s.kind = v_flow.kind
  ON CONFLICT (workflow_id, step) DO NOTHING;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END
$$;

-- A case is enforced in one way at a time, and only while there is something to enforce.
CREATE FUNCTION public.spawn_enforcement_flow(p_case_id uuid, p_kind public.enforcement_flow_kind)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM public.require_case_owner(p_case_id);
  PERFORM ops.require_valid(p_kind IS NOT NULL, 'the kind of workflow is missing');
  PERFORM FROM public.cases AS c WHERE c.id = p_case_id AND c.status IN ('open', 'in_enforcement') FOR UPDATE;
  IF NOT FOUND OR EXISTS (
    SELECT FROM public.enforcement_workflows AS w WHERE w.case_id = p_case_id AND w.status = 'active'
  ) THEN
    RAISE EXCEPTION 'case % is closed or has an active workflow', p_case_id
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  INSERT INTO public.enforcement_workflows (case_id, kind) VALUES (p_case_id, p_kind) RETURNING id INTO v_id;
  UPDATE public.cases AS c SET status = 'in_enforcement', updated_at = now() WHERE c.id = p_case_id;
  PERFORM public.generate_enforcement_tasks(v_id);
  PERFORM public.add_enforcement_event(p_case_id, 'flow_started', jsonb_build_object('kind', p_kind));
  RETURN v_id;
END
$$;

CREATE FUNCTION public.log_enforcement_event(
  p_case_id uuid, p_action_type public.enforcement_action_type, p_note text DEFAULT ''
)
RETURNS uuid
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT public.log_enforcement_action(p_case_id, p_action_type, p_note)
$$;

CREATE FUNCTION public.update_enforcement_action_status(
  p_action_id uuid, p_status public.enforcement_action_status, p_note text DEFAULT ''
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_action public.enforcement_actions;
BEGIN
  PERFORM ops.require_valid(p_status IS NOT NULL, 'the status is missing');
  PERFORM ops.require_valid(length(p_note) <= 2000, 'a note has at most 2000 characters');
  SELECT a.* INTO v_action FROM public.enforcement_actions AS a WHERE a.id = p_action_id FOR UPDATE;
  IF v_action.id IS NULL OR NOT (
    public.caller_is_backend()
    OR public.dragonfly_is_admin()
    OR coalesce(v_action.owner_id = public.current_user_id(), false)
  ) THEN
    RAISE EXCEPTION 'no action % of yours', p_action_id USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF v_action.status NOT IN ('planned', 'in_progress') THEN
    RAISE EXCEPTION 'action % is % already', p_action_id, v_action.status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  UPDATE public.enforcement_actions AS a SET status = p_status, updated_at = now() WHERE a.id = p_action_id;
  INSERT INTO public.enforcement_action_log (action_id, status, note) VALUES (p_action_id, p_status, p_note);
END
$$;

REVOKE ALL ON FUNCTION
  public.generate_enforcement_tasks, public.spawn_enforcement_flow, public.log_enforcement_event,
  public.update_enforcement_action_status
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.generate_enforcement_tasks, public.spawn_enforcement_flow, public.log_enforcement_event,
  public.update_enforcement_action_status
TO service_role, dragonfly_app, dragonfly_ops;

RESET ROLE;
