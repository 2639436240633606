/** A watch that runs beside a test: its builds one by one, and its end. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {onTestFinished} from 'vitest'
import type {Ending} from '../../src/cli/environment.ts'
import {cli, runHere} from './hosts.ts'

export type Watched = {
  /** The lines of the next build that ends, the first and the last of them included. */
  readonly build: () => Promise<string>
  /** How many builds have begun. */
  readonly begun: () => number
  readonly end: (signal: Ending) => Promise<number | null>
  /** The exit code, once it has ended. */
  readonly code: Promise<number | null>
  readonly stderr: () => string
  /** Resolves once standard error holds the text: what was printed there first may be read here last. */
  readonly complains: (text: string) => Promise<unknown>
}

export type WatchHost = {
  readonly name: string
  readonly watch: (cwd: string, options?: readonly string[]) => Watched
}

const argv = (options: readonly string[]) => ['generate', '--watch', ...options]

export const watchHere: WatchHost = {
  name: 'in process',
  watch(cwd, options = []) {
    let end = (_: Ending): void => {}
    const ended = new Promise<Ending>((resolve) => {
      end = resolve
    })
    return follow((onPrint) => {
      const code = runHere({cwd, argv: argv(options), ended, onPrint}).then((result) => result.code)
      return {code, kill: end}
    })
  },
}

export const watchAsCommand: WatchHost = {
  name: 'as a command',
  watch(cwd, options = []) {
    return follow((onPrint) => {
      const child = spawn(process.execPath, [cli(), ...argv(options)], {
        cwd,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      for (const stream of ['stdout', 'stderr'] as const)
        child[stream].setEncoding('utf8').on('data', (text: string) => onPrint(stream, text))
      return {code: once(child, 'close').then(([code]) => code), kill: (signal) => void child.kill(signal)}
    })
  },
}

export const watchHosts = [watchHere, watchAsCommand]

type Print = (stream: 'stdout' | 'stderr', text: string) => void
type Started = {readonly code: Promise<number | null>; readonly kill: (signal: Ending) => void}

function follow(start: (onPrint: Print) => Started): Watched {
  const text = {stdout: '', stderr: ''}
  let taken = 0
  let look = () => {}
  const {code, kill} = start((stream, more) => {
    text[stream] += more
    look()
  })
  const isOver = code.then(() => true)
  onTestFinished(async () => {
    kill('SIGTERM')
    await code
  })
  const next = (): string | undefined => {
    const block = /^secdef: build started.*\n[\s\S]*?^secdef: build finished.*\n/m.exec(
      text.stdout.slice(taken),
    )
    if (block === null) return undefined
    taken += block.index + block[0].length
    return block[0]
  }
  const found = async <Wanted>(find: () => Wanted | undefined): Promise<Wanted> => {
    for (;;) {
      const printed = new Promise<false>((resolve) => {
        look = () => resolve(false)
      })
      const wanted = find()
      if (wanted !== undefined) return wanted
      if (!(await Promise.race([printed, isOver]))) continue
      const last = find()
      if (last !== undefined) return last
      throw new Error(`The watch has ended with ${await code}: ${text.stdout}${text.stderr}`)
    }
  }
  return {
    build: async () => (await found(next)).replace(/\(\d+\.\d\d s\)$/gm, '(… s)'),
    complains: (wanted) => found(() => text.stderr.includes(wanted) || undefined),
    begun: () => text.stdout.match(/^secdef: build started/gm)?.length ?? 0,
    end(signal) {
      kill(signal)
      return code
    },
    code,
    stderr: () => text.stderr,
  }
}
