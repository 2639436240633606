/** What `secdef lsp` does; its description stands in the table of commands. */
import {latestDay} from '../model/day.ts'
import {Failure} from '../model/failure.ts'
import type {Environment} from './environment.ts'
import {expectLongRun} from './long-run.ts'

/** The streams belong to the protocol from here on; it ends the process when the client says so, or is gone. */
export async function runLsp({now, version, wire}: Environment): Promise<number> {
  if (wire === undefined) {
    throw new Failure('No stdin and stdout to speak the protocol on', {
      hint: 'Have an editor start `secdef lsp`.',
    })
  }
  expectLongRun()
  const {startServer} = await import('../lsp/server.ts')
  const clock = {today: () => latestDay(now()), month: () => now().toISOString().slice(0, 7)}
  startServer({...wire(), clock, version})
  return await new Promise(() => {})
}
