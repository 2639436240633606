/** Every command, in the order in which `--help` lists them. What `check` does not need is loaded lazily. */
import type {Level} from '../app/diff.ts'
import {profileNames} from '../model/default-registry.ts'
import {kindIds} from '../model/kind.ts'
import {checkCommand} from './check-command.ts'
import {type Command, configOption, formatOption} from './command.ts'
import {completeCommand, completionCommand} from './completion/commands.ts'
import {addCommand, editCommand, removeCommand, renameCommand} from './editing-commands.ts'

const generateCommand: Command = {
  name: 'generate',
  summary: 'write the outputs that the document asks for',
  description: [
    'Reads the document and writes every output that differs from it, all or none.',
    'Removes outputs that are no longer configured. Overwrites nothing that it has not generated.',
    'Exits with 0 if the outputs are fresh, 1 on findings, 2 if it could not decide or write; with --watch, 130 or 143',
    'when it is interrupted or terminated.',
  ].join('\n'),
  options: [
    {flags: '--exit-code', description: 'exit with 1 if anything had to be written, too: for hooks'},
    {flags: '--watch', description: 'go on, and do it again whenever something that it reads is saved'},
    formatOption,
    configOption,
  ],
  examples: [
    {command: 'secdef generate', does: 'after a row was added or changed'},
    {command: 'secdef generate --exit-code', does: 'in a hook, which must fail if it changed files'},
    {command: 'secdef generate --watch', does: 'while the document is being written'},
  ],
  run: async (...call) => (await import('./generate-command.ts')).runGenerate(...call),
}

