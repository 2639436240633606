/** The pgTAP output is green on the documented set, red for every way to leave it, and green again when mended. */
import {describe, expect, it} from 'vitest'
import type {Entry} from '../../src/model/entry.ts'
import {pgtap} from '../../src/targets/pgtap.ts'
import {renderFile} from '../../src/targets/render.ts'
import type {TargetOptions} from '../../src/targets/target.ts'
import {defaultOptions, routineEntry, targetInput} from '../support/entries.ts'
import {installPgtap, readTap, type Tap} from '../support/pgtap.ts'
import {onEachHost, type Session} from '../support/postgres.ts'

type Fields = Partial<Entry> & {readonly schema: string; readonly name: string}

const path = 'SET search_path = public, extensions;'

function render(entries: readonly Fields[], schemas: Partial<TargetOptions['schemas']> = {}): string {
  const options = {...defaultOptions, schemas: {...defaultOptions.schemas, ...schemas}}
  return renderFile(pgtap, targetInput(entries.map(routineEntry), {options}))
}

async function runTap(session: Session, text: string): Promise<Tap> {
  return readTap(await session.run(text))
}

/** Findings by the number of their test: what stands below a red one, without pgTAP's own lines. */
function red(tap: Tap): Record<number, readonly string[]> {
  const own = /^(?:Failed test|Looks like you failed)/
  const results = tap.results.filter((result) => !result.ok)
  return Object.fromEntries(results.map(({number, said}) => [number, said.filter((line) => !own.test(line))]))
}

function definer(signature: string, mode = 'SECURITY DEFINER'): string {
  return `CREATE OR REPLACE FUNCTION ${signature} RETURNS int LANGUAGE sql ${mode} AS 'SELECT 1';`
}

const entries: readonly Fields[] = [
  {schema: 'ops', name: 'queue'},
  {schema: 'ops', name: 'total', signature: ['integer', 'app_role[]']},
  {schema: 'public', name: 'f'},
]
const createAll = `${path}
  CREATE SCHEMA ops; CREATE TYPE public.app_role AS ENUM ('a'); CREATE TABLE public.t (a int);
  ${definer('public.f()')} ${definer('ops.queue(text)')} ${definer('ops.total(int, public.app_role[])')}
  ${definer('ops.queue(int)', 'SECURITY INVOKER')} ${definer('public.helper()', 'SECURITY INVOKER')}`

/** Each: break one thing, see these findings, mend it. */
const changes: readonly {
  what: string
  change: string
  mend: string
  findings: Record<number, readonly string[]>
}[] = [
  {
    what: 'a definer is added',
    change: definer('public.extra(uuid, public.app_role)'),
    mend: 'DROP FUNCTION public.extra',
    findings: {1: ['public.extra(uuid,public.app_role)']},
  },
  {
    what: 'a definer is added in a new schema',
    change: `CREATE SCHEMA fresh; CREATE PROCEDURE fresh.p(a int) LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';`,
    mend: 'DROP SCHEMA fresh CASCADE',
    findings: {1: ['fresh.p(integer)']},
  },
  {
    what: 'a definer trigger function is added in a schema without other routines',
    change: `CREATE SCHEMA fresh; CREATE FUNCTION fresh.p() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      AS 'BEGIN RETURN NEW; END'`,
    mend: 'DROP SCHEMA fresh CASCADE',
    findings: {1: ['fresh.p()']},
  },
  {
    what: 'a routine becomes a definer',
    change: 'ALTER FUNCTION public.helper() SECURITY DEFINER',
    mend: 'ALTER FUNCTION public.helper() SECURITY INVOKER',
    findings: {1: ['public.helper()']},
  },
  {
    what: 'a documented routine is dropped',
    change: 'DROP FUNCTION public.f()',
    mend: definer('public.f()'),
    findings: {2: ['public.f is documented but does not exist']},
  },
  {
    what: 'a documented overload is dropped',
    change: 'DROP FUNCTION ops.queue(text)',
    mend: definer('ops.queue(text)'),
    findings: {3: ['ops.queue is documented but is not SECURITY DEFINER, so that the exception is not used']},
  },
  {
    what: 'a documented routine moves to another schema',
    change: 'ALTER FUNCTION ops.total SET SCHEMA public',
    mend: 'ALTER FUNCTION public.total SET SCHEMA ops',
    findings: {
      1: ['public.total(integer,public.app_role[])'],
      2: ['ops.total(integer, app_role[]) is documented but does not exist'],
    },
  },
  {
    what: 'a documented routine loses SECURITY DEFINER',
    change: definer('public.f()', ''),
    mend: definer('public.f()'),
    findings: {3: ['public.f is documented but is not SECURITY DEFINER, so that the exception is not used']},
  },
  {
    what: 'a name without a signature gains a definer overload',
    change: definer('public.f(int)'),
    mend: 'DROP FUNCTION public.f(int)',
    findings: {
      1: ['public.f()', 'public.f(integer)'],
      4: [
        'public.f is documented but 2 SECURITY DEFINER routines have that name: public.f(), public.f(integer). ' +
          'State the argument types of each',
      ],
    },
  },
  {
    what: 'a signature gains a definer overload',
    change: definer('ops.total(int, text)'),
    mend: 'DROP FUNCTION ops.total(int, text)',
    findings: {1: ['ops.total(integer,text)']},
  },
  {
    what: 'a type of the same name appears in another schema, with an overload',
    change: `CREATE SCHEMA fresh; CREATE TYPE fresh.app_role AS ENUM ('a'); ${definer('ops.total(int, fresh.app_role[])')}`,
    mend: 'DROP SCHEMA fresh CASCADE',
    findings: {
      1: ['ops.total(integer,fresh.app_role[])', 'ops.total(integer,public.app_role[])'],
      4: [
        'ops.total(integer, app_role[]) is documented but 2 routines have such argument types: ' +
          'ops.total(integer,fresh.app_role[]), ops.total(integer,public.app_role[]). State the schemas of the types',
      ],
    },
  },
  {
    what: 'definers have hostile names',
    change: `CREATE SCHEMA "a\r\nok 1 - b"; ${definer('"a\r\nok 1 - b"."c\nnot ok 2 - \'; # skip $$ \\ %I"()')}`,
    mend: 'DROP SCHEMA "a\r\nok 1 - b" CASCADE',
    findings: {1: ['"a\\r\\nok 1 - b"."c\\nnot ok 2 - \'; # skip $$ \\ %I"()']},
  },
]

