/** What `secdef generate --watch` does: builds one after another, each between two lines that tools can look for. */

import {watchProject} from '../app/watch.ts'
import {Failure} from '../model/failure.ts'
import {count} from '../model/words.ts'
import {generateOpened} from './build.ts'
import {type CommandValues, textOption} from './command.ts'
import {type Opened, openProject} from './context.ts'
import type {Ending, Environment} from './environment.ts'
import {exitCodes} from './exit-codes.ts'
import {printFailure} from './fail.ts'
import {expectLongRun} from './long-run.ts'

/** As a shell has it for a signal. */
const endCodes: Readonly<Record<Ending, number>> = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
}

export async function runWatch(environment: Environment, values: CommandValues): Promise<number> {
  refuseOptions(values)
  const {stdout, cwd} = environment
  if (environment.ended === undefined) {
    throw new Failure('Cannot watch where nothing can end it', {hint: 'Run the command in a shell.'})
  }
  const ended = environment.ended()
  expectLongRun()
  await watchProject<Opened | undefined>(
    {cwd, config: textOption(values, 'config'), ended},
    {
      async open() {
        stdout.write(`secdef: build started${timeOf(environment)}\n`)
        const opened = await unlessFailed(environment, () => openProject(environment, values))
        return {opened, project: opened !== undefined && 'project' in opened ? opened.project : undefined}
      },
      async build(opened) {
        const result =
          opened && (await unlessFailed(environment, () => generateOpened(environment, values, opened)))
        const what = result === undefined ? 'undecided' : count(result.findings.length, 'finding')
        stdout.write(`secdef: build finished, ${what}\n`)
        const written = (result?.outputs ?? []).filter(({state}) => state === 'written')
        return written.map(({path}) => path)
      },
    },
  )
  return endCodes[await ended]
}

/** What a program reads is one document; what a hook asks is answered by a run that ends. */
function refuseOptions(values: CommandValues): void {
  const format = textOption(values, 'format') ?? 'pretty'
  if (format !== 'pretty') {
    throw new Failure(`Unexpected --format ${format} beside --watch, which prints one build after another`, {
      hint: 'Leave one of the two out.',
    })
  }
  if (values.options.exitCode === true) {
    throw new Failure('Unexpected --exit-code beside --watch, which goes on', {
      hint: 'Leave one of the two out.',
    })
  }
}

/** A build that could not decide is told like any other run; the next save may mend it. */
async function unlessFailed<Result>(
  environment: Environment,
  step: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await printFailure(environment, {command: 'generate', format: undefined}, error)
    return undefined
  }
}

/** For somebody who comes back to the terminal; a log has its own. */
function timeOf({stdout, now}: Environment): string {
  return stdout.isTTY ? ` at ${now().toTimeString().slice(0, 8)}` : ''
}
