/** The package as it is published: packed, installed into an empty folder, run, and compiled against. */
import {execFileSync, spawnSync} from 'node:child_process'
import * as fs from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {auditedConfig, firstMigration, soundMigration} from './support/audited.ts'
import {build, root} from './support/built.ts'
import {defaultOutputs, documentPath, longerDocument, soundDocument} from './support/documents.ts'
import {fill} from './support/project.ts'

const npm = (cwd: string, ...args: string[]) =>
  spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })

const isOnline = npm(root, 'ping', '--fetch-retries=0', '--fetch-timeout=10000').status === 0

/** A script of the consumer: everything of the library, with its types. */
const consumer = `import {auditProject, check, defineConfig, describe, Failure, generate, loadProject, Manifest, readRegistry} from 'secdef'
import type {Finding} from 'secdef'
import remarkSecurityExceptions from 'secdef/remark'
import manifestSchema from 'secdef/schemas/manifest.schema.json' with {type: 'json'}
import {readFileSync} from 'node:fs'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import {unified} from 'unified'

const path = '${documentPath}'
const today = '2025-12-31'
const text = readFileSync(path, 'utf8')
const config = defineConfig({outputs: ['python', {target: 'sql', missing: 'error'}]})
const {registry, findings} = readRegistry(text, {path, today})
const ids: readonly string[] = registry.entries.map(({value}) => value.id)
const sentences: readonly string[] = findings.map((finding: Finding) => describe(finding).message)

const loaded = await loadProject(process.cwd())
if (!('project' in loaded)) throw new Error('rejected')
const written = await generate(loaded.project, {today})
const checked = await check(loaded.project, {today})
const audited = await auditProject(loaded.project, {
  today,
  sources: [{kind: 'migrations', folder: undefined}],
  profile: 'plain',
  env: {},
}).catch((error: unknown) => (error instanceof Failure ? error.message : error))
const manifest = Manifest.parse(JSON.parse(readFileSync('generated/security-exceptions.json', 'utf8')))

const processor = unified().use(remarkParse).use(remarkGfm).use(remarkSecurityExceptions, {today})
const file = await processor.use(remarkStringify).process(text)
const fromPlugin = file.data.securityExceptions?.entries.map(({value}) => value.id)
const failure = await loadProject(process.cwd(), 'nope.json').catch((error: unknown) => {
  return error instanceof Failure && error.message
})

console.log(JSON.stringify({
  config, ids, sentences, fromPlugin, failure, audited,
  written: written.outputs.map(({state}) => state),
  checked: checked.findings.length,
  manifest: manifest.entries.length,
  schema: manifestSchema.type,
}))
`

/** What a consumer must not be allowed to write. */
const wrong = `import {defineConfig, readRegistry} from 'secdef'

// @ts-expect-error A mistyped key.
defineConfig({outptus: []})
// @ts-expect-error An unknown target.
defineConfig({outputs: ['pythn']})
// @ts-expect-error A setting of another target.
defineConfig({outputs: [{target: 'sql', records: true}]})
// @ts-expect-error No day.
readRegistry('', {path: 'a.md'})
`

const compilerOptions = {
  module: 'nodenext',
  target: 'es2023',
  strict: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  resolveJsonModule: true,
  types: ['node'],
  outDir: 'built',
}

