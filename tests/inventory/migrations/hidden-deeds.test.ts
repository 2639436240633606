/** Statements that change facts without saying so: nothing that they may have done passes for clean. */
import {describe, expect, test} from 'vitest'
import {splitPieces} from '../../../src/app/inventory/pieces.ts'
import {fold, inOrder, showUnknowns} from '../../support/fold-sql.ts'

const evil = `CREATE FUNCTION app.evil() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM t'`
const body = (then: string) => `LANGUAGE plpgsql AS $$ BEGIN ${evil}; ${then}; END $$;`
const made = `CREATE SCHEMA app; CREATE TABLE app.t (id int, note text);
CREATE FUNCTION app.mk() RETURNS int ${body('RETURN 1')}
CREATE FUNCTION app.mk2(a int, b int) RETURNS int ${body('RETURN 1')}
CREATE FUNCTION app.tg() RETURNS trigger ${body('RETURN NEW')}
CREATE FUNCTION app.yes(i int) RETURNS bool ${body('RETURN true')}
CREATE FUNCTION app.reads() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT count(*) FROM app.t); END $$;
CREATE FUNCTION app.stamps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := now(); INSERT INTO app.t VALUES (1, 'x'); RETURN NEW; END $$;
`
const subjects = async (sql: string) => {
  const {unknowns} = (await fold(`${made}${sql}`)).coverage
  // Whatever it is, it is told at the statement, which stands on the last lines.
  for (const {location} of unknowns) expect(location?.place?.start.line).toBeGreaterThanOrEqual(8)
  return unknowns.map((one) => one.subject)
}

describe('a function that changes facts is called', () => {
  test.each([
    'CREATE TEMP TABLE z AS SELECT app.mk();',
    'CREATE MATERIALIZED VIEW app.v AS SELECT app.mk() AS x;',
    "COPY (SELECT app.mk()) TO '/dev/null';",
    'BEGIN; DECLARE c CURSOR FOR SELECT app.mk(); FETCH ALL FROM c; COMMIT;',
    'MERGE INTO app.t USING (SELECT app.mk() AS i) s ON t.id = s.i WHEN NOT MATCHED THEN INSERT VALUES (s.i);',
    'ALTER TABLE app.t ADD COLUMN c int DEFAULT app.mk();',
    'CREATE INDEX ON app.t (app.mk());',
    'PREPARE p AS SELECT app.mk();',
    'DO $$ DECLARE r record; BEGIN FOR r IN SELECT app.mk() LOOP NULL; END LOOP; END $$;',
    'DO $$ DECLARE c refcursor; BEGIN OPEN c FOR SELECT app.mk(); END $$;',
    'DO $$ DECLARE c CURSOR FOR SELECT app.mk(); BEGIN OPEN c; END $$;',
    'DO $$ DECLARE "my var" int; BEGIN "my var" := app.mk(); END $$;',
    'DO $$ DECLARE a int[]; BEGIN a[app.mk()] := 1; END $$;',
    'DO $$ DECLARE x int := app.mk(); BEGIN NULL; END $$;',
    "DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE 'SELECT app.mk()' LOOP NULL; END LOOP; END $$;",
    'CREATE FUNCTION app.o() RETURNS int RETURN app.mk(); SELECT app.o();',
    'CREATE FUNCTION app.o() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN FOR r IN SELECT app.mk() LOOP NULL; END LOOP; END $$; SELECT app.o();',
    "CREATE FUNCTION app.o() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'SELECT app.mk()'; END $$; SELECT app.o();",
    'CREATE FUNCTION app.o() RETURNS int LANGUAGE plpgsql SET search_path = app AS $$ BEGIN RETURN mk(); END $$; SELECT app.o();',
    "DO $$ BEGIN EXECUTE format('SELECT app.%I(%L)', 'm' || 'k', 'x'); END $$;",
    "DO $$ BEGIN EXECUTE format('SELECT %I.mk()', current_schema()); END $$;",
    'CREATE FUNCTION app.js() RETURNS int LANGUAGE plv8 AS $$ return 1 $$; SELECT app.js();',
    'CREATE FUNCTION app.i() RETURNS text LANGUAGE internal AS $$set_config_by_name$$; SELECT app.i();',
  ])('%s', async (sql) => {
    const found = new Set(await subjects(sql))
    expect([...found]).toEqual([expect.stringMatching(/^a (?:call|use) of app\.|^a call$/)])
  })

  test('in a block that could not be read', async () => {
    expect(await subjects('DO $$ BEGIN nope := app.reads(); END $$;')).toEqual([])
    expect(await subjects('DO $$ BEGIN nope := app.mk(); END $$;')).toEqual(['a DO block'])
  })
})

