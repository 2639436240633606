/** What `secdef audit` does; its description stands in the table of commands. */
import {resolve} from 'node:path'
import {type AuditResult, type AuditSource, auditProject, type ProfileName} from '../app/audit.ts'
import type {AuditReport} from '../model/audit-report.ts'
import {Failure} from '../model/failure.ts'
import {count} from '../model/words.ts'
import {type RegistrySummary, summarize} from '../report/summary.ts'
import {visible} from '../report/visible.ts'
import {type CommandValues, textOption} from './command.ts'
import {type Context, openProject} from './context.ts'
import {latestDay} from './day.ts'
import type {Environment} from './environment.ts'
import {exitCodeOf, exitCodes} from './exit-codes.ts'
import {printFindings} from './print.ts'
import {createProgress} from './progress.ts'

/** Of the folder that the Supabase CLI makes, on a project of today. */
const defaultProfile: ProfileName = 'supabase-2026'

const exits = {
  verified: exitCodes.clean,
  refuted: exitCodes.findings,
  unknown: exitCodes.findings,
  undecided: exitCodes.undecided,
} as const satisfies Record<AuditReport['verdict'], number>

export async function runAudit(environment: Environment, values: CommandValues): Promise<number> {
  const format = textOption(values, 'format') ?? 'pretty'
  const source = sourceOf(environment, values)
  const opened = await openProject(environment, values)
  const {context} = opened
  if ('findings' in opened) {
    return conclude(environment, context, {format, ...opened, documents: [], report: undefined})
  }
  const progress = createProgress(environment)
  try {
    const result = await auditProject(opened.project, {
      today: latestDay(environment.now()),
      source,
      isProfileAssumed: textOption(values, 'profile') === undefined,
      onRows: (path, rows) => progress.show(`reading ${visible(path)}: ${count(rows, 'row')}`),
      onFile: (path, number, all) => progress.show(`replaying ${number} of ${all}: ${visible(path)}`),
    })
    progress.clear()
    return await conclude(environment, context, {format, ...result})
  } finally {
    progress.clear()
  }
}

function sourceOf({cwd, env}: Environment, values: CommandValues): AuditSource {
  const {replay, database} = values.options
  const profile = textOption(values, 'profile')
  // An empty word is a variable that was not set: what it stood for must not be guessed.
  if (replay === '') throw new Failure('Unexpected empty --replay, expected a folder')
  if (database === '') throw new Failure('Unexpected empty --database, expected a URL')
  if (database === undefined) {
    const folder = typeof replay === 'string' ? resolve(cwd, replay) : undefined
    return {kind: 'replay', folder, profile: (profile as ProfileName | undefined) ?? defaultProfile}
  }
  if (replay !== undefined || profile !== undefined) {
    throw new Failure(`Unexpected --${replay === undefined ? 'profile' : 'replay'} beside --database`, {
      hint: 'A database is audited as it is: audit the migrations in a run of their own.',
    })
  }
  return {kind: 'database', url: typeof database === 'string' ? database : undefined, env}
}

type Conclusion = AuditResult & {readonly format: string}

async function conclude(environment: Environment, context: Context, result: Conclusion): Promise<number> {
  const {report, findings, documents} = result
  const summaries = documents.map(({registry}) => summarize(registry))
  if (report === undefined) return concludeUnread(environment, context, result, summaries)
  const {stdout} = environment
  const exitCode = exits[report.verdict]
  if (result.format === 'json') {
    const {jsonAudit} = await import('../report/json-audit.ts')
    stdout.write(jsonAudit({report, findings, documents: summaries}))
    return exitCode
  }
  await printFindings(environment, context, {command: 'audit', ...result})
  const pretty = await import('../report/pretty-audit.ts')
  const view = {report, sources: result.sources, ...context}
  if (result.format === 'github') {
    const {githubAudit} = await import('../report/github-audit.ts')
    stdout.write(githubAudit(report, context.showPath))
    stdout.write(pretty.logCoverage(view))
  } else {
    stdout.write(pretty.prettyJudgements(view))
    stdout.write(pretty.prettyCoverage(view))
  }
  stdout.write(`${pretty.verdictLine(report, context.style)} (${context.elapsed()})\n`)
  return exitCode
}

/** The documents, or the configuration, stopped the audit before anything was held against them. */
async function concludeUnread(
  environment: Environment,
  context: Context,
  result: Conclusion,
  summaries: readonly RegistrySummary[],
): Promise<number> {
  const {stdout} = environment
  const {findings, format} = result
  const exitCode = exitCodeOf(findings)
  if (format === 'json') {
    const {jsonReport} = await import('../report/json.ts')
    stdout.write(jsonReport({command: 'audit', findings, documents: summaries, outputs: []}))
    return exitCode
  }
  await printFindings(environment, context, {command: 'audit', ...result})
  const {style} = context
  const what = `${count(findings.length, 'finding')}; the database was not audited`
  stdout.write(`${style('red', '✗')} ${what} (${context.elapsed()})\n`)
  return exitCode
}
