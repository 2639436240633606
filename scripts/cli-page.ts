/** The table of commands → `docs/cli.md`. */
import type {Command, OptionSpec} from '../src/cli/command.ts'
import {commands} from '../src/cli/commands.ts'

export function cliPage(): string {
  return [
    '# Command line',
    '',
    'Made from the table of commands by `npm run docs`. `secdef COMMAND --help` says the same.',
    '',
    '| Command | Does |',
    '| --- | --- |',
    ...commands.map(({name, summary}) => `| [\`secdef ${name}\`](#secdef-${name}) | ${cell(summary)} |`),
    '',
    '## Exit codes',
    '',
    '| Code | Means |',
    '| --- | --- |',
    '| 0 | Clean. |',
    '| 1 | Findings, or what an option declares to be one. |',
    '| 2 | It could not decide: usage, configuration, unreadable input, no document, no entry, no connection. |',
    '| 130, 143 | Interrupted, terminated. |',
    '',
    'Findings and data go to stdout, progress and failures to stderr. `NO_COLOR`, `FORCE_COLOR` and `TERM=dumb` are',
    'respected.',
    '',
    ...commands.flatMap(section),
  ].join('\n')
}

function section(command: Command): string[] {
  const {name, summary, description, options, arguments: given = [], examples} = command
  const usage = [
    'secdef',
    name,
    ...(options.length > 0 ? ['[options]'] : []),
    ...given.map((one) => one.name),
  ]
  return [
    `## secdef ${name}`,
    '',
    `${capitalized(summary)}.`,
    '',
    ...code([usage.join(' ')]),
    ...description.split('\n\n').flatMap((part) => paragraph(part)),
    ...rows(
      'Argument',
      given.map((one) => [one.name, told(one)] as const),
    ),
    ...rows(
      'Option',
      options.map((one) => [one.flags, told(one)] as const),
    ),
    ...code(exampleLines(examples)),
  ]
}

/** Lines that begin with a label and a command are a list; all others are one paragraph. */
function paragraph(part: string): string[] {
  const items = part.split('\n').map((line) => /^(\w+): +(secdef .+?)(, and .+)?$/.exec(line))
  if (items.some((item) => item === null)) return [part, '']
  const lines = items.map((item) => `- ${item?.[1]}: \`${item?.[2]}\`${quoteShell(item?.[3] ?? '')}`)
  return [...lines, '']
}

function quoteShell(text: string): string {
  return text.replace(/(source ~\S+|fpath\S+|~\/\.\w+rc)/g, '`$1`')
}

function rows(head: string, list: readonly (readonly [string, string])[]): string[] {
  if (list.length === 0) return []
  return [
    `| ${head} | |`,
    '| --- | --- |',
    ...list.map(([name, text]) => `| \`${cell(name)}\` | ${cell(text)} |`),
    '',
  ]
}

function told({description, choices, default: value}: Omit<OptionSpec, 'flags'>): string {
  const listed = choices?.map((choice) => `\`${choice}\``).join(', ')
  const more = [
    ...(listed === undefined ? [] : [`One of ${listed}.`]),
    ...(value === undefined ? [] : [`Default: \`${value}\`.`]),
  ]
  return [`${capitalized(description)}.`, ...more].join(' ')
}

function exampleLines(examples: Command['examples']): string[] {
  const longest = 60
  const width = Math.max(...examples.map(({command}) => (command.length > longest ? 0 : command.length)))
  return examples.flatMap(({command, does}) =>
    command.length > longest ? [`# ${does}`, command] : [`${command.padEnd(width)}  # ${does}`],
  )
}

function code(lines: readonly string[]): string[] {
  return ['```sh', ...lines, '```', '']
}

/** A pipe ends a cell, in code too; what looks like an element would be one. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
