/** `secdef audit --database` on real servers: what it leaves behind, what it survives, what it never calls clean. */
import {describe, expect, it} from 'vitest'
import {auditedProject, soundMigration} from '../support/audited.ts'
import {urlOf} from '../support/catalog.ts'
import {asCommand} from '../support/hosts.ts'
import type {Session} from '../support/postgres.ts'
import {onEachServer} from '../support/servers.ts'
import {openWire} from '../support/wire.ts'

const {secdef} = asCommand

async function portOf(session: Session): Promise<number> {
  return Number((await session.run('SHOW port')).rows[0]?.port)
}

/** Statements of one application in the server's own log, each in one line. */
function logged(log: string, application: string): string[] {
  const entries = log.split(/^(?=\S*\|)/m).filter((entry) => entry.startsWith(`${application}|`))
  return entries.flatMap((entry) => {
    const [, sql] = /^\S*\|LOG: {2}(?:statement|execute [^:]+): ([\s\S]*)$/.exec(entry) ?? []
    return sql === undefined ? [] : [sql.replace(/\s+/g, ' ').trim()]
  })
}

/** Everything that a statement may be. */
const reading =
  /^(?:BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;(?: SET LOCAL \w+ = [^;]+;)+|DECLARE secdef_rows NO SCROLL CURSOR FOR SELECT [^;]*|FETCH FORWARD \d+ FROM secdef_rows|CLOSE secdef_rows|ROLLBACK)$/

onEachServer((session) => {
  it('writes nothing, by the server’s own log, and needs no privilege', async () => {
    await session.run(soundMigration)
    await session.run(`CREATE ROLE secdef_plain LOGIN PASSWORD 'plain';
      REVOKE ALL ON SCHEMA public FROM PUBLIC; REVOKE ALL ON DATABASE postgres FROM PUBLIC;
      GRANT CONNECT ON DATABASE postgres TO secdef_plain;`)
    await session.run(`ALTER SYSTEM SET log_statement = 'all'`)
    await session.run(`ALTER SYSTEM SET log_line_prefix = '%a|'`)
    await session.run('SELECT pg_reload_conf()')
    const facts = `SELECT pg_current_wal_lsn()::text AS wal, txid_current_if_assigned() AS xid`
    try {
      const url = await urlOf(session, 'secdef_plain', 'plain')
      // The settings are in force as soon as a new session says so.
      await expect
        .poll(async () => {
          await secdef(auditedProject(), ['audit', '--database', url])
          return logged(session.log(), 'secdef').length
        })
        .toBeGreaterThan(0)
      const before = session.log().length
      const wal = (await session.run(facts)).rows
      const {code, stdout, stderr} = await secdef(auditedProject(), ['audit', '--database', url])
      expect(stderr).toBe('')
      // All facts are there; but what a provider may hide without USAGE cannot be told.
      expect(stdout).toMatch(
        /^ {2}registry +2 documented, 0 undocumented: 2 verified, 0 refuted, 0 unknown$/m,
      )
      expect(stdout).toContain('This role has no USAGE on the schema')
      expect(code).toBe(1)
      expect((await session.run(facts)).rows).toEqual(wal)
      const statements = logged(session.log().slice(before), 'secdef')
      expect(statements.length).toBeGreaterThan(10)
      expect(statements.filter((sql) => !reading.test(sql))).toEqual([])
    } finally {
      await session.run('ALTER SYSTEM RESET ALL')
      await session.run('SELECT pg_reload_conf()')
    }
  })

  it('tells a dropped connection from an answer, and never prints the password', async () => {
    await session.run(soundMigration)
    const wire = await openWire(await portOf(session), 'FETCH')
    const url = `postgres://postgres:password@127.0.0.1:${wire.port}/postgres`
    const {code, stdout, stderr} = await secdef(auditedProject(), ['audit', '--database', url])
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain(`Cannot read 127.0.0.1:${wire.port}/postgres: the connection was dropped`)
    expect(stderr).not.toContain('password')
  })

  it('never calls a database clean in which it saw nothing', async () => {
    const {code, stdout} = await secdef(auditedProject(), ['audit', '--database', await urlOf(session)])
    expect(code).toBe(2)
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('✗ Nothing was decided: too little was seen (… s)')
  })
})

