/** Argument lists: what PostgreSQL would take, as it would print it; and what it would not, refused. */
import {PGlite} from '@electric-sql/pglite'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {typeSpellings} from '../../src/model/type-name.ts'
import {readSignature} from '../../src/source/signature.ts'

function typesOf(list: string): readonly string[] | undefined {
  const signature = readSignature(list)
  return 'types' in signature ? signature.types : undefined
}

describe('an argument list', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['  ', []],
    ['uuid', ['uuid']],
    ['uuid, app_role', ['uuid', 'app_role']],
    ['uuid,text', ['uuid', 'text']],
    ['int4', ['integer']],
    ['INT', ['integer']],
    ['timestamptz(3)', ['timestamp with time zone']],
    ['timestamp (3) with time zone[]', ['timestamp with time zone[]']],
    ['varchar(20)[]', ['character varying[]']],
    ['numeric(10, 2)', ['numeric']],
    ['geometry(Point, 4326)', ['geometry']],
    ['double precision', ['double precision']],
    ['p double precision', ['double precision']],
    ['p_at timestamp without time zone', ['timestamp without time zone']],
    ['text[][]', ['text[]']],
    ['text array[3]', ['text[]']],
    ['public.app_role', ['public.app_role']],
    ['p public.app_role[]', ['public.app_role[]']],
    ['"My Type"[]', ['"My Type"[]']],
    ['"S x"."T.y"', ['"S x"."T.y"']],
    ['"a,b" text, "c(d" uuid', ['text', 'uuid']],
    ['"default" text, "x = y" uuid', ['text', 'uuid']],
    ['VARIADIC text[]', ['text[]']],
    ['variadic p_list text[]', ['text[]']],
    ['in uuid, IN p text', ['uuid', 'text']],
    ['p_id IN uuid', ['uuid']],
    ['out n integer', []],
    ['n OUT integer, uuid', ['uuid']],
    ['inout n integer', ['integer']],
    ['IN OUT n integer', ['integer']],
    ["p text DEFAULT 'a,b', uuid", ['text', 'uuid']],
    ["p text = 'it''s (', q int = 3", ['text', 'integer']],
    ['p numeric(3) default round(coalesce(1.5, abs(2))), q uuid := gen_random_uuid()', ['numeric', 'uuid']],
    ['"char"', ['"char"']],
    ['char', ['character']],
    ['pg_catalog.int4', ['integer']],
    ['pg_catalog.char', ['"char"']],
    ['pg_catalog."any"', ['"any"']],
    ['any', ['"any"']],
    ['"int4"', ['integer']],
    ['"integer"', ['"integer"']],
    ['public.int4', ['public.int4']],
    ['public.user', ['public."user"']],
    ['interval day to second', ['interval']],
    ['p interval year', ['interval']],
    ['float(24), float(25), float', ['real', 'double precision', 'double precision']],
    ['date date, name name', ['date', 'name']],
    ['trigger', ['trigger']],
  ])('%j is %j', (list, types) => {
    expect(typesOf(list)).toEqual(types)
  })

  test.each([
    ['uuid,', 'an argument is empty'],
    [',', 'an argument is empty'],
    ['uuid,, text', 'an argument is empty'],
    ['public.users.id%TYPE', '`public.users.id%TYPE` is not a type'],
    ['p users.id%type', '`p users.id%type` is not a type'],
    ['SETOF text', '`SETOF text` is not a type'],
    ['setof text', '`setof text` is not a type'],
    ['table(id uuid)', '`table(id uuid)` is not a type'],
    ['int text', '`int text` is not a type'],
    ['time timestamp', '`time timestamp` is not a type'],
    ['timestamp with zone', '`timestamp with zone` is not a type'],
    ['user', '`user` is not a type'],
    ['p_id my type', '`p_id my type` is not a type'],
    ['public.', '`public.` is not a type'],
    ['a.b.c', '`a.b.c` is not a type'],
    ['uuid, ...', '`...` is not a type'],
    ['uuid; text', '`uuid; text` is not a type'],
    ['pg_catalog.integer', '`pg_catalog.integer` is not a type'],
    ['p text default', '`p text default` is not a type'],
    ['inout', '`inout` is not a type'],
    ['text[', '`text[` is not a type'],
    ['1', '`1` is not a type'],
  ])('%j is refused: %s', (list, fault) => {
    expect(readSignature(list)).toEqual({fault})
  })
})

