/** The commands that complete a line, as `--help` shows them; what they do is loaded lazily. */
import type {Lookup} from '../../app/look-up.ts'
import type {Command} from '../command.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

const lookups = ['ids', 'schemas', 'registries'] as const satisfies readonly Lookup[]

const installations: Readonly<Record<Shell, string>> = {
  bash: 'secdef completion bash > ~/.secdef.bash, and source ~/.secdef.bash in ~/.bashrc',
  zsh: 'secdef completion zsh > ~/.zfunc/_secdef, and fpath+=(~/.zfunc) before compinit in ~/.zshrc',
  fish: 'secdef completion fish > ~/.config/fish/completions/secdef.fish',
}

export const completionCommand: Command = {
  name: 'completion',
  arguments: [{name: '<shell>', description: 'which shell reads it', choices: shells}],
  summary: 'print what completes commands, options and ids in a shell',
  description: [
    'Prints a script that the shell reads when it starts. Ids of entries, schemas and registries are looked up in the',
    'document while you type; nothing is written, and no configuration that is a program is run for it.',
    '',
    ...shells.map((shell) => `${shell}:`.padEnd(6) + installations[shell]),
  ].join('\n'),
  options: [],
  examples: shells.map((shell) => ({command: `secdef completion ${shell}`, does: `for ${shell}`})),
  run: async (...call) => (await import('../completion-command.ts')).runCompletion(...call),
}

/** What the scripts of `completion` call; it is in no list. */
export const completeCommand: Command = {
  name: '__complete',
  arguments: [
    {name: '<what>', description: 'what is looked up', choices: lookups},
    {name: '[words...]', description: 'the line as it stands'},
  ],
  summary: 'print what a word on the command line may become',
  description: 'Prints one word a line. Says nothing and ends with 0 whatever is wrong.',
  options: [],
  examples: [{command: 'secdef __complete ids', does: 'ids of entries'}],
  run: async (...call) => (await import('../complete.ts')).runComplete(...call),
}
