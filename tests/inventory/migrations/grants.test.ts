/** Who may do what: GRANT, REVOKE, default privileges, owners. */
import {describe, expect, test} from 'vitest'
import {fold, relation, routine, showGrants, showUnknowns} from '../../support/fold-sql.ts'

const f = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
const p = "CREATE PROCEDURE p() LANGUAGE sql AS '';"
const t = 'CREATE TABLE t (a int, b int);'

describe('routines', () => {
  test.each([
    ['', ['PUBLIC=EXECUTE', 'postgres=EXECUTE']],
    ['REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC;', ['postgres=EXECUTE']],
    ['REVOKE EXECUTE ON FUNCTION f() FROM anon;', ['PUBLIC=EXECUTE', 'postgres=EXECUTE']],
    ['REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;', ['postgres=EXECUTE']],
    ['REVOKE ALL ON ALL ROUTINES IN SCHEMA public FROM PUBLIC, postgres;', []],
    ['REVOKE ALL ON ALL PROCEDURES IN SCHEMA public FROM PUBLIC;', ['PUBLIC=EXECUTE', 'postgres=EXECUTE']],
    [
      'REVOKE ALL ON ROUTINE f FROM PUBLIC; GRANT ALL ON FUNCTION f TO a, b WITH GRANT OPTION;',
      ['a=EXECUTE*', 'b=EXECUTE*', 'postgres=EXECUTE'],
    ],
    [
      'GRANT ALL ON FUNCTION f TO a WITH GRANT OPTION; REVOKE GRANT OPTION FOR ALL ON FUNCTION f FROM a;',
      ['PUBLIC=EXECUTE', 'a=EXECUTE', 'postgres=EXECUTE'],
    ],
    ['ALTER FUNCTION f OWNER TO bob;', ['PUBLIC=EXECUTE', 'bob=EXECUTE']],
    [
      'GRANT EXECUTE ON FUNCTION f TO bob; REVOKE ALL ON FUNCTION f FROM PUBLIC; ALTER FUNCTION f OWNER TO bob;',
      ['bob=EXECUTE'],
    ],
    [
      'GRANT EXECUTE ON FUNCTION f TO x; ALTER ROLE x RENAME TO y;',
      ['PUBLIC=EXECUTE', 'postgres=EXECUTE', 'y=EXECUTE'],
    ],
  ])('%s', async (sql, expected) => {
    const inventory = await fold(`${f} ${sql}`)
    expect(showGrants(routine(inventory, 'public.f()').grants)).toEqual(expected)
    expect(inventory.coverage.unknowns).toEqual([])
  })

  test('ALL FUNCTIONS skips procedures, ALL ROUTINES covers them', async () => {
    const some = await fold(`${p} REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;`)
    expect(showGrants(routine(some, 'public.p()').grants)).toEqual(['PUBLIC=EXECUTE', 'postgres=EXECUTE'])
    const all = await fold(`${p} REVOKE ALL ON ALL ROUTINES IN SCHEMA public FROM PUBLIC;`)
    expect(showGrants(routine(all, 'public.p()').grants)).toEqual(['postgres=EXECUTE'])
  })

  test('REVOKE takes back what the one who revokes gave, and no more', async () => {
    const made = `CREATE ROLE a; CREATE ROLE b; ${f} REVOKE ALL ON FUNCTION f FROM PUBLIC; GRANT ALL ON FUNCTION f TO a WITH GRANT OPTION;
      SET ROLE a; GRANT ALL ON FUNCTION f TO b; RESET ROLE;`
    expect(
      showGrants(routine(await fold(`${made} REVOKE ALL ON FUNCTION f FROM b;`), 'public.f()').grants),
    ).toContain('b=EXECUTE')
    const held = await fold(`${made} REVOKE ALL ON FUNCTION f FROM a;`)
    expect(showGrants(routine(held, 'public.f()').grants)).toContain('a=EXECUTE*')
    expect(showUnknowns(held)).toEqual([expect.stringContaining('privileges that depend on it exist')])
    const cascaded = await fold(`${made} REVOKE ALL ON FUNCTION f FROM a CASCADE;`)
    expect(showGrants(routine(cascaded, 'public.f()').grants)).toEqual(['postgres=EXECUTE'])
  })

  test('a role that may not grant changes nothing', async () => {
    const inventory = await fold(
      `CREATE ROLE a; ${f} REVOKE ALL ON FUNCTION f FROM PUBLIC; SET ROLE a; GRANT ALL ON FUNCTION f TO PUBLIC;`,
    )
    expect(showGrants(routine(inventory, 'public.f()').grants)).toEqual(['postgres=EXECUTE'])
    expect(inventory.coverage.statements?.failed).toBe(1)
  })
})

