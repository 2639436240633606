/** The project as the next commit would hold it: configuration, documents, outputs and migrations from git's index. */
import {posix, relative, resolve, sep} from 'node:path'
import {type Index, withIndex} from '../../io/git-index.ts'
import {isInner} from '../../io/inside-root.ts'
import {type ConfigTree, findConfig, isConfiguring} from '../../io/load-config.ts'
import type {ProjectFiles} from '../../io/project-files.ts'
import {compareCodePoints} from '../../model/compare.ts'
import {defaultRegistry} from '../../model/default-registry.ts'
import {Failure} from '../../model/failure.ts'
import {targets} from '../../targets/index.ts'
import {planOutputs} from '../outputs.ts'
import {openProject, type Project, type RejectedProject} from '../project.ts'

/**
 * Open the project in the index, and work with it. What is not in the index is not there.
 *
 * @param cwd Absolute folder in or below the project.
 * @param given Path of a configuration, relative to `cwd`.
 * @throws Failure if this is no work tree, or the index cannot be read as it stands.
 */
export async function withStagedProject<Result>(
  cwd: string,
  given: string | undefined,
  work: (opened: {readonly project: Project} | RejectedProject) => Promise<Result>,
): Promise<Result> {
  return await withIndex(cwd, async (index) => {
    const candidates = configCandidates(index, cwd, given)
    const manifests = await linkedManifests(index, candidates)
    await index.fetch([...candidates, ...manifests.values()])
    const programs: string[] = []
    const config = findConfig(cwd, given, defaultRegistry.document, configTree(index, manifests, programs))
    const root = pathIn(index, config.root)
    const open = () => openProject(config, filesIn(index, root))
    // A configuration in JSON asks nothing of the disk, and git nothing more.
    const [program] = programs
    const opened =
      program === undefined
        ? await open()
        : await (await import('./programs.ts')).runStaged(index, program, cwd, open)
    if ('project' in opened) await index.fetch(needed(index, root, opened.project))
    return await work(opened)
  })
}

/** What may be, or hold, the configuration: in the folder, in those above it, and where the user says. */
function configCandidates(index: Index, cwd: string, given: string | undefined): string[] {
  if (given !== undefined) return [pathIn(index, resolve(cwd, given))]
  const parts = pathIn(index, cwd).split('/').filter(Boolean)
  const above = parts.map((_, length) => parts.slice(0, parts.length - length).join('/'))
  const folders = new Set([...above, ''])
  const isCandidate = (path: string) =>
    folders.has(path.slice(0, Math.max(path.lastIndexOf('/'), 0))) &&
    /(?:^|\/)(?:package\.json|[^/]*secdef[^/]*)$/.test(path)
  return [...index.entries.keys()].filter(isCandidate)
}

/** Relative to the top of the work tree, with `/`; empty for the top itself. */
function pathIn({top}: Index, absolute: string): string {
  return relative(top, absolute).split(sep).join(posix.sep)
}

/** Manifests that are links, each with the file that it leads to in the index; npm and the disk follow them, too. */
async function linkedManifests(index: Index, candidates: readonly string[]): Promise<Map<string, string>> {
  const links = candidates.filter((path) => isManifest(path) && index.entries.get(path)?.mode === '120000')
  const found = new Map<string, string>()
  if (links.length === 0) return found
  const {followStaged} = await import('./tree.ts')
  for (const path of links) {
    const target = await followStaged(index, path)
    if (target !== undefined) found.set(path, target)
  }
  return found
}

function isManifest(path: string): boolean {
  return posix.basename(path) === 'package.json'
}

