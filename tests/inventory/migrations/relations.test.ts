/** Tables, views, sequences, row level security and policies: SQL in, facts out. */
import {describe, expect, test} from 'vitest'
import {fold, relation, showUnknowns} from '../../support/fold-sql.ts'

const t = 'CREATE TABLE t (id int, a text);'

describe('row level security', () => {
  test.each([
    ['', false, false],
    ['ALTER TABLE t ENABLE ROW LEVEL SECURITY;', true, false],
    ['ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;', true, true],
    [
      'ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE ONLY public.t FORCE ROW LEVEL SECURITY; ALTER TABLE t NO FORCE ROW LEVEL SECURITY;',
      true,
      false,
    ],
    [
      'ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE IF EXISTS t DISABLE ROW LEVEL SECURITY;',
      false,
      false,
    ],
    ['ALTER TABLE t FORCE ROW LEVEL SECURITY; DROP TABLE t; CREATE TABLE t ();', false, false],
    [
      'CREATE TABLE IF NOT EXISTS t (); ALTER TABLE t FORCE ROW LEVEL SECURITY; CREATE TABLE IF NOT EXISTS t ();',
      false,
      true,
    ],
  ])('%s', async (sql, enabled, forced) => {
    const inventory = await fold(`${t} ${sql}`)
    expect(relation(inventory, 'public.t').rowSecurity).toEqual({enabled, forced})
    expect(inventory.coverage.unknowns).toEqual([])
  })

  test('a table that the folder never made', async () => {
    const inventory = await fold('ALTER TABLE made_by_hand ENABLE ROW LEVEL SECURITY;')
    expect(inventory.coverage.statements).toEqual({applied: 0, failed: 1})
    expect(showUnknowns(inventory)[0]).toMatch(/^1: made_by_hand: .*no relation of this name/)
  })

  test("a platform's own table is not the project's to report", async () => {
    const inventory = await fold(
      'ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON storage.objects USING (true); GRANT SELECT ON auth.users TO x;',
    )
    expect(inventory.coverage.unknowns).toEqual([])
    expect(inventory.relations).toEqual([])
  })

  test("nor is it where the project puts functions of its own into the platform's schema", async () => {
    const own = "CREATE FUNCTION auth.f() RETURNS int LANGUAGE sql AS '';"
    const onTable = 'ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY;'
    expect((await fold(`${own} ${onTable}`)).coverage.unknowns).toEqual([])
    expect((await fold(`CREATE SCHEMA IF NOT EXISTS auth; ${onTable}`)).coverage.unknowns).toEqual([])
    expect((await fold(`CREATE SCHEMA auth; ${onTable}`)).coverage.unknowns).toHaveLength(1)
  })
})

test('kinds, partitions, options, sequences', async () => {
  const inventory = await fold(`
    CREATE TABLE p (id int, s serial, g int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME named)) PARTITION BY LIST (id);
    CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 (id int); ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2);
    CREATE VIEW v WITH (security_invoker = on, security_barrier) AS SELECT 1 AS x;
    CREATE MATERIALIZED VIEW m AS SELECT 1 AS x; CREATE FOREIGN TABLE f (a int) SERVER s; CREATE SEQUENCE q;
    CREATE TABLE c AS SELECT 1 AS x; SELECT 1 AS x INTO d; CREATE TEMP TABLE temporary (a int);`)
  expect(
    inventory.relations.map(({id, kind, partitionOf, options}) => [id, kind, partitionOf, options]),
  ).toEqual([
    ['public.c', 'table', null, {}],
    ['public.d', 'table', null, {}],
    ['public.f', 'foreign-table', null, {}],
    ['public.m', 'materialized-view', null, {}],
    ['public.named', 'sequence', null, {}],
    ['public.p', 'partitioned-table', null, {}],
    ['public.p1', 'table', 'public.p', {}],
    ['public.p2', 'table', 'public.p', {}],
    ['public.p_s_seq', 'sequence', null, {}],
    ['public.q', 'sequence', null, {}],
    ['public.v', 'view', null, {security_barrier: 'true', security_invoker: 'on'}],
  ])
})

test.each([
  'ALTER TABLE t ENABLE ROW LEVEL SECURITY, DROP COLUMN nope;',
  'GRANT INSERT, SELECT (nope) ON t TO x;',
  'CREATE SCHEMA s CREATE TABLE u () CREATE TABLE u ();',
  'DO $$ BEGIN ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE TABLE t (); END $$;',
])('a statement that fails leaves nothing behind: %s', async (sql) => {
  const before = await fold(t)
  const after = await fold(`${t} ${sql}`)
  expect(after.coverage.statements).toEqual({applied: 1, failed: 1})
  expect([after.relations, after.schemas]).toEqual([before.relations, before.schemas])
})

describe('views', () => {
  const view = 'CREATE VIEW v WITH (security_invoker = true) AS SELECT 1 AS x;'
  test.each([
    ['CREATE OR REPLACE VIEW v AS SELECT 2 AS x;', {}],
    [
      'CREATE OR REPLACE VIEW v WITH (security_barrier) AS SELECT 2 AS x WITH LOCAL CHECK OPTION;',
      {check_option: 'local', security_barrier: 'true'},
    ],
    ['ALTER VIEW v SET (security_invoker = false);', {security_invoker: 'false'}],
    ['ALTER VIEW v RESET (security_invoker);', {}],
    ['ALTER VIEW v RENAME COLUMN x TO y;', {security_invoker: 'true'}],
  ])('%s', async (sql, options) => {
    const inventory = await fold(`${view} ${sql}`)
    expect(relation(inventory, 'public.v').options).toEqual(options)
    expect(inventory.coverage.unknowns).toEqual([])
  })
})

