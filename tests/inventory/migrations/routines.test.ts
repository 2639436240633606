/** What becomes of functions, procedures and aggregates: SQL in, facts out. */
import {describe, expect, test} from 'vitest'
import type {SchemaChoice} from '../../../src/inventory/scope.ts'
import {fold, routine, showGrants, showUnknowns} from '../../support/fold-sql.ts'

const f = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
const secured =
  "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1';"
const replaced = "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';"

test('all facts of one function', async () => {
  const inventory = await fold(`-- é
CREATE FUNCTION public."Odd"(a int, OUT b text, VARIADIC c pg_catalog.int4[] DEFAULT '{}')
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path TO 'a', "B" AS $$ BEGIN b := 'x'; END $$;`)
  expect(inventory.routines).toEqual([
    {
      id: 'public."Odd"(integer, integer[])',
      schema: 'public',
      name: 'Odd',
      kind: 'function',
      signature: ['integer', 'integer[]'],
      argumentNames: ['a', 'c'],
      returns: 'text',
      language: 'plpgsql',
      volatility: 'stable',
      securityDefiner: true,
      settings: [{name: 'search_path', value: 'a, "B"'}],
      owner: 'postgres',
      grants: [
        {grantee: 'PUBLIC', privilege: 'EXECUTE', grantable: false},
        {grantee: 'postgres', privilege: 'EXECUTE', grantable: false},
      ],
      body: " BEGIN b := 'x'; END ",
      extension: null,
      origin: {
        path: 'db/20250102030405_one.sql',
        date: '2025-01-02',
        place: {start: {line: 2, column: 1, offset: 5}, end: {line: 3, column: 100, offset: 195}},
      },
    },
  ])
  expect(inventory.coverage.statements).toEqual({applied: 1, failed: 0})
  expect(inventory.coverage.unknowns).toEqual([])
})

test('OR REPLACE keeps owner and privileges, and loses SECURITY DEFINER and settings', async () => {
  const inventory = await fold(
    `${secured} ALTER FUNCTION f() OWNER TO bob; REVOKE ALL ON FUNCTION f FROM PUBLIC;\n${replaced}`,
  )
  const found = routine(inventory, 'public.f()')
  expect(found).toMatchObject({securityDefiner: false, settings: [], owner: 'bob', body: 'SELECT 2'})
  expect(showGrants(found.grants)).toEqual(['bob=EXECUTE'])
  expect(found.origin?.place?.start.line).toBe(2)
})

test('DROP and CREATE give EXECUTE back to PUBLIC', async () => {
  const inventory = await fold(`${secured} REVOKE ALL ON FUNCTION f FROM PUBLIC; DROP FUNCTION f; ${secured}`)
  expect(showGrants(routine(inventory, 'public.f()').grants)).toEqual(['PUBLIC=EXECUTE', 'postgres=EXECUTE'])
})

