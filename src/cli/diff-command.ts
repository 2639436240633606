/** What `secdef diff` does; its description stands in the table of commands. */
import {type DiffResult, diffProject, isReached, type Level} from '../app/diff.ts'
import {latestDay} from '../model/day.ts'
import {count} from '../model/words.ts'
import {summarize} from '../report/summary.ts'
import {visible} from '../report/visible.ts'
import {type CommandValues, textOption} from './command.ts'
import {type Context, openProject} from './context.ts'
import type {Environment} from './environment.ts'
import {exitCodeOf, exitCodes} from './exit-codes.ts'
import {printFindings} from './print.ts'
import {createProgress} from './progress.ts'

export async function runDiff(environment: Environment, values: CommandValues): Promise<number> {
  const format = textOption(values, 'format') ?? 'pretty'
  const opened = await openProject(environment, values)
  const {context} = opened
  if ('findings' in opened) return concludeRejected(environment, context, {format, ...opened})
  const progress = createProgress(environment)
  try {
    const result = await diffProject(opened.project, {
      revision: values.arguments[0],
      today: latestDay(environment.now()),
      onRows: progress.onRows,
    })
    progress.clear()
    return await conclude(environment, context, {
      ...result,
      format,
      failOn: textOption(values, 'failOn') as Level | undefined,
    })
  } finally {
    progress.clear()
  }
}

/** The configuration is none. */
async function concludeRejected(
  environment: Environment,
  context: Context,
  run: Pick<DiffResult, 'findings' | 'sources'> & {readonly format: string},
): Promise<number> {
  const {findings, format} = run
  if (format === 'json') {
    const {jsonReport} = await import('../report/json.ts')
    environment.stdout.write(jsonReport({command: 'diff', findings, documents: [], outputs: []}))
  } else await printUnread(environment, context, run, 'the documents were not compared')
  return exitCodeOf(findings)
}

type Conclusion = DiffResult & {readonly format: string; readonly failOn: Level | undefined}

async function conclude(environment: Environment, context: Context, result: Conclusion): Promise<number> {
  const {stdout, stderr} = environment
  const {format, registries, base} = result
  const exitCode = exitCodeOfDiff(result)
  if (format === 'json') {
    const {jsonDiff} = await import('../report/json-diff.ts')
    const verdict = (['clean', 'findings', 'undecided'] as const)[exitCode] ?? 'undecided'
    const documents = result.documents.map(({registry}) => summarize(registry))
    stdout.write(jsonDiff({...result, verdict, documents}))
    return exitCode
  }
  if (registries === undefined) {
    // Paths with a revision before them are git's, and lead nowhere from here.
    const seen = result.isBaseBroken ? {...context, showPath: (path: string) => path} : context
    const at = result.isBaseBroken ? ` at ${visible(base.short)}` : ''
    await printUnread(environment, seen, result, `the documents were not compared${at}`)
    if (result.isBaseBroken)
      stderr.write(`mend  Compare with a revision since which the document is sound.\n`)
    return exitCode
  }
  const view = {...result, registries}
  if (format === 'markdown') {
    const {markdownDiff} = await import('../report/markdown-diff.ts')
    stdout.write(markdownDiff(view))
    return exitCode
  }
  await printFindings(environment, context, result)
  const {diffLine, prettyDiff} = await import('../report/pretty-diff.ts')
  stdout.write(prettyDiff({...view, ...context}))
  stdout.write(`${diffLine(view, context.style)} (${context.elapsed()})\n`)
  return exitCode
}

function exitCodeOfDiff({registries, findings, isBaseBroken, failOn}: Conclusion): number {
  if (isBaseBroken) return exitCodes.undecided
  if (registries === undefined) return exitCodeOf(findings)
  if (failOn === undefined) return exitCodes.clean
  return registries.some(({changes}) => changes.some(({level}) => isReached(level, failOn)))
    ? exitCodes.findings
    : exitCodes.clean
}

/** Findings, and that nothing was done with the documents. In Markdown they are code, of which nothing is obeyed. */
async function printUnread(
  environment: Environment,
  context: Context,
  {format, findings, sources}: Pick<Conclusion, 'format' | 'findings' | 'sources'>,
  consequence: string,
): Promise<void> {
  const {stdout} = environment
  const last = `${context.style('red', '✗')} ${count(findings.length, 'finding')}; ${consequence}`
  if (format !== 'markdown') {
    await printFindings(environment, context, {format, findings, sources})
    stdout.write(`${last} (${context.elapsed()})\n`)
    return
  }
  const {prettyFindings} = await import('../report/pretty-findings.ts')
  const {plain} = await import('../report/style.ts')
  const {codeBlock} = await import('../report/markdown-text.ts')
  const text = prettyFindings({...context, style: plain, findings, sources})
  stdout.write(
    `### Security exceptions\n\n${codeBlock('text', text.trimEnd().split('\n'))}\n\n${count(findings.length, 'finding')}; ${consequence}.\n`,
  )
}
