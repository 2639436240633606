/** What leads a program's imports to the files that it loads: manifests, compiler options, links, and what is gone. */
import {posix, resolve, sep} from 'node:path'
import {linkText, readLoaded, realPath} from '../../io/config-disk.ts'
import {exists} from '../../io/files.ts'
import {
  expectSame,
  followStaged,
  heldPath,
  type ProgramTree,
  refuse,
  refuseOther,
  stagedLinkText,
} from './tree.ts'

/**
 * Expect that the imports of a program lead to the same files in the commit as they do on the disk.
 *
 * @param texts Of the files that it has loaded, by path.
 * @throws Failure if they might not.
 */
export async function expectSameWay(
  tree: ProgramTree,
  texts: ReadonlyMap<string, string>,
  cwd: string,
): Promise<void> {
  const loaded = [...texts.keys()]
  const manifests = await expectSameManifests(tree, foldersAbove(loaded))
  const configs = /ts$/.test(tree.program) ? typeScriptConfigs(tree, cwd) : new Map<string, string>()
  await expectSame(tree, [...configs.keys()])
  await expectSameLinks(tree, loaded)
  expectNothingGone(tree, [...texts.values(), ...manifests, ...configs.values()])
}

/** The folders of files and those above them, up to the top, which is the empty path. */
function foldersAbove(paths: readonly string[]): string[] {
  const folders = new Set<string>()
  for (const path of paths) {
    const parts = path.split('/')
    for (let length = parts.length - 1; length >= 0; length--) folders.add(parts.slice(0, length).join('/'))
  }
  return [...folders]
}

/** The rest of a manifest may differ: whoever has just installed something can commit. */
async function expectSameManifests(tree: ProgramTree, folders: readonly string[]): Promise<string[]> {
  const {index, top} = tree
  const found: string[] = []
  for (const folder of folders) {
    const path = posix.join(folder, 'package.json')
    const entry = index.entries.get(path)
    const onDisk = readLoaded(resolve(top, path))
    if (entry === undefined && onDisk === undefined) continue
    const followed = await followStaged(index, path)
    if (followed !== undefined) await index.fetch([followed])
    const bytes = followed === undefined || entry?.isIntended ? undefined : index.read(followed)
    const staged = bytes && Buffer.from(bytes).toString('utf8')
    if (steering(staged) !== steering(onDisk)) refuseOther(tree, path)
    found.push(steering(onDisk) ?? '')
  }
  return found
}

/** The fields of a manifest that Node and tsx resolve by; a manifest without any still ends a package. */
function steering(manifest: string | undefined): string | undefined {
  if (manifest === undefined) return undefined
  try {
    const {name, type, main, exports, imports} = JSON.parse(manifest.replace(/^\ufeff/, ''))
    return JSON.stringify([name, type, main, exports, imports])
  } catch {
    return manifest
  }
}

/** The `tsconfig.json` that tsx takes, the nearest to where it is started, and what that extends. */
function typeScriptConfigs(tree: ProgramTree, cwd: string): Map<string, string> {
  const found = new Map<string, string>()
  const add = (file: string): void => {
    const real = realPath(file)
    const text = readLoaded(real)
    const path = heldPath(tree, real)
    if (path === undefined || found.has(path) || (text === undefined && !tree.index.entries.has(path))) return
    found.set(path, text ?? '')
    for (const specifier of extended(text ?? '')) {
      for (const base of bases(resolve(real, '..'), specifier)) {
        for (const ending of ['', '.json', '/tsconfig.json']) add(base + ending)
      }
    }
  }
  for (let folder = realPath(cwd); ; folder = resolve(folder, '..')) {
    add(resolve(folder, 'tsconfig.json'))
    if (found.size > 0 || folder === tree.top || folder === resolve(folder, '..')) return found
  }
}

function extended(text: string): string[] {
  const values = /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/.exec(text)?.[1] ?? ''
  return [...values.matchAll(/"([^"]+)"/g)].map(([, specifier = '']) => specifier)
}

/** Where a path leads, or in which folders of packages a name is looked for. */
function bases(folder: string, specifier: string): string[] {
  if (/^(?:\.{1,2}$|\.{0,2}[\\/])/.test(specifier)) return [resolve(folder, specifier)]
  const parts = folder.split(sep)
  return parts.map((_, length) =>
    [...parts.slice(0, parts.length - length), 'node_modules', specifier].join(sep),
  )
}

/** A link that leads to a loaded file must be staged as it stands: a loader forgets the links that it took. */
async function expectSameLinks(tree: ProgramTree, loaded: readonly string[]): Promise<void> {
  const {index, top} = tree
  const files = loaded.map((path) => resolve(top, path))
  for (const [path, {mode}] of index.entries) {
    if (mode !== '120000') continue
    const there = resolve(top, path)
    const target = realPath(there)
    if (!files.some((file) => file === target || file.startsWith(target + sep))) continue
    if ((await stagedLinkText(index, path)) !== linkText(there)) refuseOther(tree, path)
  }
}

/** An `import()` or a `require()` of what is not written there. */
const computed = /\b(?:import|require)\s*\((?!\s*(?:'[^'\n]*'|"[^"\n]*"|`[^`$]*`)\s*[,)])/

/**
 * What is staged and gone from the disk has not been loaded, and would be: where an import leads to the first of
 * several names, or may fail. It matters if something that was loaded names it, or may name anything.
 */
function expectNothingGone({index, top, program}: ProgramTree, texts: readonly string[]): void {
  const isAnything = texts.some((text) => computed.test(text))
  for (const [path, {mode, isIntended}] of index.entries) {
    if (isIntended || !(mode === '120000' || /\.(?:[cm]?[jt]sx?|json|node|wasm)$/.test(path))) continue
    if (!isAnything && !texts.some((text) => text.includes(shortName(path)))) continue
    if (exists(top, path)) continue
    refuse(
      `${path} is in the index, and not on the disk`,
      `${program} might load it. Bring it back by \`git restore ${path}\`, take it out by \`git rm --cached ${path}\`, or write the configuration in JSON.`,
    )
  }
}

/** By which an import may call a file: without its ending, and for one that stands for its folder, that. */
function shortName(path: string): string {
  const name = posix.basename(path).replace(/\..*$/s, '')
  return /^(?:index|package)$/.test(name) ? posix.basename(posix.dirname(path)) : name
}