describe('ALTER', () => {
  test.each([
    ['SECURITY DEFINER', {securityDefiner: true}],
    ['EXTERNAL SECURITY DEFINER', {securityDefiner: true}],
    ['IMMUTABLE', {volatility: 'immutable'}],
    ["SET search_path = ''", {settings: [{name: 'search_path', value: '""'}]}],
    [
      'SET search_path = pg_catalog, pg_temp',
      {settings: [{name: 'search_path', value: 'pg_catalog, pg_temp'}]},
    ],
    ['SET search_path = "user", "$user"', {settings: [{name: 'search_path', value: '"user", "$user"'}]}],
    ['SET DateStyle = ISO, DMY', {settings: [{name: 'datestyle', value: 'iso, dmy'}]}],
    [
      'SET work_mem TO 1000 SET X.y = off',
      {
        settings: [
          {name: 'work_mem', value: '1000'},
          {name: 'x.y', value: 'off'},
        ],
      },
    ],
    ['OWNER TO bob', {owner: 'bob'}],
    ['OWNER TO CURRENT_USER', {owner: 'postgres'}],
  ])('FUNCTION f %s', async (action, expected) => {
    const inventory = await fold(`${f} ALTER FUNCTION f ${action};`)
    expect(routine(inventory, 'public.f()')).toMatchObject(expected)
    expect(inventory.coverage.unknowns).toEqual([])
  })

  test.each([
    ['SECURITY INVOKER', {securityDefiner: false}],
    ['RESET ALL', {settings: []}],
    ['RESET search_path', {settings: []}],
    ['SET search_path TO DEFAULT', {settings: []}],
  ])('a definer: %s', async (action, expected) => {
    expect(routine(await fold(`${secured} ALTER ROUTINE f() ${action};`), 'public.f()')).toMatchObject(
      expected,
    )
  })

  test('SET … FROM CURRENT is unknown until it is said again', async () => {
    const current = `${secured} ALTER FUNCTION f() SET search_path FROM CURRENT;`
    const unsure = await fold(current)
    expect(routine(unsure, 'public.f()').settings).toBeNull()
    expect(showUnknowns(unsure)).toEqual([
      '1: public.f(): SET … FROM CURRENT takes a value that only the server knows',
    ])
    expect(routine(await fold(`${current} ALTER FUNCTION f() RESET ALL;`), 'public.f()').settings).toEqual([])
    expect(routine(await fold(`${current} ${replaced}`), 'public.f()').settings).toEqual([])
  })

  test('new names and schemas carry everything along', async () => {
    const inventory = await fold(
      `CREATE SCHEMA s; ${secured} ALTER FUNCTION f() RENAME TO g; ALTER FUNCTION g() SET SCHEMA s; ALTER SCHEMA s RENAME TO "S";`,
    )
    expect(inventory.routines.map((one) => [one.id, one.securityDefiner])).toEqual([['"S".g()', true]])
  })
})

describe('overloads', () => {
  test.each([
    ['int', 'integer'],
    ['int4', 'integer'],
    ['pg_catalog.int8', 'bigint'],
    ['float', 'double precision'],
    ['varchar(3)', 'character varying'],
    ['char', 'character'],
    ['"char"', '"char"'],
    ['timestamptz(3)', 'timestamp with time zone'],
    ['time', 'time without time zone'],
    ['numeric(10, 2)', 'numeric'],
    ['text[][]', 'text[]'],
    ['_text', 'text[]'],
    ['int ARRAY', 'integer[]'],
    ['interval day to second', 'interval'],
    ['anyelement', 'anyelement'],
    ['pg_class', 'pg_class'],
    ['e', 'public.e'],
    ['public.e[]', 'public.e[]'],
    ['s.d', 's.d'],
    ['t', 'public.t'],
    ['"T y"', 'public."T y"'],
    ['extensions.vector(3)', 'extensions.vector'],
  ])('%s is %s', async (written, printed) => {
    const inventory =
      await fold(`CREATE SCHEMA s; CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN s.d AS text; CREATE TABLE t (); CREATE TYPE "T y" AS (a int);
      CREATE FUNCTION f(a ${written}) RETURNS int LANGUAGE sql AS 'SELECT 1';`)
    expect(inventory.routines.map(({id, signature}) => [id, signature])).toEqual([
      [`public.f(${printed})`, [printed]],
    ])
  })

  test('a type follows when it is renamed or moved', async () => {
    const inventory = await fold(`CREATE SCHEMA s; CREATE TYPE e AS ENUM ('a');
      CREATE FUNCTION f(a e[]) RETURNS SETOF e LANGUAGE sql AS ''; ALTER TYPE e RENAME TO d; ALTER TYPE d SET SCHEMA s;
      DROP FUNCTION f(s.d[]); CREATE FUNCTION g() RETURNS s.d LANGUAGE sql AS '';`)
    expect(inventory.routines.map(({id, returns}) => [id, returns])).toEqual([['public.g()', 's.d']])
  })

  test('types that the folder does not make leave the signature unknown, and still match', async () => {
    const inventory =
      await fold(`CREATE FUNCTION f(a citext, b t.c%TYPE) RETURNS citext LANGUAGE sql SECURITY DEFINER AS '';
      REVOKE ALL ON FUNCTION f(extensions.citext, text) FROM PUBLIC;`)
    const [found] = inventory.routines
    expect(found).toMatchObject({signature: null, returns: null, securityDefiner: true})
    expect(showGrants(found?.grants ?? null)).toEqual(['postgres=EXECUTE'])
  })

  test('CREATE EXTENSION with a schema tells where its types are', async () => {
    const inventory = await fold(
      `CREATE EXTENSION citext WITH SCHEMA extensions; CREATE FUNCTION f(a citext) RETURNS int LANGUAGE sql AS '';`,
    )
    expect(inventory.routines.map((one) => one.id)).toEqual(['public.f(extensions.citext)'])
  })

  test('which of two with unknown types is meant nobody can say', async () => {
    const inventory =
      await fold(`CREATE FUNCTION f(a x.y%TYPE) RETURNS int LANGUAGE sql AS ''; CREATE FUNCTION f(a z.y%TYPE) RETURNS int LANGUAGE sql AS '';
REVOKE ALL ON FUNCTION f(int) FROM PUBLIC;`)
    expect(inventory.coverage.statements).toEqual({applied: 2, failed: 1})
    expect(showUnknowns(inventory)[0]).toContain('2: f: ')
  })
})

