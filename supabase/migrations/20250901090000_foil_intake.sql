-- Data from freedom-of-information requests: raw rows as they came, a mapping of their columns, candidates out of them.
SET ROLE dragonfly_owner;

CREATE TYPE intake.dataset_status AS ENUM ('receiving', 'mapped', 'processing', 'complete', 'failed');
CREATE TYPE intake.row_status AS ENUM ('pending', 'processed', 'quarantined', 'skipped');

-- `columns` is the schema that every raw row is held against; `mapping` says which of them holds which canonical field.
CREATE TABLE intake.foil_datasets (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  worker_id text NOT NULL,
  agency text NOT NULL CHECK (length(btrim(agency)) BETWEEN 1 AND 200),
  title text NOT NULL CHECK (length(btrim(title)) BETWEEN 1 AND 300),
  columns text[] NOT NULL CHECK (cardinality(columns) BETWEEN 1 AND 200),
  mapping jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(mapping) = 'object'),
  status intake.dataset_status NOT NULL DEFAULT 'receiving',
  created_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  CHECK ((status = 'complete') = (completed_at IS NOT NULL))
);
CREATE TABLE intake.foil_raw_rows (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dataset_id uuid NOT NULL REFERENCES intake.foil_datasets,
  row_number integer NOT NULL CHECK (row_number > 0),
  raw jsonb NOT NULL CHECK (jsonb_typeof(raw) = 'object'),
  status intake.row_status NOT NULL DEFAULT 'pending',
  candidate_id bigint REFERENCES intake.candidates,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (dataset_id, row_number),
  CHECK ((status = 'processed') = (candidate_id IS NOT NULL))
);
-- One quarantine for each row. The row itself stays where it is, as evidence of what was received.
CREATE TABLE intake.foil_quarantine (
  raw_row_id bigint PRIMARY KEY REFERENCES intake.foil_raw_rows,
  at timestamptz NOT NULL DEFAULT now(),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000)
);
CREATE INDEX ON intake.foil_raw_rows (dataset_id, status);

ALTER TABLE intake.foil_datasets ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake.foil_datasets FORCE ROW LEVEL SECURITY;
ALTER TABLE intake.foil_raw_rows ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake.foil_raw_rows FORCE ROW LEVEL SECURITY;
ALTER TABLE intake.foil_quarantine ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake.foil_quarantine FORCE ROW LEVEL SECURITY;
CREATE POLICY definers ON intake.foil_datasets TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON intake.foil_raw_rows TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON intake.foil_quarantine TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY read_as_worker ON intake.foil_raw_rows FOR SELECT TO dragonfly_worker USING (true);
CREATE POLICY read_as_ops ON intake.foil_datasets FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
CREATE POLICY read_as_ops ON intake.foil_quarantine FOR SELECT TO dragonfly_ops
  USING ((SELECT public.dragonfly_has_any_role('{admin,ops}')));
GRANT SELECT ON intake.foil_raw_rows TO dragonfly_worker;
GRANT SELECT ON intake.foil_datasets, intake.foil_quarantine TO dragonfly_ops;

-- Locks the dataset, so that it is not finished while something is being added to it.
CREATE FUNCTION intake.own_dataset(p_dataset_id uuid, p_worker_id text)
RETURNS intake.foil_datasets
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_dataset intake.foil_datasets;
BEGIN
  PERFORM ops.require_worker(p_worker_id);
  SELECT d.* INTO v_dataset FROM intake.foil_datasets AS d WHERE d.id = p_dataset_id FOR UPDATE;
  IF v_dataset.worker_id IS DISTINCT FROM p_worker_id THEN
    RAISE EXCEPTION 'worker % does not own dataset %', p_worker_id, p_dataset_id
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF v_dataset.status IN ('complete', 'failed') THEN
    RAISE EXCEPTION 'dataset % is %', p_dataset_id, v_dataset.status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN v_dataset;
END
$$;

CREATE FUNCTION intake.require_raw_row(p_raw_row_id bigint)
RETURNS intake.foil_raw_rows
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_row intake.foil_raw_rows;
BEGIN
  PERFORM ops.require_valid(p_raw_row_id > 0, 'a row ID is a positive number');
  SELECT r.* INTO v_row FROM intake.foil_raw_rows AS r WHERE r.id = p_raw_row_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no raw row %', p_raw_row_id USING ERRCODE = 'no_data_found';
  END IF;
  RETURN v_row;
END
$$;

-- The same row again is the same row; another content under its number is a mistake of the sender.
CREATE FUNCTION intake.store_row(p_dataset intake.foil_datasets, p_row_number integer, p_raw jsonb)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM ops.require_valid(p_row_number > 0, 'a row number is positive');
  PERFORM ops.require_fields(p_raw, p_dataset.columns);
  PERFORM ops.require_valid(pg_column_size(p_raw) <= 65536, 'the row is larger than 64 KiB');
  INSERT INTO intake.foil_raw_rows (dataset_id, row_number, raw) VALUES (p_dataset.id, p_row_number, p_raw)
  ON CONFLICT (dataset_id, row_number) DO NOTHING
  RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    SELECT r.id INTO v_id FROM intake.foil_raw_rows AS r
    WHERE r.dataset_id = p_dataset.id AND r.row_number = p_row_number AND r.raw = p_raw;
    PERFORM ops.require_valid(v_id IS NOT NULL, format('row %s was stored with another content', p_row_number));
  END IF;
  RETURN v_id;
END
$$;

REVOKE ALL ON FUNCTION intake.own_dataset, intake.require_raw_row, intake.store_row
FROM PUBLIC, anon, authenticated;

RESET ROLE;