describe('a function that changes facts runs without a call of its own', () => {
  test.each([
    ['CREATE TRIGGER x BEFORE INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION app.tg();', 'tg()'],
    [
      'DO $$ BEGIN IF now() > x THEN CREATE TRIGGER x BEFORE INSERT ON app.t EXECUTE FUNCTION app.tg(); END IF; END $$;',
      'tg()',
    ],
    ['CREATE TABLE app.u (id int DEFAULT app.mk());', 'mk()'],
    ['CREATE VIEW app.v AS SELECT app.mk() AS x;', 'mk()'],
    ['CREATE OPERATOR app.### (LEFTARG = int, RIGHTARG = int, FUNCTION = app.mk2);', 'mk2(integer, integer)'],
    ['CREATE RULE r AS ON INSERT TO app.t DO ALSO SELECT app.mk();', 'mk()'],
    ['CREATE DOMAIN app.d AS int CHECK (app.yes(VALUE));', 'yes(integer)'],
    ['CREATE POLICY p ON app.t USING (app.yes(id));', 'yes(integer)'],
    ['CREATE CAST (int AS bool) WITH FUNCTION app.yes(int);', 'yes(integer)'],
    ['CREATE AGGREGATE app.a(int) (SFUNC = app.mk2, STYPE = int);', 'mk2(integer, integer)'],
    ['CREATE FUNCTION app.o(a int DEFAULT app.mk()) RETURNS int LANGUAGE sql AS $$SELECT a$$;', 'mk()'],
    ['SET search_path = app; CREATE TRIGGER x BEFORE INSERT ON t EXECUTE FUNCTION tg();', 'tg()'],
  ])('%s', async (sql, name) => {
    expect(await subjects(sql)).toEqual([`a use of app.${name}`])
  })

  test('of a name that only the server knows', async () => {
    const trigger = (name: string) =>
      `DO $$ BEGIN EXECUTE format('CREATE TRIGGER x BEFORE INSERT ON app.t EXECUTE FUNCTION app.%I()', ${name}); END $$;`
    expect(await subjects(trigger("'stamps'"))).toEqual([])
    expect(await subjects(trigger('now()'))).toContain('a use of app.tg()')
  })

  test('in a version that came later, by way of another function', async () => {
    const harmless = "CREATE OR REPLACE FUNCTION app.inner() RETURNS int LANGUAGE sql AS 'SELECT 1';"
    const outer = `${harmless} CREATE FUNCTION app.e() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM app.inner(); END $$;
      CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION app.e();`
    expect(await subjects(outer)).toEqual([])
    const replaced = `${outer} CREATE OR REPLACE FUNCTION app.inner() RETURNS int ${body('RETURN 1')}`
    expect(await subjects(replaced)).toEqual(['a use of app.e()'])
    const before = `CREATE FUNCTION app.e() RETURNS event_trigger ${body('RETURN')} ${outer.replace('CREATE FUNCTION app.e', 'CREATE OR REPLACE FUNCTION app.e')}`
    expect(await subjects(before)).toEqual(['a use of app.e()'])
    // What it did in the meantime does not go away.
    expect(await subjects(`${replaced} ${harmless} DROP EVENT TRIGGER e;`)).toEqual(['a use of app.e()'])
  })
})