test('one object that was made elsewhere does not keep a statement from the others', async () => {
  const inventory = await fold(
    `${f}\nREVOKE ALL ON FUNCTION nope(), f() FROM PUBLIC;\nREVOKE ALL ON FUNCTION nope() FROM PUBLIC;`,
  )
  expect(showGrants(routine(inventory, 'public.f()').grants)).toEqual(['postgres=EXECUTE'])
  expect(inventory.coverage.statements).toEqual({applied: 2, failed: 1})
  expect(showUnknowns(inventory)).toEqual([
    '2: nope: no function of this name at this point of the folder',
    expect.stringMatching(/^3: nope: REVOKE ALL ON FUNCTION/),
  ])
})

describe('tables and columns', () => {
  test.each([
    ['GRANT SELECT (a), INSERT ON t TO x;', ['x=INSERT'], ['a x=SELECT']],
    [
      'GRANT ALL (b) ON t TO x; REVOKE UPDATE ON t FROM x;',
      [],
      ['b x=INSERT', 'b x=REFERENCES', 'b x=SELECT'],
    ],
    ['GRANT SELECT (a) ON t TO x; ALTER TABLE t RENAME a TO c;', [], ['c x=SELECT']],
    ['GRANT SELECT (a) ON t TO x; ALTER TABLE t DROP COLUMN a;', [], []],
    [
      'GRANT SELECT (a) ON t TO x; ALTER TABLE t OWNER TO x; ALTER TABLE t OWNER TO postgres;',
      [],
      ['a postgres=SELECT'],
    ],
    ['GRANT SELECT ON ALL TABLES IN SCHEMA public TO x;', ['x=SELECT'], []],
    ['GRANT SELECT ON t TO x WITH GRANT OPTION;', ['x=SELECT*'], []],
  ])('%s', async (sql, grants, columns) => {
    const found = relation(await fold(`${t} ${sql}`), 'public.t')
    expect(showGrants(found.grants)?.filter((grant) => !grant.startsWith('postgres='))).toEqual(grants)
    expect(found.columnGrants.map((grant) => `${grant.column} ${showGrants([grant])}`)).toEqual(columns)
  })

  test('MAINTAIN is a privilege from PostgreSQL 17 on', async () => {
    const held = async (version: number) =>
      showGrants(relation(await fold(`${t} GRANT ALL ON t TO x;`, {version}), 'public.t').grants)
    expect(await held(16)).not.toContain('x=MAINTAIN')
    expect(await held(17)).toContain('x=MAINTAIN')
  })

  test.each([
    'GRANT SELECT (nope) ON t TO x;',
    'GRANT EXECUTE ON t TO x;',
    'GRANT USAGE ON SEQUENCE t TO x;',
    'GRANT SELECT ON t TO PUBLIC WITH GRANT OPTION;',
  ])('refused: %s', async (sql) => {
    const inventory = await fold(`${t} ${sql}`)
    expect(inventory.coverage.statements?.failed).toBe(1)
    expect(relation(inventory, 'public.t').grants?.filter((grant) => grant.grantee !== 'postgres')).toEqual(
      [],
    )
  })
})

