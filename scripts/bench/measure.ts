/** Times whole processes, in turn with bare `node`, so that a ratio holds when the machine's speed drifts. */
import {spawn} from 'node:child_process'
import path from 'node:path'

const preload = path.join(import.meta.dirname, 'peak-memory.cjs')

export type Sample = {readonly seconds: number; readonly mebibytes: number}

export type Measurement = {
  /** Median wall time. */
  readonly seconds: number
  /** Median of the ratios to the bare `node` that ran just before. */
  readonly ratio: number
  /** Median peak of resident memory. */
  readonly mebibytes: number
  readonly runs: number
}

/** How long a process may take before it is ended: a commit hook has long been waited for. */
export const patienceMs = 60_000

/**
 * Run one process to its end.
 *
 * @returns `undefined` if it took longer than {@link patienceMs}.
 * @throws if it ends with another code than expected.
 */
export function runOnce(
  args: readonly string[],
  cwd: string,
  expected: readonly number[],
): Promise<Sample | undefined> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(process.execPath, ['--require', preload, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    let kibibytes = 0
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      kibibytes = Math.max(kibibytes, Number.parseInt(String(chunk), 10))
    })
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const seconds = (performance.now() - start) / 1000
      if (signal === 'SIGKILL') resolve(undefined)
      else if (code !== null && expected.includes(code)) resolve({seconds, mebibytes: kibibytes / 1024})
      else reject(new Error(`${args.join(' ')} ended with ${code}`))
    })
  })
}

/** `runs` that count, each behind a bare `node`. Warm up before. */
export async function measure(
  args: readonly string[],
  {cwd, runs, expected = [0]}: {cwd: string; runs: number; expected?: readonly number[]},
): Promise<Measurement> {
  const samples: (Sample & {ratio: number})[] = []
  for (let run = 0; run < runs; run++) {
    const bare = await runOnce(['-e', '0'], cwd, [0])
    const sample = await runOnce(args, cwd, expected)
    if (bare && sample) samples.push({...sample, ratio: sample.seconds / bare.seconds})
  }
  return {
    seconds: median(samples.map(({seconds}) => seconds)),
    ratio: median(samples.map(({ratio}) => ratio)),
    mebibytes: median(samples.map(({mebibytes}) => mebibytes)),
    runs,
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