test('what only reads and writes rows stays without a word', async () => {
  const sql = `CREATE TRIGGER x BEFORE INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION app.stamps();
    CREATE TABLE app.u (id uuid DEFAULT gen_random_uuid(), at timestamptz DEFAULT now(), n int DEFAULT app.reads(), who uuid DEFAULT auth.uid());
    CREATE VIEW app.v AS SELECT app.reads() AS x; SELECT * FROM app.v; CREATE MATERIALIZED VIEW app.m AS SELECT app.reads();
    CREATE POLICY p ON app.u USING (who = auth.uid() AND app.reads() > 1); INSERT INTO app.t VALUES (1, 'x');
    COPY app.t FROM '/x'; COPY (SELECT app.reads()) TO '/x'; MERGE INTO app.t USING app.u ON true WHEN MATCHED THEN DELETE;
    DO $$ DECLARE r record; n int := app.reads(); a int[]; BEGIN FOR r IN SELECT count(*) AS id FROM app.t LOOP n := n + 1; a[1] := r.id; END LOOP;
    FOR r IN EXECUTE format('SELECT * FROM app.%I WHERE id = %L', 't', n) LOOP RAISE NOTICE '%', r; END LOOP; END $$;`
  expect(showUnknowns(await fold(`${made}${sql}`))).toEqual([])
})

describe('a write to the catalogues', () => {
  test.each([
    ["UPDATE pg_catalog.pg_proc SET prosecdef = true WHERE proname = 'evil';", 'pg_proc'],
    ['INSERT INTO pg_proc VALUES (1);', 'pg_proc'],
    ["DELETE FROM pg_proc WHERE proname = 'good';", 'pg_proc'],
    ["COPY pg_catalog.pg_proc FROM '/x';", 'pg_proc'],
    ["UPDATE pg_settings SET setting = 'x' WHERE name = 'search_path';", 'pg_settings'],
    ['MERGE INTO pg_class USING app.t ON true WHEN MATCHED THEN DELETE;', 'pg_class'],
    ['WITH x AS (DELETE FROM pg_policy RETURNING 1) SELECT * FROM x;', 'pg_policy'],
    ['DO $$ BEGIN IF now() > x THEN DELETE FROM pg_proc; END IF; END $$;', 'pg_proc'],
    ['DO $$ BEGIN DELETE FROM pg_proc; END $$;', 'pg_proc'],
  ])('%s', async (sql, name) => {
    expect(await subjects(sql)).toEqual([`pg_catalog.${name}`])
  })

  test('by a function that is called', async () => {
    const sql = "CREATE FUNCTION app.o() RETURNS void LANGUAGE sql AS 'DELETE FROM pg_proc'; SELECT app.o();"
    expect(await subjects(sql)).toEqual(['a call of app.o()'])
  })

  test('is not what reads them, or writes to a table of the project', async () => {
    const sql =
      "INSERT INTO app.t SELECT oid FROM pg_class; COPY pg_class TO '/x'; UPDATE app.pg_t SET a = 1;"
    expect(await subjects(sql)).toEqual([])
  })
})

