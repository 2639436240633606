/** The table of commands as a completion sees it: which words can stand where. */
import type {Lookup} from '../../app/look-up.ts'
import type {ArgumentSpec, Command, OptionSpec} from '../command.ts'

export type Words =
  | {readonly of: 'choices'; readonly choices: readonly string[]}
  | {readonly of: 'lookup'; readonly lookup: Lookup}
  | {readonly of: 'files' | 'folders' | 'revisions' | 'anything'}

export type CompletedOption = {
  /** With its dashes. */
  readonly long: string
  readonly description: string
  /** Whether a value follows: `perhaps` where the option can stand alone. */
  readonly value: 'never' | 'perhaps' | 'always'
  readonly isRepeated: boolean
  /** What the value is called. */
  readonly placeholder: string
  readonly words: Words
}

export type CompletedArgument = {readonly name: string; readonly words: Words}

export type CompletedCommand = {
  readonly name: string
  readonly summary: string
  readonly options: readonly CompletedOption[]
  readonly arguments: readonly CompletedArgument[]
}

/** Every command has it from commander. */
export const help = {short: '-h', long: '--help', description: 'display help for command'} as const
/** And the program itself. */
export const version = {short: '-V', long: '--version', description: 'output the version number'} as const

export function completedCommands(
  commands: readonly Command[],
  ruleIds: readonly string[],
): readonly CompletedCommand[] {
  return commands.map((command) => ({
    name: command.name,
    summary: command.summary,
    options: command.options.map((spec) => completedOption(spec, ruleIds)),
    arguments: (command.arguments ?? []).map((spec) => completedArgument(spec, ruleIds)),
  }))
}

function completedOption({flags, description, choices}: OptionSpec, ruleIds: readonly string[]) {
  const parts = /^(--[\w-]+)(?: ([<[])([\w-]+)(\.\.\.)?[>\]])?$/.exec(flags)
  const [, long, bracket, placeholder = '', dots] = parts ?? []
  if (long === undefined) throw new Error(`Unexpected flags ${flags}`)
  return {
    long,
    description,
    value: bracket === undefined ? 'never' : bracket === '[' ? 'perhaps' : 'always',
    isRepeated: dots !== undefined,
    placeholder,
    words: wordsOf([placeholder, long.slice(2)], choices, ruleIds),
  } as const
}

function completedArgument({name, choices}: ArgumentSpec, ruleIds: readonly string[]): CompletedArgument {
  const bare = name.replace(/[<>[\].]/g, '')
  return {name: bare, words: wordsOf([bare], choices, ruleIds)}
}

/** What a value is follows from what it is called. */
function wordsOf(
  names: readonly string[],
  choices: readonly string[] | undefined,
  ruleIds: readonly string[],
): Words {
  if (choices !== undefined) return {of: 'choices', choices}
  const known: ReadonlyMap<string, Words> = new Map<string, Words>([
    ['file', {of: 'files'}],
    ['path', {of: 'files'}],
    ['base', {of: 'files'}],
    ['ours', {of: 'files'}],
    ['theirs', {of: 'files'}],
    ['folder', {of: 'folders'}],
    ['revision', {of: 'revisions'}],
    ['rule', {of: 'choices', choices: ruleIds}],
    ['id', {of: 'lookup', lookup: 'ids'}],
    ['schema', {of: 'lookup', lookup: 'schemas'}],
    ['registry', {of: 'lookup', lookup: 'registries'}],
  ])
  const found = names.map((name) => known.get(name)).find((words) => words !== undefined)
  return found ?? {of: 'anything'}
}
