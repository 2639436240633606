/** Reading a live server: the same facts for anybody, nothing written, and what goes wrong in words. */
import {inspect} from 'node:util'
import {describe, expect, it} from 'vitest'
import {readDatabase} from '../../../src/app/inventory/database.ts'
import {type Database, type DatabaseOptions, withDatabase} from '../../../src/io/postgres/database.ts'
import {Failure} from '../../../src/model/failure.ts'
import {catalogOptions, literal, readCatalog, urlOf} from '../../support/catalog.ts'
import {dropSample, sample} from '../../support/catalog-sample.ts'
import type {Session} from '../../support/postgres.ts'
import {onEachServer} from '../../support/servers.ts'
import {openWire} from '../../support/wire.ts'

const {schemas, apiRoles} = catalogOptions

/** With every character that means something in a URL. */
const password = 'geheim:@/?#%&=ü 1'

async function portOf(session: Session): Promise<number> {
  return Number((await session.run('SHOW port')).rows[0]?.port)
}

async function collect(database: Database, sql: string): Promise<string[]> {
  const found: string[] = []
  for await (const batch of database.query(sql, [])) found.push(...batch)
  return found
}

/** Everything that a person or a log could get to see of it. */
async function failureOf(work: Promise<unknown>): Promise<{error: Failure; seen: string}> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Failure)) throw new Error('Expected a Failure', {cause: error})
  return {error, seen: `${inspect(error, {depth: 20, showHidden: true})} ${JSON.stringify(error)}`}
}