describe('results', () => {
  test.each([
    ['RETURNS SETOF text', 'SETOF text'],
    ['RETURNS TABLE (a int, "B" varchar(3)[])', 'TABLE(a integer, "B" character varying[])'],
    ['RETURNS trigger', 'trigger'],
    ['RETURNS void', 'void'],
  ])('%s', async (clause, printed) => {
    const inventory = await fold(`CREATE FUNCTION f() ${clause} LANGUAGE sql AS '';`)
    expect(routine(inventory, 'public.f()').returns).toBe(printed)
  })
  test.each([
    ['OUT a int', 'integer'],
    ['OUT a int, INOUT b int', 'record'],
  ])('%s', async (list, printed) => {
    const inventory = await fold(`CREATE FUNCTION f(${list}) LANGUAGE sql AS '';`)
    expect(inventory.routines[0]?.returns).toBe(printed)
  })
})

test('a body of SQL is its text; of C there is none', async () => {
  const inventory =
    await fold(`CREATE FUNCTION a() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END;
    CREATE FUNCTION b() RETURNS int RETURN 3; CREATE FUNCTION c() RETURNS int LANGUAGE c AS 'lib', 'sym';`)
  expect(inventory.routines.map((one) => one.body)).toEqual([
    'BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END',
    'RETURN 3',
    null,
  ])
})

describe('DROP', () => {
  const three = `${f} CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS ''; CREATE PROCEDURE p(a int, OUT b int) LANGUAGE sql AS '';`
  test.each([
    ['DROP FUNCTION f(integer), f();', ['public.p(integer)'], 0],
    ['DROP FUNCTION f(int4);', ['public.f()', 'public.p(integer)'], 0],
    ['DROP FUNCTION f;', ['public.f()', 'public.f(integer)', 'public.p(integer)'], 1],
    ['DROP FUNCTION p;', ['public.f()', 'public.f(integer)', 'public.p(integer)'], 1],
    ['DROP PROCEDURE p(int, OUT int);', ['public.f()', 'public.f(integer)'], 0],
    ['DROP PROCEDURE p(int);', ['public.f()', 'public.f(integer)'], 0],
    ['DROP ROUTINE p;', ['public.f()', 'public.f(integer)'], 0],
    ['DROP FUNCTION IF EXISTS nope(text), f();', ['public.f(integer)', 'public.p(integer)'], 0],
    ['DROP FUNCTION nope();', ['public.f()', 'public.f(integer)', 'public.p(integer)'], 1],
    ['DROP SCHEMA public;', ['public.f()', 'public.f(integer)', 'public.p(integer)'], 1],
    ['DROP SCHEMA public CASCADE;', [], 0],
  ])('%s', async (statement, left, failed) => {
    const inventory = await fold(`${three} ${statement}`)
    expect(inventory.routines.map((one) => one.id)).toEqual(left)
    expect(inventory.coverage.statements?.failed).toBe(failed)
  })

  test('a type or a table that is dropped with CASCADE takes along the functions with it', async () => {
    const made = `CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (); CREATE FUNCTION f(a e) RETURNS int LANGUAGE sql AS '';
      CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS '';`
    expect((await fold(`${made} DROP TYPE e CASCADE;`)).routines.map((one) => one.id)).toEqual(['public.g()'])
    expect((await fold(`${made} DROP TABLE t CASCADE;`)).routines.map((one) => one.id)).toEqual([
      'public.f(public.e)',
    ])
    const refused = await fold(`${made} DROP TYPE e;`)
    expect(refused.routines).toHaveLength(2)
    expect(refused.coverage.statements?.failed).toBe(1)
  })
})

