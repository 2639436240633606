-- What a strategy brought in, and at what cost: the material for choosing the next one.
SET ROLE dragonfly_owner;

CREATE TYPE enforcement.outcome AS ENUM ('collected', 'partially_collected', 'uncollectable');
CREATE TABLE enforcement.strategy_outcomes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  workflow_id uuid NOT NULL UNIQUE REFERENCES public.enforcement_workflows,
  outcome enforcement.outcome NOT NULL,
  recovered numeric(14, 2) NOT NULL CHECK (recovered >= 0),
  cost numeric(14, 2) NOT NULL CHECK (cost >= 0),
  CHECK ((outcome = 'uncollectable') = (recovered = 0))
);
CREATE TABLE enforcement.strategy_totals (
  kind public.enforcement_flow_kind PRIMARY KEY,
  flows integer NOT NULL DEFAULT 0,
  recovered numeric(16, 2) NOT NULL DEFAULT 0,
  cost numeric(16, 2) NOT NULL DEFAULT 0
);
ALTER TABLE enforcement.strategy_outcomes ENABLE ROW LEVEL SECURITY;
ALTER TABLE enforcement.strategy_outcomes FORCE ROW LEVEL SECURITY;
ALTER TABLE enforcement.strategy_totals ENABLE ROW LEVEL SECURITY;
ALTER TABLE enforcement.strategy_totals FORCE ROW LEVEL SECURITY;
CREATE POLICY definers_read ON enforcement.strategy_outcomes FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON enforcement.strategy_outcomes FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY definers ON enforcement.strategy_totals TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY read_as_ops ON enforcement.strategy_totals FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
GRANT SELECT ON enforcement.strategy_totals TO dragonfly_ops;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON enforcement.strategy_outcomes
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
ALTER TABLE enforcement.strategy_outcomes ENABLE ALWAYS TRIGGER append_only;

-- The outcome, the totals, the end of the workflow, the stage of the case and its timeline: all of them or none.
CREATE FUNCTION enforcement.record_outcome(
  p_workflow_id uuid, p_outcome enforcement.outcome, p_recovered numeric, p_cost numeric
)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_flow public.enforcement_workflows;
  v_id bigint;
BEGIN
  PERFORM ops.require_valid(p_outcome IS NOT NULL, 'the outcome is missing');
  PERFORM ops.require_valid(p_recovered >= 0 AND p_cost >= 0, 'an amount must not be negative');
  PERFORM ops.require_valid(
    (p_outcome = 'uncollectable') = (p_recovered = 0), 'the outcome and the recovered amount contradict each other'
  );
  SELECT w.* INTO v_flow FROM public.enforcement_workflows AS w WHERE w.id = p_workflow_id FOR UPDATE;
  PERFORM ops.require_valid(v_flow.id IS NOT NULL, 'there is no such workflow');
  PERFORM public.require_case_owner(v_flow.case_id);
  IF v_flow.status <> 'active' THEN
    RAISE EXCEPTION 'workflow % is %', p_workflow_id, v_flow.status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  INSERT INTO enforcement.strategy_outcomes (workflow_id, outcome, recovered, cost)
  VALUES (p_workflow_id, p_outcome, p_recovered, p_cost) RETURNING id INTO v_id;
  INSERT INTO enforcement.strategy_totals AS t (kind, flows, recovered, cost)
  VALUES (v_flow.kind, 1, p_recovered, p_cost)
  ON CONFLICT (kind) DO UPDATE
  SET flows = t.flows + 1, recovered = t.recovered + EXCLUDED.recovered, cost = t.cost + EXCLUDED.cost;
  UPDATE public.enforcement_workflows AS w SET status = 'finished' WHERE w.id = p_workflow_id;
  PERFORM public.set_enforcement_stage(
    v_flow.case_id, CASE p_outcome WHEN 'uncollectable' THEN 'abandoned' ELSE 'collected' END::public.enforcement_stage
  );
  PERFORM public.add_enforcement_event(
    v_flow.case_id, 'outcome_recorded', jsonb_build_object('outcome', p_outcome, 'recovered', p_recovered)
  );
  RETURN v_id;
END
$$;

REVOKE ALL ON FUNCTION enforcement.record_outcome FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION enforcement.record_outcome TO service_role, dragonfly_ops, dragonfly_worker;

RESET ROLE;
