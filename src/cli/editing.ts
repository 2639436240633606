/** What the commands that edit the document share: options, progress, and what they say that they did. */
import type {EditOptions, EditResult} from '../app/edit/edit-document.ts'
import type {Edited} from '../app/edit/edited.ts'
import type {Project} from '../app/project.ts'
import {latestDay} from '../model/day.ts'
import {Failure} from '../model/failure.ts'
import {count} from '../model/words.ts'
import {summarize} from '../report/summary.ts'
import {visible, visibleLines} from '../report/visible.ts'
import {type CommandValues, textOption} from './command.ts'
import {type Context, openProject} from './context.ts'
import type {Environment} from './environment.ts'
import {exitCodeOf, exitCodes} from './exit-codes.ts'
import {tellOfOthers} from './other-runs.ts'
import {printFindings, printWhole} from './print.ts'

export type Editing = {
  readonly command: 'add' | 'edit' | 'remove' | 'rename'
  readonly edit: (project: Project, options: EditOptions) => Promise<EditResult | Interrupted>
}

/** Whoever was asked has left. */
export type Interrupted = 'interrupted'

/** As a shell has it for SIGINT. */

const done: Readonly<Record<Editing['command'], string>> = {
  add: 'added',
  edit: 'changed',
  remove: 'removed',
  rename: 'renamed',
}

export async function runEditing(
  environment: Environment,
  values: CommandValues,
  {command, edit}: Editing,
): Promise<number> {
  const format = textOption(values, 'format') ?? 'pretty'
  const dryRun = values.options.dryRun === true
  if (dryRun && format !== 'pretty') {
    throw new Failure(`Unexpected --format ${format} beside --dry-run, which prints a patch`, {
      hint: 'Leave one of the two out.',
    })
  }
  const opened = await openProject(environment, values)
  const {context} = opened
  if ('findings' in opened) {
    const nothing = {documents: [], edited: undefined, outputs: [], patch: undefined}
    return conclude(environment, context, command, format, {...nothing, ...opened})
  }
  const result = await edit(opened.project, {
    today: latestDay(environment.now()),
    on: textOption(values, 'on'),
    dryRun,
    generate: values.options.generate !== false,
    ...tellOfOthers(environment),
  })
  if (result === 'interrupted') return exitCodes.interrupted
  return conclude(environment, context, command, format, result)
}

async function conclude(
  environment: Environment,
  context: Context,
  command: Editing['command'],
  format: string,
  result: EditResult,
): Promise<number> {
  const {stdout, stderr} = environment
  const {findings, documents, edited, outputs, patch} = result
  const exitCode = exitCodeOf(findings)
  if (patch !== undefined && edited !== undefined) {
    // A patch is to be applied as it is; a terminal must not obey it.
    stdout.write(stdout.isTTY ? visibleLines(patch) : patch)
    if (exitCode !== 0) stderr.write('The document has findings: `secdef check` shows them.\n')
    return exitCode
  }
  const summaries = documents.map(({registry}) => summarize(registry))
  const document = edited === undefined ? [] : [{path: edited.path, state: edited.state}]
  const shown = [...document, ...outputs]
  const run = {...result, command, format, exitCode, documents: summaries, outputs: shown}
  if (await printWhole(environment, context, run)) return exitCode
  await printFindings(environment, context, run)
  const {style} = context
  if (edited === undefined) {
    const nothing = `${count(findings.length, 'finding')}; nothing was written`
    stdout.write(`${style('red', '✗')} ${nothing} (${context.elapsed()})\n`)
    return exitCode
  }
  stdout.write(`${describeEdit(command, edited, context)}\n`)
  for (const {path, state} of outputs) {
    const color = state === 'unchanged' ? 'dim' : 'green'
    stdout.write(`  ${style(color, state.padEnd(9))}  ${visible(context.showPath(path))}\n`)
  }
  const mark = exitCode === 0 ? style('green', '✓') : style('red', '✗')
  stdout.write(`\n${mark} ${describeOutputs(result)} (${context.elapsed()})\n`)
  return exitCode
}

function describeEdit(command: Editing['command'], edited: Edited, {style, showPath}: Context): string {
  const {id, oldId, path, place, section, state, lines} = edited
  const where = `${visible(showPath(path))}${place === undefined ? '' : `:${place.start.line}`}`
  const isRenamed = oldId !== undefined && oldId !== id
  const was = isRenamed ? ` from ${visible(oldId)}` : ''
  const what = state === 'unchanged' ? 'already says so' : `${done[command]}${was}`
  const more = lines > 1 ? `, ${count(lines, 'line')} of the document` : ''
  const below = section === undefined ? '' : ` (${visible(section)})`
  return `${style('underline', where)}  ${visible(id)} ${what}${more}${below}`
}

function describeOutputs({edited, outputs, findings}: EditResult): string {
  const document = `the document is ${edited?.state === 'unchanged' ? 'as it was' : 'written'}`
  if (outputs.length === 0) {
    const why = findings.length > 0 ? `, it has ${count(findings.length, 'finding')}` : ''
    return `${document}${why}; the outputs were left as they are`
  }
  const states = ['written', 'removed', 'unchanged'].map((state) => ({
    state,
    number: outputs.filter((output) => output.state === state).length,
  }))
  const tally = states.filter(({number}) => number > 0).map(({state, number}) => `${number} ${state}`)
  return `${document}; ${count(outputs.length, 'output')}: ${tally.join(', ')}`
}
