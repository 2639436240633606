/** A small schema that keeps every rule, as SQL, and its registry. */
import type {RowFields} from './registry.ts'
import {grantRow} from './registry.ts'

export const apiRoles = ['secdef_anon', 'secdef_authenticated']

/** What outlives the schemas of a database that was cleaned. */
export const leftovers = 'DROP FOREIGN DATA WRAPPER IF EXISTS secdef_wrapper CASCADE;'

export const world = `
  CREATE ROLE secdef_owner;
  CREATE ROLE secdef_anon;
  CREATE ROLE secdef_authenticated;
  CREATE ROLE secdef_worker;
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
  ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
  CREATE SCHEMA app AUTHORIZATION secdef_owner;
  CREATE SCHEMA other AUTHORIZATION secdef_owner;
  GRANT USAGE ON SCHEMA app TO secdef_authenticated;
  SET ROLE secdef_owner;

  CREATE TABLE app.job (id integer PRIMARY KEY, note pg_catalog.text);
  ALTER TABLE app.job ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY everything ON app.job USING (true);
  CREATE TABLE app.event (id integer, day pg_catalog.date) PARTITION BY RANGE (day);
  ALTER TABLE app.event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY everything ON app.event USING (true);
  CREATE TABLE app.event_2025 PARTITION OF app.event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  ALTER TABLE app.event_2025 ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE TABLE app.code (id integer PRIMARY KEY);
  GRANT SELECT ON TABLE app.code TO secdef_anon;
  CREATE SEQUENCE app.ticket;
  CREATE VIEW app.open_job WITH (security_invoker = true) AS SELECT id FROM app.job;
  CREATE VIEW app.all_job AS SELECT id FROM app.job;
  CREATE MATERIALIZED VIEW app.job_count AS SELECT pg_catalog.count(*) AS jobs FROM app.job;

  CREATE FUNCTION app.claim(p_id integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp AS 'BEGIN DELETE FROM app.job WHERE id = p_id; END';
  GRANT EXECUTE ON FUNCTION app.claim(integer) TO secdef_authenticated;
  CREATE PROCEDURE app.tidy(p_name pg_catalog.text) LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp AS 'BEGIN DELETE FROM app.job WHERE note = p_name; END';
  CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = app, pg_temp AS 'BEGIN RETURN new; END';
  CREATE FUNCTION app.plain(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
  RESET ROLE;
`

export const worldRows: readonly RowFields[] = [
  {schema: 'app', name: 'claim', signature: ['integer']},
  {schema: 'app', name: 'tidy'},
  {schema: 'app', name: 'touch', signature: []},
  {schema: 'app', name: 'all_job', kind: 'definer-view'},
  {schema: 'app', name: 'code', kind: 'no-rls'},
  grantRow({schema: 'app', name: 'code'}, 'secdef_anon', 'SELECT'),
  grantRow({schema: 'app', name: 'claim', signature: ['integer']}, 'secdef_authenticated', 'EXECUTE'),
  grantRow({schema: 'app', name: 'app'}, 'secdef_authenticated', 'USAGE'),
]
