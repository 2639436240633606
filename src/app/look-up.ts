/** The use case of completions: words that a line may go on with, as the documents have them. */
import {findConfig} from '../io/load-config.ts'
import {filesOnDisk} from '../io/project-files.ts'
import {compareCodePoints} from '../model/compare.ts'
import {defaultRegistry} from '../model/default-registry.ts'
import {openProject} from './project.ts'
import {type ReadProjectOptions, readProject} from './read.ts'

export type Lookup = 'ids' | 'schemas' | 'registries'

export type LookupOptions = Pick<ReadProjectOptions, 'today'> & {
  /** Absolute folder in or below the project. */
  readonly cwd: string
  /** Path of a configuration, relative to `cwd`. */
  readonly config: string | undefined
}

/**
 * Look up words. Whatever can be read of a document counts, as somebody who types may be about to mend it.
 *
 * Pressing a key in a folder that somebody else has made must not run what is in it: where the configuration is
 * a program, there are no words.
 */
export async function lookUp(what: Lookup, {cwd, config, today}: LookupOptions): Promise<readonly string[]> {
  const found = findConfig(cwd, config, defaultRegistry.document)
  if (found.file !== undefined && !found.file.endsWith('.json')) return []
  const opened = await openProject(found, filesOnDisk(found.root))
  if ('findings' in opened) return []
  const {project} = opened
  if (what === 'registries') return sorted(project.registries.map(({name, document}) => name ?? document))
  const entries = readProject(project, {today}).documents.flatMap(({registry}) => registry.entries)
  return sorted(entries.map(({value}) => (what === 'ids' ? value.id : value.schema)))
}

function sorted(words: readonly string[]): string[] {
  return [...new Set(words)].sort(compareCodePoints)
}
