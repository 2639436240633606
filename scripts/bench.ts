/** Measures `check`, `generate` and `audit`, the first two beside other tools, and writes `docs/benchmarks.md`. */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {cpus} from 'node:os'
import path from 'node:path'
import {grouped} from '../src/model/words.ts'
import {startServer} from '../tests/support/embedded-server.ts'
import {type BenchProject, realProject, syntheticProject} from './bench/documents.ts'
import {measureKeystrokes} from './bench/lsp.ts'
import {type Measurement, measure, patienceMs, runOnce} from './bench/measure.ts'
import {auditProject, migrationsProject, routinesSql} from './bench/migrations.ts'

const root = path.resolve(import.meta.dirname, '..')
const cli = path.join(root, 'dist/cli.js')
const require = createRequire(import.meta.url)
const isQuick = process.argv.includes('--quick')

type Tool = {
  readonly name: string
  readonly args: (project: BenchProject) => string[]
  readonly expected: readonly number[]
}

/** Linters may find faults in the document (exit code 1): they have then still done their work. */
const peers: readonly Tool[] = [
  {
    name: 'prettier --check',
    args: ({document}) => [bin('prettier'), '--check', document],
    expected: [0, 1],
  },
  {
    name: 'markdownlint-cli2',
    args: ({document}) => [bin('markdownlint-cli2'), document],
    expected: [0, 1],
  },
  {
    name: 'remark-cli with gfm',
    args: ({document}) => [
      bin('remark-cli', 'remark'),
      '--no-config',
      '--use',
      require.resolve('remark-gfm'),
      '--no-stdout',
      document,
    ],
    expected: [0, 1],
  },
]

const own: readonly Tool[] = [
  {name: 'secdef check', args: () => [cli, 'check'], expected: [0]},
  {name: 'secdef generate, nothing to write', args: () => [cli, 'generate'], expected: [0]},
]

const rows: string[] = []
const sizes = isQuick ? [111, 1000] : [111, 1000, 10_000]
for (const size of sizes) {
  const project = size === 111 ? realProject() : syntheticProject(size)
  try {
    await runOnce([cli, 'generate'], project.folder, [0])
    for (const tool of [...own, ...peers]) rows.push(await benchmark(tool, project, size))
  } finally {
    rmSync(project.folder, {recursive: true, force: true})
  }
}
const folds = await measureFolds()
const databases = await measureDatabases()
const keystrokes = await measureEditing()
const page = describe()
if (!isQuick) {
  mkdirSync(path.join(root, 'docs'), {recursive: true})
  writeFileSync(path.join(root, 'docs/benchmarks.md'), page)
}
console.log(page)

async function benchmark(tool: Tool, project: BenchProject, size: number): Promise<string> {
  process.stderr.write(`${tool.name}, ${size} rows …\n`)
  const once = await runOnce(tool.args(project), project.folder, tool.expected)
  if (once === undefined) return `| ${grouped(size)} | ${tool.name} | | over ${patienceMs / 1000} s | | | 1 |`
  const runs = once.seconds > 5 ? 3 : once.seconds > 1 ? 5 : 11
  const result = await measure(tool.args(project), {cwd: project.folder, runs, expected: tool.expected})
  return rowOf(tool.name, size, result)
}

function rowOf(name: string, size: number, {seconds, ratio, mebibytes, runs}: Measurement): string {
  const perRow = ((seconds * 1000) / size).toFixed(2)
  return `| ${grouped(size)} | ${name} | ${ratio.toFixed(1)}× | ${seconds.toFixed(2)} s | ${perRow} ms | ${mebibytes.toFixed(0)} MiB | ${runs} |`
}

/** The migrations of this repository are not in it: they are few. */
async function measureFolds(): Promise<string[]> {
  const lines: string[] = []
  for (const megabytes of isQuick ? [1] : [1, 2, 10]) {
    const {folder, bytes} = migrationsProject(megabytes * 1_000_000)
    try {
      process.stderr.write(`secdef audit, ${megabytes} MB of SQL …\n`)
      const {seconds, ratio, mebibytes, runs} = await timed(['audit', '--migrations'], folder)
      const perMegabyte = (seconds * 1_000_000) / bytes
      lines.push(
        `| ${(bytes / 1e6).toFixed(1)} MB | ${ratio.toFixed(1)}× | ${seconds.toFixed(2)} s | ${perMegabyte.toFixed(2)} s | ${mebibytes.toFixed(0)} MiB | ${runs} |`,
      )
    } finally {
      rmSync(folder, {recursive: true, force: true})
    }
  }
  return lines
}

