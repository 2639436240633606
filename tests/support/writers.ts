/** Starting writers as processes of their own, to be killed, paused or raced. */
import {type ChildProcess, spawn} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {once} from 'node:events'
import * as fs from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {fileURLToPath} from 'node:url'
import {buildSync} from 'esbuild'
import {afterAll, beforeAll} from 'vitest'
import type {Job} from './writer.ts'

const preload = new URL('./kill-at.mjs', import.meta.url).href

/** Processes that run side by side where a test needs many one after another. */
const workers = 4

export type Ended = {readonly code: number | null; readonly signal: string | null; readonly stderr: string}

export type Conditions = {
  /** See kill-at.mjs. */
  readonly stopAt?: string
  /** Run as somebody whom permissions hold back, also where the tests run as root. */
  readonly unprivileged?: boolean
  /** Largest file it may write, in blocks of 512 or 1024 bytes. */
  readonly fileLimit?: number
}

/**
 * Bundle the writer once for a test file, before its tests: it starts faster than through tsx.
 *
 * @returns Where it will be.
 */
export function bundleWriter(): string {
  const folder = join(fs.realpathSync(tmpdir()), `secdef-writer-${randomUUID()}`)
  const outfile = join(folder, 'writer.mjs')
  beforeAll(() => {
    buildSync({
      entryPoints: [fileURLToPath(new URL('./writer.ts', import.meta.url))],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'error',
    })
    fs.copyFileSync(fileURLToPath(preload), join(folder, 'kill-at.mjs'))
    fs.chmodSync(folder, 0o755)
  })
  afterAll(() => fs.rmSync(folder, {recursive: true, force: true}))
  return outfile
}

export function start(writer: string, job: Job, conditions: Conditions = {}): ChildProcess {
  const {stopAt, unprivileged, fileLimit} = conditions
  const args = ['--import', join(writer, '..', 'kill-at.mjs'), writer, JSON.stringify(job)]
  const env = {...process.env, STOP_AT: stopAt ?? ''}
  const uid = unprivileged && process.getuid?.() === 0 ? {uid: 65534, gid: 65534} : {}
  if (fileLimit === undefined) return spawn(process.execPath, args, {env, ...uid})
  const script = `ulimit -f ${fileLimit}; exec "$0" "$@"`
  return spawn('sh', ['-c', script, process.execPath, ...args], {env, ...uid})
}

/** Its exit, and what it said on stderr. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdout?.resume()
  const [code, signal] = await once(child, 'close')
  return {code, signal, stderr}
}

export function run(writer: string, job: Job, conditions?: Conditions): Promise<Ended> {
  return ended(start(writer, job, conditions))
}

/** A writer that talks: its lines one by one, and a byte to let it go on. */
export function converse(child: ChildProcess): {next(): Promise<string>; go(): void} {
  if (child.stdout === null || child.stdin === null) throw new Error('the writer has no pipes')
  const {stdin} = child
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]()
  return {
    async next() {
      const line = await lines.next()
      return line.done ? 'ended' : line.value
    },
    go() {
      stdin.write('g')
    },
  }
}

/**
 * Run `trial` for 1, 2, 3, … a few at a time, until one returns `undefined`.
 *
 * @returns What the trials before that one returned, in order.
 */
export async function untilDone<T>(trial: (n: number) => Promise<T | undefined>): Promise<T[]> {
  const results = new Map<number, T>()
  let next = 1
  let last = Number.POSITIVE_INFINITY
  const worker = async (): Promise<void> => {
    while (next < last) {
      const n = next++
      const result = await trial(n)
      if (result === undefined) last = Math.min(last, n)
      else results.set(n, result)
    }
  }
  await Promise.all(Array.from({length: workers}, worker))
  return [...results]
    .filter(([n]) => n < last)
    .sort(([a], [b]) => a - b)
    .map(([, result]) => result)
}
