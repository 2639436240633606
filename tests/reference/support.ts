/** The reference database, installed on a host, and its callers. */
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import {afterAll, afterEach, beforeAll, beforeEach, describe} from 'vitest'
import type {Entry} from '../../src/model/entry.ts'
import {readRegistry} from '../../src/source/registry.ts'
import {hosts, type Row, type Session} from '../support/postgres.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** The project's own document. */
export function readDocument(): readonly Entry[] {
  const file = 'docs/SECURITY_EXCEPTIONS.md'
  const text = readFileSync(path.join(root, file), 'utf8')
  return readRegistry(text, {path: file, today: '2025-12-31'}).registry.entries.map((entry) => entry.value)
}

export function readGenerated(name: string): string {
  return readFileSync(path.join(root, 'generated', name), 'utf8')
}

export type Migration = {readonly name: string; readonly text: string}

export function readMigrations(): readonly Migration[] {
  const folder = path.join(root, 'supabase/migrations')
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name) => ({name, text: readFileSync(path.join(folder, name), 'utf8')}))
}

/** File by file, each as one script, as the Supabase CLI does. */
export async function install(session: Session): Promise<void> {
  for (const {name, text} of readMigrations()) {
    try {
      await session.run(text)
    } catch (error) {
      throw new Error(`${name} failed: ${String(error)}`, {cause: error})
    }
  }
}

/** Who calls: a database role, and what their token claims. */
export type Caller = {readonly role: string; readonly sub?: string; readonly worker?: string}

export type Reference = Session & {
  /** Run as a caller. Returns the rows of all statements. */
  readonly as: (caller: Caller, sql: string) => Promise<readonly Row[]>
  /** Run as the superuser. */
  readonly sql: (sql: string) => Promise<readonly Row[]>
  /** Run as a caller, undo it, and return the SQLSTATE, or `done`. */
  readonly code: (caller: Caller, sql: string) => Promise<string>
}

/** SQLSTATEs that the reference database answers with. */
export const refused = {
  privilege: '42501',
  argument: '22023',
  enumeration: '22P02',
  state: '55000',
  appendOnly: '23001',
  duplicate: '23505',
  missing: 'P0002',
  noUser: '28000',
  tooMany: 'PT429',
  asTrigger: '0A000',
  readOnly: '25006',
} as const

/** Define cases on every host, with the migrations installed. A case runs in a transaction that is rolled back. */
export function onEachReference(
  cases: (db: Reference) => void,
  prepare = async (_: Session): Promise<void> => {},
): void {
  for (const host of hosts) {
    const title = host.missing === undefined ? host.name : `${host.name} (${host.missing})`
    describe.skipIf(host.missing !== undefined)(title, () => {
      let started: Session | undefined
      const session = (): Session => {
        if (started === undefined) throw new Error(`${host.name} is not running`)
        return started
      }
      beforeAll(async () => {
        started = await host.start()
        await install(started)
        await prepare(started)
      })
      afterAll(() => started?.stop())
      beforeEach(() => session().run('BEGIN'))
      afterEach(() => session().run('ROLLBACK'))
      cases(
        asReference({
          run: (script) => session().run(script),
          log: () => session().log(),
          stop: () => session().stop(),
        }),
      )
    })
  }
}

/** A caller's statements within the open transaction: what they set does not outlive them. */
function asReference(session: Session): Reference {
  const as = async (caller: Caller, sql: string) => {
    await session.run('SAVEPOINT caller')
    try {
      await session.run(become(caller))
      const {rows} = await session.run(sql)
      await session.run(`RESET ROLE; RESET request.jwt.claims; RELEASE caller`)
      return rows
    } catch (error) {
      await session.run('ROLLBACK TO caller; RELEASE caller')
      throw error
    }
  }
  const code = async (caller: Caller, sql: string) => {
    await session.run('SAVEPOINT attempt')
    const answer = await as(caller, sql).then(() => 'done', readCode)
    await session.run('ROLLBACK TO attempt; RELEASE attempt')
    return answer
  }
  return {...session, as, code, sql: async (sql) => (await session.run(sql)).rows}
}

export function become({role, sub, worker}: Caller): string {
  return `SET ROLE ${role}; SET request.jwt.claims = '${JSON.stringify({sub, worker_id: worker})}';`
}

export function readCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  throw error
}

/** Further connections to the same real server, which tells its port. The login's password is its name. */
export async function connect(session: Session, login: string, count: number): Promise<pg.Client[]> {
  const {rows} = await session.run('SHOW port')
  const options = {
    host: '127.0.0.1',
    port: Number(rows[0]?.port),
    user: login,
    password: login,
    database: 'postgres',
  }
  const clients = Array.from({length: count}, () => new pg.Client(options))
  await Promise.all(clients.map((client) => client.connect()))
  return clients
}