describe('the file', () => {
  it('is one line for an entry, and tells formatters to leave it', () => {
    const one = render(entries.slice(0, 1))
    const added = render(entries.slice(0, 2))
      .split('\n')
      .filter((line) => !one.split('\n').includes(line))
    expect(added).toEqual([
      "        , (E'ops', E'total', ARRAY[E'integer', E'app_role[]']::pg_catalog.text[])",
    ])
    expect(one.split('\n').slice(0, 4)).toEqual([
      '-- Generated from docs/SECURITY_EXCEPTIONS.md by `secdef generate`. Do not edit.',
      '-- noqa: disable=all',
      '/* sql-formatter-disable */',
      '',
    ])
    expect(render(entries.slice(0, 1))).toBe(one)
  })

  it('leaves out entries of other kinds', () => {
    expect(render([{schema: 'public', name: 'f', kind: 'no-rls'}])).toBe(render([]))
  })
})

onEachHost(
  (session) => {
    it('is green on the documented set, and says what it looked at', async () => {
      await session.run(createAll)
      const tap = await runTap(session, render(entries))
      expect(tap.plan).toBe(5)
      expect(tap.results).toEqual(
        [
          'every SECURITY DEFINER routine is documented in docs/SECURITY_EXCEPTIONS.md',
          'every documented routine exists',
          'every documented routine is SECURITY DEFINER',
          'every documented name means exactly one SECURITY DEFINER routine',
          'the schemas to look at exist and hold routines',
        ].map((title, index) => ({number: index + 1, ok: true, title, said: []})),
      )
      expect(tap.said).toEqual([
        'looked at: schema ops, routines: 3, SECURITY DEFINER: 2',
        'looked at: schema public, routines: 2, SECURITY DEFINER: 1',
      ])
    })

    it.each(changes)('is red when $what, and green when mended', async ({change, mend, findings}) => {
      const text = render(entries)
      await session.run(createAll)
      expect(red(await runTap(session, text))).toEqual({})
      await session.run(change)
      expect(red(await runTap(session, text))).toEqual(findings)
      await session.run(mend)
      expect(red(await runTap(session, text))).toEqual({})
    })

    it('is red where nothing was looked at', async () => {
      await session.run(path)
      expect(red(await runTap(session, render([])))).toEqual({
        5: ['no routine was found in the audited schemas'],
      })
    })

    describe('leaves out, and says so,', () => {
      it('schemas of the platform, unless they are documented', async () => {
        await session.run(`${createAll} CREATE SCHEMA auth; CREATE SCHEMA _timescaledb_x;
          ${definer('auth.uid()')} ${definer('auth.role()')} ${definer('_timescaledb_x.f()')}`)
        const tap = await runTap(session, render(entries))
        expect(red(tap)).toEqual({})
        expect(tap.said.filter((line) => line.startsWith('left out'))).toEqual([
          'left out: schema _timescaledb_x, which is of the platform, SECURITY DEFINER: 1',
          'left out: schema auth, which is of the platform, SECURITY DEFINER: 2',
        ])
        const documented = await runTap(session, render([...entries, {schema: 'auth', name: 'uid'}]))
        expect(red(documented)).toEqual({1: ['auth.role()']})
        expect(documented.said).toContain('looked at: schema auth, routines: 2, SECURITY DEFINER: 2')
      })

      it('schemas to exclude, unless they are documented', async () => {
        await session.run(
          `${createAll} CREATE SCHEMA "My old"; ${definer('"My old".f()')} ${definer('ops.extra()')}`,
        )
        const tap = await runTap(session, render(entries, {exclude: ['My old', 'ops', 'absent']}))
        expect(red(tap)).toEqual({1: ['ops.extra()']})
        expect(tap.said.filter((line) => line.startsWith('left out'))).toEqual([
          'left out: schema "My old", which is one to exclude, SECURITY DEFINER: 1',
        ])
      })

      it('schemas that are not to be included, unless they are documented', async () => {
        await session.run(`${createAll} CREATE SCHEMA other; CREATE SCHEMA auth;
          ${definer('other.f()')} ${definer('auth.uid()')}`)
        const tap = await runTap(session, render(entries, {include: ['auth']}))
        expect(red(tap)).toEqual({1: ['auth.uid()']})
        expect(tap.said.filter((line) => line.startsWith('left out'))).toEqual([
          'left out: schema other, which is not one to include, SECURITY DEFINER: 1',
        ])
      })

      it('members of extensions', async () => {
        await session.run(`${createAll} ${definer('public.member()')}`)
        expect(red(await runTap(session, render(entries)))).toEqual({1: ['public.member()']})
        await session.run('ALTER EXTENSION plpgsql ADD FUNCTION public.member()')
        try {
          const tap = await runTap(session, render(entries))
          expect(red(tap)).toEqual({})
          expect(tap.said).toContain('left out: extension plpgsql in schema public, SECURITY DEFINER: 1')
        } finally {
          await session.run('ALTER EXTENSION plpgsql DROP FUNCTION public.member()')
        }
      })
    })

    it('is red for a schema to include that does not exist', async () => {
      await session.run(createAll)
      expect(red(await runTap(session, render(entries, {include: ['opps']})))).toEqual({
        5: ['schema opps is one to include and does not exist'],
      })
    })

    it('finds pgTAP wherever it is installed', async () => {
      await session.run('DROP SCHEMA public CASCADE; ALTER SCHEMA extensions RENAME TO public')
      try {
        const tap = await runTap(session, render([{schema: 'public', name: 'gone'}]))
        expect(red(tap)).toEqual({2: ['public.gone is documented but does not exist']})
      } finally {
        await session.run('ROLLBACK; ALTER SCHEMA public RENAME TO extensions; CREATE SCHEMA public')
      }
    })

    it('is not misled by settings and temporary objects, and leaves nothing behind', async () => {
      await session.run(createAll)
      await session.run(`
        SET standard_conforming_strings = off; SET quote_all_identifiers = on;
        SET plpgsql.variable_conflict = 'error'; SET search_path = public, extensions, pg_temp;
        CREATE TEMP TABLE pg_proc (oid int); CREATE TEMP TABLE pg_namespace (oid int);
        CREATE TEMP TABLE pg_depend (oid int); CREATE TEMP TABLE registry (oid int);`)
      const text = render(entries)
      expect(red(await runTap(session, text))).toEqual({})
      await session.run(definer('public.extra(public.app_role)'))
      expect(red(await runTap(session, text))).toEqual({1: ['public.extra(public.app_role)']})
      const {rows} = await session.run(`
        SELECT current_setting('search_path') AS path, current_setting('quote_all_identifiers') AS quoting,
          to_regclass('pg_temp.secdef_finding') AS left_behind`)
      expect(rows).toEqual([{path: '"public", "extensions", "pg_temp"', quoting: 'on', left_behind: null}])
    })
  },
  (session) => installPgtap(session, 'extensions'),
)
