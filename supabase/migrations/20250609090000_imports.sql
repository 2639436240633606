-- Imports go through states, and into the live tables only within limits.
SET ROLE dragonfly_owner;

CREATE TYPE public.import_state AS ENUM (
  'created', 'validating', 'validated', 'in_review', 'approved', 'importing', 'completed', 'failed', 'cancelled'
);
CREATE TYPE intake.candidate_status AS ENUM ('new', 'accepted', 'rejected');

CREATE TABLE public.import_runs (
  id uuid PRIMARY KEY,
  source text NOT NULL CHECK (source ~ '^[a-z][a-z0-9_.-]{1,79}$'),
  state public.import_state NOT NULL DEFAULT 'created',
  total_rows integer NOT NULL CHECK (total_rows >= 0),
  started_by uuid DEFAULT public.current_user_id(),
  submitted_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
-- Which state may follow which: as data, so that the machine can be read.
CREATE TABLE public.import_transitions (
  from_state public.import_state NOT NULL,
  to_state public.import_state NOT NULL,
  PRIMARY KEY (from_state, to_state)
);
CREATE TABLE public.import_limits (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  most_rows integer NOT NULL,
  most_rejected_percent integer NOT NULL CHECK (most_rejected_percent BETWEEN 0 AND 100),
  most_open_runs integer NOT NULL
);
CREATE TABLE public.intake_validations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  run_id uuid NOT NULL REFERENCES public.import_runs,
  row_number integer NOT NULL CHECK (row_number > 0),
  passed boolean NOT NULL,
  errors text[] NOT NULL DEFAULT '{}',
  CHECK (passed = (errors = '{}'))
);
CREATE TABLE intake.candidates (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL,
  external_ref text NOT NULL,
  defendant_name text NOT NULL CHECK (btrim(defendant_name) <> ''),
  amount numeric(14, 2) NOT NULL CHECK (amount > 0),
  judgment_date date NOT NULL,
  status intake.candidate_status NOT NULL DEFAULT 'new',
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (source, external_ref)
);
CREATE INDEX ON public.intake_validations (run_id, row_number, id);
CREATE INDEX ON intake.candidates (id) WHERE status = 'new';

ALTER TABLE public.import_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.import_runs FORCE ROW LEVEL SECURITY;
ALTER TABLE public.import_transitions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.import_transitions FORCE ROW LEVEL SECURITY;
ALTER TABLE public.import_limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.import_limits FORCE ROW LEVEL SECURITY;
ALTER TABLE public.intake_validations ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.intake_validations FORCE ROW LEVEL SECURITY;
ALTER TABLE intake.candidates ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake.candidates FORCE ROW LEVEL SECURITY;
CREATE POLICY definers ON public.import_runs TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON public.import_transitions TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON public.import_limits TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers_read ON public.intake_validations FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.intake_validations FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY definers ON intake.candidates TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY read_as_ops ON public.import_runs FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
CREATE POLICY read_as_ops ON public.intake_validations FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
CREATE POLICY read_as_ops ON intake.candidates FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
GRANT SELECT ON public.import_runs, public.intake_validations, intake.candidates TO dragonfly_ops;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.intake_validations
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
ALTER TABLE public.intake_validations ENABLE ALWAYS TRIGGER append_only;

INSERT INTO public.import_limits (most_rows, most_rejected_percent, most_open_runs) VALUES (100000, 5, 10);
INSERT INTO public.import_transitions (from_state, to_state) VALUES
  ('created', 'validating'), ('validating', 'validated'), ('in_review', 'approved'), ('approved', 'importing'),
  ('importing', 'completed'),
  ('validating', 'failed'), ('importing', 'failed'),
  ('created', 'cancelled'), ('validated', 'cancelled'), ('in_review', 'cancelled'), ('approved', 'cancelled');

RESET ROLE;