describe('set_config', () => {
  const set = "set_config('search_path', 'x', false)"
  test.each([
    [`SELECT length(${set});`, 'search_path'],
    [`SELECT ${set} WHERE false;`, 'search_path'],
    [`SELECT ${set} FROM app.t;`, 'search_path'],
    [`SELECT ${set} OFFSET 1;`, 'search_path'],
    [`CREATE TEMP TABLE z AS SELECT ${set};`, 'search_path'],
    [`CREATE TABLE app.z (a text DEFAULT ${set});`, 'search_path'],
    [`CREATE RULE r AS ON INSERT TO app.t DO ALSO SELECT ${set};`, 'search_path'],
    ["SELECT set_config('session_authorization', 'x', false);", 'session_authorization'],
    [`INSERT INTO app.t VALUES (1, ${set});`, 'search_path'],
    [`DO $$ BEGIN IF true THEN PERFORM ${set}; END IF; END $$;`, 'search_path'],
    [`DO $$ DECLARE x text := ${set}; BEGIN NULL; END $$;`, 'search_path'],
    ["SELECT set_config(note, 'x', false) FROM app.t;", 'set_config'],
    ["SELECT set_config(lower('SEARCH_PATH'), 'x', false);", 'set_config'],
    ["SELECT upper(pg_catalog.set_config('Role', 'x', false));", 'role'],
    [
      `CREATE FUNCTION app.o() RETURNS text LANGUAGE sql AS $$SELECT ${set}$$; SELECT app.o();`,
      'a call of app.o()',
    ],
  ])('%s', async (sql, subject) => {
    expect(await subjects(sql)).toEqual([subject])
  })

  test('alone is followed, and other settings decide nothing', async () => {
    const sql = `SELECT pg_catalog.set_config('search_path', 'app', false); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '';
      SELECT length(set_config('request.jwt.claims', note, true)) FROM t; DO $$ BEGIN PERFORM set_config('search_path', '', false); END $$;`
    const inventory = await fold(`${made}${sql}`)
    expect(showUnknowns(inventory)).toEqual([])
    expect(inventory.routines.map(({id}) => id)).toContain('app.f()')
  })
})

describe('text that runs elsewhere', () => {
  test.each([
    [
      "SELECT extensions.dblink_exec('dbname=postgres', 'CREATE FUNCTION …');",
      'a call of extensions.dblink_exec',
    ],
    [
      "CREATE FUNCTION app.o() RETURNS text RETURN dblink_exec('x', 'y'); SELECT app.o();",
      'a call of app.o()',
    ],
    ["SELECT * FROM dblink('dbname=x', 'SELECT app.mk()') AS t(a int);", 'a call of dblink'],
    ["SELECT * FROM dblink('SELECT 1', 'CREATE …') AS t(a int);", 'a call of dblink'],
    ["SELECT * FROM dblink('dbname=x', 'SELECT ' || note) AS t(a int);", 'a call of dblink'],
    ["SELECT query_to_xml('SELECT app.mk()', true, true, '');", 'a call of query_to_xml'],
    [
      "SELECT cron.schedule('x', '* * * * *', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS ''''');",
      'a call of cron.schedule',
    ],
    ["SELECT cron.schedule('* * * * *', $$DO 'BEGIN DROP TABLE x; END'$$);", 'a call of cron.schedule'],
    [
      "SELECT cron.schedule('x', '* * * * *', format('DROP TABLE %I', note)) FROM app.t;",
      'a call of cron.schedule',
    ],
    ["SELECT cron.schedule('x', '* * * * *', note) FROM app.t;", 'a call of cron.schedule'],
  ])('%s', async (sql, subject) => {
    expect(await subjects(sql)).toEqual([subject])
  })

  test('is nothing where it only reads and writes rows', async () => {
    const sql = `SELECT cron.schedule('x', '30 seconds', $$SELECT net.http_post(url := 'https://example.com')$$);
      SELECT cron.schedule('y', '0 3 * * *', 'VACUUM'); SELECT cron.unschedule('x'); SELECT dblink_connect('x');
      CREATE VIEW app.v AS SELECT * FROM dblink('dbname=x', 'SELECT a FROM b') AS t(a int);
      SELECT cron.schedule('z', '0 3 * * *', format('DELETE FROM app.t WHERE note = %L', 'x'));`
    expect(await subjects(sql)).toEqual([])
  })
})

