/** The project's lock as commands use it: wait for it, mend what a dead run left, work, give it back. */
import {randomBytes} from 'node:crypto'
import {setTimeout as pause} from 'node:timers/promises'
import {Failure} from '../model/failure.ts'
import {type Holder, ourselves} from './holder.ts'
import {release, sweep, tryLock} from './lock-file.ts'
import {lockName} from './own-names.ts'
import {type Recovery, recover} from './recover.ts'

export type LockOptions = {
  /** How long to wait for another run, in milliseconds. */
  readonly timeoutMs: number
  /** Called once if there is a wait; `undefined` where the lock file cannot be read. */
  readonly onWait?: (holder: Holder | undefined) => void
  /** Called if an interrupted run had left something: its write was finished, or undone. */
  readonly onRecovery?: (recovery: Recovery) => void
}

const pollMs = 20

/**
 * Run `work` while holding the lock of the project in `root`, after finishing or undoing what an interrupted
 * run left.
 *
 * @throws Failure if the lock is not to be had in time, the root cannot be written, or what an interrupted
 * run left is damaged. What `work` throws goes through.
 */
export async function withLock<T>(
  root: string,
  options: LockOptions,
  work: () => Promise<T> | T,
): Promise<T> {
  const me = ourselves(randomBytes(8).toString('hex'))
  await take(root, me, options)
  try {
    sweep(root)
    const recovery = recover(root)
    if (recovery !== undefined) options.onRecovery?.(recovery)
    return await work()
  } finally {
    release(root, me)
  }
}

async function take(root: string, me: Holder, {timeoutMs, onWait}: LockOptions): Promise<void> {
  const deadline = performance.now() + timeoutMs
  let told = false
  for (;;) {
    const other = tryLock(root, me)
    if (other === 'ours') return
    if (!told) onWait?.(other.holder)
    told = true
    if (performance.now() >= deadline) throw busy(other.holder, me, timeoutMs)
    await pause(pollMs)
  }
}

function busy(holder: Holder | undefined, me: Holder, timeoutMs: number): Failure {
  const waited = `waited ${timeoutMs / 1000} s`
  if (holder === undefined) {
    const hint = `If no secdef runs here, delete ${lockName} and run the command again.`
    return new Failure(`${lockName} does not say which process holds it (${waited})`, {hint})
  }
  const here = holder.host === me.host && holder.namespace === me.namespace
  const who = `process ${holder.pid}${here ? '' : ` on ${holder.host}`}`
  const where = here ? '' : ' on that machine or container'
  return new Failure(`Another secdef is writing here: ${who} holds ${lockName} (${waited})`, {
    hint: `Let it end. If ${who} is no secdef or does not run${where}, delete ${lockName} and run again.`,
  })
}
