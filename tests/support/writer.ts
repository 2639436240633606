/** Runs one writer as its own process: `node writer.mjs '<Job as JSON>'`. */
import {appendFileSync} from 'node:fs'
import {withLock} from '../../src/io/lock.ts'
import {applyChanges, type Change} from '../../src/io/write-set.ts'
import {Failure} from '../../src/model/failure.ts'

export type Job = {
  readonly root: string
  readonly changes: readonly Change[]
  /** Gets a line on entering and leaving. */
  readonly log?: string
  /** Say "inside" and "waiting" on stdout, and stay inside until a byte comes on stdin. */
  readonly talk?: boolean
}

/** A child's argument can be read as anything; only our tests give it. */
const job: Job = JSON.parse(process.argv[2] ?? '')

function note(what: string): void {
  if (job.log !== undefined) appendFileSync(job.log, `${process.pid} ${what}\n`)
  if (job.talk) process.stdout.write(`${what}\n`)
}

async function work(): Promise<void> {
  note('inside')
  applyChanges(job.root, job.changes)
  if (job.talk) {
    await new Promise((resolve) => process.stdin.once('data', resolve))
    process.stdin.destroy()
  }
  note('left')
}

const onWait = () => void (job.talk && process.stdout.write('waiting\n'))

try {
  await withLock(job.root, {timeoutMs: 50_000, onWait}, work)
} catch (error) {
  if (!(error instanceof Failure)) throw error
  process.stderr.write(`${error.message}\n${error.hint}\n`)
  process.exitCode = 2
}
