SET ROLE dragonfly_owner;

CREATE FUNCTION intake.create_foil_dataset(p_worker_id text, p_agency text, p_title text, p_columns text[])
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM ops.require_worker(p_worker_id);
  PERFORM ops.require_valid(cardinality(p_columns) BETWEEN 1 AND 200, 'a dataset has 1 to 200 columns');
  PERFORM ops.require_valid(
    NOT EXISTS (SELECT FROM unnest(p_columns) AS c WHERE c IS NULL OR c !~ '^\S(.{0,61}\S)?$')
      AND cardinality(p_columns) = (SELECT count(DISTINCT c) FROM unnest(p_columns) AS c),
    'a column has a name of 1 to 63 characters, and no other column has it'
  );
  INSERT INTO intake.foil_datasets (worker_id, agency, title, columns)
  VALUES (p_worker_id, p_agency, p_title, p_columns) RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION intake.store_foil_raw_row(p_dataset_id uuid, p_worker_id text, p_row_number integer, p_raw jsonb)
RETURNS bigint
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT intake.store_row(intake.own_dataset(p_dataset_id, p_worker_id), p_row_number, p_raw)
$$;

-- All rows or none. They are numbered by their order, from `p_first_row_number` on.
CREATE FUNCTION intake.store_foil_raw_rows_bulk(
  p_dataset_id uuid, p_worker_id text, p_first_row_number integer, p_rows jsonb
)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_dataset intake.foil_datasets := intake.own_dataset(p_dataset_id, p_worker_id);
  v_row record;
BEGIN
  PERFORM ops.require_valid(jsonb_typeof(p_rows) = 'array', 'the rows must be a JSON array');
  PERFORM ops.require_valid(jsonb_array_length(p_rows) BETWEEN 1 AND 1000, 'a batch has 1 to 1000 rows');
  FOR v_row IN SELECT r.raw, r.n FROM jsonb_array_elements(p_rows) WITH ORDINALITY AS r (raw, n) LOOP
    PERFORM intake.store_row(v_dataset, p_first_row_number + v_row.n::integer - 1, v_row.raw);
  END LOOP;
  RETURN jsonb_array_length(p_rows);
END
$$;

