-- What was done, by whom. The actor is a column default, which no function can forget to fill in.
SET ROLE dragonfly_owner;

CREATE TABLE ops.audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  action text NOT NULL CHECK (action ~ '^[a-z][a-z0-9_.]{1,79}$'),
  target text NOT NULL DEFAULT '',
  details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object')
);
CREATE TABLE public.access_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  resource text NOT NULL CHECK (resource ~ '^[a-z][a-z0-9_.]{1,79}$'),
  resource_id text NOT NULL DEFAULT '',
  granted boolean NOT NULL
);
CREATE TABLE public.event_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  event text NOT NULL CHECK (event ~ '^[a-z][a-z0-9_.]{1,79}$'),
  details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object')
);
CREATE TABLE public.record_insertions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  record_kind text NOT NULL CHECK (record_kind IN ('case', 'entity')),
  record_id uuid NOT NULL
);

ALTER TABLE ops.audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE ops.audit_log FORCE ROW LEVEL SECURITY;
ALTER TABLE public.access_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.access_log FORCE ROW LEVEL SECURITY;
ALTER TABLE public.event_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.event_log FORCE ROW LEVEL SECURITY;
ALTER TABLE public.record_insertions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.record_insertions FORCE ROW LEVEL SECURITY;

CREATE POLICY definers_read ON ops.audit_log FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON ops.audit_log FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY definers_read ON public.access_log FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.access_log FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY definers_read ON public.event_log FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.event_log FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY definers_read ON public.record_insertions FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.record_insertions FOR INSERT TO dragonfly_owner WITH CHECK (true);

-- ALWAYS: session_replication_role = replica does not switch these off.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ops.audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.access_log
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.event_log
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.record_insertions
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
ALTER TABLE ops.audit_log ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE public.access_log ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE public.event_log ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE public.record_insertions ENABLE ALWAYS TRIGGER append_only;

CREATE POLICY read_as_ops ON ops.audit_log FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
CREATE POLICY read_as_ops ON public.record_insertions FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
GRANT SELECT ON ops.audit_log, public.record_insertions TO dragonfly_ops;

RESET ROLE;