describe('policies', () => {
  const policy =
    "CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO a, b USING ((id) > 1 /* ) */) WITH CHECK (a = ')');"
  test('all facts', async () => {
    expect(relation(await fold(`${t} ${policy} CREATE POLICY "All" ON t;`), 'public.t').policies).toEqual([
      {name: 'All', command: 'ALL', permissive: true, roles: ['PUBLIC'], using: null, check: null},
      {
        name: 'p',
        command: 'UPDATE',
        permissive: false,
        roles: ['a', 'b'],
        using: '(id) > 1 /* ) */',
        check: "a = ')'",
      },
    ])
  })

  test.each([
    ['ALTER POLICY p ON t TO PUBLIC, x;', {roles: ['PUBLIC'], using: '(id) > 1 /* ) */'}],
    ['ALTER POLICY p ON t USING (false);', {roles: ['a', 'b'], using: 'false', check: "a = ')'"}],
    ['ALTER POLICY p ON t RENAME TO q;', {name: 'q'}],
    ['ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME TO t;', {name: 'p'}],
  ])('%s', async (sql, expected) => {
    expect(relation(await fold(`${t} ${policy} ${sql}`), 'public.t').policies[0]).toMatchObject(expected)
  })

  test.each([
    ['DROP POLICY p ON t;', 0, 0],
    ['DROP POLICY IF EXISTS nope ON t; DROP POLICY IF EXISTS p ON nope;', 1, 0],
    ['DROP POLICY nope ON t;', 1, 1],
    [policy, 1, 1],
  ])('%s', async (sql, left, failed) => {
    const inventory = await fold(`${t} ${policy} ${sql}`)
    expect(relation(inventory, 'public.t').policies).toHaveLength(left)
    expect(inventory.coverage.statements?.failed).toBe(failed)
  })

  test('a function that is dropped with CASCADE takes along the policies that ask it', async () => {
    const made = `${t} CREATE FUNCTION mine(int) RETURNS boolean LANGUAGE sql AS ''; CREATE POLICY p ON t USING (mine(id)); CREATE POLICY q ON t USING (true);`
    const names = async (sql: string) => relation(await fold(sql), 'public.t').policies.map((one) => one.name)
    expect(await names(`${made} DROP FUNCTION mine CASCADE;`)).toEqual(['q'])
    expect(await names(`${made} DROP FUNCTION mine;`)).toEqual(['p', 'q'])
  })

  test('which of two overloads a policy asks is not guessed', async () => {
    const inventory =
      await fold(`${t} CREATE FUNCTION mine(int) RETURNS boolean LANGUAGE sql AS ''; CREATE FUNCTION mine(text) RETURNS boolean LANGUAGE sql AS '';
CREATE POLICY p ON t USING (mine(id)); DROP FUNCTION mine(text) CASCADE;`)
    expect(relation(inventory, 'public.t').policies).toHaveLength(1)
    expect(showUnknowns(inventory)).toEqual([
      '2: policies of public.t: it may have gone along with DROP … CASCADE: it names one of several overloads',
    ])
  })
})

describe('names and owners', () => {
  test.each([
    ['CREATE SCHEMA s; ALTER TABLE t SET SCHEMA s;', ['s.t', 's.t_n_seq']],
    ['CREATE SCHEMA s; ALTER TABLE t SET SCHEMA s; ALTER SCHEMA s RENAME TO r;', ['r.t', 'r.t_n_seq']],
    ['ALTER TABLE t RENAME TO u;', ['public.t_n_seq', 'public.u']],
    ['ALTER TABLE t DROP COLUMN n;', ['public.t']],
    ['DROP TABLE t;', []],
    ['DROP SCHEMA public CASCADE;', []],
    ['CREATE VIEW v AS SELECT n FROM t; CREATE VIEW w AS SELECT n FROM v; DROP TABLE t CASCADE;', []],
    ['CREATE VIEW v AS SELECT n FROM t; DROP TABLE t;', ['public.t', 'public.t_n_seq', 'public.v']],
    ['CREATE TABLE copy (LIKE t INCLUDING ALL);', ['public.copy', 'public.t', 'public.t_n_seq']],
    [
      'ALTER TABLE t ADD COLUMN i int GENERATED BY DEFAULT AS IDENTITY; CREATE TABLE copy (LIKE t INCLUDING ALL);',
      ['public.copy', 'public.copy_i_seq', 'public.t', 'public.t_i_seq', 'public.t_n_seq'],
    ],
  ])('%s', async (sql, ids) => {
    const inventory = await fold(`CREATE TABLE t (n serial); ${sql}`)
    expect(inventory.relations.map((one) => one.id)).toEqual(ids)
  })

  test('owners, with the sequences of a table', async () => {
    const inventory = await fold(
      'CREATE TABLE t (n serial); ALTER TABLE t OWNER TO bob; CREATE TABLE u (); REASSIGN OWNED BY postgres TO eve;',
    )
    expect(inventory.relations.map(({id, owner}) => [id, owner])).toEqual([
      ['public.t', 'bob'],
      ['public.t_n_seq', 'bob'],
      ['public.u', 'eve'],
    ])
  })
})