describe('a section that undoes', () => {
  const text = `-- migrate:up\nSELECT 1;\n-- migrate:down\n${evil.replace('app.', '')};\n`
  const run = async (name: string) => {
    const {tool} = inOrder([{path: name, text}])
    const inventory = await fold({[name]: text})
    return {inventory, pieces: splitPieces(text, tool)}
  }

  test.each(['20250101000000_a.sql', 'V1__a.sql', 'x/migration.sql'])(
    'is applied by a tool that knows none, and said: %s',
    async (name) => {
      const {inventory, pieces} = await run(name)
      expect(inventory.routines.map(({id}) => id)).toEqual(['public.evil()'])
      expect(inventory.coverage.unknowns.map(({location}) => location?.place?.start.line)).toEqual([3])
      expect(pieces.map(({place, broken}) => [place.start.line, broken === undefined])).toEqual([
        [3, false],
        [2, true],
        [4, true],
      ])
    },
  )

  test.each(['1_a.sql', 'a.sql'])(
    'is cut off where the tool cuts it off, and run nowhere: %s',
    async (name) => {
      const {inventory, pieces} = await run(name)
      expect(inventory.routines).toEqual([])
      expect(inventory.coverage.unknowns).toEqual([])
      expect(pieces.map(({text: one, broken}) => [one.trim(), broken])).toEqual([
        [expect.stringContaining('SELECT 1'), undefined],
      ])
    },
  )
})

describe('psql', () => {
  const line = (command: string) => `${command}\nSELECT 1;\n`
  test.each([
    `\\echo x \\\\ ${evil};`,
    '\\echo hi \\i evil.sql',
    '\\! psql -f evil.sql',
    '\\!psql',
    '\\o | psql',
    '\\set AUTOCOMMIT off',
    '\\set x `psql -f evil.sql`',
    '\\echo `psql -f evil.sql`',
    '\\g | psql',
    '\\; DROP TABLE app.t',
    '\\q',
    '\\r',
    '\\copy pg_proc from x',
    '\\copy "pg_proc" from x',
    '\\copy (select app.mk()) to x',
    "\\copy app.t from program 'psql -f evil.sql'",
    '\\connect other',
    '\\gdesc',
    '\\if false',
    '\\unknown',
    '\\',
  ])('told of: %s', async (command) => {
    expect((await fold(line(command))).coverage.unknowns).toHaveLength(1)
    expect(splitPieces(line(command)).filter(({broken}) => broken !== undefined)).toHaveLength(1)
  })

  test.each([
    '\\echo hello',
    '\\set ON_ERROR_STOP on',
    '\\set ON_ERROR_STOP 1\r',
    '\\restrict abc',
    '\\pset pager off',
    '\\timing',
    '\\x',
    '\\dt+ app.*',
    '\\copy app.t (id, note) from x.csv with csv',
  ])('harmless: %s', async (command) => {
    expect(showUnknowns(await fold(line(command)))).toEqual([])
    expect(splitPieces(line(command)).map(({broken}) => broken)).toEqual([undefined])
  })
})

describe('a type that nobody can name', () => {
  const own = `CREATE TYPE app.thing AS ENUM ('a'); CREATE FUNCTION app.f(a app.thing) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`
  const foreign = `CREATE FUNCTION app.f(a auth.thing) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`
  test.each([own, foreign])('may be no argument of what is dropped IF EXISTS: %s', async (sql) => {
    const inventory = await fold(`${made}${sql} DROP FUNCTION IF EXISTS app.f(thing);`)
    const [found] = inventory.routines.filter(({name}) => name === 'f')
    expect(found).toMatchObject({securityDefiner: null, settings: null, owner: null, grants: null})
    expect(inventory.coverage.unknowns.map(({subject}) => subject)).toEqual([found?.id])
  })

  test('must be one where the statement would fail otherwise, and is one where it is named', async () => {
    const dropped = ['DROP FUNCTION app.f(thing);', 'DROP FUNCTION IF EXISTS app.f(app.thing);']
    for (const drop of dropped) {
      const inventory = await fold(`${made}${own} ${drop}`)
      expect(inventory.routines.filter(({name}) => name === 'f')).toEqual([])
      expect(inventory.coverage.unknowns).toEqual([])
    }
  })
})

