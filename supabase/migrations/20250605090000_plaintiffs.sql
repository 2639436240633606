-- Plaintiffs are the clients: where each stands, what is to be done for them, and every call.
SET ROLE dragonfly_owner;

CREATE TYPE public.plaintiff_status AS ENUM ('lead', 'contacted', 'qualified', 'signed', 'declined', 'inactive');
CREATE TYPE public.outreach_status AS ENUM ('not_started', 'in_progress', 'paused', 'do_not_contact', 'finished');
CREATE TYPE public.task_status AS ENUM ('open', 'in_progress', 'done', 'cancelled');
CREATE TYPE public.call_outcome AS ENUM (
  'reached', 'voicemail', 'no_answer', 'wrong_number', 'callback_requested', 'do_not_call'
);

CREATE TABLE public.plaintiffs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 300),
  email text,
  phone text,
  status public.plaintiff_status NOT NULL DEFAULT 'lead',
  outreach public.outreach_status NOT NULL DEFAULT 'not_started',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX plaintiffs_email ON public.plaintiffs (lower(email));
CREATE TABLE public.plaintiff_status_history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  plaintiff_id uuid NOT NULL REFERENCES public.plaintiffs,
  from_status public.plaintiff_status NOT NULL,
  to_status public.plaintiff_status NOT NULL,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500)
);
CREATE TABLE public.plaintiff_tasks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  plaintiff_id uuid NOT NULL REFERENCES public.plaintiffs,
  task_key text NOT NULL CHECK (task_key ~ '^[a-z][a-z0-9_]{1,79}$'),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  status public.task_status NOT NULL DEFAULT 'open',
  assigned_to uuid REFERENCES public.app_users,
  due_on date,
  completed_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (plaintiff_id, task_key)
);
CREATE TABLE public.call_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  plaintiff_id uuid NOT NULL REFERENCES public.plaintiffs,
  outcome public.call_outcome NOT NULL,
  duration_seconds integer NOT NULL CHECK (duration_seconds BETWEEN 0 AND 86400),
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 2000)
);

ALTER TABLE public.plaintiffs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.plaintiffs FORCE ROW LEVEL SECURITY;
ALTER TABLE public.plaintiff_status_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.plaintiff_status_history FORCE ROW LEVEL SECURITY;
ALTER TABLE public.plaintiff_tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.plaintiff_tasks FORCE ROW LEVEL SECURITY;
ALTER TABLE public.call_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.call_log FORCE ROW LEVEL SECURITY;
CREATE POLICY definers ON public.plaintiffs TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers_read ON public.plaintiff_status_history FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.plaintiff_status_history FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY definers ON public.plaintiff_tasks TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers_read ON public.call_log FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.call_log FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.plaintiff_status_history
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.call_log
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER block_sensitive_delete BEFORE DELETE OR TRUNCATE ON public.plaintiffs
  FOR EACH STATEMENT EXECUTE FUNCTION public.block_sensitive_delete();
ALTER TABLE public.plaintiff_status_history ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE public.call_log ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE public.plaintiffs ENABLE ALWAYS TRIGGER block_sensitive_delete;

CREATE POLICY read_as_staff ON public.plaintiffs FOR SELECT TO dragonfly_app, dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops,analyst}')));
CREATE POLICY read_as_staff ON public.call_log FOR SELECT TO dragonfly_app, dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops,analyst}')));
CREATE POLICY read_own_or_ops ON public.plaintiff_tasks FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (
    assigned_to = (SELECT public.current_user_id()) OR (SELECT public.dragonfly_has_any_role('{admin,ops}'))
  );
GRANT SELECT ON public.plaintiffs, public.call_log, public.plaintiff_tasks TO dragonfly_app, dragonfly_ops;

RESET ROLE;
