/** What a session does to what follows: search_path, roles, transactions, files. */
import {describe, expect, test} from 'vitest'
import {fold, showUnknowns} from '../../support/fold-sql.ts'

const table = 'CREATE TABLE t ();'

async function ids(sql: string | Record<string, string>): Promise<string[]> {
  return (await fold(sql)).relations.map((one) => one.id)
}

describe('search_path', () => {
  test.each([
    ['', 'public.t'],
    ['SET search_path = s;', 's.t'],
    ["SET search_path TO 's', public;", 's.t'],
    ["SET SCHEMA 's';", 's.t'],
    ['SET search_path = s; RESET search_path;', 'public.t'],
    ['SET search_path = s; RESET ALL;', 'public.t'],
    ['SET search_path = s; SET search_path TO DEFAULT;', 'public.t'],
    ["SELECT pg_catalog.set_config('search_path', 's, public', false);", 's.t'],
    ["SELECT set_config('search_path', '\"s\"', false);", 's.t'],
    ['BEGIN; SET LOCAL search_path = s; COMMIT;', 'public.t'],
    ['BEGIN; SET search_path = s; COMMIT;', 's.t'],
    ['BEGIN; SET search_path = s; ROLLBACK;', 'public.t'],
    ['BEGIN; SET LOCAL search_path = s;', 's.t'],
    ['CREATE SCHEMA postgres;', 'postgres.t'],
    ['SET search_path = pg_temp, s;', undefined],
    ['DO $$ BEGIN SET search_path = s; END $$;', 's.t'],
  ])('%s', async (sql, id) => {
    expect(await ids(`CREATE SCHEMA s; ${sql} ${table}`)).toEqual(id === undefined ? [] : [id])
  })

  test('each file begins anew', async () => {
    expect(
      await ids({'1_a.sql': 'CREATE SCHEMA s; SET search_path = s; SET ROLE bob;', '2_b.sql': table}),
    ).toEqual(['public.t'])
    expect((await fold({'1_a.sql': 'SET ROLE bob;', '2_b.sql': table})).relations[0]?.owner).toBe('postgres')
  })

  test('an empty one leaves no place to create in', async () => {
    const inventory = await fold(
      `SELECT pg_catalog.set_config('search_path', '', false); ${table} CREATE TABLE public.u ();`,
    )
    expect(inventory.relations.map((one) => one.id)).toEqual(['public.u'])
    expect(showUnknowns(inventory)).toEqual([
      '1: t: CREATE TABLE t (): no schema in the search_path to create it in',
    ])
  })

  test('one that only the server knows', async () => {
    const inventory = await fold(`SELECT set_config('search_path', current_setting('x'), false); ${table}`)
    expect(inventory.relations).toEqual([])
    expect(inventory.coverage.statements).toEqual({applied: 1, failed: 1})
  })

  test('a schema of the path that the folder does not make may be the one', async () => {
    const inventory = await fold(`SET search_path = app, public; ${table}`)
    expect(inventory.relations.map((one) => one.id)).toEqual(['public.t'])
    expect(showUnknowns(inventory)).toEqual([
      expect.stringContaining('1: public.t: it may have been created in app'),
    ])
  })

  test('it decides what an unqualified name means', async () => {
    const inventory = await fold(
      'CREATE SCHEMA s; CREATE TABLE s.t (); CREATE TABLE t (); SET search_path = s, public; ALTER TABLE t ENABLE ROW LEVEL SECURITY;',
    )
    expect(inventory.relations.map(({id, rowSecurity}) => [id, rowSecurity?.enabled])).toEqual([
      ['public.t', false],
      ['s.t', true],
    ])
  })
})

