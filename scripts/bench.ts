/** Measures `check` and `generate` beside other tools on the same documents, and writes `docs/benchmarks.md`. */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {cpus} from 'node:os'
import path from 'node:path'
import {grouped} from '../src/model/words.ts'
import {type BenchProject, realProject, syntheticProject} from './bench/documents.ts'
import {type Measurement, measure, patienceMs, runOnce} from './bench/measure.ts'

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
const page = describe(rows)
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

function describe(table: readonly string[]): string {
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
    ...table,
    '',
  ].join('\n')
}

/** The script behind a command of an installed package. */
function bin(name: string, command = name): string {
  const manifest = path.join(root, 'node_modules', name, 'package.json')
  const {bin} = require(manifest)
  return path.join(path.dirname(manifest), typeof bin === 'string' ? bin : bin[command])
}