const initCommand: Command = {
  name: 'init',
  summary: 'set up a project: configuration, document, hook and workflow',
  description: [
    'Writes what the project still lacks: a configuration that names its migrations, a document with a row to fill in',
    'for each of their definers, the hooks before a commit, a GitHub workflow, and what tells git and formatters about the',
    'outputs. Shows it first and asks. Overwrites nothing: what cannot be added safely is printed to be added by hand.',
    'Exits with 0 if all is written or nothing is left to write, 2 if nothing was written.',
  ].join('\n'),
  options: [
    {flags: '--yes', description: 'write without being asked'},
    {flags: '--dry-run', description: 'write nothing; show what would be written'},
    {flags: '--migrations <folder>', description: 'where the migrations are (default: looked for)'},
    {
      flags: '--profile <name>',
      description: 'what stands before the first migration',
      choices: profileNames,
    },
    {flags: '--no-hook', description: 'leave the hooks out'},
    {flags: '--no-workflow', description: 'leave the GitHub workflow out'},
  ],
  examples: [
    {command: 'secdef init', does: 'look at what it would write, then say yes or no'},
    {command: 'secdef init --dry-run', does: 'look at it alone'},
    {command: 'secdef init --yes --profile plain', does: 'write it without being asked'},
  ],
  run: async (...call) => (await import('./init-command.ts')).runInit(...call),
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

const auditCommand: Command = {
  name: 'audit',
  summary: 'hold the document against what the database contains',
  description: [
    'Holds every row against the routines, tables, views and grants of a database, and the database against the',
    'rows. Without a source, follows the migrations without a database. Several sources are held against the rows one',
    'by one, and against each other. Writes nothing. Tells what was seen and what was not. Exits with 0 if all is well,',
    '1 on errors, on differences and on whatever is unknown, 2 if nothing was seen or it could not decide.',
  ].join('\n'),
  options: [
    {
      flags: '--migrations [folder]',
      description: 'follow these migrations (default: the configuration’s, or supabase/migrations)',
    },
    {
      flags: '--replay [folder]',
      description: 'run these migrations in an embedded PostgreSQL',
    },
    {
      flags: '--database [url...]',
      description: 'read these databases (default: DATABASE_URL, or PGHOST and the like)',
    },
    {flags: '--suggest', description: 'print rows for what is undocumented, to be filled in'},
    {
      flags: '--profile <name>',
      description: 'what stands before the first migration (default: the configuration’s)',
      choices: profileNames,
    },
    formatOption,
    configOption,
  ],
  examples: [
    {command: 'secdef audit', does: 'follow the migrations'},
    {
      command: 'secdef audit --replay db/migrations --profile plain',
      does: 'run them, without what Supabase brings',
    },
    {command: 'secdef audit --database', does: 'the database that DATABASE_URL names'},
    {command: 'secdef audit --migrations --database', does: 'both, and where they differ'},
    {command: 'secdef audit --suggest', does: 'rows for what is undocumented, the most exposed first'},
  ],
  run: async (...call) => (await import('./audit-command.ts')).runAudit(...call),
}

const diffCommand: Command = {
  name: 'diff',
  arguments: [
    {name: '[revision]', description: 'what to compare with (default: where the branch left the main one)'},
  ],
  summary: 'tell what has changed in the document since a revision',
  description: [
    'Compares the entries and the audit history of the document with those at a revision of the repository, the most',
    'dangerous change first. Writes nothing. Exits with 0 whatever has changed unless --fail-on says otherwise, 1 if a',
    'change is as grave as that or the document has findings, 2 if it could not decide.',
  ].join('\n'),
  options: [
    {
      flags: '--fail-on <level>',
      description: 'exit with 1 on changes of this level or a graver one',
      choices: ['danger', 'review', 'note'] satisfies Level[],
    },
    {
      flags: '--format <name>',
      description: 'how changes are printed',
      choices: ['pretty', 'json', 'markdown'],
      default: 'pretty',
    },
    configOption,
  ],
  examples: [
    {command: 'secdef diff', does: 'what this branch changes'},
    {command: 'secdef diff HEAD', does: 'what is not committed yet'},
    {command: 'secdef diff --format markdown', does: 'for a comment on a pull request'},
    {command: 'secdef diff --fail-on danger', does: 'stop what nobody has approved as it stands'},
  ],
  run: async (...call) => (await import('./diff-command.ts')).runDiff(...call),
}

const listCommand: Command = {
  name: 'list',
  summary: 'list the entries of the document',
  description: [
    'Lists the entries for which all of the options hold. Writes nothing. Exits with 0 though none does, 1 if the',
    'document has findings, 2 if it could not decide.',
  ].join('\n'),
  options: [
    {flags: '--schema <name>', description: 'of this schema, as the database has it'},
    {flags: '--section <words>', description: 'below a heading with these words'},
    {flags: '--approver <name>', description: 'approved by somebody with this in the name'},
    {flags: '--kind <name>', description: 'of this kind', choices: kindIds},
    {flags: '--older-than <age>', description: 'approved more than so many months ago, or before a day'},
    {
      flags: '--expiring',
      description: 'whose approval has expired or will soon, by `approvals.maxAgeMonths`',
    },
    {flags: '--text <words>', description: 'with all of these words in its name, reason or risks'},
    {
      flags: '--format <name>',
      description: 'how entries are printed',
      choices: ['table', 'json', 'ids'],
      default: 'table',
    },
    configOption,
  ],
  examples: [
    {command: 'secdef list --schema ops', does: 'of one schema'},
    {command: 'secdef list --older-than 6', does: 'approved more than six months ago'},
    {command: 'secdef list --kind security-definer --format ids', does: 'one id a line, for scripts'},
  ],
  run: async (...call) => (await import('./list-command.ts')).runList(...call),
}

const fmtCommand: Command = {
  name: 'fmt',
  summary: 'lay out the registry tables of the document',
  description: [
    'Lays out the registry tables as the configuration says, or each as it is found, compact or aligned, and leaves',
    'every other byte as it is. A document with errors is left alone. Exits with 0 if all is well, 1 on findings and,',
    'with --check, on a document that is not formatted, 2 if it could not decide or write.',
  ].join('\n'),
  options: [
    {flags: '--check', description: 'write nothing; list the documents that are not formatted'},
    formatOption,
    configOption,
  ],
  examples: [
    {command: 'secdef fmt', does: 'after rows were added by hand'},
    {command: 'secdef fmt --check', does: 'in a hook or in CI'},
  ],
  run: async (...call) => (await import('./fmt-command.ts')).runFmt(...call),
}

const mergeCommand: Command = {
  name: 'merge',
  arguments: [
    {name: '<base>', description: 'the version that both sides come from (git’s %O)'},
    {name: '<ours>', description: 'our version, which becomes the merged one (git’s %A)'},
    {name: '<theirs>', description: 'their version (git’s %B)'},
    {name: '[path]', description: 'what is merged (git’s %P)'},
  ],
  summary: 'merge the document by its rows: a merge driver for git',
  description: [
    'Merges three versions of the document: its registry tables row by row, all else line by line. A row that both',
    'sides have changed, or one has changed and the other removed, is a conflict of that row alone. docs/merging.md',
    'says how git is told to use it. Exits with 0 if it is merged, 1 if conflicts are left in it, 2 if it could not',
    'decide, and then nothing is written.',
  ].join('\n'),
  options: [
    {flags: '--generated', description: 'it is an output: keep ours, to be generated anew'},
    {flags: '--marker-size <number>', description: 'how long conflict markers are (git’s %L)'},
    {flags: '--base-label <text>', description: 'what the base is called in a conflict (git’s %S)'},
    {flags: '--ours-label <text>', description: 'what our side is called in a conflict (git’s %X)'},
    {flags: '--theirs-label <text>', description: 'what their side is called in a conflict (git’s %Y)'},
  ],
  examples: [{command: 'secdef merge %O %A %B %P', does: 'as git’s configuration has it'}],
  run: async (...call) => (await import('./merge-command.ts')).runMerge(...call),
}

const lspCommand: Command = {
  name: 'lsp',
  summary: 'serve editors with findings, mends and completions as you type',
  description: [
    'Speaks the language server protocol on stdin and stdout until the editor ends it; docs/editors.md says how editors',
    'are told to start it. Exits with 0 if the editor has taken its leave, 1 if it is gone without.',
  ].join('\n'),
  options: [
    {flags: '--stdio', description: 'speak on stdin and stdout, as it always does'},
    {flags: '--clientProcessId <id>', description: 'the process of the editor: the server ends with it'},
  ],
  examples: [{command: 'secdef lsp', does: 'how an editor starts it'}],
  run: async (environment) => (await import('./lsp-command.ts')).runLsp(environment),
}

export const commands: readonly Command[] = [
  generateCommand,
  checkCommand,
  auditCommand,
  diffCommand,
  listCommand,
  addCommand,
  editCommand,
  removeCommand,
  renameCommand,
  fmtCommand,
  initCommand,
  mergeCommand,
  lspCommand,
  explainCommand,
  completionCommand,
]

/** Commands that are taken and never shown. */
export const hiddenCommands: readonly Command[] = [completeCommand]