test.each([
  ['exists already', `${secured}\n${f}`],
  [
    'cannot change what it returns',
    `${secured}\nCREATE OR REPLACE FUNCTION f() RETURNS text LANGUAGE sql AS '';`,
  ],
  [
    'cannot make a procedure of a function',
    `${secured}\nCREATE OR REPLACE PROCEDURE f() LANGUAGE sql AS '';`,
  ],
])('what PostgreSQL refuses is not applied, and is listed: %s', async (why, sql) => {
  const inventory = await fold(sql)
  expect(routine(inventory, 'public.f()').securityDefiner).toBe(true)
  expect(inventory.coverage.statements).toEqual({applied: 1, failed: 1})
  expect(showUnknowns(inventory)).toEqual([expect.stringContaining(why)])
  expect(showUnknowns(inventory)[0]).toMatch(/^2: public\.f\(\): /)
})

test('a platform schema is left out, what is in it is counted, and a definer made there is unknown', async () => {
  const sql = `CREATE FUNCTION auth.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS ''; CREATE FUNCTION auth.g() RETURNS int LANGUAGE sql AS '';`
  const inventory = await fold(sql)
  expect(inventory.routines).toEqual([])
  expect(inventory.coverage).toMatchObject({
    schemas: ['public'],
    leftOut: [{schema: 'auth', why: 'of the platform', definers: 1}],
  })
  expect(showUnknowns(inventory).filter((line) => line.includes('left out'))).toEqual([
    expect.stringMatching(/^1: auth\.f\(\): it is SECURITY DEFINER, and in schema auth, which was left out/),
  ])
  const choose = (choice: Partial<SchemaChoice>) =>
    fold(sql, {choice: {include: [], exclude: [], documented: [], ...choice}})
  expect((await choose({documented: ['auth']})).routines.map((one) => one.id)).toEqual([
    'auth.f()',
    'auth.g()',
  ])
  // Somebody has answered for it.
  expect(showUnknowns(await choose({exclude: ['auth']})).filter((line) => line.includes('left out'))).toEqual(
    [],
  )
})

test('what a platform brought itself is no project’s', async () => {
  const prelude = `CREATE SCHEMA auth; CREATE FUNCTION auth.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS '';`
  const {coverage} = await fold('SELECT 1;', {prelude})
  expect(coverage.leftOut).toMatchObject([{schema: 'auth', definers: 1}])
  expect(coverage.unknowns).toEqual([])
})

test('a definer in a schema of PostgreSQL’s own is unknown', async () => {
  const sql = `CREATE FUNCTION pg_catalog.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS '';`
  expect(showUnknowns(await fold(sql))).toContainEqual(
    expect.stringMatching(/^-: pg_catalog: 1 SECURITY DEFINER routine in a schema of PostgreSQL’s own/),
  )
})

test('a schema that the folder never makes is taken to be there, and that is said once', async () => {
  const inventory = await fold(
    `CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS '';\nCREATE FUNCTION app.g() RETURNS int LANGUAGE sql AS '';`,
  )
  expect(inventory.routines.map((one) => one.id)).toEqual(['app.f()', 'app.g()'])
  expect(inventory.schemas.find((one) => one.name === 'app')).toEqual({
    name: 'app',
    owner: null,
    grants: null,
  })
  expect(showUnknowns(inventory)).toEqual([
    '1: app: the folder puts objects into this schema, but does not create it',
  ])
})
