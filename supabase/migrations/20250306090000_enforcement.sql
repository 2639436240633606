-- How a judgment is enforced: what happened (append-only), what is being done, and what proves it.
SET ROLE dragonfly_owner;

CREATE TYPE public.enforcement_stage AS ENUM (
  'none', 'asset_search', 'demand', 'levy', 'garnishment', 'lien', 'collected', 'abandoned'
);
CREATE TYPE public.enforcement_event_type AS ENUM (
  'stage_changed', 'notice_sent', 'service_attempted', 'payment_received', 'hearing_held', 'flow_started', 'note',
  'outcome_recorded'
);
CREATE TYPE public.enforcement_action_type AS ENUM (
  'search_assets', 'send_demand', 'serve_levy', 'file_garnishment', 'record_lien', 'call_debtor'
);
CREATE TYPE public.enforcement_action_status AS ENUM ('planned', 'in_progress', 'done', 'failed', 'cancelled');
CREATE TYPE public.evidence_kind AS ENUM ('document', 'photo', 'recording', 'record_search');

ALTER TABLE public.cases ADD COLUMN enforcement_stage public.enforcement_stage NOT NULL DEFAULT 'none';

CREATE TABLE public.enforcement_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  case_id uuid NOT NULL REFERENCES public.cases,
  event_type public.enforcement_event_type NOT NULL,
  details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object')
);
CREATE TABLE public.enforcement_actions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  case_id uuid NOT NULL REFERENCES public.cases,
  action_type public.enforcement_action_type NOT NULL,
  status public.enforcement_action_status NOT NULL,
  owner_id uuid REFERENCES public.app_users,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
-- The action says where it stands; this says how it got there, and by whom.
CREATE TABLE public.enforcement_action_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  action_id uuid NOT NULL REFERENCES public.enforcement_actions,
  status public.enforcement_action_status NOT NULL,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 2000)
);
CREATE TABLE public.evidence (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  case_id uuid NOT NULL REFERENCES public.cases,
  kind public.evidence_kind NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  storage_path text NOT NULL CHECK (
    storage_path ~ '^[A-Za-z0-9][A-Za-z0-9._/-]*$' AND storage_path !~ '\.\.' AND length(storage_path) <= 400
  ),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  added_by uuid DEFAULT public.current_user_id(),
  added_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (case_id, sha256)
);
CREATE INDEX ON public.enforcement_events (case_id, id);
CREATE INDEX ON public.enforcement_actions (case_id);
CREATE INDEX ON public.enforcement_action_log (action_id);

ALTER TABLE public.enforcement_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enforcement_events FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enforcement_actions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enforcement_actions FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enforcement_action_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enforcement_action_log FORCE ROW LEVEL SECURITY;
ALTER TABLE public.evidence ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.evidence FORCE ROW LEVEL SECURITY;

CREATE POLICY definers_read ON public.enforcement_events FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.enforcement_events FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY definers ON public.enforcement_actions TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers_read ON public.enforcement_action_log FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.enforcement_action_log FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY definers ON public.evidence TO dragonfly_owner USING (true) WITH CHECK (true);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.enforcement_events
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.enforcement_action_log
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER block_sensitive_delete BEFORE DELETE OR TRUNCATE ON public.evidence
  FOR EACH STATEMENT EXECUTE FUNCTION public.block_sensitive_delete();
ALTER TABLE public.enforcement_events ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE public.enforcement_action_log ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE public.evidence ENABLE ALWAYS TRIGGER block_sensitive_delete;

CREATE POLICY read_permitted ON public.enforcement_events FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (public.dragonfly_can_read('case', case_id));
CREATE POLICY read_permitted ON public.enforcement_actions FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (public.dragonfly_can_read('case', case_id));
CREATE POLICY read_permitted ON public.evidence FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (public.dragonfly_can_read('case', case_id));
GRANT SELECT ON public.enforcement_events, public.enforcement_actions, public.evidence
TO dragonfly_app, dragonfly_ops;

RESET ROLE;