describe('default privileges', () => {
  const open = ['PUBLIC=EXECUTE', 'postgres=EXECUTE']
  test.each([
    ['ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;', ['postgres=EXECUTE']],
    // Only the global form takes PUBLIC's own default away.
    ['ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;', open],
    ['ALTER DEFAULT PRIVILEGES FOR ROLE other REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;', open],
    // PostgreSQL takes an empty list for none, and falls back to its own default.
    ['ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE ALL ON ROUTINES FROM PUBLIC, postgres;', open],
    [
      'ALTER DEFAULT PRIVILEGES REVOKE ALL ON ROUTINES FROM PUBLIC, postgres; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON ROUTINES TO anon;',
      ['anon=EXECUTE'],
    ],
    [
      'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO anon;',
      ['PUBLIC=EXECUTE', 'anon=EXECUTE', 'postgres=EXECUTE'],
    ],
    ['ALTER DEFAULT PRIVILEGES IN SCHEMA other GRANT EXECUTE ON FUNCTIONS TO anon;', open],
    [
      'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO anon; ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS FROM PUBLIC, anon;',
      ['anon=EXECUTE', 'postgres=EXECUTE'],
    ],
  ])('%s', async (sql, expected) => {
    expect(showGrants(routine(await fold(`${sql} ${f}`), 'public.f()').grants)).toEqual(expected)
  })

  test('those of the one who creates hold, and only for what is created later', async () => {
    const inventory =
      await fold(`${f} ALTER DEFAULT PRIVILEGES FOR ROLE bob REVOKE ALL ON FUNCTIONS FROM PUBLIC;
      SET ROLE bob; CREATE FUNCTION g() RETURNS int LANGUAGE sql AS ''; RESET ROLE; CREATE FUNCTION h() RETURNS int LANGUAGE sql AS '';`)
    expect(inventory.routines.map((one) => showGrants(one.grants))).toEqual([open, ['bob=EXECUTE'], open])
  })

  test('they are facts themselves, and an entry that says nothing is none', async () => {
    const inventory = await fold(`ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO anon;`)
    expect(
      inventory.defaultPrivileges.map(({owner, schema, objects, grants}) => [
        owner,
        schema,
        objects,
        showGrants(grants),
      ]),
    ).toEqual([
      ['postgres', null, 'functions', ['postgres=EXECUTE']],
      ['postgres', 'public', 'tables', ['anon=SELECT']],
    ])
    const undone = await fold(
      `ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;`,
    )
    expect(undone.defaultPrivileges).toEqual([])
  })

  test('what a platform has granted before the first file', async () => {
    const prelude = `CREATE ROLE anon; CREATE ROLE bob;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO anon;`
    const grantsOf = async (sql: string, role = 'postgres') =>
      showGrants(routine(await fold(sql, {prelude, role}), 'public.f()').grants)
    expect(await grantsOf(f)).toContain('anon=EXECUTE')
    expect(await grantsOf(`SET ROLE bob; ${f}`)).toEqual(['PUBLIC=EXECUTE', 'bob=EXECUTE'])
    // PUBLIC alone does not close it.
    expect(await grantsOf(`${f} REVOKE ALL ON FUNCTION f FROM PUBLIC;`)).toEqual([
      'anon=EXECUTE',
      'postgres=EXECUTE',
    ])
    const {defaultPrivileges, coverage} = await fold(f, {prelude})
    expect(defaultPrivileges.map(({origin}) => origin)).toEqual([null])
    expect(coverage.statements).toEqual({applied: 1, failed: 0})
  })

  test('a prelude that cannot be followed is our own fault', async () => {
    await expect(fold(f, {prelude: 'CREATE ROLE anon; CREATE ROLE anon;'})).rejects.toThrow('exists already')
    await expect(fold(f, {prelude: 'CREATE EXTENSION vector;'})).rejects.toThrow('not in the folder')
  })
})

describe('roles that stand before the first file', () => {
  const make = `DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'worker') THEN CREATE ROLE worker NOLOGIN; END IF;
  END $$;`
  const worker = async (sql: string, prelude?: string) =>
    (await fold(sql, prelude === undefined ? {} : {prelude})).roles.find(({name}) => name === 'worker')

  test('nobody has said which: one that is made under a condition may be another one', async () => {
    expect(await worker(make)).toEqual({name: 'worker', superuser: null, bypassRls: null})
  })

  test('none of that name: it is as it was made', async () => {
    expect(await worker(make, '')).toEqual({name: 'worker', superuser: false, bypassRls: false})
  })

  test('one of that name: it stays what it was', async () => {
    expect(await worker(make, 'CREATE ROLE worker BYPASSRLS;')).toEqual({
      name: 'worker',
      superuser: false,
      bypassRls: true,
    })
  })

  test('it is made in two ways: which of them, nobody knows', async () => {
    const other = make.replace('NOLOGIN', 'BYPASSRLS')
    expect(await worker(make + other, '')).toEqual({name: 'worker', superuser: false, bypassRls: null})
    expect(await worker(`GRANT worker TO postgres; ${make}`, '')).toMatchObject({bypassRls: null})
  })
})

describe('schemas', () => {
  test('public as a new database has it, unless the caller says otherwise', async () => {
    expect((await fold(f)).schemas.map(({name, owner, grants}) => [name, owner, showGrants(grants)])).toEqual(
      [
        [
          'public',
          'pg_database_owner',
          ['PUBLIC=USAGE', 'pg_database_owner=CREATE', 'pg_database_owner=USAGE'],
        ],
      ],
    )
    const unknown = await fold(f, {schemas: [{name: 'public', owner: null, grants: null}]})
    expect(unknown.schemas).toEqual([{name: 'public', owner: null, grants: null}])
  })

  test.each([
    [
      'CREATE SCHEMA s; GRANT USAGE ON SCHEMA s, public TO anon;',
      'postgres',
      ['anon=USAGE', 'postgres=CREATE', 'postgres=USAGE'],
    ],
    ['CREATE SCHEMA s AUTHORIZATION bob;', 'bob', ['bob=CREATE', 'bob=USAGE']],
    [
      'CREATE SCHEMA x; ALTER SCHEMA x RENAME TO s; ALTER SCHEMA s OWNER TO bob;',
      'bob',
      ['bob=CREATE', 'bob=USAGE'],
    ],
    [
      'ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO anon; CREATE SCHEMA IF NOT EXISTS s;',
      'postgres',
      ['anon=USAGE', 'postgres=CREATE', 'postgres=USAGE'],
    ],
  ])('%s', async (sql, owner, grants) => {
    const found = (await fold(sql)).schemas.find((schema) => schema.name === 's')
    expect([found?.owner, showGrants(found?.grants ?? null)]).toEqual([owner, grants])
  })
})
