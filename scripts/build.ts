/** Builds `dist/`: the bundles, the types, the JSON Schemas, the licences of what is bundled. */
import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {type BuildOptions, build, type Plugin} from 'esbuild'
import * as z from 'zod/mini'
import {compileTemplates} from './templates.ts'

const root = path.resolve(import.meta.dirname, '..')
const dist = path.join(root, 'dist')
const {version} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

compileTemplates()
rmSync(dist, {recursive: true, force: true})
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
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['tsx'],
  define: {SECDEF_VERSION: JSON.stringify(version)},
  // What is CommonJS inside (commander, handlebars) requires Node's own modules.
  banner: {js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);"},
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
}
// The command is bundled apart from the library: shared pieces would be further files to open at every start.
const bundles = [
  await build({
    ...shared,
    entryPoints: {cli: 'src/cli/bin.ts'},
    chunkNames: 'cli/[name]-[hash]',
    plugins: [lean],
  }),
  await build({
    ...shared,
    entryPoints: {index: 'src/index.ts', remark: 'src/remark.ts'},
    chunkNames: 'lib/[name]-[hash]',
  }),
]
chmodSync(path.join(dist, 'cli.js'), 0o755)
writeLicences(bundles.flatMap(({metafile}) => Object.keys(metafile?.inputs ?? {})))
await writeSchemas()
writeTypes()

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

function writeTypes(): void {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const config = path.join(dist, 'tsconfig.json')
  const wanted = {
    extends: '../tsconfig.json',
    compilerOptions: {
      noEmit: false,
      emitDeclarationOnly: true,
      declaration: true,
      outDir: 'types',
      rootDir: '../src',
    },
    files: ['../src/index.ts', '../src/remark.ts', '../src/targets/handlebars-runtime.d.ts'],
    include: [],
  }
  writeFileSync(config, JSON.stringify(wanted))
  execFileSync(process.execPath, [compiler, '-p', config], {cwd: root, stdio: 'inherit'})
  rmSync(config)
}
