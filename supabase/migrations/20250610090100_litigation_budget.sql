-- What may be spent on litigation in a day. Four eyes: one admin proposes, another approves the same amount.
SET ROLE dragonfly_owner;

CREATE TYPE public.budget_status AS ENUM ('proposed', 'approved');
CREATE TABLE public.litigation_budgets (
  day date PRIMARY KEY,
  amount numeric(12, 2) NOT NULL CHECK (amount > 0),
  status public.budget_status NOT NULL DEFAULT 'proposed',
  proposed_by uuid NOT NULL REFERENCES public.app_users,
  approved_by uuid REFERENCES public.app_users,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((status = 'approved') = (approved_by IS NOT NULL)),
  CHECK (approved_by <> proposed_by)
);
ALTER TABLE public.litigation_budgets ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.litigation_budgets FORCE ROW LEVEL SECURITY;
CREATE POLICY definers ON public.litigation_budgets TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY read_as_admin ON public.litigation_budgets FOR SELECT TO dragonfly_app, dragonfly_ops
  USING ((SELECT public.dragonfly_is_admin()));
GRANT SELECT ON public.litigation_budgets TO dragonfly_app, dragonfly_ops;

-- Two per cent of what is still owed, weighted by how likely it is to be collected, over the working days of a year.
CREATE FUNCTION public.compute_litigation_budget()
RETURNS numeric
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  RETURN (
    SELECT round(coalesce(sum(j.amount * coalesce(c.collectability, 40) / 100), 0) * 0.02 / 250, 2)
    FROM public.core_judgments AS j LEFT JOIN public.cases AS c ON c.id = j.case_id
    WHERE j.status IN ('active', 'partially_satisfied')
  );
END
$$;

CREATE FUNCTION public.get_litigation_budget(p_day date DEFAULT current_date)
RETURNS TABLE (day date, amount numeric, status public.budget_status)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM public.require_ops();
  RETURN QUERY SELECT b.day, b.amount, b.status FROM public.litigation_budgets AS b WHERE b.day = p_day;
END
$$;

-- Another amount is another proposal, whoever makes it: it starts again.
CREATE FUNCTION public.approve_daily_budget(p_day date, p_amount numeric)
RETURNS public.budget_status
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_user uuid := public.require_user();
  v_budget public.litigation_budgets;
BEGIN
  PERFORM public.require_admin();
  PERFORM ops.require_valid(p_day BETWEEN current_date AND current_date + 31, 'the day is within the next month');
  PERFORM ops.require_valid(p_amount > 0, 'the amount must be positive');
  PERFORM ops.require_valid(
    p_amount <= public.compute_litigation_budget(), 'the amount is larger than the computed budget'
  );
  INSERT INTO public.litigation_budgets (day, amount, proposed_by) VALUES (p_day, p_amount, v_user)
  ON CONFLICT (day) DO NOTHING;
  SELECT b.* INTO STRICT v_budget FROM public.litigation_budgets AS b WHERE b.day = p_day FOR UPDATE;
  IF v_budget.status = 'approved' THEN
    IF v_budget.amount <> p_amount THEN
      RAISE EXCEPTION 'the budget of % is approved', p_day USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN 'approved';
  END IF;
  IF v_budget.amount <> p_amount THEN
    UPDATE public.litigation_budgets AS b SET amount = p_amount, proposed_by = v_user, updated_at = now()
    WHERE b.day = p_day;
    RETURN 'proposed';
  END IF;
  IF v_budget.proposed_by = v_user THEN
    RETURN 'proposed';
  END IF;
  UPDATE public.litigation_budgets AS b SET status = 'approved', approved_by = v_user, updated_at = now()
  WHERE b.day = p_day;
  RETURN 'approved';
END
$$;

REVOKE ALL ON FUNCTION
  public.compute_litigation_budget, public.get_litigation_budget, public.approve_daily_budget
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.compute_litigation_budget, public.get_litigation_budget, public.approve_daily_budget
TO service_role, dragonfly_ops;

RESET ROLE;
