-- Roles belong to the cluster, not to this database, and Supabase brings three of them: make only what is absent.
DO $$
DECLARE
  v_role text;
BEGIN
  FOREACH v_role IN ARRAY ARRAY[
    'anon', 'authenticated', 'service_role',
    'dragonfly_owner', 'dragonfly_app', 'dragonfly_ops', 'dragonfly_worker', 'dragonfly_scheduler'
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = v_role) THEN
      CASE v_role
        WHEN 'anon' THEN CREATE ROLE anon NOLOGIN;
        WHEN 'authenticated' THEN CREATE ROLE authenticated NOLOGIN;
        WHEN 'service_role' THEN CREATE ROLE service_role NOLOGIN;
        WHEN 'dragonfly_owner' THEN CREATE ROLE dragonfly_owner NOLOGIN;
        WHEN 'dragonfly_app' THEN CREATE ROLE dragonfly_app NOLOGIN;
        WHEN 'dragonfly_ops' THEN CREATE ROLE dragonfly_ops NOLOGIN;
        WHEN 'dragonfly_worker' THEN CREATE ROLE dragonfly_worker NOLOGIN;
        WHEN 'dragonfly_scheduler' THEN CREATE ROLE dragonfly_scheduler NOLOGIN;
      END CASE;
    END IF;
  END LOOP;

  -- Every definer runs as this role. One that bypasses row level security would void all policies without a sign.
  IF EXISTS (
    SELECT FROM pg_catalog.pg_roles WHERE rolname = 'dragonfly_owner' AND (rolsuper OR rolbypassrls OR rolcanlogin)
  ) THEN
    RAISE EXCEPTION 'role dragonfly_owner must be NOLOGIN, NOSUPERUSER and NOBYPASSRLS'
      USING ERRCODE = 'invalid_role_specification';
  END IF;
END
$$;

-- A migration creates everything as the owner (SET ROLE), so that nothing is ever owned, or granted, by mistake.
GRANT dragonfly_owner TO CURRENT_USER;

CREATE SCHEMA ops AUTHORIZATION dragonfly_owner;
CREATE SCHEMA intake AUTHORIZATION dragonfly_owner;
CREATE SCHEMA enforcement AUTHORIZATION dragonfly_owner;