onEachServer((session) => {
  it('gives a plain login the facts that a superuser sees', async () => {
    await session.run(`${dropSample}${sample}`)
    await session.run(`CREATE ROLE secdef_plain LOGIN PASSWORD ${literal(password)}`)
    const url = await urlOf(session, 'secdef_plain', password)
    const expected = await readCatalog(session)
    const found = await readDatabase({url, env: {}, schemas, apiRoles})
    expect(found).toEqual({
      ...expected,
      source: {kind: 'database', label: `127.0.0.1:${await portOf(session)}/postgres`},
      coverage: {...expected.coverage, unknowns: found.coverage.unknowns},
    })
    expect(found.coverage.unknowns.map(({subject}) => subject)).toEqual([
      'app',
      'empty',
      'other',
      'app.internal_one(text)',
    ])
  })

  it('knows what belongs to an extension', async () => {
    await session.run(`CREATE EXTENSION hstore SCHEMA public; CREATE EXTENSION pg_stat_statements SCHEMA public;
      CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE public.my_table ();
      CREATE FUNCTION public.my_hash(hstore) RETURNS int LANGUAGE c AS '$libdir/hstore', 'hstore_hash';`)
    const {routines, relations, coverage} = await readDatabase({
      url: await urlOf(session),
      env: {},
      schemas,
      apiRoles,
    })
    const extensionOf = new Map([...routines, ...relations].map(({id, extension}) => [id, extension]))
    expect(extensionOf.get('public.hstore(text, text)')).toBe('hstore')
    expect(extensionOf.get('public.pg_stat_statements')).toBe('pg_stat_statements')
    const ours = [...extensionOf].filter(([, extension]) => extension === null).map(([id]) => id)
    expect(ours).toEqual(['public.mine()', 'public.my_hash(public.hstore)', 'public.my_table'])
    expect(coverage.unknowns.map(({subject}) => subject)).toEqual(['public.my_hash(public.hstore)'])
  })

  it('sends nothing but what reads, in one transaction that cannot write', async () => {
    await session.run(`${dropSample}${sample}`)
    const wire = await openWire(await portOf(session))
    const url = `postgres://postgres:password@127.0.0.1:${wire.port}/postgres`
    await readDatabase({url, env: {}, schemas, apiRoles})
    const sent = wire.statements().map((text) => text.replace(/\s+/g, ' ').trim())
    expect(sent.length).toBeGreaterThan(10)
    const parts = sent.flatMap((text) =>
      text.startsWith('BEGIN') ? text.split(/; ?/).filter(Boolean) : [text],
    )
    const reads =
      /^(?:BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY|SET LOCAL \w+ = \S+( YMD')?|DECLARE secdef_rows NO SCROLL CURSOR FOR SELECT .*|FETCH FORWARD \d+ FROM secdef_rows|CLOSE secdef_rows|ROLLBACK)$/
    expect(parts.filter((text) => !reads.test(text))).toEqual([])
    expect(parts.filter((text) => text.startsWith('BEGIN') || text === 'ROLLBACK')).toHaveLength(2)
    expect([parts[0]?.slice(0, 5), parts.at(-1)]).toEqual(['BEGIN', 'ROLLBACK'])
  })

  it('works under the settings that it promises', async () => {
    const names = [
      'transaction_read_only',
      'transaction_isolation',
      'search_path',
      'statement_timeout',
      'lock_timeout',
      'idle_in_transaction_session_timeout',
      'application_name',
      'quote_all_identifiers',
    ]
    await session.run(`ALTER ROLE postgres SET quote_all_identifiers = on;
      ALTER ROLE postgres SET default_transaction_read_only = off; ALTER ROLE postgres SET search_path = public;`)
    const timeouts = {statementMs: 70_000, lockMs: 1500}
    const options = {url: await urlOf(session), env: {PGOPTIONS: '-c search_path=public'}, timeouts}
    const values = await withDatabase(options, async (database) => {
      const settings = await collect(
        database,
        `SELECT pg_catalog.current_setting(name) FROM pg_catalog.unnest(ARRAY[${names.map(literal).join()}]) AS name`,
      )
      const ids = `SELECT COALESCE(pg_catalog.pg_current_xact_id_if_assigned()::pg_catalog.text, 'none')`
      return [...settings, ...(await collect(database, ids))]
    })
    expect(values).toEqual(['on', 'repeatable read', '""', '70s', '1500ms', '1min', 'secdef', 'off', 'none'])
    await session.run('ALTER ROLE postgres RESET ALL')
  })

  it('cannot write, even if it is told to', async () => {
    await session.run('CREATE SEQUENCE public.s; CREATE TABLE public.t (a int)')
    const write = withDatabase({url: await urlOf(session), env: {}}, (database) =>
      collect(database, `SELECT pg_catalog.nextval('public.s')::pg_catalog.text`),
    )
    await expect(write).rejects.toMatchObject({code: '25006'})
    await expect(write).rejects.not.toBeInstanceOf(Failure)
  })

  it('reads in batches, and may stop in between', async () => {
    const sql = 'SELECT i::pg_catalog.text FROM pg_catalog.generate_series(1, 1201) AS i'
    await withDatabase({url: await urlOf(session), env: {}}, async (database) => {
      const sizes: number[] = []
      for await (const batch of database.query(sql, [])) sizes.push(batch.length)
      expect(sizes).toEqual([500, 500, 201])
      for await (const batch of database.query(sql, [])) {
        expect(batch[0]).toBe('1')
        break
      }
      expect(await collect(database, sql)).toHaveLength(1201)
      expect(await collect(database, `${sql} LIMIT 500`)).toHaveLength(500)
      expect(await collect(database, `${sql} LIMIT 0`)).toEqual([])
    })
  })

  it('passes on what the work throws itself', async () => {
    const own = new TypeError('our own')
    const work = withDatabase({url: await urlOf(session), env: {}}, async (database) => {
      for await (const batch of database.query(`SELECT 'x'`, [])) if (batch.length > 0) throw own
    })
    await expect(work).rejects.toBe(own)
  })

  it('takes nothing but text', async () => {
    const options = {url: await urlOf(session), env: {}}
    const number = withDatabase(options, (database) => collect(database, 'SELECT 1'))
    await expect(number).rejects.toThrow('Unexpected number from the database, expected text')
    const nothing = withDatabase(options, (database) => collect(database, 'SELECT NULL::pg_catalog.text'))
    await expect(nothing).rejects.toThrow('Unexpected null from the database, expected text')
  })

  describe('what goes wrong', () => {
    const read = (options: DatabaseOptions) => readDatabase({schemas, apiRoles, ...options})
    const cases: readonly {
      what: string
      url: (port: number) => string
      env?: Record<string, string>
      says: RegExp
    }[] = [
      {
        what: 'a wrong password',
        url: (port) => `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
        says: /the password for postgres is wrong/,
      },
      {
        what: 'an unknown user',
        url: (port) => `postgres://nobody:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
        says: /password for nobody is wrong/,
      },
      {
        what: 'an unknown database',
        url: (port) => `postgres://postgres:password@127.0.0.1:${port}/nowhere`,
        says: /there is no database nowhere/,
      },
      {
        what: 'a port where nobody listens',
        url: () => `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:1/postgres`,
        says: /nothing listens on port 1 of 127\.0\.0\.1/,
      },
      {
        what: 'an unknown host',
        url: () =>
          `postgres://postgres:${encodeURIComponent(password)}@nowhere.invalid/postgres?sslmode=disable`,
        says: /no host of the name nowhere\.invalid/,
      },
      {
        what: 'no socket',
        url: () => `postgres://postgres:${encodeURIComponent(password)}@%2Fnowhere/postgres`,
        says: /no socket can be opened in \/nowhere/,
      },
      {
        what: 'TLS demanded of a server without',
        url: (port) =>
          `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres?sslmode=require`,
        says: /does not offer TLS/,
      },
      {
        what: 'TLS demanded by a variable',
        url: (port) => `postgres://postgres:password@127.0.0.1:${port}/postgres`,
        env: {PGSSLMODE: 'verify-full'},
        says: /does not offer TLS/,
      },
    ]
    it.each(cases)('is told in words: $what', async ({url, env = {}, says}) => {
      const {error, seen} = await failureOf(read({url: url(await portOf(session)), env}))
      expect(error.message).toMatch(says)
      expect(error.hint).toMatch(/^[A-Z].*\.$|sslmode=/)
      expect(seen).not.toContain(password)
      expect(seen).not.toContain(encodeURIComponent(password))
    })

    it('may be a lock, or a timeout', async () => {
      await session.run(`CREATE TABLE public.t (a int); CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql
        BEGIN ATOMIC; SELECT count(*) FROM public.t; END;`)
      const url = await urlOf(session)
      await session.run('BEGIN; LOCK TABLE public.t IN ACCESS EXCLUSIVE MODE')
      const locked = await failureOf(read({url, env: {}, timeouts: {lockMs: 20}}))
      expect(locked.error.message).toMatch(/somebody holds a lock on a table that a body or a policy names$/)
      const slow = await failureOf(read({url, env: {}, timeouts: {statementMs: 30, lockMs: 60_000}}))
      expect(slow.error.message).toMatch(/a statement took too long$/)
      await session.run('ROLLBACK')
      const {routines} = await read({url, env: {}})
      expect(routines.map(({body}) => body !== null)).toEqual([true])
    })

    it('may be the connection, in the middle', async () => {
      const endings: readonly (() => Promise<unknown>)[] = [
        () =>
          session.run(`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE application_name = 'secdef' AND pid <> pg_backend_pid()`),
        async () => wire.cut(),
      ]
      const wire = await openWire(await portOf(session))
      const url = `postgres://postgres:password@127.0.0.1:${wire.port}/postgres`
      const sql = 'SELECT i::pg_catalog.text FROM pg_catalog.generate_series(1, 2000) AS i'
      for (const end of endings) {
        let batches = 0
        const work = withDatabase({url, env: {}}, async ({query}) => {
          for await (const _ of query(sql, [])) if (++batches === 2) await end()
        })
        const {error, seen} = await failureOf(work)
        expect(error.message).toBe(`Cannot read 127.0.0.1:${wire.port}/postgres: the connection was dropped`)
        expect(batches).toBe(2)
        expect(seen).not.toContain('password@')
      }
    })

    it('may be us, who were told to stop', async () => {
      const stop = new AbortController()
      const work = withDatabase(
        {url: await urlOf(session), env: {}, signal: stop.signal},
        async ({query}) => {
          for await (const _ of query(
            'SELECT pg_catalog.repeat(i::pg_catalog.text, 9) FROM pg_catalog.generate_series(1, 2000) AS i',
            [],
          )) {
            stop.abort(new Error('enough'))
          }
        },
      )
      await expect(work).rejects.toThrow('enough')
    })
  })

  it('reads several at a time', async () => {
    await session.run('CREATE TABLE public.t (a int)')
    const url = await urlOf(session)
    const all = await Promise.all([1, 2, 3].map(() => readDatabase({url, env: {}, schemas, apiRoles})))
    expect(all.map(({relations}) => relations.length)).toEqual([1, 1, 1])
  })
})