describe('on one server', () => {
  onEachServer((session) => {
    it('gives up on what somebody holds locked', async () => {
      await session.run(soundMigration)
      await session.run(`CREATE TABLE public.t (a int); CREATE FUNCTION public.f() RETURNS bigint LANGUAGE sql
        BEGIN ATOMIC; SELECT count(*) FROM public.t; END;`)
      await session.run('BEGIN; LOCK TABLE public.t IN ACCESS EXCLUSIVE MODE')
      const {code, stdout, stderr} = await secdef(auditedProject(), [
        'audit',
        '--database',
        await urlOf(session),
      ])
      expect({code, stdout}).toEqual({code: 2, stdout: ''})
      expect(stderr).toContain('somebody holds a lock on a table that a body or a policy names')
    }, 30_000)

    it.each(['pretty', 'json', 'github', 'sarif', 'markdown'])(
      'prints no hostile name raw: %s',
      async (format) => {
        const name = `"it's \u001b[31mred\u202e\n::error::fake ##[error]\`|<img>"""`
        await session.run(soundMigration)
        await session.run(`SET ROLE secdef_owner; CREATE FUNCTION ops.${name}() RETURNS void LANGUAGE plpgsql
          SECURITY DEFINER SET search_path = ops, pg_temp AS 'BEGIN END'; RESET ROLE`)
        const url = await urlOf(session)
        const {code, stdout, stderr} = await secdef(auditedProject(), [
          'audit',
          '--database',
          url,
          '--format',
          format,
        ])
        expect(code).toBe(1)
        expect(stdout).toContain('undocumented-definer')
        expect(stdout + stderr).not.toMatch(/\u001b|\u202e/)
        expect(stdout).not.toMatch(/^\s*::error::fake/m)
      },
    )

    it('audits several databases at once, and says which of them is meant', async () => {
      await session.run(soundMigration)
      const url = await urlOf(session)
      const same = await secdef(auditedProject(), ['audit', '--database', url, `${url}?application_name=x`])
      expect(same.stdout).toContain('✓ 2 rows and 2 definers agree in 2 sources, nothing unknown')
      expect(same.code).toBe(0)
      const gone = 'postgres://u:secret@127.0.0.1:1/d'
      const {code, stdout} = await secdef(auditedProject(), ['audit', '--database', url, '--database', gone])
      expect(code).toBe(2)
      expect(stdout).toMatch(/^ {2}registry +2 documented, 0 undocumented: 2 verified/m)
      expect(stdout).toMatch(/^Not read$/m)
      expect(stdout).toContain('nothing listens on port 1 of 127.0.0.1')
      expect(stdout.trimEnd().split('\n').at(-1)).toBe('✗ Nothing was decided: 1 source not read (… s)')
      expect(stdout).not.toContain('secret')
    })

    it('says where a database and its migrations differ', async () => {
      await session.run(soundMigration)
      await session.run('ALTER FUNCTION ops.queue_job() OWNER TO secdef_anon')
      const {code, stdout} = await secdef(auditedProject(), [
        'audit',
        '--migrations',
        '--database',
        await urlOf(session),
      ])
      expect(code).toBe(1)
      expect(stdout).toMatch(/^Where the sources differ$/m)
      expect(stdout).toMatch(/^ {2}differs +function ops\.queue_job\(\): owner$/m)
      expect(stdout).toMatch(/^ +supabase\/migrations: secdef_owner$/m)
      expect(stdout).toMatch(/^ +127\.0\.0\.1:\d+\/postgres: secdef_anon$/m)
    })
  }, '18')
})
