/** What `secdef lsp` does; its description stands in the table of commands. */
import {latestDay} from './day.ts'
import type {Environment} from './environment.ts'
import {expectLongRun} from './long-run.ts'

/** Replaced by the build. */
declare const SECDEF_VERSION: string

/** The streams belong to the protocol from here on; it ends the process when the client says so, or is gone. */
export async function runLsp({now}: Environment): Promise<number> {
  expectLongRun()
  const {startServer} = await import('../lsp/server.ts')
  startServer({
    input: process.stdin,
    output: process.stdout,
    clock: {today: () => latestDay(now()), month: () => now().toISOString().slice(0, 7)},
    version: typeof SECDEF_VERSION === 'string' ? SECDEF_VERSION : 'development',
  })
  return await new Promise(() => {})
}
