/** What the commands on a project share: finding it, where paths are shown from, how long it took. */
import {isAbsolute, join, relative} from 'node:path'
import {loadProject, type Project, type RejectedProject} from '../app/project.ts'
import type {Finding} from '../model/rules.ts'
import {chooseStyle, type Style} from '../report/style.ts'
import {type CommandValues, textOption} from './command.ts'
import type {Environment} from './environment.ts'

export type Context = {
  readonly style: Style
  readonly width: number
  /** Path of the project → path as the reader of this format can open it. */
  readonly showPath: (path: string) => string
  /** Seconds since the start, with two decimals. */
  readonly elapsed: () => string
}

export type Opened =
  | {readonly project: Project; readonly context: Context}
  | {
      readonly findings: readonly Finding[]
      readonly sources: ReadonlyMap<string, string>
      readonly context: Context
    }

/** Columns where the output is no terminal: wide enough for a row, narrow enough for a log. */
const defaultWidth = 120

export async function openProject(environment: Environment, values: CommandValues): Promise<Opened> {
  const start = environment.clock()
  const found = await loadProject(environment.cwd, textOption(values, 'config'))
  return describeOpened(environment, values, found, start)
}

/** @param start When the command began, by the environment's clock. */
export function describeOpened(
  environment: Environment,
  values: CommandValues,
  found: {readonly project: Project} | RejectedProject,
  start: number,
): Opened {
  const format = textOption(values, 'format')
  const {root} = 'project' in found ? found.project : found
  const isOfRepository = format === 'github' || format === 'sarif'
  const base = (isOfRepository && environment.env.GITHUB_WORKSPACE) || environment.cwd
  const context: Context = {
    style: chooseStyle({isTTY: environment.stdout.isTTY, env: environment.env}),
    width: environment.stdout.columns || defaultWidth,
    showPath: (path) => showFrom(base, root, path),
    elapsed: () => `${((environment.clock() - start) / 1000).toFixed(2)} s`,
  }
  if ('project' in found) return {project: found.project, context}
  const sources = new Map(found.text === undefined ? [] : [[found.file, found.text]])
  return {findings: found.findings, sources, context}
}

/** Relative to where the reader stands, unless that is on another drive. */
function showFrom(base: string, root: string, path: string): string {
  const shown = relative(base, join(root, path)).replaceAll('\\', '/')
  return isAbsolute(shown) ? path : shown
}
