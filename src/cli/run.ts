/** The command line as a function: arguments and a world in, exit code out. */
import {CommanderError, Option, Command as Program} from 'commander'
import {Failure} from '../model/failure.ts'
import {chooseStyle} from '../report/style.ts'
import {visible} from '../report/visible.ts'
import type {Command, CommandValues} from './command.ts'
import {commands} from './commands.ts'
import type {Environment} from './environment.ts'
import {exitCodes} from './exit-codes.ts'

/**
 * Run a command.
 *
 * @param version Shown by `--version`.
 * @returns Exit code. A bug of ours is thrown, with its stack.
 */
export async function run(environment: Environment, version: string): Promise<number> {
  const style = chooseStyle({isTTY: environment.stderr.isTTY, env: environment.env})
  let exitCode: number = exitCodes.undecided
  const program = createProgram(environment, version, async (command, values) => {
    exitCode = await command.run(environment, values)
  })
  try {
    await program.parseAsync([...environment.argv], {from: 'user'})
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.undecided
    if (!(error instanceof Failure)) throw error
    environment.stderr.write(`${style('red', 'error')}  ${visible(error.message)}\n`)
    if (error.hint !== undefined)
      environment.stderr.write(`  ${style('cyan', 'mend')}  ${visible(error.hint)}\n`)
    return exitCodes.undecided
  }
}

type Run = (command: Command, values: CommandValues) => Promise<void>

function createProgram({stdout, stderr}: Environment, version: string, run: Run): Program {
  const program = new Program('secdef')
    .description('Keeps a PostgreSQL project’s SECURITY DEFINER exceptions honest.')
    .version(version)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    })
    .showHelpAfterError('(see --help)')
  for (const command of commands) addCommand(program, command, run)
  return program
}

function addCommand(program: Program, command: Command, run: Run): void {
  const child = program.command(command.name).summary(command.summary).description(command.description)
  for (const {name, description} of command.arguments ?? []) child.argument(name, description)
  for (const spec of command.options) {
    const option = new Option(spec.flags, spec.description)
    if (spec.choices) option.choices([...spec.choices])
    if (spec.default !== undefined) option.default(spec.default)
    child.addOption(option)
  }
  const width = Math.max(...command.examples.map((example) => example.command.length))
  const examples = command.examples.map((example) => `  ${example.command.padEnd(width)}  ${example.does}`)
  child.addHelpText('after', `\nExamples:\n${examples.join('\n')}`)
  child.action(async () => {
    await run(command, {arguments: child.args, options: child.opts()})
  })
}
