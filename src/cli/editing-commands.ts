/** The commands that edit the document, as `--help` shows them; what they do is loaded lazily. */
import {kindIds} from '../model/kind.ts'
import {type Command, configOption, formatOption, type OptionSpec} from './command.ts'

const onOption: OptionSpec = {
  flags: '--on <registry>',
  description: 'the document or the name of the registry that is meant, where there are several',
}

const kindOption: OptionSpec = {
  flags: '--kind <kind>',
  description: 'the kind of exception that is meant, where one object has several',
  choices: kindIds,
}

const shared: readonly OptionSpec[] = [
  {flags: '--dry-run', description: 'write nothing; print what would be written as a patch'},
  {flags: '--no-generate', description: 'write the document alone and leave the outputs as they are'},
  onOption,
  formatOption,
  configOption,
]

const textOptions: readonly OptionSpec[] = [
  {flags: '--why <text>', description: 'why the exception is needed'},
  {flags: '--risks <text>', description: 'which risks are mitigated, and how; or “Same as x.”'},
  {flags: '--approved-by <text>', description: 'who approved it and when: who - YYYY-MM'},
  {flags: '--privileges <list>', description: 'kind grant: the privileges, with commas between them'},
]

const ending = [
  'The document is read as it would be before it is written: on a new error nothing is. Exits with 0 if all is',
  'well, 1 on findings, 2 if it could not decide or write.',
]

export const addCommand: Command = {
  name: 'add',
  arguments: [{name: '[object]', description: 'schema.name, schema.name(type, type) or a quoted identifier'}],
  summary: 'add a row to the document, and write the outputs',
  description: [
    'Puts one line into the table of the schema, or a new section where the schema has none, and leaves every other',
    'byte as it is. Texts are text, not Markdown: they are read back exactly as they are typed. On a terminal it asks',
    'for what is missing.',
    ...ending,
  ].join('\n'),
  options: [
    ...textOptions,
    {flags: '--granted-to <role>', description: 'kind grant: one role, or PUBLIC'},
    {
      flags: '--section <heading>',
      description: 'the section that the row goes into; a new one is made at need',
    },
    {
      flags: '--kind <kind>',
      description: 'what the row excuses',
      choices: kindIds,
      default: 'security-definer',
    },
    ...shared,
  ],
  examples: [
    {command: 'secdef add ops.prune_jobs', does: 'ask on a terminal what its row shall say'},
    {
      command:
        'secdef add ops.prune_jobs --why "Deletes old jobs." --risks "Age is checked." --approved-by "Core Team - 2025-01"',
      does: 'the same without a question',
    },
  ],
  run: async (...call) => (await import('./add-command.ts')).runAdd(...call),
}

export const editCommand: Command = {
  name: 'edit',
  arguments: [{name: '<id>', description: 'schema.name, as the outputs list it'}],
  summary: 'change what a row says, and write the outputs',
  description: ['Changes the cells that are given, in one line of the document.', ...ending].join('\n'),
  options: [...textOptions, kindOption, ...shared],
  examples: [
    {command: 'secdef edit ops.queue_job --risks "Rate limited."', does: 'other risks in one row'},
    {command: 'secdef edit ops.queue_job --approved-by "Core Team - 2025-06"', does: 'a new approval'},
  ],
  run: async (...call) => (await import('./edit-command.ts')).runEdit(...call),
}

export const removeCommand: Command = {
  name: 'remove',
  arguments: [{name: '<id>', description: 'schema.name, as the outputs list it'}],
  summary: 'take a row out of the document, and write the outputs',
  description: [
    'Takes one line away. Refuses while “Same as” in another row refers to it, and names those rows.',
    ...ending,
  ].join('\n'),
  options: [kindOption, ...shared],
  examples: [{command: 'secdef remove ops.queue_job', does: 'the function is no definer any more'}],
  run: async (...call) => (await import('./remove-command.ts')).runRemove(...call),
}

export const renameCommand: Command = {
  name: 'rename',
  arguments: [
    {name: '<id>', description: 'schema.name, as the outputs list it'},
    {name: '<new-name>', description: 'schema.name, or a name in the same schema'},
  ],
  summary: 'rename a row and what refers to it, and write the outputs',
  description: [
    'Changes the name in its row and in every row that says “Same as” it. Another schema is written where the table',
    'itself names the schema; a row below the heading of a schema is not moved: add it anew and remove the old one.',
    ...ending,
  ].join('\n'),
  options: [kindOption, ...shared],
  examples: [{command: 'secdef rename ops.queue_job ops.enqueue_job', does: 'the function was renamed'}],
  run: async (...call) => (await import('./rename-command.ts')).runRename(...call),
}