function configTree(index: Index, manifests: ReadonlyMap<string, string>, programs: string[]): ConfigTree {
  const folders = foldersOf(index)
  return {
    kindOf(absolute) {
      const path = pathIn(index, absolute)
      const entry = index.entries.get(path)
      // A name without content is not committed. It is one too few only where the file would configure us.
      if (entry?.isIntended && isManifest(path) && !isConfiguring(absolute)) return undefined
      return entry !== undefined ? 'file' : folders.has(path) ? 'folder' : undefined
    },
    namesIn: (absolute) => [...(folders.get(pathIn(index, absolute)) ?? [])],
    read: (absolute, shown) => {
      const path = pathIn(index, absolute)
      const bytes = isManifest(path) ? readManifest(index, manifests.get(path) ?? path) : index.read(path)
      if (bytes === undefined) throw new Error(`${shown} is not in the index`)
      return bytes
    },
    beforeImport: (absolute) => void programs.push(pathIn(index, absolute)),
  }
}

/** @throws Failure that says why a file that nobody has named is read. */
function readManifest(index: Index, path: string): Uint8Array | undefined {
  try {
    return index.read(path)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure(error.message, {
      hint: `Its field \`secdef\` would be the configuration. ${error.hint ?? 'Put the file itself in its place.'}`,
      cause: error,
    })
  }
}

/** Folder → names of the files right in it; the top is the empty path. */
function foldersOf({entries}: Index): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>([['', new Set()]])
  for (const path of entries.keys()) {
    const parts = path.split('/')
    for (let length = parts.length - 1; length >= 0; length--) {
      const folder = parts.slice(0, length).join('/')
      const names = folders.get(folder) ?? new Set()
      folders.set(folder, names)
      if (length === parts.length - 1) names.add(parts[length] ?? '')
    }
  }
  return folders
}

function filesIn(index: Index, root: string): ProjectFiles {
  const {entries, top} = index
  const folders = foldersOf(index)
  const whole = (path: string) => posix.join(root, path)
  const names = (folder: string) =>
    [...(folders.get(normalized(whole(folder))) ?? [])].sort(compareCodePoints)
  return {
    where: `the index of ${posix.join(top.split(sep).join(posix.sep), root)}`,
    read: (path) => index.read(whole(path)),
    head: (path, bytes) => {
      const entry = entries.get(whole(path))
      if (entry === undefined || !entry.mode.startsWith('100') || entry.isUnmerged || entry.isIntended)
        return undefined
      return Buffer.from(index.read(whole(path))?.subarray(0, bytes) ?? []).toString('utf8')
    },
    names,
    below(folder) {
      const prefix = `${normalized(whole(folder))}/`
      const paths = [...entries.keys()].filter((path) => path.startsWith(prefix))
      // What stands behind a link or a submodule is not in the index, and may be a folder of migrations.
      for (const path of paths) if (!entries.get(path)?.mode.startsWith('100')) index.read(path)
      if (paths.length === 0) return undefined
      return paths.map((path) => (root === '' ? path : path.slice(root.length + 1))).sort(compareCodePoints)
    },
    exists: (path) => entries.has(whole(path)) || folders.has(normalized(whole(path))),
    interrupted: () => undefined,
    guard(path) {
      if (!isInner(path)) throw new Failure(`Unexpected path ${JSON.stringify(path)} of an output`)
    },
  }
}

function normalized(folder: string): string {
  const path = posix.normalize(folder).replace(/\/$/, '')
  return path === '.' ? '' : path
}

/** Everything that a check of this project may read. */
function needed(index: Index, root: string, {registries, migrations, files}: Project): string[] {
  const outputs = registries.flatMap(planOutputs)
  const defaultNames = Object.values(targets).map(({file}) => file)
  const paths = [
    ...registries.map(({document}) => document),
    ...outputs.map(({path}) => path),
    ...outputs.flatMap(({source}) => ('template' in source ? [source.template] : [])),
    ...registries.flatMap(({outputDir}) => files.names(outputDir).map((name) => posix.join(outputDir, name))),
    ...outputs.flatMap(({path}) => defaultNames.map((name) => posix.join(posix.dirname(path), name))),
    ...(migrations === undefined ? [] : (files.below(migrations.folder) ?? [])),
  ]
  return [...new Set(paths.map((path) => posix.join(root, path)))].filter((path) => index.entries.has(path))
}
