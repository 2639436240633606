/** `secdef check`. */
import {check} from '../app/check.ts'
import type {AuditReport} from '../model/audit-report.ts'
import {latestDay} from '../model/day.ts'
import type {Finding} from '../model/rules.ts'
import {count} from '../model/words.ts'
import {summarize} from '../report/summary.ts'
import {visible} from '../report/visible.ts'
import {type Command, type CommandValues, configOption, formatOption, textOption} from './command.ts'
import {type Context, describeOpened, type Opened, openProject} from './context.ts'
import type {Environment} from './environment.ts'
import {exitCodeOf} from './exit-codes.ts'
import {printFindings, printWhole} from './print.ts'
import {createProgress} from './progress.ts'

export const checkCommand: Command = {
  name: 'check',
  summary: 'tell whether the document is sound, every output fresh, and every definer documented',
  description: [
    'Reads the document, renders every output in memory and compares it with what is on disk. Where the configuration',
    'names migrations, holds the rows against their SECURITY DEFINER routines, in both directions.',
    'Writes nothing. Exits with 0 if all is well, 1 on findings, 2 if it could not decide.',
  ].join('\n'),
  options: [
    {flags: '--staged', description: 'judge what is staged for the next commit, not what is on the disk'},
    formatOption,
    configOption,
  ],
  examples: [
    {command: 'secdef check', does: 'in CI'},
    {command: 'secdef check --staged', does: 'in a pre-commit hook'},
    {command: 'secdef check --format github', does: 'with annotations in a pull request'},
  ],
  async run(environment, values) {
    if (values.options.staged !== true)
      return runCheck(environment, values, await openProject(environment, values))
    const start = environment.clock()
    const {withStagedProject} = await import('../app/staged/staged.ts')
    return await withStagedProject(environment.cwd, textOption(values, 'config'), (found) =>
      runCheck(environment, values, describeOpened(environment, values, found, start)),
    )
  },
}

async function runCheck(environment: Environment, values: CommandValues, opened: Opened): Promise<number> {
  const asked = {format: textOption(values, 'format') ?? 'pretty', isStaged: values.options.staged === true}
  const {context} = opened
  if ('findings' in opened) {
    const nothing = {documents: [], outputs: [], patches: new Map(), migrations: undefined}
    return conclude(environment, context, {...asked, ...opened, ...nothing})
  }
  const progress = createProgress(environment)
  const result = await check(opened.project, {
    today: latestDay(environment.now()),
    onRows: progress.onRows,
  })
  progress.clear()
  return conclude(environment, context, {...asked, ...result})
}

type Conclusion = Awaited<ReturnType<typeof check>> & {readonly format: string; readonly isStaged: boolean}

async function conclude(environment: Environment, context: Context, result: Conclusion): Promise<number> {
  const {stdout} = environment
  const {format, findings, outputs, documents, patches, isStaged, migrations: audit} = result
  const exitCode = exitCodeOf(findings, audit)
  const summaries = documents.map(({registry}) => summarize(registry))
  const run = {...result, command: 'check', exitCode, documents: summaries, audit}
  if (await printWhole(environment, context, run)) return exitCode
  await printFindings(environment, context, run)
  const {showPath, style, width} = context
  if (format === 'pretty' && patches.size > 0) {
    const {prettyPatch} = await import('../report/pretty-patch.ts')
    for (const [path, patch] of patches)
      stdout.write(prettyPatch({path: showPath(path), patch, style, width, isStaged}))
  }
  if (exitCode === 0) {
    const entries = summaries.reduce((sum, summary) => sum + summary.entries, 0)
    const schemas = new Set(summaries.flatMap((summary) => Object.keys(summary.schemas))).size
    const what = [
      `${count(entries, 'entry', 'entries')} in ${count(schemas, 'schema')}`,
      `${count(outputs.length, 'output')} fresh`,
      ...describeMigrations(audit),
    ]
    stdout.write(`${style('green', '✓')} ${what.join(', ')} (${context.elapsed()})\n`)
  } else {
    const number = findings.length + (audit?.judgements.length ?? 0)
    stdout.write(
      `${style('red', '✗')} ${count(number, 'finding')}${nextStep(result)} (${context.elapsed()})\n`,
    )
  }
  return exitCode
}

function nextStep({findings, outputs, migrations, isStaged}: Conclusion): string {
  if (outputs.length === 0) return '; the outputs were not compared'
  const agrees = migrations === undefined || migrations.verdict === 'verified'
  if (!agrees || !needsGenerate(findings)) return ''
  return isStaged ? ': run `secdef generate`, then `git add` what it wrote' : ': run `secdef generate`'
}

function needsGenerate(findings: readonly Finding[]): boolean {
  return findings.every(({ruleId}) => /^output-(?:stale|missing|orphan)$|^interrupted-write$/.test(ruleId))
}

/** What was seen: a folder that holds less than it should is not told otherwise. */
function describeMigrations(audit: AuditReport | undefined): string[] {
  return (audit?.sources ?? []).map(({seen, source, tallies, coverage}) => {
    const documented = seen.definers - tallies.undocumented
    const of = tallies.undocumented === 0 ? '' : `${documented} of `
    const leftOut = coverage.leftOut.reduce((sum, {definers}) => sum + definers, 0)
    const more = leftOut === 0 ? '' : ` (${count(leftOut, 'more')} in schemas that are left out)`
    return `${of}${count(seen.definers, 'definer')} in ${visible(source.label)} documented${more}`
  })
}
