/** One thing broken at a time in the schema of support/world.ts: the same cases for every source of facts. */

export type BreakCase = {
  readonly what: string
  /** Run as a superuser. */
  readonly breaking: string
  /** The one rule that must speak. */
  readonly rule: string
  readonly verdict?: 'unknown'
  /** What the judgement must name. */
  readonly object: string
  /** Part of its message. */
  readonly says?: string
  /** What the advice means in SQL, where no statement is offered. */
  readonly mend?: string
  /** Back to the schema as it was, where the mend leaves something behind. */
  readonly after?: string
}

const asOwner = (sql: string): string => `SET ROLE secdef_owner; ${sql}; RESET ROLE;`

/** A further definer, so that no row covers it. */
const definer = (path: string, body: string, more = ''): string =>
  asOwner(
    `CREATE OR REPLACE FUNCTION app.claim(p_id integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER ${path} AS $body$ ${body} $body$ ${more}`,
  )

const claim = 'app.claim(integer)'
const claimBody = 'BEGIN DELETE FROM app.job WHERE id = p_id; END'
const right = definer('SET search_path = app, pg_temp', claimBody)
const path = (value: string): string => `ALTER FUNCTION app.claim(integer) SET search_path = ${value}`

const member = (role: string, members: string): string => `GRANT ${role} TO ${members};`
const noMember = (role: string, members: string): string => `REVOKE ${role} FROM ${members};`

const documentCases: readonly BreakCase[] = [
  {
    what: 'a definer without a row',
    breaking:
      'ALTER FUNCTION app.plain(integer) SET search_path = app, pg_temp; ALTER FUNCTION app.plain(integer) SECURITY DEFINER',
    rule: 'undocumented-definer',
    object: 'app.plain(integer)',
    after: 'ALTER FUNCTION app.plain(integer) RESET search_path',
  },
  {
    what: 'a procedure that is gone',
    breaking: 'DROP PROCEDURE app.tidy(text)',
    rule: 'absent-routine',
    object: 'app.tidy',
    mend: asOwner(
      `CREATE PROCEDURE app.tidy(p_name pg_catalog.text) LANGUAGE plpgsql SECURITY DEFINER
       SET search_path = app, pg_temp AS 'BEGIN DELETE FROM app.job WHERE note = p_name; END'`,
    ),
  },
  {
    what: 'a procedure in another schema',
    breaking: 'ALTER PROCEDURE app.tidy(text) SET SCHEMA other',
    rule: 'wrong-schema',
    object: 'app.tidy',
    mend: 'ALTER PROCEDURE other.tidy(text) SET SCHEMA app',
  },
  {
    what: 'CREATE OR REPLACE without SECURITY DEFINER',
    breaking: asOwner(
      `CREATE OR REPLACE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'`,
    ),
    rule: 'documented-invoker',
    object: 'app.touch()',
    mend: 'ALTER FUNCTION app.touch() SECURITY DEFINER SET search_path = app, pg_temp',
  },
  {
    what: 'an overload of a name without a signature',
    breaking: asOwner(
      `CREATE PROCEDURE app.tidy(p_id integer) LANGUAGE plpgsql SECURITY DEFINER
       SET search_path = app, pg_temp AS 'BEGIN DELETE FROM app.job WHERE id = p_id; END'`,
    ),
    rule: 'overloaded-name',
    object: 'app.tidy',
    mend: 'DROP PROCEDURE app.tidy(integer)',
  },
  {
    what: 'a privilege that was excused and is gone',
    breaking: 'REVOKE SELECT ON app.code FROM secdef_anon',
    rule: 'unused-exception',
    object: 'grant app.code to secdef_anon',
    mend: 'GRANT SELECT ON app.code TO secdef_anon',
  },
  {
    what: 'a table that keeps the baseline by now',
    breaking: 'ALTER TABLE app.code ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY',
    rule: 'unused-exception',
    object: 'no-rls app.code',
    mend: 'ALTER TABLE app.code DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY',
  },
  {
    what: 'a view that keeps the baseline by now',
    breaking: 'ALTER VIEW app.all_job SET (security_invoker = on)',
    rule: 'unused-exception',
    object: 'definer-view app.all_job',
    mend: 'ALTER VIEW app.all_job RESET (security_invoker)',
  },
]

