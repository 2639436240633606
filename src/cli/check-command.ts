/** `secdef check`. */
import {check} from '../app/check.ts'
import type {Finding} from '../model/rules.ts'
import {count} from '../model/words.ts'
import {summarize} from '../report/summary.ts'
import {visible} from '../report/visible.ts'
import {type Command, configOption, formatOption, textOption} from './command.ts'
import {type Context, openProject} from './context.ts'
import {latestDay} from './day.ts'
import type {Environment} from './environment.ts'
import {exitCodeOf} from './exit-codes.ts'
import {adaptToRows} from './long-run.ts'
import {printFindings} from './print.ts'
import {createProgress} from './progress.ts'

export const checkCommand: Command = {
  name: 'check',
  summary: 'tell whether the document is sound and every output fresh',
  description: [
    'Reads the document, renders every output in memory and compares it with what is on disk.',
    'Writes nothing. Exits with 0 if all is well, 1 on findings, 2 if it could not decide.',
  ].join('\n'),
  options: [formatOption, configOption],
  examples: [
    {command: 'secdef check', does: 'in a hook or in CI'},
    {command: 'secdef check --format github', does: 'with annotations in a pull request'},
  ],
  async run(environment, values) {
    const format = textOption(values, 'format') ?? 'pretty'
    const opened = await openProject(environment, values)
    const {context} = opened
    if ('findings' in opened) {
      return conclude(environment, context, {
        format,
        ...opened,
        documents: [],
        outputs: [],
        patches: new Map(),
      })
    }
    const progress = createProgress(environment)
    const result = await check(opened.project, {
      today: latestDay(environment.now()),
      onRows: (path, rows) => {
        adaptToRows(rows)
        progress.show(`reading ${visible(path)}: ${count(rows, 'row')}`)
      },
    })
    progress.clear()
    return conclude(environment, context, {format, ...result})
  },
}

type Conclusion = Awaited<ReturnType<typeof check>> & {readonly format: string}

async function conclude(environment: Environment, context: Context, result: Conclusion): Promise<number> {
  const {stdout} = environment
  const {format, findings, outputs, documents, patches} = result
  const exitCode = exitCodeOf(findings)
  const summaries = documents.map(({registry}) => summarize(registry))
  if (format === 'json') {
    const {jsonReport} = await import('../report/json.ts')
    stdout.write(jsonReport({command: 'check', findings, documents: summaries, outputs}))
    return exitCode
  }
  await printFindings(environment, context, {command: 'check', ...result})
  if (format === 'pretty' && patches.size > 0) {
    const {prettyPatch} = await import('../report/pretty-patch.ts')
    const {showPath, style, width} = context
    for (const [path, patch] of patches)
      stdout.write(prettyPatch({path: showPath(path), patch, style, width}))
  }
  const {style} = context
  if (exitCode === 0) {
    const entries = summaries.reduce((sum, summary) => sum + summary.entries, 0)
    const schemas = new Set(summaries.flatMap((summary) => Object.keys(summary.schemas))).size
    const what = `${count(entries, 'entry', 'entries')} in ${count(schemas, 'schema')}`
    stdout.write(
      `${style('green', '✓')} ${what}, ${count(outputs.length, 'output')} fresh (${context.elapsed()})\n`,
    )
  } else {
    const next =
      outputs.length > 0 && needsGenerate(findings) ? ': run `secdef generate`' : notCompared(outputs.length)
    stdout.write(`${style('red', '✗')} ${count(findings.length, 'finding')}${next} (${context.elapsed()})\n`)
  }
  return exitCode
}

function needsGenerate(findings: readonly Finding[]): boolean {
  return findings.every(({ruleId}) => /^output-(?:stale|missing|orphan)$|^interrupted-write$/.test(ruleId))
}

function notCompared(outputs: number): string {
  return outputs === 0 ? '; the outputs were not compared' : ''
}
