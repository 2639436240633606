/** DO blocks, dynamic SQL, and functions that are called: what is applied, and what is reported. */
import {describe, expect, test} from 'vitest'
import {fold, relation, routine, showGrants, showUnknowns} from '../../support/fold-sql.ts'

const made = `CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1';
CREATE SCHEMA s; CREATE TABLE s.t (a int); CREATE FUNCTION s.g() RETURNS int LANGUAGE sql AS 'SELECT 1';
`
const block = (body: string, declare = '') => `DO $$ ${declare} BEGIN ${body} END $$;`

describe('applied, with nothing left unknown', () => {
  test.each([
    ['ALTER TABLE t ENABLE ROW LEVEL SECURITY;'],
    ["EXECUTE 'ALTER TABLE t ENABLE ROW LEVEL SECURITY';"],
    ["EXECUTE format('ALTER TABLE %I.%I %s ROW LEVEL SECURITY', 'public', 't', 'ENABLE');"],
    ["EXECUTE 'ALTER TABLE ' || quote_ident('t') || ' ENABLE ROW LEVEL SECURITY';"],
    [
      "RAISE NOTICE 'x'; IF false THEN RAISE EXCEPTION 'no'; END IF; ALTER TABLE t ENABLE ROW LEVEL SECURITY; RETURN;",
    ],
    ['BEGIN ALTER TABLE t ENABLE ROW LEVEL SECURITY; END;'],
  ])('%s', async (body) => {
    const inventory = await fold(made + block(body))
    expect(relation(inventory, 'public.t').rowSecurity?.enabled).toBe(true)
    expect(inventory.coverage.unknowns).toEqual([])
  })

  test.each([
    "IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'x') THEN CREATE ROLE x; END IF;",
    "FOR r IN SELECT 1 LOOP UPDATE t SET a = 1; EXECUTE format('DROP TRIGGER %I ON %I', 'a', r.x); EXECUTE format('CREATE INDEX ON %I (a)', r.x); END LOOP;",
    "BEGIN CREATE TYPE e AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END;",
    "IF to_regtype('e') IS NULL THEN CREATE TYPE e AS ENUM ('a'); END IF;",
    'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1);',
    "IF true THEN ALTER TABLE t ADD COLUMN b int; DROP TRIGGER IF EXISTS x ON t; COMMENT ON TABLE t IS 'x'; END IF;",
    "PERFORM f(); PERFORM pg_notify('a', 'b');",
  ])('harmless: %s', async (body) => {
    const inventory = await fold(made + block(body, 'DECLARE r record;'))
    expect(showUnknowns(inventory)).toEqual([])
  })

  test('what fails in a block that carries on leaves what was there', async () => {
    const policy = block(
      'BEGIN CREATE POLICY p ON t USING (true); EXCEPTION WHEN duplicate_object THEN NULL; END;',
    )
    const inventory = await fold(made + policy + policy)
    expect(relation(inventory, 'public.t').policies).toHaveLength(1)
    expect(inventory.coverage.unknowns).toEqual([])
  })

  test('a type made under a condition stands in signatures', async () => {
    const inventory = await fold(
      `${block("IF to_regtype('e') IS NULL THEN CREATE TYPE e AS ENUM ('a'); END IF;")} CREATE FUNCTION f(a e) RETURNS int LANGUAGE sql AS '';`,
    )
    expect(inventory.routines.map((one) => one.id)).toEqual(['public.f(public.e)'])
  })
})