describe('a DO block that undoes what it did', () => {
  test.each([
    'ROLLBACK;',
    "RAISE EXCEPTION 'x';",
    "BEGIN RAISE EXCEPTION 'x'; END;",
    'IF now() > x THEN ROLLBACK; END IF;',
    'RAISE;',
  ])('%s', async (end) => {
    const sql = `${evil}; DO $$ BEGIN ALTER FUNCTION app.evil() SECURITY INVOKER; ${end} END $$;`
    const inventory = await fold(`${made}${sql}`)
    expect(inventory.routines.find(({name}) => name === 'evil')?.securityDefiner).toBeNull()
    expect(inventory.coverage.unknowns.map(({subject}) => subject)).toEqual(['app.evil()'])
  })

  test.each(["RAISE NOTICE 'x';", "IF now() > x THEN RAISE EXCEPTION 'x'; END IF;", 'COMMIT;'])(
    'is not one with %s',
    async (end) => {
      const sql = `${evil}; DO $$ BEGIN ALTER FUNCTION app.evil() SECURITY INVOKER; ${end} END $$;`
      const inventory = await fold(`${made}${sql}`)
      expect(inventory.routines.find(({name}) => name === 'evil')?.securityDefiner).toBe(false)
      expect(inventory.coverage.unknowns).toEqual([])
    },
  )
})

describe('what goes along with what is dropped', () => {
  const f = (from: string) =>
    `CREATE FUNCTION app.f(a int DEFAULT ${from}) RETURNS int LANGUAGE sql AS 'SELECT 1';`
  const o = "CREATE FUNCTION app.o(a int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 1';"
  test('a function whose argument has it as its default', async () => {
    const inventory = await fold(`${made}${o} ${f('app.o()')} DROP FUNCTION app.o(int) CASCADE;`)
    expect(inventory.routines.filter(({name}) => name === 'f')).toEqual([])
    expect(inventory.coverage.unknowns).toEqual([])
    expect(await subjects(`${o} ${f('app.o()')} DROP FUNCTION app.o(int);`)).toEqual(['app.f(integer)'])
  })

  test('perhaps, where the default may be another overload', async () => {
    const other = "CREATE FUNCTION app.o(a text) RETURNS int LANGUAGE sql AS 'SELECT 1';"
    const sql = `${o} ${other} ${f("app.o('1')")} DROP FUNCTION app.o(text) CASCADE;`
    expect(await subjects(sql)).toEqual(['app.f(integer)'])
  })

  test('what depends on an extension', async () => {
    const sql =
      'CREATE EXTENSION hstore SCHEMA extensions; ALTER FUNCTION app.reads() DEPENDS ON EXTENSION hstore;'
    expect(await subjects(sql)).toEqual([])
    expect(await subjects(`${sql} DROP EXTENSION hstore;`)).toEqual(['app.reads'])
    expect(await subjects(`${sql} DROP EXTENSION other;`)).toEqual([])
  })
})

test('an extension that nobody knows may bring anything, wherever it is put', async () => {
  expect(await subjects('CREATE EXTENSION "acme-secrets" WITH SCHEMA extensions;')).toEqual([
    'extension acme-secrets',
  ])
  expect(await subjects('CREATE EXTENSION "uuid-ossp" WITH SCHEMA extensions;')).toEqual([])
})

test('ALTER SYSTEM may change where later sessions look', async () => {
  expect(await subjects("ALTER SYSTEM SET search_path = 'x';")).toEqual(['search_path'])
  expect(await subjects("ALTER SYSTEM SET work_mem = '1GB';")).toEqual([])
})

test('memberships go in no circle: PostgreSQL refuses it', async () => {
  const circle = 'CREATE ROLE a; CREATE ROLE b; CREATE ROLE c; GRANT a TO b; GRANT b TO c;'
  expect(await subjects(circle)).toEqual([])
  expect(await subjects(`${circle} GRANT c TO a; GRANT a TO a;`)).toEqual(['a', 'a'])
})
