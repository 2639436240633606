/** Checks the layers of `src/`: which folder may import which, who may touch the system, what stays off the hot path. */
import {readdirSync, readFileSync} from 'node:fs'
import {builtinModules} from 'node:module'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')

/** Folder of `src/` → folders that it may import, besides itself; `''` is `src/` itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  model: [],
  source: ['model'],
  targets: ['model'],
  diff: ['model'],
  merge: ['model', 'source'],
  report: ['model', 'diff'],
  inventory: ['model'],
  audit: ['model'],
  io: ['model'],
  app: ['model', 'source', 'targets', 'io', 'inventory', 'audit', 'diff', 'merge'],
  editor: ['model', 'source'],
  lsp: ['model', 'source', 'app', 'editor'],
  cli: ['model', 'app', 'report', 'lsp', 'editor'],
  '': ['model', 'source', 'targets', 'app', 'editor'],
}

/** Node's modules without a reach into the system, which any folder may use. */
const harmless = new Set(['node:path', 'node:util'])

/** Who may use more of Node than that. */
const mayTouch: Readonly<Record<string, readonly string[]>> = {
  io: [
    'node:fs',
    'node:os',
    'node:crypto',
    'node:timers/promises',
    'node:url',
    'node:child_process',
    'node:net',
    'node:inspector',
    'node:module',
  ],
  lsp: ['node:stream', 'node:url'],
  cli: ['node:v8'],
}

/** Packages that cost too much to load for `check`: only `await import(…)` may name them. */
const lazyPackages = new Set([
  '@clack/prompts',
  'diff',
  'handlebars',
  'jsonc-parser',
  'string-width',
  'tsx',
  'vscode-languageserver',
  'vscode-languageserver-textdocument',
  'pg',
  '@electric-sql/pglite',
  'libpg-query',
])

/** Files that are themselves only ever loaded lazily, and may therefore import such a package. */
const lazyFiles = new Set([
  'app/patch.ts',
  'diff/words.ts',
  'targets/custom.ts',
  'report/frame.ts',
  'report/list-table.ts',
  'eslint.ts',
  'markdownlint.ts',
  'lsp/server.ts',
])

const faults: string[] = []
for (const file of listSources(path.join(root, 'src'))) checkFile(path.relative(path.join(root, 'src'), file))
for (const fault of faults) console.error(fault)
console.log(faults.length === 0 ? 'layers: clean' : `layers: ${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1

function listSources(folder: string): string[] {
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.endsWith('.gen.ts'))
    .map((name) => path.join(folder, name))
    .sort()
}

function checkFile(name: string): void {
  const text = readFileSync(path.join(root, 'src', name), 'utf8')
  const folder = name.includes(path.sep) ? name.slice(0, name.indexOf(path.sep)) : ''
  const slashed = name.replaceAll('\\', '/')
  if (!/^(?:#!.*\n)?\/\*\* .+/.test(text))
    faults.push(`src/${slashed}: the first line does not say what the file owns`)
  for (const {specifier, isType, isDynamic} of importsOf(text)) {
    if (specifier.startsWith('.')) checkRelative(slashed, folder, specifier)
    else if (specifier.startsWith('node:') || builtinModules.includes(specifier))
      checkBuiltin(slashed, folder, specifier)
    else if (!isType && !isDynamic && isLazy(specifier) && !lazyFiles.has(slashed)) {
      faults.push(`src/${slashed}: ${specifier} must be loaded by await import(), as check does not need it`)
    }
    if (!isType && !isDynamic && specifier.startsWith('.') && lazyFiles.has(resolve(slashed, specifier))) {
      if (!isLazyHolder(slashed)) faults.push(`src/${slashed}: ${specifier} must be loaded by await import()`)
    }
  }
}

/** Reports that draw frames are loaded lazily themselves. */
function isLazyHolder(file: string): boolean {
  return file === 'report/pretty-findings.ts'
}

function isLazy(specifier: string): boolean {
  return (
    specifier !== 'handlebars/runtime.js' &&
    [...lazyPackages].some((name) => specifier === name || specifier.startsWith(`${name}/`))
  )
}

function* importsOf(text: string): Generator<{specifier: string; isType: boolean; isDynamic: boolean}> {
  for (const match of text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)) {
    yield {specifier: match[2] ?? '', isType: match[1] !== undefined, isDynamic: false}
  }
  for (const match of text.matchAll(/\bimport\('([^']+)'\)/g)) {
    yield {specifier: match[1] ?? '', isType: false, isDynamic: true}
  }
}

function resolve(from: string, specifier: string): string {
  return path.posix.join(path.posix.dirname(from), specifier)
}

function checkRelative(file: string, folder: string, specifier: string): void {
  const target = resolve(file, specifier)
  const other = target.includes('/') ? target.slice(0, target.indexOf('/')) : ''
  if (other === folder || allowed[folder]?.includes(other)) return
  faults.push(
    `src/${file}: ${folder === '' ? 'src' : folder} may not import ${other === '' ? 'src' : other} (${specifier})`,
  )
}

function checkBuiltin(file: string, folder: string, specifier: string): void {
  if (harmless.has(specifier) || mayTouch[folder]?.includes(specifier)) return
  faults.push(`src/${file}: ${folder === '' ? 'src' : folder} may not use ${specifier}`)
}
