/** What `secdef audit` does; its description stands in the table of commands. */
import {resolve} from 'node:path'
import {type AuditResult, type AuditSource, auditProject} from '../app/audit.ts'
import type {AuditReport} from '../model/audit-report.ts'
import {latestDay} from '../model/day.ts'
import {type ProfileName, profileNames} from '../model/default-registry.ts'
import {Failure} from '../model/failure.ts'
import type {ProvedSuggestions} from '../model/suggestion.ts'
import {count} from '../model/words.ts'
import {chooseStyle} from '../report/style.ts'
import {summarize} from '../report/summary.ts'
import {visible} from '../report/visible.ts'
import {type CommandValues, textOption} from './command.ts'
import {type Context, openProject} from './context.ts'
import type {Environment} from './environment.ts'
import {exitCodeOf} from './exit-codes.ts'
import {expectLongRun} from './long-run.ts'
import {printFindings, printWhole} from './print.ts'
import {createProgress} from './progress.ts'

export async function runAudit(environment: Environment, values: CommandValues): Promise<number> {
  const format = textOption(values, 'format') ?? 'pretty'
  const sources = sourcesOf(environment, values)
  const isSuggesting = values.options.suggest === true
  if (isSuggesting && format !== 'pretty') {
    throw new Failure(`Unexpected --format ${format} beside --suggest, which prints Markdown rows`, {
      hint: 'Leave one of them out.',
    })
  }
  const opened = await openProject(environment, values)
  const {context} = opened
  if ('findings' in opened) {
    return conclude(environment, context, {format, ...opened, documents: [], report: undefined})
  }
  expectLongRun()
  const progress = createProgress(environment)
  try {
    const result = await auditProject(opened.project, {
      today: latestDay(environment.now()),
      sources,
      ...(isSuggesting && {suggest: (await import('../report/suggest-rows.ts')).section}),
      profile: profileOf(values) ?? opened.project.migrations?.profile,
      env: environment.env,
      onRows: progress.onRows,
      onProgress: (text) => progress.show(visible(text)),
    })
    progress.clear()
    return await conclude(environment, context, {format, ...result})
  } finally {
    progress.clear()
  }
}

/** In the order in which coverage is told: from what is written to what is. */
function sourcesOf({cwd}: Environment, values: CommandValues): AuditSource[] {
  const {migrations, replay, database} = values.options
  const folders = (
    [
      ['migrations', migrations],
      ['replay', replay],
    ] as const
  ).flatMap(([kind, given]): AuditSource[] => {
    if (given === undefined) return []
    // An empty word is a variable that was not set: what it stood for must not be guessed.
    if (given === '') throw new Failure(`Unexpected empty --${kind}, expected a folder`)
    return [{kind, folder: typeof given === 'string' ? resolve(cwd, given) : undefined}]
  })
  const urls = Array.isArray(database) ? database : database === undefined ? [] : [undefined]
  if (urls.includes('')) throw new Failure('Unexpected empty --database, expected a URL')
  const databases = urls.map((url): AuditSource => ({kind: 'database', url}))
  if (folders.length === 0 && databases.length > 0 && profileOf(values) !== undefined) {
    throw new Failure('Unexpected --profile beside --database', {
      hint: 'A database is audited as it is: leave --profile out, or audit the migrations too.',
    })
  }
  const sources = [...folders, ...databases]
  return sources.length === 0 ? [{kind: 'migrations', folder: undefined}] : sources
}

/** Commander has checked it. */
function profileOf(values: CommandValues): ProfileName | undefined {
  const given = textOption(values, 'profile')
  return profileNames.find((name) => name === given)
}

type Conclusion = AuditResult & {readonly format: string}

async function conclude(environment: Environment, context: Context, result: Conclusion): Promise<number> {
  const {stdout} = environment
  const {report, suggestions, findings, documents, format, sources} = result
  const exitCode = exitCodeOf(findings, report)
  const summaries = documents.map(({registry}) => summarize(registry))
  if (suggestions !== undefined && report !== undefined)
    return await printSuggestions(environment, context, {report, suggestions}, exitCode)
  const run = {
    command: 'audit',
    exitCode,
    format,
    findings,
    sources,
    documents: summaries,
    outputs: [],
    audit: report,
  }
  if (await printWhole(environment, context, run)) return exitCode
  await printFindings(environment, context, run)
  const {style} = context
  if (report === undefined) {
    // The documents, or the configuration, stopped the audit before anything was held against them.
    const what = `${count(findings.length, 'finding')}; the database was not audited`
    stdout.write(`${style('red', '✗')} ${what} (${context.elapsed()})\n`)
    return exitCode
  }
  const pretty = await import('../report/pretty-audit.ts')
  const view = {report, sources, ...context}
  stdout.write(format === 'github' ? pretty.logCoverage(view) : pretty.prettyCoverage(view))
  stdout.write(`${pretty.verdictLine(report, style)} (${context.elapsed()})\n`)
  return exitCode
}

/** The rows alone on stdout, to be pasted or appended; what they rest on beside them. */
async function printSuggestions(
  {stdout, stderr, env}: Environment,
  context: Context,
  {report, suggestions}: {readonly report: AuditReport; readonly suggestions: ProvedSuggestions},
  exitCode: number,
): Promise<number> {
  const {suggestionText} = await import('../report/suggest-rows.ts')
  const {prettyCoverage, verdictLine} = await import('../report/pretty-audit.ts')
  const style = chooseStyle({isTTY: stderr.isTTY, env})
  stdout.write(suggestionText(suggestions))
  stderr.write(prettyCoverage({report, sources: new Map(), ...context, style}))
  const rows = suggestions.writable.length
  const what = rows === 0 ? 'nothing to suggest' : `${count(rows, 'row')} to fill in`
  stderr.write(`${verdictLine(report, style)}; ${what}\n`)
  return exitCode
}
