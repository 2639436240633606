/** What `secdef generate` does: one run, or one at every save. */
import {generateOpened} from './build.ts'
import type {CommandValues} from './command.ts'
import {openProject} from './context.ts'
import type {Environment} from './environment.ts'

export async function runGenerate(environment: Environment, values: CommandValues): Promise<number> {
  if (values.options.watch === true) return (await import('./watch-command.ts')).runWatch(environment, values)
  const opened = await openProject(environment, values)
  return (await generateOpened(environment, values, opened)).exitCode
}
