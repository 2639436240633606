/**
 * Builds `dist/`, or the folder that is named: the bundles, the JSON Schemas, the licences of what is bundled,
 * and the types unless `--no-types` is given. It is built elsewhere and then put in place, as whoever uses the
 * folder meanwhile needs it whole.
 */
import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {type BuildOptions, build, type Plugin} from 'esbuild'
import * as z from 'zod/mini'
import {compileTemplates} from './templates.ts'

const root = path.resolve(import.meta.dirname, '..')
const named = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
const target = path.resolve(named ?? path.join(root, 'dist'))
const cache = path.join(root, 'node_modules/.cache/secdef')
mkdirSync(cache, {recursive: true})
/** Below the root, where packages are found, and on the disk of the target. */
const dist = mkdtempSync(path.join(cache, 'build-'))
const {version} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

compileTemplates()
/** Commander loads child_process for sub-commands that are programs of their own; here none is. */
const lean: Plugin = {
  name: 'lean',
  setup({onLoad, onResolve}) {
    onResolve({filter: /^node:child_process$/}, ({importer, path: name}) =>
      /node_modules.commander/.test(importer) ? {path: name, namespace: 'unused'} : undefined,
    )
    onLoad({filter: /.*/, namespace: 'unused'}, () => ({contents: 'module.exports = {}'}))
  },
}

const shared: BuildOptions = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['tsx', 'libpg-query', 'pg', '@electric-sql/pglite'],
  // Its CommonJS form requires its parts in a way that no bundler sees.
  alias: {'jsonc-parser': 'jsonc-parser/lib/esm/main.js'},
  define: {SECDEF_VERSION: JSON.stringify(version)},
  // What is CommonJS inside (commander, handlebars) requires Node's own modules.
  banner: {js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);"},
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
}
try {
  // The command is bundled apart from the library: shared pieces would be more files to open at every start.
  const bundles = [
    await build({
      ...shared,
      entryPoints: {cli: 'src/cli/bin.ts'},
      chunkNames: 'cli/[name]-[hash]',
      plugins: [lean],
    }),
    await build({
      ...shared,
      entryPoints: {
        index: 'src/index.ts',
        remark: 'src/remark.ts',
        eslint: 'src/eslint.ts',
        markdownlint: 'src/markdownlint.ts',
      },
      chunkNames: 'lib/[name]-[hash]',
    }),
  ]
  chmodSync(path.join(dist, 'cli.js'), 0o755)
  writeLicences(bundles.flatMap(({metafile}) => Object.keys(metafile?.inputs ?? {})))
  await writeSchemas()
  if (!process.argv.includes('--no-types')) writeTypes()
  putInPlace()
} finally {
  rmSync(dist, {recursive: true, force: true})
}

/** Two renames: nobody finds half a folder. */
function putInPlace(): void {
  chmodSync(dist, 0o755)
  const old = `${dist}-old`
  if (existsSync(target)) renameSync(target, old)
  renameSync(dist, target)
  rmSync(old, {recursive: true, force: true})
}

/** Every bundled package with its licence, as MIT and the like ask for. */
function writeLicences(inputs: readonly string[]): void {
  const packages = new Map<string, string>()
  for (const input of inputs) {
    const name = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input)
    if (name?.[1] !== undefined && name[2] !== undefined) packages.set(name[2], path.join(root, name[1]))
  }
  const texts = [...packages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, folder]) => {
      const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
      return `${name} ${manifest.version} (${manifest.license})\n\n${readLicence(folder)}`
    })
  writeFileSync(path.join(dist, 'THIRD_PARTY_LICENSES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`))
}

function readLicence(folder: string): string {
  for (const name of [
    'license',
    'LICENSE',
    'LICENSE.md',
    'license.md',
    'LICENSE.txt',
    'License',
    'License.txt',
    'LICENCE',
  ]) {
    try {
      return `${readFileSync(path.join(folder, name), 'utf8').trim()}\n`
    } catch {
      // The next spelling.
    }
  }
  throw new Error(`No licence in ${folder}`)
}

async function writeSchemas(): Promise<void> {
  const {Config} = await import('../src/model/config.ts')
  const {Manifest} = await import('../src/model/manifest.ts')
  mkdirSync(path.join(dist, 'schemas'))
  for (const [name, schema, io] of [
    ['config', Config, 'input'],
    ['manifest', Manifest, 'output'],
  ] as const) {
    const text = JSON.stringify(z.toJSONSchema(schema, {io}), null, 2)
    writeFileSync(path.join(dist, 'schemas', `${name}.schema.json`), `${text}\n`)
  }
}

/** Declarations name each other as JavaScript, as every compiler takes it; ours leaves the sources’ names. */
function writeTypes(): void {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const config = path.join(dist, 'tsconfig.json')
  const wanted = {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      emitDeclarationOnly: true,
      declaration: true,
      outDir: 'types',
      rootDir: path.join(root, 'src'),
    },
    files: ['index.ts', 'remark.ts', 'eslint.ts', 'markdownlint.ts', 'targets/handlebars-runtime.d.ts'].map(
      (file) => path.join(root, 'src', file),
    ),
    include: [],
  }
  writeFileSync(config, JSON.stringify(wanted))
  execFileSync(process.execPath, [compiler, '-p', config], {cwd: root, stdio: 'inherit'})
  rmSync(config)
  for (const name of readdirSync(path.join(dist, 'types'), {recursive: true, encoding: 'utf8'})) {
    if (!name.endsWith('.d.ts')) continue
    const file = path.join(dist, 'types', name)
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/((?:from|import|import\() ?'\.[^']*)\.ts'/g, "$1.js'"))
  }
}
