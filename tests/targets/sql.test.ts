/** The SQL output annotates what is documented, and leaves all else, settings and comments alike, as it was. */
import {describe, expect, it} from 'vitest'
import type {Entry} from '../../src/model/entry.ts'
import {renderFile} from '../../src/targets/render.ts'
import {sql} from '../../src/targets/sql.ts'
import {sqlText} from '../../src/targets/sql-literal.ts'
import type {TargetInput} from '../../src/targets/target.ts'
import {defaultOptions, routineEntry, targetInput} from '../support/entries.ts'
import {type Answer, onEachHost, type Session} from '../support/postgres.ts'

type Fields = Partial<Entry> & {readonly schema: string; readonly name: string}

function render(entries: readonly Fields[], input: Partial<TargetInput> = {}): string {
  return renderFile(sql, targetInput(entries.map(routineEntry), input))
}

/** What the output writes for an entry that says no more than its name. */
function block(name = ''): string {
  return [
    `[secdef:begin${name}]`,
    'This routine is a documented SECURITY DEFINER exception.',
    'Why: Must work for every caller.',
    'Risks mitigated: Parameters are validated.',
    'Approved by: Core Team, 2025-01',
    'Document: docs/SECURITY_EXCEPTIONS.md',
    `[secdef:end${name}]`,
  ].join('\n')
}

const f: Fields = {schema: 'public', name: 'f'}
const createF = "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';"
const strict: Partial<TargetInput> = {options: {...defaultOptions, missing: 'error'}}

/** Comments by signature as `regprocedure` prints it with an empty path, of the schemas that a test made. */
async function comments(session: Session): Promise<Record<string, string | null>> {
  const {rows} = await session.run(`
    BEGIN;
    SET LOCAL search_path = '';
    SELECT oid::regprocedure::text AS signature, obj_description(oid, 'pg_proc') AS comment
    FROM pg_proc WHERE pronamespace::regnamespace::text !~ '^(pg_|information_schema)';
    COMMIT;`)
  return Object.fromEntries(rows.map((row) => [String(row.signature), row.comment as string | null]))
}

/** The physical versions of all comments on routines: any COMMENT, even one that says the same, changes one. */
async function versions(session: Session): Promise<Answer['rows']> {
  const query =
    "SELECT objoid, xmin, ctid FROM pg_description WHERE classoid = 'pg_proc'::regclass ORDER BY objoid"
  return (await session.run(query)).rows
}

async function setting(session: Session, name: string): Promise<unknown> {
  return (await session.run(`SELECT current_setting('${name}') AS value`)).rows[0]?.value
}