describe('roles', () => {
  test.each([
    ['', 'postgres'],
    ['SET ROLE bob;', 'bob'],
    ["SET ROLE 'bob'; RESET ROLE;", 'postgres'],
    ['SET ROLE bob; SET ROLE NONE;', 'postgres'],
    ['SET SESSION AUTHORIZATION eve; SET ROLE bob; RESET ROLE;', 'eve'],
    ['SET SESSION AUTHORIZATION eve; RESET SESSION AUTHORIZATION;', 'postgres'],
    ['BEGIN; SET LOCAL ROLE bob; COMMIT;', 'postgres'],
    ["SELECT set_config('role', 'bob', false);", 'bob'],
    ['SET ROLE bob; DISCARD ALL;', 'postgres'],
  ])('%s', async (sql, owner) => {
    expect((await fold(`${sql} ${table}`)).relations[0]?.owner).toBe(owner)
  })

  test('attributes are known where the folder says them', async () => {
    const inventory =
      await fold(`CREATE ROLE plain; CREATE USER super SUPERUSER; CREATE ROLE mixed BYPASSRLS; ALTER ROLE mixed SUPERUSER NOBYPASSRLS;
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO named; ALTER ROLE named NOBYPASSRLS; CREATE ROLE gone; DROP ROLE gone;
      DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'guarded') THEN CREATE ROLE guarded NOBYPASSRLS; END IF; END $$;`)
    expect(inventory.roles.filter((role) => !/^p.*g/.test(role.name))).toEqual([
      {name: 'guarded', superuser: null, bypassRls: null},
      {name: 'mixed', superuser: true, bypassRls: false},
      {name: 'named', superuser: null, bypassRls: false},
      {name: 'plain', superuser: false, bypassRls: false},
      {name: 'super', superuser: true, bypassRls: false},
    ])
    expect(inventory.coverage.unknowns).toEqual([])
  })

  test('the role of the caller, and what is known of it', async () => {
    const roles = [{name: 'admin', superuser: false, bypassRls: true}]
    const inventory = await fold(table, {role: 'admin', roles})
    expect(inventory.relations[0]?.owner).toBe('admin')
    expect(inventory.roles).toContainEqual(roles[0])
  })

  test.each([
    'DROP OWNED BY bob;',
    'ALTER ROLE postgres SET search_path = s;',
    'ALTER DATABASE d SET search_path = s;',
  ])('%s is said', async (sql) => {
    expect((await fold(sql)).coverage.unknowns).toHaveLength(1)
  })
})

describe('transactions', () => {
  test.each([
    [`BEGIN; ${table} ROLLBACK;`, []],
    [`BEGIN; ${table} COMMIT; ROLLBACK AND CHAIN;`, ['public.t']],
    [
      `START TRANSACTION; ${table} SAVEPOINT a; CREATE TABLE u (); ROLLBACK TO SAVEPOINT a; COMMIT;`,
      ['public.t'],
    ],
    [
      `BEGIN; SAVEPOINT a; ${table} SAVEPOINT b; CREATE TABLE u (); ROLLBACK TO a; CREATE TABLE v (); END;`,
      ['public.v'],
    ],
    [`BEGIN; SAVEPOINT a; ${table} RELEASE a; COMMIT;`, ['public.t']],
    [`${table} BEGIN; ALTER TABLE t RENAME TO u; DROP TABLE u; ROLLBACK;`, ['public.t']],
    [`BEGIN; ${table} ABORT;`, []],
  ])('%s', async (sql, expected) => {
    expect(await ids(sql)).toEqual(expected)
  })

  test('one that the file leaves open', async () => {
    const inventory = await fold(`BEGIN; ${table}`)
    expect(inventory.relations).toHaveLength(1)
    expect(showUnknowns(inventory)).toEqual([expect.stringContaining('neither committed nor rolled back')])
  })

  test('ROLLBACK and SET LOCAL without one', async () => {
    expect((await fold(`${table} ROLLBACK;`)).coverage.unknowns).toHaveLength(1)
    expect((await fold('SET LOCAL search_path = public;')).coverage.unknowns).toHaveLength(1)
    expect(
      (await fold('SET LOCAL search_path = public;', {fileInTransaction: true})).coverage.unknowns,
    ).toEqual([])
    const none = await fold(`CREATE SCHEMA s; SET LOCAL search_path = s; ${table}`, {
      fileInTransaction: false,
    })
    expect(none.relations.map((one) => one.id)).toEqual(['public.t'])
  })
})

test('nothing seen is never clean', async () => {
  for (const sql of ['', '-- nothing\n', 'SELEC 1;']) {
    const inventory = await fold(sql)
    expect(inventory.coverage.statements?.applied).toBe(0)
    expect(inventory.coverage.unknowns.at(-1)).toEqual({
      subject: 'migrations',
      why: 'no statement was applied: nothing was seen',
      location: null,
    })
  }
  expect((await fold({})).coverage.unknowns).toHaveLength(1)
})
