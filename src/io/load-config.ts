/** Finding and loading the configuration; what it says is judged elsewhere. */
import * as fs from 'node:fs'
import {dirname, join, resolve} from 'node:path'
import {pathToFileURL} from 'node:url'
import {Failure} from '../model/failure.ts'

/** In the order in which they are looked for; two in one folder are an error. */
const fileNames = ['secdef.config.json', 'secdef.config.mjs', 'secdef.config.ts'] as const

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

/**
 * Find the configuration that holds for a folder: its own, or the nearest above it, up to the top of the git
 * work tree. Without one, the root is the nearest folder with the default document in it.
 *
 * @param given Path of a configuration, relative to `cwd`, instead of looking for one.
 * @throws Failure if the given one does not exist, or a folder has two.
 */
export function findConfig(cwd: string, given: string | undefined, document: string): LoadedConfig {
  if (given !== undefined) {
    const file = resolve(cwd, given)
    if (!fs.existsSync(file)) {
      throw new Failure(`No configuration at ${given}`, {
        hint: 'Give the path of a file, or leave --config out.',
      })
    }
    return configAt(dirname(file), file.slice(dirname(file).length).replace(/^[\\/]/, ''))
  }
  const folders = foldersUp(resolve(cwd))
  for (const folder of folders) {
    const found = configsIn(folder)
    if (found.length > 1) {
      throw new Failure(`Two configurations in ${folder}: ${found.join(' and ')}`, {
        hint: 'Delete one of them.',
      })
    }
    if (found[0] !== undefined) return configAt(folder, found[0])
  }
  const root = folders.find((folder) => fs.existsSync(join(folder, document))) ?? resolve(cwd)
  return {root, file: undefined, text: undefined, load: () => Promise.resolve({})}
}

/** A folder and those above it, as far as the repository reaches. */
function foldersUp(cwd: string): string[] {
  const folders = [cwd]
  let folder = cwd
  while (!fs.existsSync(join(folder, '.git')) && dirname(folder) !== folder) {
    folder = dirname(folder)
    folders.push(folder)
  }
  return folders
}

function configsIn(folder: string): string[] {
  const files = fileNames.filter((name) => fs.existsSync(join(folder, name)))
  const manifest = join(folder, 'package.json')
  return fs.existsSync(manifest) && hasField(manifest) ? [...files, 'package.json'] : files
}

/** A `package.json` that does not parse is npm's to complain about, unless it seems to configure us. */
function hasField(manifest: string): boolean {
  const text = fs.readFileSync(manifest, 'utf8')
  if (!text.includes('"secdef"')) return false
  try {
    return Object.hasOwn(JSON.parse(text), 'secdef')
  } catch {
    return /"secdef"\s*:\s*\{/.test(text)
  }
}

function configAt(root: string, file: string): LoadedConfig {
  const path = join(root, file)
  if (file.endsWith('.json')) {
    const text = fs.readFileSync(path, 'utf8').replace(/^\ufeff/, '')
    const parse = async () => (file === 'package.json' ? JSON.parse(text).secdef : JSON.parse(text))
    return {root, file, text, load: parse}
  }
  return {root, file, text: undefined, load: async () => defaultExport(await importModule(path), file)}
}

/** TypeScript runs as it is where Node strips types, and by tsx elsewhere. */
async function importModule(path: string): Promise<unknown> {
  const url = pathToFileURL(path).href
  try {
    if (path.endsWith('.ts') && !Reflect.get(process.features, 'typescript')) {
      const {tsImport} = await import('tsx/esm/api')
      return await tsImport(url, import.meta.url)
    }
    return await import(url)
  } catch (error) {
    throw new Failure(`Cannot load ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'Mend the error in the configuration.',
      cause: error,
    })
  }
}

function defaultExport(module: unknown, file: string): unknown {
  if (typeof module === 'object' && module !== null && 'default' in module) return module.default
  throw new Failure(`${file} has no default export`, {
    hint: 'Write `export default {…}`, or `export default defineConfig({…})`.',
  })
}