describe('unknown', () => {
  test.each([
    ['IF now() > x THEN ALTER TABLE t ENABLE ROW LEVEL SECURITY; END IF;', 't'],
    [
      "FOR r IN SELECT 1 LOOP EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', r.a); END LOOP;",
      'relations of public',
    ],
    ["EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', x, x);", 'relations'],
    ["EXECUTE format('ALTER FUNCTION %s SECURITY INVOKER', x);", 'routines'],
    ['IF x THEN REVOKE ALL ON FUNCTION f() FROM PUBLIC; END IF;', 'public.f()'],
    ["EXECUTE 'GRANT ALL ON ALL FUNCTIONS IN SCHEMA ' || quote_ident(x) || ' TO PUBLIC';", 'routines'],
    ["EXECUTE format('GRANT ALL ON ALL TABLES IN SCHEMA s TO %I', x);", 'relations of s'],
    ['EXECUTE x;', 'a DO block'],
    ["EXECUTE 'CREATE INDEX ' || x || ' ON t (a)';", 'a DO block'],
    ['IF x THEN DROP FUNCTION f(); END IF;', 'public.f()'],
    ['IF x THEN DROP POLICY p ON s.t; END IF;', 's.t'],
    ['IF x THEN RETURN; END IF; DROP TABLE u;', 'public.u'],
    ['IF x THEN SET ROLE bob; END IF;', 'the session'],
    ['BEGIN DROP TABLE u; EXCEPTION WHEN OTHERS THEN NULL; END;', 'public.u'],
    ["IF x THEN CREATE FUNCTION n() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'; END IF;", 'n'],
  ])('%s', async (body, subject) => {
    const inventory = await fold(made + block(body, "DECLARE r record; x text := 'x';"))
    const unknowns = inventory.coverage.unknowns
    expect(unknowns.map((one) => one.subject)).toEqual([subject])
    expect(unknowns[0]?.location).toMatchObject({
      path: 'db/20250102030405_one.sql',
      place: {start: {line: 3, column: 1}},
    })
  })

  test.each([
    ["EXECUTE format('ALTER FUNCTION %s SET search_path = x', r);", {settings: null, securityDefiner: true}],
    [
      "EXECUTE format('ALTER FUNCTION %s SECURITY INVOKER', r);",
      {settings: [{name: 'search_path', value: '""'}], securityDefiner: null},
    ],
    ["EXECUTE format('ALTER FUNCTION %s OWNER TO x', r);", {owner: null, grants: null}],
    ["EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', r);", {owner: 'postgres', grants: null}],
    ["EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', r);", {grants: null}],
  ])('the facts that it may have changed are unknown: %s', async (body, facts) => {
    expect(routine(await fold(made + block(body, 'DECLARE r text;')), 'public.f()')).toMatchObject(facts)
  })

  test('facts of what it cannot have changed stay known', async () => {
    const inventory = await fold(
      made + block("EXECUTE format('ALTER TABLE s.%I ENABLE ROW LEVEL SECURITY', r);", 'DECLARE r text;'),
    )
    expect(relation(inventory, 's.t').rowSecurity).toBeNull()
    expect(relation(inventory, 'public.t').rowSecurity).toEqual({enabled: false, forced: false})
  })

  test('a later statement settles what was in doubt', async () => {
    const doubted = made + block("EXECUTE format('ALTER FUNCTION %s RESET ALL', r);", 'DECLARE r text;')
    expect(routine(await fold(doubted), 'public.f()').settings).toBeNull()
    expect(routine(await fold(`${doubted} ALTER FUNCTION f() RESET ALL;`), 'public.f()').settings).toEqual([])
    const again = `${doubted} DROP FUNCTION f(); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '';`
    expect(routine(await fold(again), 'public.f()').settings).toEqual([])
  })

  test('a body that the parser cannot read', async () => {
    const unread = block("v := 1; EXECUTE 'DROP TABLE t';", 'DECLARE v my_type')
    expect(showUnknowns(await fold(made + unread))).toEqual([
      "3: a DO block: its body could not be read, and says EXECUTE: DECLARE v my_type BEGIN v := 1; EXECUTE 'DROP TABLE t'; END",
    ])
    expect((await fold(made + block('nope := 1;'))).coverage.unknowns).toEqual([])
    const other = await fold("DO LANGUAGE plpython3u $$ plpy.execute('DROP TABLE t') $$;")
    expect(other.coverage.unknowns).toHaveLength(1)
  })
})

describe('functions that are called', () => {
  const runs = `CREATE FUNCTION runs(x text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE x; END $$;
    CREATE FUNCTION through() RETURNS int LANGUAGE sql AS 'SELECT 1 FROM runs(''x'')';
    CREATE FUNCTION writes() RETURNS int LANGUAGE plpgsql AS $$ DECLARE v t; BEGIN INSERT INTO t VALUES (1) RETURNING * INTO v; RETURN 1; END $$;
    CREATE PROCEDURE alters() LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t DISABLE ROW LEVEL SECURITY; END $$;
    CREATE FUNCTION circle() RETURNS int LANGUAGE sql AS 'SELECT circle()';`
  test.each([
    ["SELECT runs('DROP TABLE t');", 'a call of public.runs(text)'],
    ["SELECT * FROM runs('x');", 'a call of public.runs(text)'],
    ['SELECT through();', 'a call of public.through()'],
    ['CALL alters();', 'a call of public.alters()'],
    ["DO $$ BEGIN PERFORM runs('x'); END $$;", 'a call of public.runs(text)'],
    ['DO $$ DECLARE x int; BEGIN x := through(); END $$;', 'a call of public.through()'],
    ['INSERT INTO t SELECT through();', 'a call of public.through()'],
  ])('%s', async (sql, subject) => {
    const inventory = await fold(`${made} ${runs} ${sql}`)
    expect(inventory.coverage.unknowns.map((one) => one.subject)).toEqual([subject])
  })

  test.each([
    'SELECT writes(), circle();',
    "SELECT cron.schedule('x', 'y', 'SELECT runs()');",
    'INSERT INTO t VALUES (1), (2);',
    'UPDATE t SET a = writes();',
  ])('harmless: %s', async (sql) => {
    expect(showUnknowns(await fold(`${made} ${runs} ${sql}`))).toEqual([])
  })

  test('an event trigger runs its function after other statements', async () => {
    const inventory =
      await fold(`CREATE FUNCTION secure() RETURNS event_trigger LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN
      FOR r IN SELECT * FROM pg_event_trigger_ddl_commands() LOOP EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', r.object_identity); END LOOP; END $$;
      CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION secure();`)
    expect(showUnknowns(inventory)).toEqual([
      expect.stringContaining(
        'event trigger e: from here on it runs public.secure() after other statements: it runs dynamic SQL',
      ),
    ])
  })
})

test('an extension brings what the folder does not say', async () => {
  expect((await fold('CREATE EXTENSION pgcrypto;')).coverage.unknowns.map((one) => one.subject)).toEqual([
    'extension pgcrypto',
  ])
  expect(
    (await fold('CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA extensions; CREATE EXTENSION plpgsql;'))
      .coverage.unknowns,
  ).toEqual([])
  expect(
    (await fold('CREATE EXTENSION hstore SCHEMA extensions; DROP EXTENSION hstore CASCADE;')).coverage
      .unknowns,
  ).toHaveLength(1)
})

test('a DO block grants what it grants', async () => {
  const inventory = await fold(made + block('REVOKE ALL ON FUNCTION f() FROM PUBLIC;'))
  expect(showGrants(routine(inventory, 'public.f()').grants)).toEqual(['postgres=EXECUTE'])
})
