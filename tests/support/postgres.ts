/** Databases to test on: real servers and the embedded one, behind one interface. */
import {PGlite} from '@electric-sql/pglite'
import {afterAll, beforeAll, beforeEach, describe} from 'vitest'
import {nativeFolder, type Row, type Session, startServer} from './embedded-server.ts'

export type {Answer, Row, Session} from './embedded-server.ts'

export type Host = {
  /** What a test report calls it. */
  readonly name: string
  /** Why it cannot be started on this machine, else `undefined`. */
  readonly missing: string | undefined
  readonly start: () => Promise<Session>
}

/** Every host that a case must hold on. One that this machine lacks is still in the list, to be skipped by name. */
export const hosts: readonly Host[] = [
  {name: 'PGlite', missing: undefined, start: startPGlite},
  ...([15, 17, 18] as const).map((version) => ({
    name: `PostgreSQL ${version}`,
    missing:
      nativeFolder(version) === undefined ? `no binaries for ${process.platform} ${process.arch}` : undefined,
    start: () => startServer(version),
  })),
]

/**
 * Define the same cases on every host. A host that this machine lacks is reported as skipped, by name.
 *
 * @param prepare Run once, before the first case, on the fresh server.
 * @param cases Gets a session that every case finds clean: see {@link clean}.
 */
export function onEachHost(cases: (session: Session) => void, prepare = async (_: Session) => {}): void {
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
        await prepare(started)
      })
      afterAll(() => started?.stop())
      beforeEach(() => clean(session()))
      cases({
        run: (script) => session().run(script),
        log: () => session().log(),
        stop: () => session().stop(),
      })
    })
  }
}

/**
 * Leave an empty schema `public`, no other schema but `extensions` and the system's, no role of a test (`secdef_…`), no
 * temporary object, and every setting as at the start.
 */
export async function clean(session: Session): Promise<void> {
  await session.run('ROLLBACK; RESET ROLE; RESET ALL; DISCARD TEMP;')
  await session.run(`
    DO $$
    DECLARE statement text;
    BEGIN
      FOR statement IN
        SELECT format('DROP EVENT TRIGGER %I', evtname) FROM pg_event_trigger
        UNION ALL
        SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace
        WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'extensions')
        UNION ALL
        SELECT format('DROP OWNED BY %1$I; DROP ROLE %1$I', rolname) FROM pg_roles WHERE rolname ~ '^secdef_'
      LOOP
        EXECUTE statement;
      END LOOP;
    END
    $$;
    CREATE SCHEMA public;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
  `)
}

async function startPGlite(): Promise<Session> {
  const database = await PGlite.create()
  return {
    async run(script) {
      const notices: string[] = []
      const onNotice = (notice: {message?: string | undefined}) => notices.push(notice.message ?? '')
      const results = await database.exec(script, {onNotice})
      return {rows: results.flatMap((result): Row[] => result.rows), notices}
    },
    log: () => '',
    stop: () => database.close(),
  }
}
