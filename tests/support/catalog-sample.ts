/** A database with one of everything that an inventory tells. */

/** Quotes, dots, parentheses, a line feed, an escape sequence, letters outside of ASCII. */
export const hostile = 'we"ird.(\n\\x \u001b[31m😀ü'
export const hostileQuoted = `"${hostile.replaceAll('"', '""')}"`

/** Roles begin with `secdef_`, so that a test finds none of an earlier one. */
export const sample = `
  CREATE ROLE secdef_owner; CREATE ROLE secdef_caller BYPASSRLS; CREATE ROLE secdef_idle; CREATE ROLE secdef_api;
  CREATE SCHEMA app AUTHORIZATION secdef_owner; GRANT USAGE ON SCHEMA app TO secdef_caller WITH GRANT OPTION;
  CREATE SCHEMA other; CREATE SCHEMA auth; CREATE SCHEMA empty;
  CREATE TYPE public.mood AS ENUM ('a'); CREATE TYPE public."select" AS ENUM ('a');

  CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
  CREATE FUNCTION app.f(a int, text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = '' SET "My.Setting" = 'a=b' SET statement_timeout = '1s' AS 'SELECT $2';
  CREATE FUNCTION app.f(public.mood, public."select"[], VARIADIC rest char[]) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE AS 'SELECT 1, 2';
  CREATE FUNCTION app.outs(IN a int, OUT b int, INOUT c text, d int DEFAULT 1 + 1)
    LANGUAGE sql SECURITY DEFINER AS 'SELECT 1, c';
  CREATE FUNCTION app.rows(n int) RETURNS TABLE (x int, y public.mood) LANGUAGE plpgsql
    AS $$ BEGIN RETURN QUERY SELECT 1, 'a'::public.mood; END $$;
  CREATE PROCEDURE app.proc(a int, INOUT b text) LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN NULL; END $$;
  CREATE AGGREGATE app.sum_up(int) (sfunc = int4pl, stype = int);
  CREATE FUNCTION app.internal_one(text) RETURNS int LANGUAGE internal WINDOW AS 'window_row_number';
  CREATE FUNCTION app.atomic(p_id int) RETURNS bigint LANGUAGE sql
    BEGIN ATOMIC; SELECT count(*) FROM pg_catalog.pg_class WHERE oid = p_id; END;
  CREATE FUNCTION app.${hostileQuoted}(${hostileQuoted} int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
  CREATE FUNCTION other.closed() RETURNS int LANGUAGE sql AS 'SELECT 1';
  REVOKE ALL ON FUNCTION other.closed() FROM PUBLIC, CURRENT_USER;
  CREATE FUNCTION other.granted() RETURNS int LANGUAGE sql AS 'SELECT 1';
  REVOKE ALL ON FUNCTION other.granted() FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION other.granted() TO secdef_caller WITH GRANT OPTION;
  GRANT USAGE ON SCHEMA other TO secdef_caller;
  SET ROLE secdef_caller; GRANT EXECUTE ON FUNCTION other.granted() TO secdef_idle; RESET ROLE;
  GRANT EXECUTE ON FUNCTION other.granted() TO secdef_idle WITH GRANT OPTION;
  ALTER FUNCTION app.outs(int, text, int) OWNER TO secdef_owner;
  CREATE FUNCTION auth.secret() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
  CREATE FUNCTION auth.plain() RETURNS int LANGUAGE sql AS 'SELECT 1';

  CREATE TABLE app.t (a int, b text, ${hostileQuoted} int); ALTER TABLE app.t OWNER TO secdef_owner;
  ALTER TABLE app.t ENABLE ROW LEVEL SECURITY; ALTER TABLE app.t FORCE ROW LEVEL SECURITY;
  CREATE POLICY z_own ON app.t AS RESTRICTIVE FOR UPDATE TO secdef_caller, secdef_owner
    USING (a = 1) WITH CHECK (b IN (SELECT relname::text FROM pg_catalog.pg_class));
  CREATE POLICY ${hostileQuoted} ON app.t FOR INSERT WITH CHECK (true);
  CREATE POLICY "all" ON app.t USING (a > 0);
  GRANT SELECT (a), UPDATE (a) ON app.t TO secdef_caller WITH GRANT OPTION;
  GRANT SELECT (${hostileQuoted}, ctid) ON app.t TO PUBLIC;
  GRANT SELECT ON app.t TO PUBLIC; REVOKE ALL ON app.t FROM secdef_owner;
  CREATE TABLE app.parted (a int) PARTITION BY LIST (a);
  CREATE TABLE other.part PARTITION OF app.parted FOR VALUES IN (1) WITH (fillfactor = 70);
  CREATE TABLE app.child () INHERITS (app.t);
  CREATE VIEW app.v WITH (security_invoker = true, security_barrier) AS SELECT 1 AS one;
  CREATE VIEW app.definer_view AS SELECT a FROM app.t;
  CREATE MATERIALIZED VIEW app.m AS SELECT 1 AS one;
  CREATE TABLE app.enabled (); ALTER TABLE app.enabled ENABLE ROW LEVEL SECURITY;
  CREATE TABLE app.forced (); ALTER TABLE app.forced FORCE ROW LEVEL SECURITY;
  CREATE SEQUENCE app.own; CREATE SEQUENCE app.s; GRANT USAGE ON SEQUENCE app.s TO secdef_caller;
  CREATE FOREIGN DATA WRAPPER secdef_wrapper; CREATE SERVER secdef_server FOREIGN DATA WRAPPER secdef_wrapper;
  CREATE FOREIGN TABLE app.remote (a int) SERVER secdef_server;
  CREATE INDEX ON app.t (a); CREATE TYPE app.composite AS (a int);

  ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
  ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner REVOKE ALL ON TYPES FROM PUBLIC, secdef_owner;
  ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner IN SCHEMA app GRANT SELECT ON TABLES TO secdef_caller;
  ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner IN SCHEMA auth GRANT SELECT ON TABLES TO secdef_caller;
  ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner GRANT USAGE ON SCHEMAS TO secdef_caller;
  ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner GRANT USAGE ON SEQUENCES TO secdef_idle WITH GRANT OPTION;
`

/** What the sample leaves outside of schemas. */
export const dropSample = `
  DROP FOREIGN DATA WRAPPER IF EXISTS secdef_wrapper CASCADE;
`