const definerCases: readonly BreakCase[] = [
  {
    what: 'no search_path',
    breaking: 'ALTER FUNCTION app.claim(integer) RESET search_path',
    rule: 'search-path-missing',
    object: claim,
  },
  {
    what: 'CREATE OR REPLACE without SET',
    breaking: definer('', claimBody),
    rule: 'search-path-missing',
    object: claim,
  },
  {what: 'a path in quotes', breaking: path("'app, pg_temp'"), rule: 'search-path-misquoted', object: claim},
  {
    what: '$user on the path',
    breaking: path('"$user", app, pg_temp'),
    rule: 'search-path-user',
    object: claim,
  },
  {
    what: 'a schema that does not exist on the path',
    breaking: path('app, nowhere, pg_temp'),
    rule: 'search-path-unknown-schema',
    object: claim,
  },
  {
    what: 'an empty path and a table without a schema',
    breaking: definer("SET search_path = ''", 'BEGIN DELETE FROM job WHERE id = p_id; END'),
    rule: 'search-path-temp',
    object: claim,
    after: right,
  },
  {
    what: 'an empty path and a type without a schema',
    breaking: definer("SET search_path = ''", 'DECLARE v text; BEGIN v := p_id; END'),
    rule: 'search-path-temp',
    object: claim,
    after: right,
  },
  {
    what: 'pg_temp in front',
    breaking: definer('SET search_path = pg_temp, app', 'BEGIN DELETE FROM job WHERE id = p_id; END'),
    rule: 'search-path-temp',
    object: claim,
    after: right,
  },
  {
    what: 'a schema on the path in which PUBLIC may create',
    breaking: 'GRANT CREATE ON SCHEMA app TO PUBLIC',
    rule: 'search-path-writable',
    object: 'CREATE on schema app to PUBLIC',
  },
  {
    what: 'a schema on the path in which another role may create',
    breaking: 'GRANT CREATE ON SCHEMA app TO secdef_worker',
    rule: 'search-path-writable',
    object: 'CREATE on schema app to secdef_worker',
  },
  {
    what: 'EXECUTE for PUBLIC',
    breaking: 'GRANT EXECUTE ON PROCEDURE app.tidy(text) TO PUBLIC',
    rule: 'execute-open',
    object: 'app.tidy(text)',
  },
  {
    what: 'EXECUTE for two API roles',
    breaking: 'GRANT EXECUTE ON FUNCTION app.claim(integer) TO secdef_anon, PUBLIC',
    rule: 'execute-open',
    object: claim,
  },
  {
    what: 'EXECUTE on a trigger function',
    breaking: 'GRANT EXECUTE ON FUNCTION app.touch() TO secdef_anon',
    rule: 'trigger-function-open',
    object: 'app.touch()',
  },
  {
    what: 'EXECUTE for a role that an API role is a member of',
    breaking: `${member('secdef_worker', 'secdef_anon')} GRANT EXECUTE ON FUNCTION app.claim(integer) TO secdef_worker`,
    rule: 'execute-open',
    object: claim,
    says: 'for secdef_worker, of which secdef_anon is a member, expected none',
    after: noMember('secdef_worker', 'secdef_anon'),
  },
  {
    what: 'EXECUTE on a trigger function for a role at two removes',
    breaking: `CREATE ROLE secdef_middle; ${member('secdef_middle', 'secdef_anon, secdef_authenticated')}
      ${member('secdef_worker', 'secdef_middle')} GRANT EXECUTE ON FUNCTION app.touch() TO secdef_worker`,
    rule: 'trigger-function-open',
    object: 'app.touch()',
    says: 'for secdef_worker, of which secdef_anon and secdef_authenticated are members, who',
    after: `${noMember('secdef_worker', 'secdef_middle')} DROP ROLE secdef_middle`,
  },
  {
    what: 'EXECUTE for a role that an API role can only become',
    breaking: `ALTER ROLE secdef_anon NOINHERIT; ${member('secdef_worker', 'secdef_anon')}
      GRANT EXECUTE ON FUNCTION app.claim(integer) TO secdef_worker`,
    rule: 'execute-open',
    object: claim,
    after: `ALTER ROLE secdef_anon INHERIT; ${noMember('secdef_worker', 'secdef_anon')}`,
  },
  {
    what: 'a schema on the path in which a role may create that an API role is a member of',
    breaking: `${member('secdef_worker', 'secdef_anon')} GRANT CREATE ON SCHEMA app TO secdef_worker`,
    rule: 'search-path-writable',
    object: 'CREATE on schema app to secdef_worker',
    says: 'for secdef_worker, of which secdef_anon is a member, on schema app',
    after: noMember('secdef_worker', 'secdef_anon'),
  },
  {
    what: 'an API role that is a member of the owner',
    breaking: member('secdef_owner', 'secdef_anon'),
    rule: 'api-role-is-owner',
    object: 'secdef_owner',
    says: 'membership of secdef_anon in secdef_owner, which owns app.claim(integer) and ',
  },
  {
    what: 'an API role that is a member of a member of the owner',
    breaking: `${member('secdef_worker', 'secdef_anon')} ${member('secdef_owner', 'secdef_worker')}`,
    rule: 'api-role-is-owner',
    object: 'secdef_owner',
    after: noMember('secdef_worker', 'secdef_anon'),
  },
  {
    what: 'an API role that is a member of the owner of a schema on the path',
    breaking: `CREATE SCHEMA more AUTHORIZATION secdef_worker; ${member('secdef_worker', 'secdef_anon')}
      ${path('more, app, pg_temp')}`,
    rule: 'api-role-is-owner',
    object: 'secdef_worker',
    says: 'which owns schema more, expected none',
    after: `${path('app, pg_temp')}; DROP SCHEMA more`,
  },
  {
    what: 'an API role that is a member of a role with BYPASSRLS',
    breaking: `CREATE ROLE secdef_reader BYPASSRLS; ${member('secdef_reader', 'secdef_anon')}`,
    rule: 'api-role-is-owner',
    object: 'secdef_reader',
    says: 'which has BYPASSRLS',
    after: 'DROP ROLE secdef_reader',
  },
  {
    what: 'an API role that is a superuser',
    breaking: 'ALTER ROLE secdef_anon SUPERUSER',
    rule: 'api-role-is-owner',
    object: 'secdef_anon',
    mend: 'ALTER ROLE secdef_anon NOSUPERUSER',
  },
  {
    what: 'an API role that is a member of a predefined role',
    breaking: member('pg_monitor', 'secdef_anon'),
    rule: 'api-role-is-owner',
    object: 'pg_monitor',
    says: 'one of PostgreSQL’s predefined roles',
  },
  {
    what: 'dynamic SQL from an argument',
    breaking: asOwner(
      `CREATE OR REPLACE PROCEDURE app.tidy(p_name pg_catalog.text) LANGUAGE plpgsql SECURITY DEFINER
       SET search_path = app, pg_temp AS $body$ BEGIN EXECUTE 'DROP TABLE ' || p_name; END $body$`,
    ),
    rule: 'dynamic-sql',
    object: 'app.tidy(text)',
    mend: asOwner(
      `CREATE OR REPLACE PROCEDURE app.tidy(p_name pg_catalog.text) LANGUAGE plpgsql SECURITY DEFINER
       SET search_path = app, pg_temp AS $body$ BEGIN EXECUTE format('DROP TABLE %I', p_name); END $body$`,
    ),
  },
  {
    what: 'dynamic SQL from elsewhere',
    breaking: definer('SET search_path = app, pg_temp', 'BEGIN EXECUTE app.plain(p_id); END'),
    rule: 'dynamic-sql',
    verdict: 'unknown',
    object: claim,
    mend: right,
  },
  {
    what: 'a definer in an untrusted language',
    breaking: `CREATE OR REPLACE FUNCTION app.claim(p_id integer) RETURNS void LANGUAGE internal SECURITY DEFINER
      SET search_path = app, pg_temp AS 'pg_stat_get_snapshot_timestamp'`,
    rule: 'untrusted-language',
    object: claim,
    mend: right,
  },
  {
    what: 'default privileges of PostgreSQL',
    breaking: 'ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC',
    rule: 'default-execute',
    object: 'functions of secdef_owner',
  },
  {
    what: 'an owner with BYPASSRLS',
    breaking: 'ALTER ROLE secdef_owner BYPASSRLS',
    rule: 'owner-bypasses-rls',
    object: 'secdef_owner',
    mend: 'ALTER ROLE secdef_owner NOBYPASSRLS',
  },
]

