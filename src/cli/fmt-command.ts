/** What `secdef fmt` does; its description stands in the table of commands. */
import {type FormatResult, formatDocuments} from '../app/fmt.ts'
import {latestDay} from '../model/day.ts'
import {count} from '../model/words.ts'
import {summarize} from '../report/summary.ts'
import {visible, visibleJson} from '../report/visible.ts'
import {type CommandValues, textOption} from './command.ts'
import {type Context, openProject} from './context.ts'
import type {Environment} from './environment.ts'
import {exitCodeOf, exitCodes} from './exit-codes.ts'
import {tellOfOthers} from './other-runs.ts'
import {printFindings} from './print.ts'
import {createProgress} from './progress.ts'

export async function runFmt(environment: Environment, values: CommandValues): Promise<number> {
  const format = textOption(values, 'format') ?? 'pretty'
  const opened = await openProject(environment, values)
  const {context} = opened
  if ('findings' in opened)
    return conclude(environment, context, {format, ...opened, documents: [], files: []})
  const progress = createProgress(environment)
  try {
    const result = await formatDocuments(opened.project, {
      today: latestDay(environment.now()),
      check: values.options.check === true,
      onRows: progress.onRows,
      ...tellOfOthers(environment),
    })
    progress.clear()
    return await conclude(environment, context, {format, ...result})
  } finally {
    progress.clear()
  }
}

type Conclusion = FormatResult & {readonly format: string}

async function conclude(environment: Environment, context: Context, result: Conclusion): Promise<number> {
  const {stdout} = environment
  const {findings, files, format} = result
  const unformatted = files.filter(({state}) => state === 'unformatted')
  const ofFindings = exitCodeOf(findings)
  const exitCode = Math.max(ofFindings, unformatted.length > 0 ? exitCodes.findings : exitCodes.clean)
  if (format === 'json') {
    stdout.write(await jsonRun(result, exitCode))
    return exitCode
  }
  await printFindings(environment, context, result)
  if (format === 'github' && unformatted.length > 0) {
    const {githubAnnotations} = await import('../report/github.ts')
    const annotations = unformatted.map(({path}) => ({
      severity: 'error' as const,
      ruleId: 'fmt',
      message: 'Unexpected layout of the registry tables',
      mend: 'Run `secdef fmt`.',
      path,
    }))
    stdout.write(githubAnnotations(annotations, context.showPath))
  }
  const {style} = context
  for (const {path, state} of files) {
    const color = state === 'unchanged' ? 'dim' : state === 'written' ? 'green' : 'red'
    stdout.write(`${style(color, state.padEnd(11))}  ${visible(context.showPath(path))}\n`)
  }
  const mark = exitCode === exitCodes.clean ? style('green', '✓') : style('red', '✗')
  stdout.write(`${mark} ${describeRun(result, ofFindings, unformatted.length)} (${context.elapsed()})\n`)
  return exitCode
}

function describeRun({findings, files}: Conclusion, ofFindings: number, unformatted: number): string {
  if (ofFindings !== exitCodes.clean) return `${count(findings.length, 'finding')}; nothing was formatted`
  const written = files.filter(({state}) => state === 'written').length
  const documents = count(files.length, 'document')
  if (unformatted > 0) return `${unformatted} of ${documents} not formatted: run \`secdef fmt\``
  return written > 0 ? `${documents}, ${written} formatted` : `${documents} formatted already`
}

/** A layout is no finding, so the verdict is ours. */
async function jsonRun({findings, documents, files}: Conclusion, exitCode: number): Promise<string> {
  const {jsonReport} = await import('../report/json.ts')
  const summaries = documents.map(({registry}) => summarize(registry))
  const report = jsonReport({command: 'fmt', findings, documents: summaries, outputs: files})
  const verdict = (['clean', 'findings', 'undecided'] as const)[exitCode]
  return visibleJson(`${JSON.stringify({...JSON.parse(report), verdict}, null, 2)}\n`)
}
