-- Exports, changes to personal data, and deletions of what must not be deleted.
SET ROLE dragonfly_owner;

CREATE TABLE public.export_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  dataset text NOT NULL CHECK (dataset ~ '^[a-z][a-z0-9_.]{1,79}$'),
  row_count bigint NOT NULL CHECK (row_count >= 0),
  reason text NOT NULL CHECK (length(reason) BETWEEN 3 AND 500)
);
-- Names of the fields that changed, never their values: a log of personal data would be another copy of it.
CREATE TABLE public.sensitive_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  actor_role text NOT NULL DEFAULT public.caller_role(),
  entity_id uuid NOT NULL,
  fields text[] NOT NULL CHECK (cardinality(fields) > 0)
);
ALTER TABLE public.export_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.export_log FORCE ROW LEVEL SECURITY;
ALTER TABLE public.sensitive_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.sensitive_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY definers_read ON public.export_log FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.export_log FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY definers_read ON public.sensitive_changes FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.sensitive_changes FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.export_log
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.sensitive_changes
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
ALTER TABLE public.export_log ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE public.sensitive_changes ENABLE ALWAYS TRIGGER append_only;

CREATE FUNCTION public.log_export(p_dataset text, p_row_count bigint, p_reason text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM ops.require_valid(p_dataset ~ '^[a-z][a-z0-9_.]{1,79}$', 'a dataset is a lower-case name');
  PERFORM ops.require_valid(p_row_count >= 0, 'the number of rows must not be negative');
  PERFORM ops.require_valid(length(p_reason) BETWEEN 3 AND 500, 'a reason has 3 to 500 characters');
  INSERT INTO public.export_log (dataset, row_count, reason) VALUES (p_dataset, p_row_count, p_reason)
  RETURNING id INTO v_id;
  RETURN v_id;
END
$$;

CREATE FUNCTION public.log_sensitive_update()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_fields text[] := array_remove(
    ARRAY[
      CASE WHEN NEW.name IS DISTINCT FROM OLD.name THEN 'name' END,
      CASE WHEN NEW.identifier IS DISTINCT FROM OLD.identifier THEN 'identifier' END,
      CASE WHEN NEW.email IS DISTINCT FROM OLD.email THEN 'email' END,
      CASE WHEN NEW.phone IS DISTINCT FROM OLD.phone THEN 'phone' END,
      CASE WHEN NEW.address IS DISTINCT FROM OLD.address THEN 'address' END
    ],
    NULL
  );
BEGIN
  IF cardinality(v_fields) > 0 THEN
    INSERT INTO public.sensitive_changes (entity_id, fields) VALUES (NEW.id, v_fields);
  END IF;
  RETURN NEW;
END
$$;

-- For each statement: a DELETE that a policy leaves no rows is refused too, and so is TRUNCATE.
CREATE FUNCTION public.block_sensitive_delete()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'rows of %.% are never deleted: % refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER log_sensitive_update AFTER UPDATE ON public.entities
  FOR EACH ROW EXECUTE FUNCTION public.log_sensitive_update();
CREATE TRIGGER block_sensitive_delete BEFORE DELETE OR TRUNCATE ON public.cases
  FOR EACH STATEMENT EXECUTE FUNCTION public.block_sensitive_delete();
CREATE TRIGGER block_sensitive_delete BEFORE DELETE OR TRUNCATE ON public.entities
  FOR EACH STATEMENT EXECUTE FUNCTION public.block_sensitive_delete();
CREATE TRIGGER block_sensitive_delete BEFORE DELETE OR TRUNCATE ON public.core_judgments
  FOR EACH STATEMENT EXECUTE FUNCTION public.block_sensitive_delete();
ALTER TABLE public.cases ENABLE ALWAYS TRIGGER block_sensitive_delete;
ALTER TABLE public.entities ENABLE ALWAYS TRIGGER block_sensitive_delete;
ALTER TABLE public.core_judgments ENABLE ALWAYS TRIGGER block_sensitive_delete;

REVOKE ALL ON FUNCTION public.log_export, public.log_sensitive_update, public.block_sensitive_delete
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.log_export TO service_role, dragonfly_app, dragonfly_ops;

RESET ROLE;
