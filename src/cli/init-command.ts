/** What `secdef init` does; its description stands in the table of commands. */
import {findProject} from '../app/init/find-project.ts'
import {type InitOptions, type InitPlan, planInit, writeInit} from '../app/init/init.ts'
import {isChange, type Step} from '../app/init/plan.ts'
import {type ProfileName, profileNames} from '../model/default-registry.ts'
import {count} from '../model/words.ts'
import {chooseStyle, type Style} from '../report/style.ts'
import {section, suggestionText} from '../report/suggest-rows.ts'
import {visible, visibleLines} from '../report/visible.ts'
import {type CommandValues, textOption} from './command.ts'
import type {Environment} from './environment.ts'
import {exitCodes} from './exit-codes.ts'
import {expectLongRun} from './long-run.ts'

/** As a shell has it for SIGINT. */

export async function runInit(environment: Environment, values: CommandValues): Promise<number> {
  const {cwd, stdout, stderr, env, version} = environment
  const style = chooseStyle({isTTY: stdout.isTTY, env})
  const isDry = values.options.dryRun === true
  const isSure = values.options.yes === true
  const given = textOption(values, 'migrations')
  expectLongRun()
  const found = await findProject(cwd, given)
  const isOpen = found.migrations !== undefined && found.project.file === undefined
  const terminal = isSure || isDry ? undefined : environment.terminal?.()
  let profile = profileOf(values)
  if (isOpen && profile === undefined && terminal !== undefined) {
    const {askProfile} = await import('./init-prompts.ts')
    const answer = await askProfile(terminal)
    if (answer === 'interrupted') return exitCodes.interrupted
    profile = answer
  }
  const options: InitOptions = {
    profile,
    version,
    hook: values.options.hook !== false,
    workflow: values.options.workflow !== false,
    write: {section, text: suggestionText},
  }
  const plan = await planInit(found, options)
  stdout.write(describePlan(plan, style))
  for (const other of found.otherMigrations) {
    stderr.write(`left out: ${visible(other)} looks like migrations, too; --migrations names them\n`)
  }
  const number = plan.steps.filter(isChange).length
  if (number === 0) {
    stdout.write(`${style('green', '✓')} nothing to write\n${describeNext(plan)}`)
    return exitCodes.clean
  }
  const what = count(number, 'change')
  if (isDry) {
    stdout.write(`${what} to write; nothing was written\n`)
    return exitCodes.clean
  }
  if (!isSure) {
    if (terminal === undefined) {
      stderr.write('error  Nothing was written: there is nobody to ask\n mend  Run it with --yes.\n')
      return exitCodes.undecided
    }
    const {askWhether} = await import('./init-prompts.ts')
    const answer = await askWhether(terminal, `Write ${what}?`)
    if (answer === 'interrupted') return exitCodes.interrupted
    if (!answer) {
      stdout.write('Nothing was written.\n')
      return exitCodes.undecided
    }
  }
  await writeInit(plan, async () => planInit(await findProject(cwd, given), options))
  stdout.write(`${style('green', '✓')} ${what} written\n${describeNext(plan)}`)
  return exitCodes.clean
}

/** Commander has checked it. */
function profileOf(values: CommandValues): ProfileName | undefined {
  const given = textOption(values, 'profile')
  return profileNames.find((name) => name === given)
}

function describePlan({steps}: InitPlan, style: Style): string {
  return `${steps.map((step) => describeStep(step, style)).join('')}\n`
}

function describeStep(step: Step, style: Style): string {
  const path = visible(step.path)
  const line = (action: string, rest: string) => `  ${action.padEnd(7)}  ${rest}\n`
  const below = (text: string) => visibleLines(text).replace(/^(?=.)/gm, '           ')
  switch (step.action) {
    case 'create':
    case 'hook':
      return line(style('green', 'create '), path)
    case 'append':
      return `${line(style('green', 'append '), path)}${style('dim', below(step.added.replace(/^\n/, '')))}\n`
    case 'set':
      return line(style('green', 'set    '), `${path} ${step.key}`)
    case 'leave':
      return line(style('dim', 'leave  '), `${path} (${visible(step.why)}, left alone)`)
    case 'paste':
      return `${line(style('yellow', 'paste  '), `${path} (${step.why}, left alone): add by hand`)}${below(step.text)}\n`
  }
}

/** What is left for a person, in the order in which it has to be done. */
function describeNext(plan: InitPlan): string {
  const {runner, steps, rows, unwritable, unknowns, hasProfile, isNewDocument} = plan
  const run = (command: string) => `\`${runner.run} ${command}\``
  const pasted = steps.filter(({action}) => action === 'paste').length
  const todo = [
    ...(runner.add === undefined ? [] : [`Install it: \`${runner.add}\`.`]),
    ...(pasted === 0 ? [] : [`Add by hand what is listed above as paste.`]),
    ...(hasProfile
      ? []
      : ['Say as `migrations.profile` in the configuration what stands before the first migration.']),
    ...(unknowns === 0
      ? []
      : [
          `Look at ${count(unknowns, 'thing')} in the migrations that could not be followed: ${run('audit')}.`,
        ]),
    ...(unwritable === 0
      ? []
      : [`See to ${count(unwritable, 'definer')} without a row: the document tells which, and why.`]),
    ...(rows > 0 ? [`Fill in what says TODO in ${count(rows, 'row')} of the document.`] : []),
    ...(isNewDocument && rows === 0
      ? [`Add the first row: ${run('add schema.name')}. Until then ${run('check')} cannot decide.`]
      : []),
    ...(isNewDocument ? [`Write the outputs: ${run('generate')}, and commit all.`] : []),
  ]
  if (todo.length === 0) return ''
  return `\nNext\n${todo.map((one, index) => `  ${index + 1}. ${visible(one)}\n`).join('')}`
}