/** Routines of every sort: how they are made, how they are documented, and what `regprocedure` calls them. */
const sorts: readonly {sort: string; make: string; entry: Fields; signature: string}[] = [
  {sort: 'no arguments', make: createF, entry: f, signature: 'public.f()'},
  {
    sort: 'a signature without arguments beside an overload',
    make: `CREATE FUNCTION public.zero() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
      CREATE FUNCTION public.zero(int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    entry: {schema: 'public', name: 'zero', signature: []},
    signature: 'public.zero()',
  },
  {
    sort: 'one of two overloads by its types',
    make: `CREATE FUNCTION ops.total(int, text) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
      CREATE FUNCTION ops.total(bigint, text) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    entry: {schema: 'ops', name: 'total', signature: ['integer', 'text']},
    signature: 'ops.total(integer,text)',
  },
  {
    sort: 'the only definer among overloads by its name',
    make: `CREATE FUNCTION ops.pick(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION ops.pick(text) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    entry: {schema: 'ops', name: 'pick'},
    signature: 'ops.pick(text)',
  },
  {
    sort: 'a procedure with an output, beside one whose inputs look the same',
    make: `CREATE PROCEDURE ops.twin(IN a int, IN b int) LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
      CREATE PROCEDURE ops.twin(IN a int, OUT b int) LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    entry: {schema: 'ops', name: 'twin', signature: ['integer', 'integer']},
    signature: 'ops.twin(integer,integer)',
  },
  {
    sort: 'a trigger function',
    make: `CREATE FUNCTION ops.trig() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NEW; END';`,
    entry: {schema: 'ops', name: 'trig', signature: []},
    signature: 'ops.trig()',
  },
  {
    sort: 'a function beside an aggregate of its name',
    make: `CREATE FUNCTION ops.agg(text) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
      CREATE AGGREGATE ops.agg(int) (SFUNC = int4pl, STYPE = int);`,
    entry: {schema: 'ops', name: 'agg'},
    signature: 'ops.agg(text)',
  },
  {
    sort: 'VARIADIC, OUT and defaults',
    make: `CREATE FUNCTION ops.vary(a int DEFAULT 1, OUT b int, VARIADIC c text[] DEFAULT '{}')
      LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    entry: {schema: 'ops', name: 'vary', signature: ['integer', 'text[]']},
    signature: 'ops.vary(integer,text[])',
  },
  {
    sort: 'types of several words, and "char"',
    make: `CREATE FUNCTION ops.words(timestamptz, double precision, "char", varchar(3)[], char(2), numeric(9,2))
      RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    entry: {
      schema: 'ops',
      name: 'words',
      signature: [
        'timestamp with time zone',
        'double precision',
        '"char"',
        'character varying[]',
        'character',
        'numeric',
      ],
    },
    signature:
      'ops.words(timestamp with time zone,double precision,"char",character varying[],character,numeric)',
  },
  {
    sort: 'own types, with and without their schema',
    make: `CREATE FUNCTION ops.own(public.app_role, public.app_role[], "Odd ""one"""."My.Type"[], public.pair)
      RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    entry: {
      schema: 'ops',
      name: 'own',
      signature: ['app_role', 'public.app_role[]', '"My.Type"[]', 'pair'],
    },
    signature: 'ops.own(public.app_role,public.app_role[],"Odd ""one"""."My.Type"[],public.pair)',
  },
  {
    sort: 'types whose names are keywords, quoted or not',
    make: `CREATE FUNCTION ops.keyword(public."order", public."order"[], public."user", public."order")
      RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    entry: {
      schema: 'ops',
      name: 'keyword',
      signature: ['order', '"order"[]', 'public.user', 'public."order"'],
    },
    signature: 'ops.keyword(public."order",public."order"[],public."user",public."order")',
  },
  {
    sort: "a type that has the name of one of PostgreSQL's",
    make: `CREATE FUNCTION ops.shadow(uuid) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
      CREATE FUNCTION ops.shadow(public.uuid) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    entry: {schema: 'ops', name: 'shadow', signature: ['uuid']},
    signature: 'ops.shadow(uuid)',
  },
  {
    sort: 'names that need quotes',
    make: `CREATE FUNCTION "Odd ""one"""."we.ird\\'; -- 😀"(text) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    entry: {schema: 'Odd "one"', name: "we.ird\\'; -- 😀", signature: ['text']},
    signature: '"Odd ""one"""."we.ird\\\'; -- 😀"(text)',
  },
  {
    sort: 'a name that is a keyword',
    make: `CREATE FUNCTION "order"."select"() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    entry: {schema: 'order', name: 'select'},
    signature: '"order"."select"()',
  },
  {
    sort: 'a body that PostgreSQL keeps parsed',
    make: `CREATE FUNCTION ops.atomic() RETURNS int LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC SELECT 1; END;`,
    entry: {schema: 'ops', name: 'atomic'},
    signature: 'ops.atomic()',
  },
]
const createSorts = `
  CREATE SCHEMA ops; CREATE SCHEMA "Odd ""one"""; CREATE SCHEMA "order";
  CREATE TYPE public.app_role AS ENUM ('a'); CREATE TYPE "Odd ""one"""."My.Type" AS ENUM ('a');
  CREATE TABLE public.pair (a int); CREATE TYPE public."order" AS ENUM ('a'); CREATE TYPE public."user" AS (a int);
  CREATE TYPE public.uuid AS ENUM ('a');
  ${sorts.map(({make}) => make).join('\n')}`

describe('the file', () => {
  it('is the same for the same entries, one line each, and tells formatters to leave it', () => {
    const one = render([f])
    const two = render([f, {schema: 'public', name: 'g', why: 'Two\nlines'}])
    expect(render([f])).toBe(one)
    expect(one.split('\n').slice(0, 4)).toEqual([
      '-- Generated from docs/SECURITY_EXCEPTIONS.md by `secdef generate`. Do not edit.',
      '-- noqa: disable=all',
      '/* sql-formatter-disable */',
      '',
    ])
    const added = two.split('\n').filter((line) => !one.split('\n').includes(line))
    expect(added).toEqual([
      "        , (E'public', E'g', NULL, E'Two\\nlines', E'Parameters are validated.', E'Core Team', E'2025-01')",
    ])
  })

  it('is one statement, whose dollar quoting nothing inside can end', () => {
    const text = render([
      {
        ...f,
        why: '$secdef$ $$ ${',
        risks: '--> statement-breakpoint',
        approval: {by: '/*', date: '2025-01'},
      },
    ])
    expect(text.split('$secdef$')).toHaveLength(3)
    expect(text.match(/\$/g)).toHaveLength(4)
    expect(text).not.toMatch(/-->|\/\*(?! sql-formatter-disable)/)
    expect(text).toMatch(/^DO LANGUAGE plpgsql \$secdef\$$/m)
    expect(text).toMatch(/\nEND\n\$secdef\$;\n$/)
  })

  it('holds no semicolon and no quotation mark in a comment', () => {
    const body = render([]).split('\n').slice(4)
    expect(body.filter((line) => /^\s*--.*[;'"]/.test(line))).toEqual([])
  })

  it('leaves out entries of other kinds', () => {
    expect(render([{...f, kind: 'no-rls'}])).toBe(render([]))
  })

  it.each(['why', 'risks'] as const)('refuses what reads as a marker or a directive in %s', (field) => {
    for (const text of ['[secdef:begin]', 'x secdef:end', 'see @graphql({"a": 1})']) {
      expect(() => render([{...f, [field]: text}])).toThrow(/^Unexpected .+ in a text for a comment/)
    }
  })

  it.each(['', ' ', 'a]', 'a[', 'a\nb', ' a', 'secdef:end'])('refuses the registry name %j', (name) => {
    expect(() => render([], {name})).toThrow(/^Unexpected name .+ of a registry/)
  })
})

onEachHost((session) => {
  it('annotates routines of every sort, and no other', async () => {
    await session.run(createSorts)
    const {notices} = await session.run(render(sorts.map(({entry}) => entry)))
    expect(notices).toEqual([])
    const all = await comments(session)
    const annotated = Object.keys(all).filter((signature) => all[signature] !== null)
    expect(annotated.sort()).toEqual(sorts.map(({signature}) => signature).sort())
    expect(new Set(annotated.map((signature) => all[signature]))).toEqual(new Set([block()]))
  })

  it('changes nothing the second time', async () => {
    await session.run(createSorts)
    const text = render(sorts.map(({entry}) => entry))
    await session.run(text)
    const before = await versions(session)
    expect(before.length).toBeGreaterThan(sorts.length)
    await session.run(text)
    expect(await versions(session)).toEqual(before)
    await session.run(`BEGIN READ ONLY; ${text} COMMIT`)
  })

  describe('reports, and does not annotate', () => {
    it.each<{what: string; make: string; entry: Fields; notice: string}>([
      {what: 'what is absent', make: '', entry: f, notice: 'public.f is documented but does not exist'},
      {
        what: 'what is absent with these types',
        make: `CREATE FUNCTION public.f(text) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'; ${createF}`,
        entry: {...f, signature: ['integer', 'text[]']},
        notice:
          'public.f(integer, text[]) is documented but does not exist. Of that name there is public.f(), public.f(text)',
      },
      {
        what: 'a signature that is the beginning of the real one',
        make: `CREATE FUNCTION public.f(int, text) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
        entry: {...f, signature: ['integer']},
        notice:
          'public.f(integer) is documented but does not exist. Of that name there is public.f(integer,text)',
      },
      {
        what: 'an array where its element is stated',
        make: `CREATE FUNCTION public.f(int[]) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
        entry: {...f, signature: ['integer']},
        notice:
          'public.f(integer) is documented but does not exist. Of that name there is public.f(integer[])',
      },
      {
        what: 'a type of another schema than the stated one',
        make: `CREATE SCHEMA other; CREATE TYPE other.app_role AS ENUM ('a');
          CREATE FUNCTION public.f(other.app_role) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
        entry: {...f, signature: ['public.app_role']},
        notice:
          'public.f(public.app_role) is documented but does not exist. Of that name there is public.f(other.app_role)',
      },
      {
        what: 'a routine of the same name in another schema',
        make: `CREATE SCHEMA other; CREATE FUNCTION other.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
        entry: f,
        notice: 'public.f is documented but does not exist',
      },
      {
        what: 'a type whose quoted name looks like a schema and a name',
        make: `CREATE TYPE public."x.y" AS ENUM ('a');
          CREATE FUNCTION public.f(public."x.y") RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
        entry: {...f, signature: ['x.y']},
        notice:
          'public.f(x.y) is documented but does not exist. Of that name there is public.f(public."x.y")',
      },
      {
        what: 'what is not SECURITY DEFINER',
        make: "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        entry: f,
        notice: 'public.f is documented but is not SECURITY DEFINER, so that the exception is not used',
      },
      {
        what: 'a stated overload that is not SECURITY DEFINER, beside one that is',
        make: `CREATE FUNCTION public.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; ${createF}`,
        entry: {...f, signature: ['integer']},
        notice:
          'public.f(integer) is documented but is not SECURITY DEFINER, so that the exception is not used',
      },
      {
        what: 'a name that several definers have',
        make: `CREATE FUNCTION public.f(text) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'; ${createF}`,
        entry: f,
        notice:
          'public.f is documented but 2 SECURITY DEFINER routines have that name: public.f(), public.f(text). ' +
          'State the argument types of each',
      },
      {
        what: 'a type that may be of either schema',
        make: `CREATE SCHEMA other; CREATE TYPE other.app_role AS ENUM ('a'); CREATE TYPE public.app_role AS ENUM ('a');
          CREATE FUNCTION public.f(other.app_role) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
          CREATE FUNCTION public.f(public.app_role) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
        entry: {...f, signature: ['app_role']},
        notice:
          'public.f(app_role) is documented but 2 routines have such argument types: public.f(other.app_role), ' +
          'public.f(public.app_role). State the schemas of the types',
      },
    ])('$what', async ({make, entry, notice}) => {
      await session.run(make)
      expect((await session.run(render([entry]))).notices).toEqual([`secdef: ${notice}`])
      expect(Object.values(await comments(session)).filter((comment) => comment !== null)).toEqual([])
    })

    it('the second of two entries for one routine', async () => {
      await session.run(createF)
      const {notices} = await session.run(render([f, {...f, signature: [], why: 'The more precise one.'}]))
      expect(notices).toEqual(['secdef: public.f is documented twice, and annotated as public.f()'])
      expect((await comments(session))['public.f()']).toContain('Why: The more precise one.\n')
    })

    it('routines of others, under a role that may comment on its own alone', async () => {
      await session.run(`
        CREATE SCHEMA closed; CREATE TYPE closed.t AS ENUM ('a');
        CREATE FUNCTION closed.f(closed.t) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
        ${createF}
        CREATE ROLE secdef_plain LOGIN;
        CREATE FUNCTION public.own() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
        ALTER FUNCTION public.own() OWNER TO secdef_plain;
        SET ROLE secdef_plain; SET search_path = '$user', public;`)
      const entries = [{schema: 'closed', name: 'f'}, f, {schema: 'public', name: 'own'}]
      const {notices} = await session.run(render(entries))
      expect(notices).toEqual([
        'secdef: closed.f(closed.t) cannot be annotated: permission denied for schema closed',
        'secdef: public.f() cannot be annotated: must be owner of routine public.f',
      ])
      expect(await setting(session, 'search_path')).toBe('"$user", public')
      const annotated = {'closed.f(closed.t)': null, 'public.f()': null, 'public.own()': block()}
      expect(await comments(session)).toEqual(annotated)
      await expect(session.run(render([f], strict))).rejects.toMatchObject({
        message: expect.stringContaining('- public.f() cannot be annotated: must be owner of routine'),
      })
      expect(await comments(session)).toEqual(annotated)
    })
  })

  describe('secdef.missing', () => {
    const broken = [
      f,
      {schema: 'public', name: 'gone'},
      {schema: 'ops', name: 'gone', signature: ['integer']},
    ]
    const list =
      '- ops.gone(integer) is documented but does not exist\n- public.gone is documented but does not exist'
    const message = `secdef: docs/SECURITY_EXCEPTIONS.md and this database do not agree:\n${list}`

    it.each([
      ['the option', '', strict],
      ['the setting', "SET secdef.missing = 'error';", {}],
    ] as const)('error by %s is one exception that lists all, and writes nothing', async (_, set, input) => {
      await session.run(`${createF} ${set}`)
      await expect(session.run(render(broken, input))).rejects.toMatchObject({message, code: 'P0001'})
      expect(await comments(session)).toEqual({'public.f()': null})
      expect((await session.run(render([f], input))).notices).toEqual([])
      expect(await comments(session)).toEqual({'public.f()': block()})
    })

    it('notice as a setting overrules the option, for as long as it is set', async () => {
      await session.run(createF)
      const {notices} = await session.run(
        `BEGIN; SET LOCAL secdef.missing = 'notice'; ${render(broken, strict)} COMMIT`,
      )
      expect(notices).toHaveLength(2)
      // PostgreSQL keeps such a setting as an empty one afterwards.
      expect(await setting(session, 'secdef.missing')).toBe('')
      await expect(session.run(render(broken, strict))).rejects.toMatchObject({message})
    })

    it('anything else is an error, even where nothing is missing', async () => {
      await session.run("SET secdef.missing = 'Error'")
      await expect(session.run(render([]))).rejects.toMatchObject({
        message: 'secdef.missing is "Error", expected "notice" or "error"',
        code: '22023',
      })
    })
  })

  describe('a comment that was there', () => {
    it.each([
      'One line.',
      'Ends with a line feed.\n',
      '\n\nBlank lines around\n\n\n',
      'Windows\r\nlines\r\n\r\n',
      'Quotes \' " \\ $$ 😀 %s',
      '[secdef:begin other]\nof another registry\n[secdef:end other]',
      'Near: secdef:begin [secdef:beginning] [secdef:end of it]',
    ])('%j stands in front, and comes back when the entry goes', async (comment) => {
      await session.run(`${createF} COMMENT ON FUNCTION public.f() IS ${sqlText(comment)}`)
      await session.run(render([f]))
      expect(await comments(session)).toEqual({'public.f()': `${comment}\n\n${block()}`})
      await session.run(render([]))
      expect(await comments(session)).toEqual({'public.f()': comment})
    })

    it.each([
      '@graphql({"name": "x"})',
      'Summary.\n\n@graphql({"name": "x",\n "totalCount": {"enabled": true}})\nMore text\n',
      '\n\n@graphql({"name": "x"})\n\n',
    ])('%j keeps its directive readable behind the block', async (comment) => {
      await session.run(`${createF} COMMENT ON FUNCTION public.f() IS ${sqlText(comment)}`)
      const entry = {...f, why: 'Calls g(), which is ) fine.'}
      await session.run(render([entry]))
      const annotated = (await comments(session))['public.f()'] ?? ''
      expect(annotated.endsWith(`\n[secdef:end]\n\n${comment}`)).toBe(true)
      for (const pattern of ['@graphql\\((.+)\\)', '@graphql\\((.+?)\\)']) {
        const {rows} = await session.run(
          `SELECT substring(${sqlText(annotated)} from ${sqlText(pattern)})::jsonb ->> 'name' AS name`,
        )
        expect(rows).toEqual([{name: 'x'}])
      }
      const before = await versions(session)
      await session.run(render([entry]))
      expect(await versions(session)).toEqual(before)
      await session.run(render([]))
      expect(await comments(session)).toEqual({'public.f()': comment})
    })

    it.each([
      ['text was added around it', `Before\n\n${block()}\nBehind`, `Before\n\nNEW\nBehind`, 'Before\nBehind'],
      ['a directive was added behind it', `${block()} @graphql({})`, 'NEW @graphql({})', ' @graphql({})'],
      [
        'a directive was added before it',
        `@graphql({})\n\n${block()}`,
        'NEW\n\n@graphql({})',
        '@graphql({})',
      ],
      ['it has Windows line ends', block().replaceAll('\n', '\r\n'), 'NEW', null],
    ])('is replaced and removed in place where %s', async (_, comment, replaced, removed) => {
      await session.run(`${createF} COMMENT ON FUNCTION public.f() IS ${sqlText(comment)}`)
      await session.run(render([{...f, why: 'Another reason.'}]))
      const renewed = block().replace('Must work for every caller.', 'Another reason.')
      expect(await comments(session)).toEqual({'public.f()': replaced.replace('NEW', renewed)})
      await session.run(render([]))
      expect(await comments(session)).toEqual({'public.f()': removed})
    })

    it.each([
      ['no end', 'a\n[secdef:begin]\nb'],
      ['no beginning', 'a\n[secdef:end]\nb'],
      ['its end first', '[secdef:end]\n[secdef:begin]'],
      ['two beginnings', '[secdef:begin]\n[secdef:begin]\n[secdef:end]'],
      ['two of each', `${block()}\n${block()}`],
    ])('with %s is left as it is and reported', async (_, comment) => {
      await session.run(`${createF} COMMENT ON FUNCTION public.f() IS ${sqlText(comment)}`)
      const problem =
        'public.f() has a comment whose [secdef:begin] and [secdef:end] lines do not pair, which is left as it is'
      for (const entries of [[f], []]) {
        expect((await session.run(render(entries))).notices).toEqual([`secdef: ${problem}`])
        await expect(session.run(render(entries, strict))).rejects.toMatchObject({
          message: expect.stringContaining(`\n- ${problem}`),
        })
      }
      expect(await comments(session)).toEqual({'public.f()': comment})
    })
  })

  it('takes its block from what is no longer documented, or no longer a definer', async () => {
    await session.run(createSorts)
    await session.run(render(sorts.map(({entry}) => entry)))
    await session.run("CREATE OR REPLACE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 2'")
    await session.run(render([f]))
    expect(Object.values(await comments(session)).filter((comment) => comment !== null)).toEqual([])
    const {rows} = await session.run("SELECT 1 FROM pg_description WHERE description ~ 'secdef:'")
    expect(rows).toEqual([])
  })

  it('takes its block from routines of every kind', async () => {
    await session.run(`
      CREATE AGGREGATE public.total(int) (SFUNC = int4pl, STYPE = int);
      CREATE AGGREGATE public.share(float8 ORDER BY int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
      CREATE PROCEDURE public.run(IN a int, INOUT b text, OUT c int) LANGUAGE sql AS 'SELECT ''1'', 1';
      COMMENT ON AGGREGATE public.total(int) IS ${sqlText(block())};
      COMMENT ON AGGREGATE public.share(float8 ORDER BY int) IS ${sqlText(block())};
      COMMENT ON ROUTINE public.run IS ${sqlText(block())};`)
    await session.run(render([]))
    expect(new Set(Object.values(await comments(session)))).toEqual(new Set([null]))
  })

  it('is not misled by an object of another kind that has the number of a routine', async () => {
    const number = "objoid = 'public.f()'::regprocedure AND classoid = 'pg_class'::regclass"
    await session.run(`${createF} INSERT INTO pg_description
      VALUES ('public.f()'::regprocedure, 'pg_class'::regclass, 0, 'Of a table.')`)
    try {
      await session.run(render([f]))
      expect(await comments(session)).toEqual({'public.f()': block()})
      const {rows} = await session.run(`SELECT description FROM pg_description WHERE ${number}`)
      expect(rows).toEqual([{description: 'Of a table.'}])
    } finally {
      await session.run(`DELETE FROM pg_description WHERE ${number}`)
    }
  })

  it('leaves the blocks of other registries alone, whatever comes and goes first', async () => {
    await session.run(`${createF} COMMENT ON FUNCTION public.f() IS 'Own.'`)
    const inputs = [{}, {name: 'api'}, {name: 'api two'}]
    for (const input of inputs) await session.run(render([f], input))
    const all = `Own.\n\n${block()}\n\n${block(' api')}\n\n${block(' api two')}`
    expect(await comments(session)).toEqual({'public.f()': all})
    await session.run(render([], {name: 'api'}))
    expect(await comments(session)).toEqual({'public.f()': `Own.\n\n${block()}\n\n${block(' api two')}`})
    await session.run(render([]))
    await session.run(render([], {name: 'api two'}))
    expect(await comments(session)).toEqual({'public.f()': 'Own.'})
  })

  it.each([
    ['quotes', `it's "quoted" \\' \\\\ '' E'x'`],
    ['dollars', '$$ $secdef$ $1 ${ END; $secdef$;'],
    ['comments', '/* a */ -- b\n--> statement-breakpoint */ # c'],
    ['templates', '{{why}} {{{x}}} {% raw %} <%= x %> </script> %s %I %L'],
    ['lines', 'one\n\n two\r\n\tthree\n'],
    ['unicode', 'emoji 👩‍👩‍👧 \u200f rtl \u202e over \ufeff bom \u{e0041} tag é e\u0301'],
    ['bulk', '0123456789 (x) '.repeat(700)],
  ])('writes %s just as they are', async (_, text) => {
    await session.run(createF)
    await session.run(render([{...f, why: text, risks: text, approval: {by: text, date: '2025-01-31'}}]))
    expect((await comments(session))['public.f()']).toBe(
      [
        '[secdef:begin]\nThis routine is a documented SECURITY DEFINER exception.',
        `Why: ${text}\nRisks mitigated: ${text}\nApproved by: ${text}, 2025-01-31`,
        'Document: docs/SECURITY_EXCEPTIONS.md\n[secdef:end]',
      ].join('\n'),
    )
  })

  describe('the session', () => {
    it.each([
      ["''", '""'],
      ['"$user", public', '"$user", public'],
      ['pg_temp, public, pg_catalog', 'pg_temp, public, pg_catalog'],
      ['"we""ird, \\ path", nope', '"we""ird, \\ path", nope'],
    ])('gets its search_path %s back', async (path, shown) => {
      await session.run(createF)
      const text = render([f, {schema: 'public', name: 'gone'}])
      await session.run(`SET search_path = ${path}`)
      await session.run(text)
      expect(await setting(session, 'search_path')).toBe(shown)
      await session.run('SET search_path = public')
      // A path for the transaction alone: the same inside, and gone after it, by COMMIT and by ROLLBACK.
      for (const end of ['ROLLBACK', 'COMMIT']) {
        await session.run('BEGIN')
        await session.run(`SET LOCAL search_path = ${path}`)
        await session.run(text)
        expect(await setting(session, 'search_path')).toBe(shown)
        await session.run(end)
        expect(await setting(session, 'search_path')).toBe('public')
      }
      expect(await comments(session)).toEqual({'public.f()': block()})
    })

    it('gets its quoting of identifiers back, inside of its transaction too', async () => {
      await session.run(createF)
      await session.run('BEGIN; SET LOCAL quote_all_identifiers = on')
      await session.run(render([f]))
      expect(await setting(session, 'quote_all_identifiers')).toBe('on')
      await session.run('COMMIT')
      expect(await setting(session, 'quote_all_identifiers')).toBe('off')
    })

    it('cannot mislead it by its settings, tables, types, functions and operators', async () => {
      await session.run(createSorts)
      await session.run(`
        CREATE SCHEMA trap;
        CREATE FUNCTION trap.bad(text, text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trapped''; END';
        CREATE FUNCTION trap.bad_equal(text, text) RETURNS bool LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trapped''; END';
        CREATE OPERATOR trap.|| (FUNCTION = trap.bad, LEFTARG = text, RIGHTARG = text);
        CREATE OPERATOR trap.= (FUNCTION = trap.bad_equal, LEFTARG = text, RIGHTARG = text);
        CREATE FUNCTION trap.format_type(oid, int) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
        CREATE FUNCTION trap.current_setting(text) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
        CREATE FUNCTION trap.quote_ident(text) RETURNS text LANGUAGE sql AS 'SELECT ''x''::text';
        CREATE DOMAIN trap.text AS int; CREATE DOMAIN trap.oid AS int;`)
      await session.run(`
        SET standard_conforming_strings = off; SET quote_all_identifiers = on; SET transform_null_equals = on;
        SET plpgsql.variable_conflict = 'error'; SET plpgsql.extra_errors = 'all'; SET escape_string_warning = on;
        SET search_path = trap, pg_temp, public, pg_catalog;
        CREATE TEMP TABLE pg_proc (oid int); CREATE TEMP TABLE pg_namespace (oid int);
        CREATE TEMP TABLE pg_description (objoid int); CREATE TEMP TABLE pg_type (oid int);
        CREATE TEMP TABLE record (a int); CREATE TEMP TABLE regprocedure (a int);
        CREATE TEMP TABLE registry (a int); CREATE TEMP TABLE documented (a int);`)
      const texts = sorts.map(({entry}) => ({...entry, why: "it's \\n \\x41 C:\\new"}))
      expect((await session.run(render(texts))).notices).toEqual([])
      await session.run('RESET ALL; DISCARD TEMP')
      const all = await comments(session)
      const annotated = Object.keys(all).filter((signature) =>
        all[signature]?.includes("\nWhy: it's \\n \\x41 C:\\new\n"),
      )
      expect(annotated.sort()).toEqual(sorts.map(({signature}) => signature).sort())
    })

    it('is what an event trigger sees', async () => {
      await session.run(`${createF}
        CREATE TABLE public.seen (path text, quoting text);
        CREATE FUNCTION public.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$
          BEGIN INSERT INTO seen SELECT current_setting('search_path'), current_setting('quote_all_identifiers'); END $$;
        CREATE EVENT TRIGGER secdef_watch ON ddl_command_end WHEN TAG IN ('COMMENT') EXECUTE FUNCTION public.watch();
        SET search_path = public; SET quote_all_identifiers = on;`)
      await session.run(render([f]))
      await session.run(render([f]))
      expect((await session.run('SELECT * FROM public.seen')).rows).toEqual([{path: 'public', quoting: 'on'}])
    })
  })
})