-- Canonical field → column of the dataset. Without all three a row cannot become a candidate.
CREATE FUNCTION intake.update_foil_dataset_mapping(p_dataset_id uuid, p_worker_id text, p_mapping jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_dataset intake.foil_datasets := intake.own_dataset(p_dataset_id, p_worker_id);
BEGIN
  PERFORM ops.require_fields(p_mapping, ARRAY['external_ref', 'defendant_name', 'amount', 'judgment_date']);
  PERFORM ops.require_valid(
    p_mapping ?& ARRAY['external_ref', 'defendant_name', 'amount', 'judgment_date'], 'a canonical field is not mapped'
  );
  PERFORM ops.require_valid(
    NOT EXISTS (
      SELECT FROM jsonb_each_text(p_mapping) AS m (field, name)
      WHERE m.name IS NULL OR m.name <> ALL (v_dataset.columns)
    ),
    'a field is mapped to a column that the dataset does not have'
  );
  UPDATE intake.foil_datasets AS d
  SET mapping = p_mapping, status = CASE WHEN d.status = 'receiving' THEN 'mapped' ELSE d.status END
  WHERE d.id = p_dataset_id;
END
$$;

-- `complete` is for finalize_foil_dataset alone, which looks at the rows first.
CREATE FUNCTION intake.update_foil_dataset_status(
  p_dataset_id uuid, p_worker_id text, p_status intake.dataset_status
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_dataset intake.foil_datasets := intake.own_dataset(p_dataset_id, p_worker_id);
BEGIN
  PERFORM ops.require_valid(p_status IS NOT NULL, 'the status is missing');
  IF v_dataset.status = p_status THEN
    RETURN;
  END IF;
  IF (v_dataset.status, p_status) NOT IN (
    ('mapped', 'receiving'), ('mapped', 'processing'), ('processing', 'mapped'),
    ('receiving', 'failed'), ('mapped', 'failed'), ('processing', 'failed')
  ) THEN
    RAISE EXCEPTION 'a dataset cannot go from % to %', v_dataset.status, p_status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  UPDATE intake.foil_datasets AS d SET status = p_status WHERE d.id = p_dataset_id;
END
$$;

-- A processed row stands behind a candidate: its status is history, and so is nobody's to set.
CREATE FUNCTION intake.update_foil_raw_row_status(p_raw_row_id bigint, p_status intake.row_status)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_row intake.foil_raw_rows := intake.require_raw_row(p_raw_row_id);
BEGIN
  PERFORM ops.require_valid(p_status IS NOT NULL, 'the status is missing');
  IF v_row.status = 'processed' OR p_status IN ('processed', 'quarantined') THEN
    RAISE EXCEPTION 'a row cannot be set from % to %', v_row.status, p_status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  DELETE FROM intake.foil_quarantine AS q WHERE q.raw_row_id = p_raw_row_id;
  UPDATE intake.foil_raw_rows AS r SET status = p_status WHERE r.id = p_raw_row_id;
END
$$;

CREATE FUNCTION intake.quarantine_foil_row(p_raw_row_id bigint, p_reason text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_row intake.foil_raw_rows := intake.require_raw_row(p_raw_row_id);
BEGIN
  PERFORM ops.require_valid(length(p_reason) BETWEEN 1 AND 1000, 'a reason has 1 to 1000 characters');
  IF v_row.status = 'processed' THEN
    RAISE EXCEPTION 'row % is processed', p_raw_row_id USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  INSERT INTO intake.foil_quarantine AS q (raw_row_id, reason) VALUES (p_raw_row_id, p_reason)
  ON CONFLICT (raw_row_id) DO UPDATE SET reason = EXCLUDED.reason, at = now();
  UPDATE intake.foil_raw_rows AS r SET status = 'quarantined' WHERE r.id = p_raw_row_id;
END
$$;

-- A row that does not pass is quarantined with every reason at once; that is an answer, not an error.
CREATE FUNCTION intake.process_raw_row(p_raw_row_id bigint)
RETURNS intake.row_status
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_row intake.foil_raw_rows := intake.require_raw_row(p_raw_row_id);
  v_dataset intake.foil_datasets;
  v_ref text;
  v_name text;
  v_amount text;
  v_date text;
  v_judged_on date;
  v_reasons text;
  v_candidate_id bigint;
BEGIN
  IF v_row.status <> 'pending' THEN
    RETURN v_row.status;
  END IF;
  SELECT d.* INTO STRICT v_dataset FROM intake.foil_datasets AS d WHERE d.id = v_row.dataset_id;
  IF v_dataset.status NOT IN ('mapped', 'processing') THEN
    RAISE EXCEPTION 'dataset % is %, not mapped', v_dataset.id, v_dataset.status
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  v_ref := btrim(v_row.raw ->> (v_dataset.mapping ->> 'external_ref'));
  v_name := btrim(v_row.raw ->> (v_dataset.mapping ->> 'defendant_name'));
  v_amount := translate(v_row.raw ->> (v_dataset.mapping ->> 'amount'), '$, ', '');
  v_date := btrim(v_row.raw ->> (v_dataset.mapping ->> 'judgment_date'));
  -- The pattern keeps out what a date also accepts, such as `today` and `infinity`; the cast knows the calendar.
  IF v_date ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN
    BEGIN
      v_judged_on := v_date::date;
    EXCEPTION WHEN invalid_datetime_format OR datetime_field_overflow THEN
      v_judged_on := NULL;
    END;
  END IF;
  v_reasons := concat_ws(
    '; ',
    CASE WHEN coalesce(v_ref, '') = '' THEN 'no reference' END,
    CASE WHEN coalesce(v_name, '') = '' THEN 'no defendant' END,
    CASE WHEN v_amount ~ '^[0-9]{1,12}(\.[0-9]{1,2})?$' AND v_amount !~ '^[0.]+$' THEN NULL ELSE 'no amount' END,
    CASE WHEN v_judged_on IS NULL THEN 'no date' END,
    CASE WHEN v_judged_on > current_date THEN 'the judgment lies in the future' END
  );
  IF v_reasons <> '' THEN
    PERFORM intake.quarantine_foil_row(p_raw_row_id, v_reasons);
    RETURN 'quarantined';
  END IF;

  INSERT INTO intake.candidates AS c (source, external_ref, defendant_name, amount, judgment_date)
  VALUES ('foil:' || v_dataset.id, v_ref, v_name, v_amount::numeric, v_judged_on)
  ON CONFLICT (source, external_ref) DO NOTHING
  RETURNING c.id INTO v_candidate_id;
  IF v_candidate_id IS NULL THEN
    PERFORM intake.quarantine_foil_row(p_raw_row_id, 'another row has this reference');
    RETURN 'quarantined';
  END IF;
  UPDATE intake.foil_raw_rows AS r SET status = 'processed', candidate_id = v_candidate_id WHERE r.id = p_raw_row_id;
  RETURN 'processed';
END
$$;

CREATE FUNCTION intake.finalize_foil_dataset(p_dataset_id uuid, p_worker_id text)
RETURNS TABLE (processed bigint, quarantined bigint, skipped bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM intake.own_dataset(p_dataset_id, p_worker_id);
  IF EXISTS (SELECT FROM intake.foil_raw_rows AS r WHERE r.dataset_id = p_dataset_id AND r.status = 'pending') THEN
    RAISE EXCEPTION 'dataset % has rows that are not processed', p_dataset_id
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  UPDATE intake.foil_datasets AS d SET status = 'complete', completed_at = now() WHERE d.id = p_dataset_id;
  RETURN QUERY
    SELECT count(*) FILTER (WHERE r.status = 'processed'), count(*) FILTER (WHERE r.status = 'quarantined'),
      count(*) FILTER (WHERE r.status = 'skipped')
    FROM intake.foil_raw_rows AS r WHERE r.dataset_id = p_dataset_id;
END
$$;

REVOKE ALL ON FUNCTION
  intake.create_foil_dataset, intake.store_foil_raw_row, intake.store_foil_raw_rows_bulk,
  intake.update_foil_dataset_mapping, intake.update_foil_dataset_status, intake.update_foil_raw_row_status,
  intake.quarantine_foil_row, intake.process_raw_row, intake.finalize_foil_dataset
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  intake.create_foil_dataset, intake.store_foil_raw_row, intake.store_foil_raw_rows_bulk,
  intake.update_foil_dataset_mapping, intake.update_foil_dataset_status, intake.update_foil_raw_row_status,
  intake.quarantine_foil_row, intake.process_raw_row, intake.finalize_foil_dataset
TO service_role, dragonfly_worker;

RESET ROLE;
