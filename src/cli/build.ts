/** One run of `secdef generate`, and what is told of it. */
import {type GenerateResult, generate} from '../app/generate.ts'
import {latestDay} from '../model/day.ts'
import {count} from '../model/words.ts'
import {type RegistrySummary, summarize} from '../report/summary.ts'
import {visible} from '../report/visible.ts'
import {type CommandValues, textOption} from './command.ts'
import type {Context, Opened} from './context.ts'
import type {Environment} from './environment.ts'
import {exitCodeOf, exitCodes} from './exit-codes.ts'
import {tellOfOthers} from './other-runs.ts'
import {printFindings, printWhole} from './print.ts'
import {createProgress} from './progress.ts'

/** One run, told. */
export async function generateOpened(
  environment: Environment,
  values: CommandValues,
  opened: Opened,
): Promise<Pick<GenerateResult, 'findings' | 'outputs'> & {readonly exitCode: number}> {
  const format = textOption(values, 'format') ?? 'pretty'
  const {context} = opened
  if ('findings' in opened) {
    const rejected = {...opened, documents: [], outputs: []}
    return {
      ...rejected,
      exitCode: await conclude(environment, context, {format, ...rejected, isJudged: false}),
    }
  }
  const progress = createProgress(environment)
  const result = await generate(opened.project, {
    today: latestDay(environment.now()),
    onRows: progress.onRows,
    ...tellOfOthers(environment),
  })
  progress.clear()
  const isJudged = values.options.exitCode === true
  return {...result, exitCode: await conclude(environment, context, {format, ...result, isJudged})}
}

type Conclusion = GenerateResult & {
  readonly format: string
  /** Whether having written anything is a finding. */
  readonly isJudged: boolean
}

async function conclude(environment: Environment, context: Context, result: Conclusion): Promise<number> {
  const {stdout} = environment
  const {findings, documents, outputs, isJudged} = result
  const ofFindings = exitCodeOf(findings)
  const wasStale = outputs.some(({state}) => state !== 'unchanged')
  const exitCode = Math.max(ofFindings, isJudged && wasStale ? exitCodes.findings : exitCodes.clean)
  const summaries = documents.map(({registry}) => summarize(registry))
  const run = {...result, command: 'generate', exitCode, documents: summaries}
  if (await printWhole(environment, context, run)) return exitCode
  await printFindings(environment, context, run)
  const {style} = context
  if (ofFindings !== exitCodes.clean) {
    const nothing = `${count(findings.length, 'finding')}; nothing was written`
    stdout.write(`${style('red', '✗')} ${nothing} (${context.elapsed()})\n`)
    return exitCode
  }
  for (const summary of summaries) stdout.write(describeDocument(summary, context))
  for (const {path, state} of outputs) {
    const color = state === 'unchanged' ? 'dim' : 'green'
    stdout.write(`  ${style(color, state.padEnd(9))}  ${visible(context.showPath(path))}\n`)
  }
  const states = ['written', 'removed', 'unchanged'].map((state) => ({
    state,
    number: outputs.filter((output) => output.state === state).length,
  }))
  const tally = states.filter(({number}) => number > 0).map(({state, number}) => `${number} ${state}`)
  const what = `${count(outputs.length, 'output')}: ${tally.join(', ')}`
  const mark = exitCode === exitCodes.clean ? style('green', '✓') : style('red', '✗')
  const next = exitCode === exitCodes.clean ? '' : ': `git add` them'
  stdout.write(`\n${mark} ${what}${next} (${context.elapsed()})\n`)
  return exitCode
}

function describeDocument(summary: RegistrySummary, {style, showPath}: Context): string {
  const schemas = Object.entries(summary.schemas)
  const entries = `${count(summary.entries, 'entry', 'entries')} in ${count(schemas.length, 'schema')}`
  const events = count(summary.events, 'audit-history event')
  const width = Math.max(entries.length, events.length)
  const list = visible(schemas.map(([schema, number]) => `${schema} ${number}`).join(' · '))
  const audited = summary.audited === null ? '' : `${summary.audited.from} to ${summary.audited.to}`
  return [
    style('bold', visible(showPath(summary.path))),
    `  ${entries.padEnd(width)}  ${style('dim', list)}`,
    `  ${events.padEnd(width)}  ${style('dim', audited)}`.trimEnd(),
    '',
    '',
  ].join('\n')
}
