/** The shape of a command: data, and a function that does it. */
import type {Environment} from './environment.ts'

export type OptionSpec = {
  /** As commander takes them, such as `--format <name>`. */
  readonly flags: string
  readonly description: string
  readonly choices?: readonly string[]
  readonly default?: string
}

export type ArgumentSpec = {
  /** As commander takes them, such as `[rule]`. */
  readonly name: string
  readonly description: string
  readonly choices?: readonly string[]
}

export type Command = {
  readonly name: string
  readonly arguments?: readonly ArgumentSpec[]
  readonly summary: string
  /** What it does and how it ends, for `--help`. */
  readonly description: string
  readonly options: readonly OptionSpec[]
  readonly examples: readonly {readonly command: string; readonly does: string}[]
  /** @returns Exit code. */
  readonly run: (environment: Environment, values: CommandValues) => Promise<number>
}

export type CommandValues = {
  readonly arguments: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
}

/** A string option; commander has checked its choices. */
export function textOption({options}: CommandValues, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

export const configOption: OptionSpec = {
  flags: '--config <file>',
  description: 'use this configuration instead of looking for one',
}

export const formatOption: OptionSpec = {
  flags: '--format <name>',
  description: 'how findings are printed',
  choices: ['pretty', 'json', 'github', 'sarif', 'markdown'],
  default: 'pretty',
}
