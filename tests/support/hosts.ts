/** The two hosts of the command line: the function in this process, and the built command as a process. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {realpathSync} from 'node:fs'
import {join} from 'node:path'
import type {Ending, Environment, Output} from '../../src/cli/environment.ts'
import {run} from '../../src/cli/run.ts'
import {build} from './built.ts'

export type Result = {readonly code: number | null; readonly stdout: string; readonly stderr: string}
export type Env = Readonly<Record<string, string>>

export type Host = {
  readonly name: string
  /** Run `secdef` with these arguments in a folder. Times are shown as `(… s)`. */
  readonly secdef: (cwd: string, argv: readonly string[], env?: Env) => Promise<Result>
}

/** Nothing of whoever runs the tests: their colours, their continuous integration. */
const bareEnv = {PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/'}

export const inProcess: Host = {
  name: 'in process',
  secdef: (cwd, argv, env) => runHere({cwd, argv, env: env ?? {}}),
}

export type Here = {
  readonly cwd: string
  readonly argv: readonly string[]
  readonly env?: Env
  /** Columns of a terminal; without it, the output is a pipe. */
  readonly columns?: number
  /** A signal, for what runs until there is one. */
  readonly ended?: Promise<Ending>
  /** What is printed, as it is printed. */
  readonly onPrint?: (stream: 'stdout' | 'stderr', text: string) => void
}

export async function runHere({cwd, argv, env = {}, columns, ended, onPrint}: Here): Promise<Result> {
  const stdout = capture(columns, (text) => onPrint?.('stdout', text))
  const stderr = capture(columns, (text) => onPrint?.('stderr', text))
  const environment: Environment = {
    version: '0.0.0-test',
    argv,
    cwd,
    env,
    stdout: stdout.output,
    stderr: stderr.output,
    ...(ended && {ended: () => ended}),
    now: () => new Date('2025-12-31T12:00:00Z'),
    clock: () => 0,
  }
  const code = await run(environment)
  return {code, stdout: withoutTimes(stdout.text()), stderr: stderr.text()}
}

export const asCommand: Host = {
  name: 'as a command',
  secdef: (cwd, argv, env = {}) => execute(cwd, [cli(), ...argv], env),
}

export const hosts = [inProcess, asCommand]

export function cli(): string {
  return join(realpathSync(build()), 'cli.js')
}

/** Run Node to its end. */
export async function execute(cwd: string, args: readonly string[], env: Env = {}): Promise<Result> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: {...bareEnv, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const result = {stdout: '', stderr: ''}
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      result[name] += text
    })
  }
  const [code] = await once(child, 'close')
  return {code, stdout: withoutTimes(result.stdout), stderr: result.stderr}
}

function capture(
  columns: number | undefined,
  onWrite: (text: string) => void,
): {output: Output; text: () => string} {
  let text = ''
  return {
    output: {
      write(more) {
        text += more
        onWrite(more)
      },
      isTTY: columns !== undefined,
      columns,
    },
    text: () => text,
  }
}

function withoutTimes(text: string): string {
  return text.replace(/\(\d+\.\d\d s\)$/gm, '(… s)')
}
