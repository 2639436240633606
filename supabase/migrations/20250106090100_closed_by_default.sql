-- Nothing is open unless a later statement opens it.

-- What a new Supabase project used to grant by name. Revoking from PUBLIC alone would leave these in place.
REVOKE ALL ON SCHEMA public FROM PUBLIC, anon, authenticated, service_role;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, anon, authenticated, service_role;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, anon, authenticated, service_role;
REVOKE ALL ON ALL ROUTINES IN SCHEMA public FROM PUBLIC, anon, authenticated, service_role;

-- The same for what the migrating role creates from now on: those grants stand per schema, so take them back there.
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON ROUTINES FROM anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON ROUTINES FROM anon, authenticated, service_role;

-- PUBLIC's EXECUTE is built in: only the global form, without IN SCHEMA, takes it away.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE dragonfly_owner REVOKE EXECUTE ON ROUTINES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE dragonfly_owner REVOKE USAGE ON TYPES FROM PUBLIC;

GRANT USAGE, CREATE ON SCHEMA public TO dragonfly_owner;
GRANT USAGE ON SCHEMA public, ops TO
  service_role, dragonfly_app, dragonfly_ops, dragonfly_worker, dragonfly_scheduler;
GRANT USAGE ON SCHEMA intake TO service_role, dragonfly_ops, dragonfly_worker;
GRANT USAGE ON SCHEMA enforcement TO service_role, dragonfly_ops, dragonfly_worker;
