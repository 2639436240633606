-- Cases, the people and companies in them, and the judgments that they led to.
SET ROLE dragonfly_owner;

CREATE TYPE public.case_status AS ENUM ('open', 'in_enforcement', 'settled', 'closed');
CREATE TYPE public.entity_kind AS ENUM ('person', 'company');
CREATE TYPE public.party_role AS ENUM ('plaintiff', 'defendant', 'attorney', 'garnishee');
CREATE TYPE public.judgment_status AS ENUM ('active', 'partially_satisfied', 'satisfied', 'vacated', 'expired');
CREATE TYPE public.resource_kind AS ENUM ('case', 'judgment', 'entity');

CREATE TABLE public.cases (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  court text NOT NULL CHECK (court = upper(btrim(court)) AND court <> ''),
  case_number text NOT NULL CHECK (case_number = upper(btrim(case_number)) AND case_number <> ''),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  status public.case_status NOT NULL DEFAULT 'open',
  amount numeric(14, 2) NOT NULL DEFAULT 0 CHECK (amount >= 0),
  owner_id uuid REFERENCES public.app_users,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (court, case_number)
);
-- Two spellings that differ in case or spacing are one name; an identifier (of a register, say) tells namesakes apart.
CREATE TABLE public.entities (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind public.entity_kind NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> '' AND length(name) <= 300),
  normalized_name text GENERATED ALWAYS AS (lower(regexp_replace(btrim(name), '\s+', ' ', 'g'))) STORED,
  identifier text NOT NULL DEFAULT '',
  email text,
  phone text,
  address text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (kind, normalized_name, identifier)
);
CREATE TABLE public.case_entities (
  case_id uuid NOT NULL REFERENCES public.cases,
  entity_id uuid NOT NULL REFERENCES public.entities,
  role public.party_role NOT NULL,
  PRIMARY KEY (case_id, entity_id, role)
);
CREATE TABLE public.core_judgments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  court text NOT NULL CHECK (court = upper(btrim(court)) AND court <> ''),
  docket_number text NOT NULL CHECK (docket_number = upper(btrim(docket_number)) AND docket_number <> ''),
  case_id uuid REFERENCES public.cases,
  plaintiff_name text NOT NULL CHECK (btrim(plaintiff_name) <> ''),
  defendant_name text NOT NULL CHECK (btrim(defendant_name) <> ''),
  amount numeric(14, 2) NOT NULL CHECK (amount > 0),
  judgment_date date NOT NULL,
  status public.judgment_status NOT NULL DEFAULT 'active',
  county text,
  interest_rate numeric(5, 3) CHECK (interest_rate BETWEEN 0 AND 25),
  notes text CHECK (length(notes) <= 4000),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (court, docket_number)
);
CREATE INDEX ON public.cases (owner_id);
CREATE INDEX ON public.case_entities (entity_id);
CREATE INDEX ON public.core_judgments (case_id);

ALTER TABLE public.cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.cases FORCE ROW LEVEL SECURITY;
ALTER TABLE public.entities ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.entities FORCE ROW LEVEL SECURITY;
ALTER TABLE public.case_entities ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.case_entities FORCE ROW LEVEL SECURITY;
ALTER TABLE public.core_judgments ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.core_judgments FORCE ROW LEVEL SECURITY;

CREATE POLICY definers ON public.cases TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON public.entities TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON public.case_entities TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON public.core_judgments TO dragonfly_owner USING (true) WITH CHECK (true);

RESET ROLE;
