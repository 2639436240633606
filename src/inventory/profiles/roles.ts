/** The roles that a Supabase project has before its first migration. */

/** @see https://supabase.com/docs/guides/database/postgres/roles */
export const roles = `
  CREATE ROLE anon NOLOGIN NOINHERIT;
  CREATE ROLE authenticated NOLOGIN NOINHERIT;
  CREATE ROLE service_role NOLOGIN NOINHERIT BYPASSRLS;
  CREATE ROLE authenticator LOGIN NOINHERIT;
  GRANT anon, authenticated, service_role TO authenticator;

  CREATE ROLE supabase_admin LOGIN SUPERUSER CREATEDB CREATEROLE REPLICATION BYPASSRLS;
  CREATE ROLE supabase_auth_admin LOGIN NOINHERIT CREATEROLE;
  CREATE ROLE supabase_storage_admin LOGIN NOINHERIT CREATEROLE;
  CREATE ROLE supabase_realtime_admin NOLOGIN NOINHERIT;
  CREATE ROLE supabase_functions_admin LOGIN NOINHERIT CREATEROLE;
  CREATE ROLE supabase_read_only_user LOGIN BYPASSRLS;
  CREATE ROLE supabase_replication_admin LOGIN REPLICATION;
  CREATE ROLE dashboard_user NOLOGIN CREATEDB CREATEROLE REPLICATION;
  CREATE ROLE pgbouncer LOGIN;
  GRANT anon, authenticated, service_role, authenticator TO postgres WITH ADMIN OPTION;
`