async function measureDatabases(): Promise<string[]> {
  const lines: string[] = []
  for (const count of isQuick ? [1000] : [1000, 10_000, 50_000]) {
    process.stderr.write(`secdef audit, ${count} routines …\n`)
    const folder = auditProject()
    const session = await startServer(18)
    try {
      await session.run(routinesSql(count))
      const port = (await session.run('SHOW port')).rows[0]?.port
      const url = `postgres://postgres:password@127.0.0.1:${port}/postgres`
      const {seconds, ratio, mebibytes, runs} = await timed(['audit', '--database', url], folder)
      const each = ((seconds * 1000) / count).toFixed(2)
      lines.push(
        `| ${grouped(count)} | ${ratio.toFixed(1)}× | ${seconds.toFixed(2)} s | ${each} ms | ${mebibytes.toFixed(0)} MiB | ${runs} |`,
      )
    } finally {
      await session.stop()
      rmSync(folder, {recursive: true, force: true})
    }
  }
  return lines
}

async function measureEditing(): Promise<string[]> {
  const lines: string[] = []
  for (const size of isQuick ? [111] : [111, 5000]) {
    process.stderr.write(`secdef lsp, ${size} rows …\n`)
    const project = size === 111 ? realProject() : syntheticProject(size)
    try {
      const {opened, median, longest} = await measureKeystrokes(cli, project)
      const shown = [median, longest, opened].map((time) => `${time.toFixed(0)} ms`)
      lines.push(`| ${grouped(size)} | ${shown.join(' | ')} |`)
    } finally {
      rmSync(project.folder, {recursive: true, force: true})
    }
  }
  return lines
}

/** A run of ours that must end clean: a fast wrong answer is none. */
async function timed(args: readonly string[], cwd: string): Promise<Measurement> {
  await runOnce([cli, ...args], cwd, [0])
  return await measure([cli, ...args], {cwd, runs: 5})
}

function describe(): string {
  return [
    '# Benchmarks',
    '',
    'Whole processes, medians. The ratio is to `node -e 0`, run in turn with the command in question; the first run of',
    'each is not counted. 111 rows are the document of this repository, the others one table of as many rows like its',
    'own. Prettier, markdownlint-cli2 and remark-cli read the same file, with the rules that they have without a',
    'configuration; they do other work than secdef, and stand here as what a commit hook is used to wait for.',
    '',
    `Node ${process.version} on ${cpus().length} processors (${cpus()[0]?.model.trim()}). Made by \`npm run bench\`.`,
    '',
    '| Rows | Command | Ratio to `node` | Time | Per row | Peak memory | Runs |',
    '| ---: | --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    '## The audit',
    '',
    'Migrations, folded: files of six tables each, with their policies, functions and privileges.',
    '',
    '| SQL | Ratio to `node` | Time | Per MB | Peak memory | Runs |',
    '| ---: | ---: | ---: | ---: | ---: | ---: |',
    ...folds,
    '',
    'A live PostgreSQL 18 on the same machine.',
    '',
    '| Routines | Ratio to `node` | Time | Each | Peak memory | Runs |',
    '| ---: | ---: | ---: | ---: | ---: | ---: |',
    ...databases,
    '',
    '## The language server',
    '',
    'From a keystroke in a row to the findings of the text that it left, of which the server has seen the rest.',
    '',
    '| Rows | Median | Longest | First findings after opening |',
    '| ---: | ---: | ---: | ---: |',
    ...keystrokes,
    '',
  ].join('\n')
}

/** The script behind a command of an installed package. */
function bin(name: string, command = name): string {
  const manifest = path.join(root, 'node_modules', name, 'package.json')
  const {bin} = require(manifest)
  return path.join(path.dirname(manifest), typeof bin === 'string' ? bin : bin[command])
}