describe.skipIf(!isOnline)('the package (needs the npm registry)', () => {
  let folder: string
  let packed: readonly string[]

  beforeAll(() => {
    folder = fs.mkdtempSync(join(fs.realpathSync(tmpdir()), 'secdef-package-'))
    const source = join(folder, 'source')
    fs.mkdirSync(source)
    // What a check-out holds, with the build in place of `dist`, so that nobody's `dist` is touched.
    for (const name of fs.readdirSync(root)) {
      if (!['node_modules', 'dist', '.git'].includes(name))
        fs.cpSync(join(root, name), join(source, name), {recursive: true})
    }
    fs.cpSync(build({types: true}), join(source, 'dist'), {recursive: true})
    const {stdout} = npm(source, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder)
    const [{filename, files}] = JSON.parse(stdout)
    packed = files.map(({path}: {path: string}) => path)

    const {devDependencies} = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8'))
    const manifest = {
      private: true,
      type: 'module',
      dependencies: {
        secdef: `file:../${filename}`,
        'remark-gfm': devDependencies['remark-gfm'],
        'remark-parse': '11.0.0',
        'remark-stringify': '11.0.0',
        unified: '11.0.5',
        '@types/node': devDependencies['@types/node'],
      },
    }
    fill(join(folder, 'consumer'), {
      'package.json': JSON.stringify(manifest),
      'tsconfig.json': JSON.stringify({compilerOptions, include: ['*.ts']}),
      'use.ts': consumer,
      'wrong.ts': wrong,
      [documentPath]: soundDocument,
    })
    const {status, stderr} = npm(join(folder, 'consumer'), 'install', '--prefer-offline')
    expect({status, stderr}).toEqual({status: 0, stderr: ''})
  }, 180_000)

  afterAll(() => fs.rmSync(folder, {recursive: true, force: true}))

  const here = () => join(folder, 'consumer')

  test('holds the build, its licences and its pages, and no source and no test', () => {
    const expected = [
      'dist/cli.js',
      'dist/index.js',
      'dist/remark.js',
      'dist/eslint.js',
      'dist/markdownlint.js',
      'dist/types/index.d.ts',
      'dist/types/remark.d.ts',
    ]
    expect(packed).toEqual(
      expect.arrayContaining([
        ...expected,
        'dist/schemas/config.schema.json',
        'dist/schemas/manifest.schema.json',
      ]),
    )
    expect(packed).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'package.json',
        'dist/THIRD_PARTY_LICENSES.txt',
        'docs/configuration.md',
        'docs/rules/README.md',
      ]),
    )
    const allowed = [
      /^dist\/(?:cli|lib|types|schemas)\//,
      /^dist\/(?:cli|index|remark|eslint|markdownlint)\.js$/,
      /^dist\/THIRD_PARTY_LICENSES\.txt$/,
      /^docs\/rules\//,
      /^docs\/[a-z]+\.md$/,
      /^(?:LICENSE|README\.md|CHANGELOG\.md|package\.json)$/,
    ]
    expect(packed.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([])
    expect(packed.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))).toEqual([])
  })

  test('nothing in it names the machine that built it', () => {
    for (const path of packed.filter((name) => /\.(?:js|json|ts)$/.test(name))) {
      const text = fs.readFileSync(join(here(), 'node_modules/secdef', path), 'utf8')
      expect(text.includes(`${root}/`), path).toBe(false)
    }
  })

  test('declarations name no source file that is not there', () => {
    const types = join(here(), 'node_modules/secdef/dist/types')
    for (const name of fs
      .readdirSync(types, {recursive: true, encoding: 'utf8'})
      .filter((file) => file.endsWith('.d.ts'))) {
      const text = fs.readFileSync(join(types, name), 'utf8')
      const missing = [...text.matchAll(/from '(\.[^']+)'/g)].filter(([, path = '']) => {
        const file = join(types, name, '..', path).replace(/\.[jt]s$/, '.d.ts')
        return !path.endsWith('.js') || !fs.existsSync(file)
      })
      expect(
        missing.map(([text]) => text),
        name,
      ).toEqual([])
    }
  })

  test('the command works by npx: generate, check, and what it finds', () => {
    const run = (...args: string[]) =>
      spawnSync('npx', ['--no-install', 'secdef', ...args], {
        cwd: here(),
        encoding: 'utf8',
        shell: process.platform === 'win32',
      })
    const {version} = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8'))
    expect(run('--version')).toMatchObject({status: 0, stdout: `${version}\n`})
    expect(run('generate').stdout).toContain('✓ 6 outputs: 6 written')
    expect(fs.readdirSync(join(here(), 'generated')).map((name) => `generated/${name}`)).toEqual(
      [...defaultOutputs].sort(),
    )
    expect(run('check')).toMatchObject({status: 0, stdout: expect.stringContaining('✓ 2 entries')})
    fill(here(), {[documentPath]: longerDocument})
    expect(run('check').status).toBe(1)
    fill(here(), {[documentPath]: soundDocument, 'secdef.config.json': '{"outptus": []}'})
    const {status, stdout} = run('check')
    expect({status, stdout}).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('Did you mean `outputs`?'),
    })
    fs.rmSync(join(here(), 'secdef.config.json'))
  })

  test('an audit of migrations needs nothing else, and the other sources say what to install', () => {
    const run = (...args: string[]) =>
      spawnSync('npx', ['--no-install', 'secdef', ...args], {
        cwd: join(here(), 'audited'),
        encoding: 'utf8',
        shell: process.platform === 'win32',
      })
    const files = {
      [documentPath]: soundDocument,
      [firstMigration]: soundMigration,
      'secdef.config.json': JSON.stringify(auditedConfig),
    }
    fill(join(here(), 'audited'), files)
    expect(run('audit')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('✓ 2 rows and 2 definers agree, nothing unknown'),
    })
    expect(run('audit', '--replay')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('npm install --save-dev @electric-sql/pglite'),
    })
    expect(run('audit', '--database', 'postgres://u@127.0.0.1:1/d')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('npm install --save-dev pg'),
    })
    fs.rmSync(join(here(), 'audited'), {recursive: true})
  })

  test('a TypeScript configuration imports it', () => {
    const text =
      "import {defineConfig} from 'secdef'\n\nexport default defineConfig({outputs: ['json' as const]})\n"
    fill(here(), {'sub/own.config.ts': text, [`sub/${documentPath}`]: soundDocument})
    const cli = join(here(), 'node_modules/secdef/dist/cli.js')
    const stdout = execFileSync(process.execPath, [cli, 'generate', '--config', 'sub/own.config.ts'], {
      cwd: here(),
      encoding: 'utf8',
    })
    expect(stdout).toContain('✓ 1 output: 1 written')
    fs.rmSync(join(here(), 'sub'), {recursive: true})
  })

  test('the library compiles with its types and their dependencies checked, and runs', () => {
    const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], {
      cwd: here(),
      encoding: 'utf8',
    })
    expect(tsc.stdout).toBe('')
    const stdout = execFileSync(process.execPath, ['built/use.js'], {cwd: here(), encoding: 'utf8'})
    const ids = ['ops.log_action', 'ops.queue_job']
    expect(JSON.parse(stdout)).toEqual({
      config: {outputs: ['python', {target: 'sql', missing: 'error'}]},
      ids,
      sentences: [],
      fromPlugin: ids,
      failure: 'No configuration at nope.json',
      audited: expect.stringContaining('No folder of migrations at supabase/migrations in '),
      written: defaultOutputs.map(() => 'unchanged'),
      checked: 0,
      manifest: 2,
      schema: 'object',
    })
  })

  test('the schema of the configuration is where the documentation says', () => {
    const file = join(here(), 'node_modules/secdef/dist/schemas/config.schema.json')
    expect(JSON.parse(fs.readFileSync(file, 'utf8')).$schema).toContain('json-schema.org')
    const script = "console.log(import.meta.resolve('secdef/schemas/config.schema.json'))"
    const stdout = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: here(),
      encoding: 'utf8',
    })
    expect(stdout.trim().endsWith('/dist/schemas/config.schema.json')).toBe(true)
  })
})
