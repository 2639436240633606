/** The command line as a function: arguments and a world in, exit code out. */
import {Argument, CommanderError, InvalidArgumentError, Option, Command as Program} from 'commander'
import {Failure} from '../model/failure.ts'
import {suggest} from '../model/suggest.ts'
import {visibleLines} from '../report/visible.ts'
import {type ArgumentSpec, type Command, type CommandValues, type OptionSpec, textOption} from './command.ts'
import {commands, hiddenCommands} from './commands.ts'
import type {Environment} from './environment.ts'
import {exitCodes} from './exit-codes.ts'

/**
 * Run a command.
 *
 * @returns Exit code. A bug of ours is thrown, with its stack.
 */
export async function run(environment: Environment): Promise<number> {
  let exitCode: number = exitCodes.undecided
  const program = createProgram(environment, async (command, values) => {
    exitCode = await runCommand(environment, command, values)
  })
  try {
    await program.parseAsync([...environment.argv], {from: 'user'})
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.undecided
    throw error
  }
}

async function runCommand(
  environment: Environment,
  command: Command,
  values: CommandValues,
): Promise<number> {
  try {
    return await command.run(environment, values)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const {printFailure} = await import('./fail.ts')
    await printFailure(environment, {command: command.name, format: textOption(values, 'format')}, error)
    return exitCodes.undecided
  }
}

type Run = (command: Command, values: CommandValues) => Promise<void>

function createProgram({stdout, stderr, version}: Environment, run: Run): Program {
  const program = new Program('secdef')
    .description('Keeps a PostgreSQL project’s SECURITY DEFINER exceptions honest.')
    .version(version)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(visibleLines(text)),
      getOutHelpWidth: () => stdout.columns || 100,
      getErrHelpWidth: () => stderr.columns || 100,
    })
    .showHelpAfterError('(see --help)')
  const width = Math.max(...commands.map(({examples: [first]}) => first?.command.length ?? 0))
  const examples = commands.flatMap(({examples: [first]}) =>
    first === undefined ? [] : [`  ${first.command.padEnd(width)}  ${first.does}`],
  )
  program.addHelpText('after', `\nExamples:\n${examples.join('\n')}`)
  for (const command of commands) addCommand(program, command, run)
  for (const command of hiddenCommands) addCommand(program, command, run, true)
  return program
}

function addCommand(program: Program, command: Command, run: Run, hidden = false): void {
  const {name, summary, description} = command
  const child = program.command(name, {hidden}).summary(summary).description(description)
  for (const spec of command.arguments ?? []) child.addArgument(createArgument(spec))
  for (const spec of command.options) child.addOption(createOption(spec))
  const width = Math.max(...command.examples.map((example) => example.command.length))
  const examples = command.examples.map((example) => `  ${example.command.padEnd(width)}  ${example.does}`)
  child.addHelpText('after', `\nExamples:\n${examples.join('\n')}`)
  child.action(async () => {
    await run(command, {arguments: child.args, options: child.opts()})
  })
}

function createOption({flags, description, choices, default: value}: OptionSpec): Option {
  const option = new Option(flags, description)
  if (value !== undefined) option.default(value)
  return choices === undefined ? option : option.choices([...choices]).argParser(choose(choices))
}

function createArgument({name, description, choices}: ArgumentSpec): Argument {
  const argument = new Argument(name, description)
  return choices === undefined ? argument : argument.choices([...choices]).argParser(choose(choices))
}

function choose(choices: readonly string[]): (given: string) => string {
  return (given) => {
    if (choices.includes(given)) return given
    const near = suggest(given, choices)
    const list = `Allowed choices are ${choices.join(', ')}.`
    throw new InvalidArgumentError(near === undefined ? list : `${list}\n(Did you mean ${near}?)`)
  }
}
