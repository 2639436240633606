/** Histories written by hand: what PostgreSQL's catalogue holds in the end is what the fold says. */
import {afterAll, beforeAll, expect, test} from 'vitest'
import {loadParser, type Parser} from '../../../src/inventory/migrations/parser.ts'
import {compareHistory, difference} from '../../support/agreement.ts'
import {hosts, type Session} from '../../support/postgres.ts'

let session: Session
let parser: Parser
beforeAll(async () => {
  const [pglite] = hosts
  if (pglite === undefined) throw new Error('No host')
  session = await pglite.start()
  parser = await loadParser()
})
afterAll(() => session.stop())

const f =
  "CREATE FUNCTION f(a int, b text DEFAULT '') RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1'"
const plain = "CREATE OR REPLACE FUNCTION f(a int, b text DEFAULT '') RETURNS int LANGUAGE sql AS 'SELECT 2'"
const t = 'CREATE TABLE t (id serial, a text, g int GENERATED ALWAYS AS IDENTITY)'

/** Each is run whole; a statement in it that PostgreSQL refuses is marked with `!` and must leave no trace here. */
const histories: readonly (readonly string[])[] = [
  [f, 'ALTER FUNCTION f OWNER TO secdef_a', 'REVOKE ALL ON FUNCTION f FROM PUBLIC', plain],
  [f, 'REVOKE ALL ON FUNCTION f FROM PUBLIC', 'DROP FUNCTION f', f],
  [
    f,
    `!${f}`,
    '!CREATE OR REPLACE FUNCTION f(x int, b text) RETURNS int LANGUAGE sql AS $$SELECT 1$$',
    "!CREATE OR REPLACE FUNCTION f(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
  ],
  [
    f,
    'ALTER FUNCTION f(int4, character varying) SECURITY INVOKER'.replace('character varying', 'text'),
    'ALTER ROUTINE f(int, text) SET work_mem = 1000 SET "DateStyle" = ISO, DMY',
    'ALTER FUNCTION f RESET work_mem',
  ],
  [
    f,
    'ALTER FUNCTION f SET search_path TO "$user", public, \'Q x\', user'.replace(', user', ', "user"'),
    "ALTER FUNCTION f SET TIME ZONE 'UTC'",
    'ALTER FUNCTION f SET random_page_cost = 1.5 SET enable_seqscan = off',
  ],
  [
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    f,
    '!DROP FUNCTION f',
    '!GRANT EXECUTE ON FUNCTION f TO secdef_a',
    'DROP FUNCTION f()',
    'GRANT EXECUTE ON FUNCTION f TO secdef_a',
  ],
  [
    'CREATE SCHEMA s1',
    "CREATE FUNCTION s1.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'SET search_path = s1, public',
    'REVOKE ALL ON FUNCTION f() FROM PUBLIC',
    'ALTER FUNCTION public.f() SET SCHEMA s1'.replace(/^/, '!'),
  ],
  [
    "CREATE TYPE e AS ENUM ('a')",
    'CREATE FUNCTION f(x e, y e[], VARIADIC z int[]) RETURNS SETOF e LANGUAGE sql AS $$SELECT x$$',
    'CREATE SCHEMA s1',
    'ALTER TYPE e SET SCHEMA s1',
    'ALTER TYPE s1.e RENAME TO "E x"',
    'ALTER SCHEMA s1 RENAME TO "S"',
  ],
  [
    'CREATE TABLE t (a int)',
    'CREATE FUNCTION f(t) RETURNS SETOF t LANGUAGE sql AS $$SELECT $1$$',
    'ALTER TABLE t RENAME TO u',
    '!DROP TABLE u',
    'DROP TABLE u CASCADE',
  ],
  [
    'CREATE FUNCTION f(OUT a int, INOUT b text, c timestamptz, d "char", e bit varying(3), g interval day) LANGUAGE sql AS $$SELECT 1, \'\'$$',
    'CREATE FUNCTION g(a numeric(3), b bpchar, c char(3), d name) RETURNS TABLE (x int, "Y" text[]) LANGUAGE sql AS $$SELECT 1, NULL::text[]$$',
  ],
  [
    "CREATE PROCEDURE p(a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN END'",
    'REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC',
    '!GRANT EXECUTE ON FUNCTION p TO secdef_a',
    'GRANT EXECUTE ON PROCEDURE p(int, int) TO secdef_a',
    'REVOKE ALL ON ALL ROUTINES IN SCHEMA public FROM PUBLIC',
    "!CREATE OR REPLACE PROCEDURE p(a int) LANGUAGE plpgsql AS 'BEGIN END'",
  ],
  // A table of one column is a set of its type; a longer one is records, with OUT arguments or without.
  [
    "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION f() RETURNS TABLE (x int) LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    "!CREATE OR REPLACE FUNCTION f() RETURNS TABLE (x text) LANGUAGE sql AS 'SELECT NULL'",
    "CREATE OR REPLACE FUNCTION f() RETURNS TABLE (y int) LANGUAGE sql STABLE AS 'SELECT 1'",
    "CREATE FUNCTION g() RETURNS TABLE (x int, y text) LANGUAGE sql AS 'SELECT 1, NULL'",
    "!CREATE OR REPLACE FUNCTION g() RETURNS TABLE (x int, z text) LANGUAGE sql AS 'SELECT 1, NULL'",
    "!CREATE OR REPLACE FUNCTION g() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, NULL'",
    "CREATE OR REPLACE FUNCTION g(OUT x int, OUT y text) RETURNS SETOF record LANGUAGE sql SECURITY DEFINER AS 'SELECT 1, NULL'",
    "CREATE FUNCTION h() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, 2'",
    "!CREATE OR REPLACE FUNCTION h(OUT x int, OUT y int) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, 2'",
  ],
  // To ROUTINE, the columns of a table are arguments; to FUNCTION, they are not.
  [
    "CREATE FUNCTION f() RETURNS TABLE (x int) LANGUAGE sql AS 'SELECT 1'",
    '!ALTER FUNCTION f(int) SECURITY DEFINER',
    'ALTER ROUTINE f(int4) SECURITY DEFINER',
    "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    '!ALTER ROUTINE f(int) STABLE',
    'ALTER ROUTINE f(IN int) SET work_mem = 1000',
    'ALTER ROUTINE f() SET work_mem = 2000',
    'CREATE SCHEMA s1',
    "CREATE FUNCTION s1.f() RETURNS TABLE (x text) LANGUAGE sql AS 'SELECT NULL'",
    'SET search_path = public, s1',
    'REVOKE ALL ON ROUTINE f(text) FROM PUBLIC',
    'DROP ROUTINE f(text)',
  ],
  [
    "CREATE PROCEDURE p(OUT a int) LANGUAGE plpgsql AS 'BEGIN END'",
    "CREATE PROCEDURE p(a int) LANGUAGE plpgsql AS 'BEGIN END'",
    '!REVOKE ALL ON PROCEDURE p(int) FROM PUBLIC',
    'REVOKE ALL ON PROCEDURE p(OUT int) FROM PUBLIC',
    'ALTER ROUTINE p(IN int) SECURITY DEFINER',
  ],
  [
    'CREATE AGGREGATE agg(int) (SFUNC = int4pl, STYPE = int)',
    'REVOKE ALL ON FUNCTION agg FROM PUBLIC',
    'ALTER AGGREGATE agg(int) OWNER TO secdef_b',
    '!DROP FUNCTION agg(int)',
    'ALTER AGGREGATE agg(int) RENAME TO total',
  ],
  [
    'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END',
    'CREATE FUNCTION g() RETURNS int RETURN f()',
    '!DROP FUNCTION f()',
    'DROP FUNCTION f() CASCADE',
  ],
  [
    f,
    'REVOKE ALL ON FUNCTION f FROM PUBLIC',
    'GRANT EXECUTE ON FUNCTION f TO secdef_a WITH GRANT OPTION',
    'SET ROLE secdef_a',
    'GRANT EXECUTE ON FUNCTION f TO secdef_b WITH GRANT OPTION',
    '!GRANT EXECUTE ON FUNCTION f TO secdef_a WITH GRANT OPTION GRANTED BY secdef_b',
    'SET ROLE secdef_b',
    '!GRANT EXECUTE ON FUNCTION f TO secdef_a WITH GRANT OPTION',
    'GRANT EXECUTE ON FUNCTION f TO secdef_c',
    'RESET ROLE',
    '!REVOKE EXECUTE ON FUNCTION f FROM secdef_a',
    'REVOKE GRANT OPTION FOR EXECUTE ON FUNCTION f FROM secdef_a CASCADE',
  ],
  [
    f,
    'REVOKE ALL ON FUNCTION f FROM PUBLIC',
    'GRANT EXECUTE ON FUNCTION f TO secdef_a WITH GRANT OPTION',
    'SET ROLE secdef_a',
    'GRANT EXECUTE ON FUNCTION f TO PUBLIC',
    'RESET ROLE',
    'REVOKE ALL ON FUNCTION f FROM PUBLIC',
  ],
  [
    f,
    'GRANT EXECUTE ON FUNCTION f TO secdef_b',
    'ALTER FUNCTION f OWNER TO secdef_b',
    'ALTER FUNCTION f OWNER TO postgres',
    'REVOKE EXECUTE ON FUNCTION f FROM postgres',
  ],
  [
    'GRANT secdef_a TO secdef_b',
    'CREATE SCHEMA s1 AUTHORIZATION secdef_a',
    'SET ROLE secdef_b',
    'GRANT USAGE ON SCHEMA s1 TO secdef_c',
    'CREATE TABLE s1.t ()',
    'GRANT SELECT ON s1.t TO PUBLIC',
  ],
  [
    'ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
    f,
    'ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
    "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON ROUTINES TO secdef_a',
    "CREATE FUNCTION h() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC',
  ],
  [
    'ALTER DEFAULT PRIVILEGES FOR ROLE secdef_a REVOKE ALL ON ROUTINES FROM PUBLIC, secdef_a',
    'GRANT CREATE ON SCHEMA public TO secdef_a',
    'SET ROLE secdef_a',
    f,
    'RESET ROLE',
    "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'",
  ],
  [
    'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO secdef_a',
    'ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO secdef_b',
    'ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO secdef_c',
    t,
    'CREATE SCHEMA s1',
    'CREATE VIEW v AS SELECT 1 AS x',
    'CREATE MATERIALIZED VIEW m AS SELECT 1 AS x',
    'CREATE TABLE c AS SELECT 1 AS x',
    'SELECT 1 AS x INTO d',
    'ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM secdef_a CASCADE',
  ],
  [
    'CREATE SCHEMA s1',
    'ALTER DEFAULT PRIVILEGES IN SCHEMA s1 GRANT SELECT ON TABLES TO secdef_a WITH GRANT OPTION',
    'ALTER SCHEMA s1 RENAME TO s2',
    'CREATE TABLE s2.t ()',
    'DROP SCHEMA s2 CASCADE',
    '!ALTER DEFAULT PRIVILEGES IN SCHEMA s2 GRANT SELECT ON TABLES TO secdef_b',
  ],
  [
    t,
    'GRANT SELECT (a), UPDATE (a, g) ON t TO secdef_a',
    'GRANT ALL (id) ON t TO PUBLIC',
    'REVOKE UPDATE ON t FROM secdef_a',
    'ALTER TABLE t RENAME a TO b',
    'ALTER TABLE t OWNER TO secdef_a',
    'ALTER TABLE t DROP COLUMN id',
    '!GRANT SELECT (a) ON t TO secdef_b',
  ],
  [
    t,
    'GRANT SELECT, USAGE ON SEQUENCE t_id_seq TO secdef_a',
    'GRANT ALL ON t_g_seq TO secdef_b',
    'ALTER TABLE t OWNER TO secdef_c',
    'CREATE SCHEMA s1',
    'ALTER TABLE t SET SCHEMA s1',
    '!ALTER SEQUENCE s1.t_id_seq OWNER TO secdef_a',
    'ALTER SEQUENCE s1.t_id_seq OWNED BY NONE',
    '!DROP SEQUENCE s1.t_id_seq',
    '!DROP SEQUENCE s1.t_g_seq',
    'DROP TABLE s1.t',
  ],
  [
    t,
    'CREATE TABLE u (id serial, LIKE t INCLUDING ALL)'.replace('id serial, ', ''),
    'CREATE TABLE "A long name of a table that is nearly too long already" ("and a column that is long as well" serial)',
    'ALTER TABLE t ADD COLUMN z bigserial',
    'ALTER TABLE t ALTER g DROP IDENTITY',
    'CREATE SEQUENCE q OWNED BY t.a',
  ],
  [
    'CREATE TABLE p (id int) PARTITION BY LIST (id)',
    'CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)',
    'CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2) PARTITION BY LIST (id)',
    'CREATE TABLE p3 (id int)',
    'ALTER TABLE p ATTACH PARTITION p3 FOR VALUES IN (3)',
    'ALTER TABLE p ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE p DETACH PARTITION p1',
    'GRANT SELECT ON p TO secdef_a',
    'DROP TABLE p',
  ],
  [
    'CREATE TABLE parent (a int)',
    'CREATE TABLE child (b int) INHERITS (parent)',
    'GRANT SELECT (a) ON child TO secdef_a',
    'ALTER TABLE parent RENAME a TO c',
    '!DROP TABLE parent',
    'DROP TABLE parent CASCADE',
  ],
  [
    t,
    'ALTER TABLE t ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE t FORCE ROW LEVEL SECURITY',
    'CREATE POLICY p ON t FOR INSERT TO secdef_b, secdef_a WITH CHECK (true)',
    'CREATE POLICY q ON t AS RESTRICTIVE TO PUBLIC, secdef_a USING (id > 1)',
    '!CREATE POLICY p ON t',
    'ALTER POLICY p ON t TO secdef_c',
    'ALTER POLICY q ON t RENAME TO r',
    'ALTER TABLE t RENAME TO u',
    'DROP POLICY p ON u',
    'ALTER TABLE u NO FORCE ROW LEVEL SECURITY',
  ],
  [
    t,
    "CREATE FUNCTION mine() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    'CREATE POLICY p ON t USING (mine())',
    'CREATE VIEW v AS SELECT mine() AS x',
    '!DROP FUNCTION mine()',
    'DROP FUNCTION mine() CASCADE',
  ],
  [
    'CREATE VIEW v WITH (security_invoker = true, security_barrier) AS SELECT 1 AS x',
    'CREATE OR REPLACE VIEW v AS SELECT 2 AS x, 3 AS y',
    'ALTER VIEW v SET (security_invoker = on)',
    '!CREATE OR REPLACE VIEW v AS SELECT 2 AS y',
    'CREATE VIEW w AS SELECT * FROM v WITH CASCADED CHECK OPTION'.replace(' WITH CASCADED CHECK OPTION', ''),
    '!DROP VIEW v',
    '!DROP TABLE v',
    'ALTER TABLE v RENAME TO x',
    'ALTER VIEW x OWNER TO secdef_a',
    'DROP VIEW x CASCADE',
  ],
  [
    'CREATE TABLE t (a int)',
    'CREATE VIEW v AS SELECT a FROM t WITH LOCAL CHECK OPTION',
    'ALTER VIEW v RESET (check_option)',
    'ALTER TABLE t SET (fillfactor = 70, autovacuum_enabled = false)',
    'ALTER TABLE t RESET (fillfactor)',
  ],
  [
    'CREATE SCHEMA s1 AUTHORIZATION secdef_a CREATE TABLE t (id serial) CREATE VIEW v AS SELECT id FROM t GRANT SELECT ON t TO secdef_b',
    'ALTER SCHEMA s1 OWNER TO secdef_b',
    'GRANT USAGE ON SCHEMA s1 TO PUBLIC',
    'REVOKE ALL ON SCHEMA s1, public FROM PUBLIC, secdef_b',
  ],
  [
    'CREATE SCHEMA s1',
    t,
    'SET search_path = s1',
    t,
    'RESET search_path',
    'ALTER TABLE t ENABLE ROW LEVEL SECURITY',
    "SELECT set_config('search_path', '', false)",
    '!ALTER TABLE t FORCE ROW LEVEL SECURITY',
    '!CREATE TABLE x ()',
    'ALTER TABLE s1.t FORCE ROW LEVEL SECURITY',
  ],
  [
    'BEGIN',
    t,
    'SAVEPOINT a',
    'ALTER TABLE t ENABLE ROW LEVEL SECURITY',
    'SET ROLE secdef_a',
    'ROLLBACK TO a',
    'CREATE TABLE u ()',
    'RELEASE a',
    'COMMIT AND CHAIN',
    'DROP TABLE t',
    'ROLLBACK',
    'CREATE TABLE w ()',
  ],
  [
    'CREATE SCHEMA secdef_a AUTHORIZATION secdef_a',
    'SET ROLE secdef_a',
    'CREATE TABLE t ()',
    'RESET ROLE',
    'CREATE TABLE t ()',
    'REASSIGN OWNED BY secdef_a TO secdef_c',
  ],
  [
    'CREATE ROLE secdef_x SUPERUSER',
    'ALTER ROLE secdef_x NOSUPERUSER BYPASSRLS',
    f,
    'GRANT EXECUTE ON FUNCTION f TO secdef_x',
    '!DROP ROLE secdef_x',
    'ALTER ROLE secdef_x RENAME TO secdef_y',
    'ALTER FUNCTION f OWNER TO secdef_y',
    'CREATE ROLE secdef_z',
    'DROP ROLE secdef_z',
    '!CREATE ROLE secdef_y',
  ],
  [
    t,
    f,
    "DO $$ BEGIN ALTER TABLE t ENABLE ROW LEVEL SECURITY; EXECUTE format('REVOKE ALL ON FUNCTION %I(int, text) FROM PUBLIC', 'f'); BEGIN CREATE POLICY p ON t; EXCEPTION WHEN duplicate_object THEN NULL; END; END $$",
    'DO $$ BEGIN BEGIN CREATE POLICY p ON t USING (true); EXCEPTION WHEN duplicate_object THEN NULL; END; END $$',
  ],
  [
    'CREATE TEMP TABLE t (a int)',
    'CREATE TABLE public.t (a int)',
    'ALTER TABLE t ENABLE ROW LEVEL SECURITY',
    'DROP TABLE t',
    'ALTER TABLE t FORCE ROW LEVEL SECURITY',
  ],
]

test.each(histories.map((history, index) => [index, history] as const))('history %i', async (_, history) => {
  const refusals = history.filter((sql) => sql.startsWith('!')).length
  const statements = history.map((sql) => sql.replace(/^!/, ''))
  const outcome = await compareHistory(session, parser, statements)
  // What the list says of PostgreSQL holds: the first entry of `passed` makes the roles.
  expect(statements.filter((sql) => !outcome.passed.includes(sql))).toHaveLength(
    refusals === 0
      ? 0
      : new Set(history.filter((sql) => sql.startsWith('!') && !history.includes(sql.slice(1)))).size,
  )
  expect({
    difference: difference(outcome.expected, outcome.actual),
    overApplied: outcome.overApplied,
    refused: outcome.refused,
  }).toEqual({difference: [], overApplied: [], refused: []})
})
