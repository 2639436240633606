-- The baseline once more, over everything that exists: what was opened by hand since January closes here, and
-- everything that the earlier migrations granted, they granted to other roles than these.
REVOKE ALL ON SCHEMA ops, intake, public, enforcement FROM PUBLIC, anon, authenticated;
REVOKE ALL ON ALL TABLES IN SCHEMA ops, intake, public, enforcement FROM PUBLIC, anon, authenticated;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA ops, intake, public, enforcement FROM PUBLIC, anon, authenticated;
REVOKE ALL ON ALL ROUTINES IN SCHEMA ops, intake, public, enforcement FROM PUBLIC, anon, authenticated;

-- A table without forced row level security stops this migration, and with it the deployment.
DO $$
DECLARE
  v_open text;
BEGIN
  SELECT string_agg(c.oid::regclass::text, ', ') INTO v_open
  FROM pg_catalog.pg_class AS c
  WHERE c.relnamespace::regnamespace::text IN ('ops', 'intake', 'public', 'enforcement')
    AND c.relkind IN ('r', 'p')
    AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend AS d
      WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    );
  IF v_open IS NOT NULL THEN
    RAISE EXCEPTION 'row level security is not enabled and forced on: %', v_open;
  END IF;
END
$$;
