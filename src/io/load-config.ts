/** Finding the configuration, and reading it; what it says is judged elsewhere. */
import * as fs from 'node:fs'
import {basename, dirname, extname, join, resolve} from 'node:path'
import {Failure} from '../model/failure.ts'
import {attempt, statsOf} from './disk.ts'
import {decodeUtf8} from './files.ts'

/** In the order in which they are looked for; two in one folder are an error. */
const fileNames: readonly string[] = ['secdef.config.json', 'secdef.config.mjs', 'secdef.config.ts']

/** What `--config` takes. */
const endings = /^\.(?:json|[cm]?[jt]s)$/

/** Names that look as if they were one: ignoring such a file would leave its settings out of force. */
const nearName = /^secdef\.config(?:\.(?:[cm]?[jt]s|json[c5]?|ya?ml|toml))?$|^\.secdefrc(?:\.\w+)?$/i

export type LoadedConfig = {
  /** Absolute; the folder that every path in the configuration is relative to. */
  readonly root: string
  /** File name in `root`, or `undefined` if there is no configuration. */
  readonly file: string | undefined
  /** The text, where it is JSON. */
  readonly text: string | undefined
  /** Loads and evaluates it. JSON that does not parse throws a SyntaxError. */
  readonly load: () => Promise<unknown>
}

/** Where a configuration is looked for: the disk, or what is about to be committed. Paths are absolute. */
export type ConfigTree = {
  readonly kindOf: (path: string) => 'file' | 'folder' | 'other' | undefined
  /** Names in a folder; none where it may not be listed: files in it can still be there by their names. */
  readonly namesIn: (folder: string) => readonly string[]
  readonly read: (path: string, shown: string) => Uint8Array
  /** @throws Failure if the program is not the one that is on the disk. */
  readonly beforeImport: (path: string, shown: string) => void
}

/**
 * Find the configuration that holds for a folder: its own, or the nearest above it, up to the top of the git
 * work tree. Without one, the root is the nearest folder with the default document in it.
 *
 * @param given Path of a configuration, relative to `cwd`, instead of looking for one.
 * @param document Where the document is without a configuration.
 * @throws Failure if the given one does not exist, a folder has two, or one cannot be read.
 */
export function findConfig(
  cwd: string,
  given: string | undefined,
  document: string,
  tree: ConfigTree = onDisk,
): LoadedConfig {
  if (given !== undefined) return givenConfig(tree, resolve(cwd, given), given)
  const folders = foldersUp(resolve(cwd))
  for (const folder of folders) {
    const found = configsIn(tree, folder)
    if (found.length > 1) {
      throw new Failure(`Two configurations in ${folder}: ${found.join(' and ')}`, {
        hint: 'Delete one of them.',
      })
    }
    if (found[0] !== undefined) return configAt(tree, folder, found[0])
  }
  const root = folders.find((folder) => tree.kindOf(join(folder, document)) !== undefined) ?? resolve(cwd)
  return {root, file: undefined, text: undefined, load: () => Promise.resolve({})}
}

function givenConfig(tree: ConfigTree, file: string, given: string): LoadedConfig {
  const hint = 'Give the path of a .json, .mjs or .ts file, or leave --config out.'
  const kind = attempt(`look at ${given}`, () => tree.kindOf(file))
  if (kind === undefined) throw new Failure(`No configuration at ${given}`, {hint})
  if (kind === 'folder') throw new Failure(`No configuration at ${given}: it is a folder`, {hint})
  if (!endings.test(extname(file))) {
    throw new Failure(`No configuration at ${given}: it is no .json, .mjs or .ts file`, {hint})
  }
  return configAt(tree, dirname(file), basename(file))
}

/**
 * A folder and those above it, as far as the repository reaches. Without a repository the folder alone: what
 * somebody else put into `/tmp` or a home is not ours to run.
 */
function foldersUp(cwd: string): string[] {
  const folders = [cwd]
  let folder = cwd
  while (!fs.existsSync(join(folder, '.git'))) {
    if (dirname(folder) === folder) return [cwd]
    folder = dirname(folder)
    folders.push(folder)
  }
  return folders
}

/** Links that lead nowhere count: what is configured there must not be left out without a word. */
function configsIn(tree: ConfigTree, folder: string): string[] {
  const files = fileNames.filter((name) => tree.kindOf(join(folder, name)) !== undefined)
  for (const name of tree.namesIn(folder)) {
    if (!nearName.test(name) || fileNames.includes(name) || files.includes(name.toLowerCase())) continue
    if (files.length > 0) return [...files, name]
    const other = endings.test(extname(name)) ? ', or give it by --config' : ''
    throw new Failure(`${join(folder, name)} is not the name of a configuration`, {
      hint: `Rename it to ${fileNames.join(' or ')}${other}.`,
    })
  }
  return hasField(tree, join(folder, 'package.json')) ? [...files, 'package.json'] : files
}

/**
 * Whether a manifest on the disk configures us.
 *
 * @param manifest Absolute.
 */
export function isConfiguring(manifest: string): boolean {
  return hasField(onDisk, manifest)
}

/** A `package.json` that does not parse is npm's to complain about, unless it seems to configure us. */
function hasField(tree: ConfigTree, manifest: string): boolean {
  if (tree.kindOf(manifest) !== 'file') return false
  const text = Buffer.from(tree.read(manifest, manifest))
    .toString('utf8')
    .replace(/^\ufeff/, '')
  if (!text.includes('"secdef"')) return false
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && Object.hasOwn(value, 'secdef')
  } catch {
    return /"secdef"\s*:\s*\{/.test(text)
  }
}

function configAt(tree: ConfigTree, root: string, file: string): LoadedConfig {
  const path = join(root, file)
  if (!file.endsWith('.json')) {
    tree.beforeImport(path, file)
    const load = async () => (await import('./import-config.ts')).importConfig(path, file)
    return {root, file, text: undefined, load}
  }
  const text = decodeUtf8(tree.read(path, file))?.replace(/^\ufeff/, '')
  if (text === undefined) {
    throw new Failure(`Cannot read ${file}: it is not UTF-8`, {hint: 'Save it as UTF-8.'})
  }
  const load = async () => (file === 'package.json' ? JSON.parse(text)?.secdef : JSON.parse(text))
  return {root, file, text, load}
}

const onDisk: ConfigTree = {
  kindOf(path) {
    const stats = statsOf(path)
    if (stats === undefined) return undefined
    const behind = stats.isSymbolicLink() ? follow(path) : stats
    return behind?.isFile() ? 'file' : behind?.isDirectory() ? 'folder' : 'other'
  },
  namesIn(folder) {
    try {
      return fs.readdirSync(folder)
    } catch {
      return []
    }
  },
  read: (path, shown) => attempt(`read ${shown}`, () => fs.readFileSync(path)),
  beforeImport: () => {},
}

/** `undefined` for a link that leads nowhere. */
function follow(path: string): fs.Stats | undefined {
  try {
    return fs.statSync(path, {throwIfNoEntry: false})
  } catch {
    return undefined
  }
}
