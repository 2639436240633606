/** Projects of a document and a configuration, as short as a test's point. */
import {fill, project} from './project.ts'
import {row, table} from './read.ts'

export const documentPath = 'docs/SECURITY_EXCEPTIONS.md'

/** A sound document of two entries. */
export const soundDocument = table(row(), row({name: '`queue_job`'}))

/** The same with one more entry. */
export const longerDocument = table(row(), row({name: '`queue_job`'}), row({name: '`reap_jobs`'}))

/** The files that are generated from it where nothing is configured. */
export const defaultOutputs = [
  'generated/security-exceptions.ts',
  'generated/security_exceptions.py',
  'generated/security-exceptions.sql',
  'generated/security-exceptions.json',
  'generated/security-exceptions.schema.json',
  'generated/security-exceptions.pgtap.sql',
]

/** A repository with a sound document and these files; `config` is written as JSON. */
export function repository(files: Readonly<Record<string, string>> = {}, config?: unknown): string {
  const root = project({'.git/HEAD': 'ref: refs/heads/main\n', [documentPath]: soundDocument, ...files})
  if (config !== undefined) configure(root, config)
  return root
}

export function configure(root: string, config: unknown): void {
  fill(root, {'secdef.config.json': `${JSON.stringify(config, null, 2)}\n`})
}
