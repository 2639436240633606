/** Every command, in the order in which `--help` lists them. What `check` does not need is loaded lazily. */
import {checkCommand} from './check-command.ts'
import {type Command, configOption, formatOption} from './command.ts'

const generateCommand: Command = {
  name: 'generate',
  summary: 'write the outputs that the document asks for',
  description: [
    'Reads the document and writes every output that differs from it, all or none.',
    'Removes outputs that are no longer configured. Overwrites nothing that it has not generated.',
    'Exits with 0 if the outputs are fresh, 1 on findings, 2 if it could not decide or write.',
  ].join('\n'),
  options: [formatOption, configOption],
  examples: [{command: 'secdef generate', does: 'after a row was added or changed'}],
  run: async (...call) => (await import('./generate-command.ts')).runGenerate(...call),
}

const explainCommand: Command = {
  name: 'explain',
  arguments: [{name: '[rule]', description: 'id of a rule; without it, all rules are listed'}],
  summary: 'print the page of a rule, or list the rules',
  description:
    'Says what a rule is about, why it matters, and shows a document that breaks it and one that does not.',
  options: [],
  examples: [{command: 'secdef explain stray-row', does: 'why a row outside of a table is an error'}],
  run: async (...call) => (await import('./explain-command.ts')).runExplain(...call),
}

export const commands: readonly Command[] = [generateCommand, checkCommand, explainCommand]