describe('held against PostgreSQL', () => {
  let database: PGlite
  beforeAll(async () => {
    database = await PGlite.create()
    await database.exec(`
      CREATE TYPE "Mood" AS ENUM ('a'); CREATE TYPE "order" AS ENUM ('a'); CREATE TYPE "left" AS ENUM ('a');
      CREATE TYPE zone AS ENUM ('a'); CREATE TYPE "integer" AS ENUM ('a');`)
  })
  afterAll(() => database.close())

  async function printed(type: string): Promise<string | null> {
    const sql = 'SELECT format_type(to_regtype($1), NULL) AS type'
    const {rows} = await database.query<{type: string | null}>(sql, [type])
    return rows[0]?.type ?? null
  }

  const others = [
    ...[
      'uuid',
      'text',
      'jsonb',
      'json',
      'xml',
      'name',
      'oid',
      'regclass',
      'date',
      'money',
      'inet',
      'record',
      'void',
    ],
    ...[
      'trigger',
      'anyelement',
      'int4range',
      'bytea',
      'UUID',
      '"uuid"',
      '"timestamp"',
      '"bit"',
      '"time"',
      '"json"',
    ],
    ...[
      '"char"',
      '"char"[]',
      'pg_catalog.char',
      'pg_catalog.json',
      'pg_catalog.interval',
      'pg_catalog."bit"',
    ],
    ...[
      'char(3)',
      'varchar(20)[]',
      'numeric(10,2)',
      'bit(3)',
      'bit varying(3)[]',
      'float(1)',
      'float(24)',
      'float(25)',
    ],
    ...[
      'float(53)',
      'timestamp(3)',
      'timestamptz(3)[]',
      'time(3) with time zone',
      'timestamp(0) without time zone',
    ],
    ...[
      'interval(3)',
      'interval day',
      'interval year to month',
      'interval day to second(3)',
      'interval second(3)',
    ],
    ...[
      'text[]',
      'text[3][4]',
      'text array',
      'integer array[3]',
      'timestamp with time zone array',
      'dec(4)[]',
    ],
    ...['"Mood"', '"order"', '"left"', '"left"[]', 'zone', '"integer"', '"integer"[]'],
  ]

  test.each([...typeSpellings.filter((spelling) => spelling !== 'any'), ...others])('%s', async (type) => {
    expect(typesOf(type)).toEqual([await printed(type)])
    expect(typesOf(`p ${type}`)).toEqual([await printed(type)])
  })

  test.each(catalogSpellings())('%s', async (type) => {
    const inDatabase = await printed(type)
    expect(typesOf(type)).toEqual(inDatabase === null ? undefined : [inDatabase])
  })

  /** Which of the spellings are names of `pg_type`, and which are grammar. */
  function catalogSpellings(): string[] {
    return typeSpellings
      .filter((spelling) => !spelling.includes(' '))
      .map((spelling) => `pg_catalog.${spelling}`)
  }

  test.each([
    "p_id uuid, OUT n integer, INOUT m int4, p text DEFAULT 'a,b', q numeric(3) = round(coalesce(1.5, abs(2)))",
    'a uuid, VARIADIC v varchar(3)[]',
    'a "char", "default" timestamptz(3), q float(24), IN OUT x interval day to second',
    'date date, n OUT integer, p_id IN uuid, "x = y" pg_catalog.bool',
  ])('the arguments of a function: %s', async (list) => {
    await database.exec(
      `CREATE FUNCTION probe(${list}) ${/\b(?:out|inout)\b/i.test(list) ? '' : 'RETURNS void'} LANGUAGE plpgsql AS 'BEGIN END'`,
    )
    const {rows} = await database.query<{types: string[]}>(
      `SELECT array(SELECT format_type(t, NULL) FROM unnest(proargtypes) WITH ORDINALITY AS u(t, n) ORDER BY n) AS types
       FROM pg_proc WHERE proname = 'probe'`,
    )
    await database.exec('DROP FUNCTION probe')
    expect(typesOf(list)).toEqual(rows[0]?.types)
  })
})
