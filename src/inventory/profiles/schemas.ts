/** The schemas that a Supabase project has before its first migration, and the extensions in them. */

export const schemas = `
  GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role;

  CREATE SCHEMA extensions;
  GRANT USAGE ON SCHEMA extensions TO anon, authenticated, service_role, dashboard_user;
  CREATE EXTENSION pgcrypto WITH SCHEMA extensions;
  CREATE EXTENSION "uuid-ossp" WITH SCHEMA extensions;

  CREATE SCHEMA graphql;
  CREATE SCHEMA graphql_public;
  CREATE SCHEMA realtime AUTHORIZATION supabase_admin;
  CREATE SCHEMA vault;

  CREATE PUBLICATION supabase_realtime;
`
