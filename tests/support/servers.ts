/** Real servers alone, for what the embedded one has no part in: connections. */
import {afterAll, beforeAll, beforeEach, describe} from 'vitest'
import {clean, hosts, type Session} from './postgres.ts'

/**
 * Define the same cases on every real server; one that this machine lacks is reported as skipped, by name.
 *
 * @param only Version, such as `18`, where one will do.
 */
export function onEachServer(cases: (session: Session) => void, only?: string): void {
  for (const host of hosts) {
    if (host.name === 'PGlite' || (only !== undefined && !host.name.endsWith(only))) continue
    const title = host.missing === undefined ? host.name : `${host.name} (${host.missing})`
    describe.skipIf(host.missing !== undefined)(title, () => {
      let started: Session | undefined
      const session = (): Session => {
        if (started === undefined) throw new Error(`${host.name} is not running`)
        return started
      }
      beforeAll(async () => {
        started = await host.start()
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