const baselineCases: readonly BreakCase[] = [
  {
    what: 'RLS off',
    breaking: 'ALTER TABLE app.job DISABLE ROW LEVEL SECURITY',
    rule: 'rls-disabled',
    object: 'app.job',
  },
  {
    what: 'RLS off and not forced',
    breaking: 'ALTER TABLE app.event DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY',
    rule: 'rls-disabled',
    object: 'app.event',
  },
  {
    what: 'RLS not forced',
    breaking: 'ALTER TABLE app.job NO FORCE ROW LEVEL SECURITY',
    rule: 'rls-not-forced',
    object: 'app.job',
  },
  {
    what: 'RLS of a partition off',
    breaking: 'ALTER TABLE app.event_2025 DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY',
    rule: 'partition-rls-disabled',
    object: 'app.event_2025',
  },
  {
    what: 'a new partition',
    breaking: asOwner(
      "CREATE TABLE app.event_2026 PARTITION OF app.event FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    ),
    rule: 'partition-rls-disabled',
    object: 'app.event_2026',
    after: 'DROP TABLE app.event_2026',
  },
  {
    what: 'RLS without a policy',
    breaking: 'DROP POLICY everything ON app.job',
    rule: 'rls-without-policy',
    object: 'app.job',
    mend: 'CREATE POLICY everything ON app.job USING (true)',
  },
  {
    what: 'a table open to PUBLIC',
    breaking: 'GRANT SELECT, TRUNCATE ON app.job TO PUBLIC',
    rule: 'residual-grant',
    object: 'app.job',
  },
  {
    what: 'an excused table open to another role',
    breaking: 'GRANT SELECT ON app.code TO secdef_authenticated',
    rule: 'residual-grant',
    object: 'app.code',
  },
  {
    what: 'an excused table open for more',
    breaking: 'GRANT INSERT ON app.code TO secdef_anon',
    rule: 'residual-grant',
    object: 'app.code',
  },
  {
    what: 'columns open to an API role',
    breaking: 'GRANT SELECT (id, note), UPDATE (note) ON app.job TO secdef_anon',
    rule: 'residual-grant',
    object: 'app.job',
  },
  {
    what: 'a table and its column',
    breaking:
      'GRANT SELECT ON app.job TO secdef_anon; GRANT SELECT (id), UPDATE (id) ON app.job TO secdef_anon',
    rule: 'residual-grant',
    object: 'app.job',
  },
  {
    what: 'a view open to an API role',
    breaking: 'GRANT SELECT ON app.open_job TO secdef_anon',
    rule: 'residual-grant',
    object: 'app.open_job',
  },
  {
    what: 'a sequence open to an API role',
    breaking: 'GRANT USAGE ON SEQUENCE app.ticket TO secdef_anon',
    rule: 'residual-grant',
    object: 'app.ticket',
  },
  {
    what: 'a table open to a role that an API role is a member of',
    breaking: `${member('secdef_worker', 'secdef_anon')} GRANT ALL ON app.job TO secdef_worker`,
    rule: 'residual-grant',
    object: 'app.job',
    says: 'for secdef_worker, of which secdef_anon is a member, expected none',
    after: noMember('secdef_worker', 'secdef_anon'),
  },
  {
    what: 'a schema open to a role that an API role is a member of',
    breaking: `${member('secdef_worker', 'secdef_anon')} GRANT USAGE ON SCHEMA other TO secdef_worker`,
    rule: 'residual-schema-grant',
    object: 'USAGE on schema other to secdef_worker',
    says: 'for secdef_worker, of which secdef_anon is a member, expected none',
    after: noMember('secdef_worker', 'secdef_anon'),
  },
  {
    what: 'default privileges for a role that an API role is a member of',
    breaking: `${member('secdef_worker', 'secdef_anon')}
      ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner IN SCHEMA app GRANT SELECT ON TABLES TO secdef_worker`,
    rule: 'default-privileges',
    object: 'tables of secdef_owner in schema app to secdef_worker',
    says: 'for secdef_worker, of which secdef_anon is a member, on all tables',
    after: noMember('secdef_worker', 'secdef_anon'),
  },
  {
    what: 'a schema open to PUBLIC',
    breaking: 'GRANT USAGE ON SCHEMA other TO PUBLIC',
    rule: 'residual-schema-grant',
    object: 'USAGE on schema other to PUBLIC',
  },
  {
    what: 'a schema open for more than is excused',
    breaking: 'GRANT CREATE ON SCHEMA other TO secdef_authenticated',
    rule: 'residual-schema-grant',
    object: 'CREATE on schema other to secdef_authenticated',
  },
  {
    what: 'a materialised view open to an API role',
    breaking: 'GRANT SELECT ON app.job_count TO secdef_anon',
    rule: 'materialized-view-open',
    object: 'app.job_count',
  },
  {
    what: 'a foreign table open to an API role',
    breaking: `CREATE FOREIGN DATA WRAPPER secdef_wrapper;
      CREATE SERVER secdef_server FOREIGN DATA WRAPPER secdef_wrapper;
      CREATE FOREIGN TABLE app.remote (id integer) SERVER secdef_server;
      GRANT SELECT ON app.remote TO secdef_anon`,
    rule: 'foreign-table-open',
    object: 'app.remote',
    after: 'DROP FOREIGN DATA WRAPPER secdef_wrapper CASCADE',
  },
  {
    what: 'default privileges in a schema',
    breaking:
      'ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner IN SCHEMA app GRANT SELECT, INSERT ON TABLES TO secdef_anon',
    rule: 'default-privileges',
    object: 'tables of secdef_owner in schema app to secdef_anon',
  },
  {
    what: 'default privileges everywhere',
    breaking: 'ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner GRANT USAGE ON SEQUENCES TO secdef_anon',
    rule: 'default-privileges',
    object: 'sequences of secdef_owner everywhere to secdef_anon',
  },
  {
    what: 'default privileges on functions, by name',
    breaking: 'ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner GRANT EXECUTE ON FUNCTIONS TO secdef_anon',
    rule: 'default-privileges',
    object: 'functions of secdef_owner everywhere to secdef_anon',
  },
  {
    what: 'default privileges on schemas',
    breaking: 'ALTER DEFAULT PRIVILEGES FOR ROLE secdef_owner GRANT USAGE ON SCHEMAS TO PUBLIC',
    rule: 'default-privileges',
    object: 'schemas of secdef_owner everywhere to PUBLIC',
  },
  {
    what: 'a view without security_invoker',
    breaking: 'ALTER VIEW app.open_job RESET (security_invoker)',
    rule: 'definer-view',
    object: 'app.open_job',
  },
  {
    what: 'a view with security_invoker off',
    breaking: 'ALTER VIEW app.open_job SET (security_invoker = no)',
    rule: 'definer-view',
    object: 'app.open_job',
  },
]

export const breakCases: readonly BreakCase[] = [...documentCases, ...definerCases, ...baselineCases]
