/** Every command, in the order in which `--help` lists them. What `check` does not need is loaded lazily. */
import type {ProfileName} from '../app/audit.ts'
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

const auditCommand: Command = {
  name: 'audit',
  summary: 'hold the document against what the database contains',
  description: [
    'Holds every row against the routines, tables, views and grants of a database, and the database against the',
    'rows. Without a source, replays supabase/migrations in an embedded PostgreSQL. Writes nothing.',
    'Tells what was seen and what was not. Exits with 0 if all is well, 1 on errors and on whatever is unknown,',
    '2 if nothing was seen or it could not decide.',
  ].join('\n'),
  options: [
    {
      flags: '--replay [folder]',
      description: 'run these migrations in an embedded PostgreSQL (default: supabase/migrations)',
    },
    {
      flags: '--database [url]',
      description: 'read a database (default: DATABASE_URL, or PGHOST and the like)',
    },
    {
      flags: '--profile <name>',
      description: 'what stands before the first migration (default: supabase-2026)',
      choices: ['supabase-2026', 'supabase-legacy', 'plain'] satisfies ProfileName[],
    },
    formatOption,
    configOption,
  ],
  examples: [
    {command: 'secdef audit', does: 'replay supabase/migrations'},
    {command: 'secdef audit --replay db/migrations --profile plain', does: 'without what Supabase brings'},
    {command: 'secdef audit --database', does: 'the database that DATABASE_URL names'},
  ],
  run: async (...call) => (await import('./audit-command.ts')).runAudit(...call),
}

export const commands: readonly Command[] = [generateCommand, checkCommand, auditCommand, explainCommand]
