/** Who holds a lock, as its file says, and whether that process can still be at work. */
import * as fs from 'node:fs'
import {hostname} from 'node:os'
import {codeOf} from './disk.ts'

export type Holder = {
  readonly pid: number
  readonly host: string
  /** Linux: which set of process ids `pid` belongs to, as containers may share a host name. Else `null`. */
  readonly namespace: string | null
  /** Linux: ticks from boot to the start of the process, as a pid is used again. Else `null`. */
  readonly started: string | null
  /** 16 hex digits, never used twice. */
  readonly token: string
}

/** This process as a holder. */
export function ourselves(token: string): Holder {
  const started = processNow(process.pid)?.started ?? null
  return {pid: process.pid, host: hostname(), namespace: pidNamespace(), started, token}
}

/** `undefined` where the text is not what `ourselves` describes. */
export function parseHolder(text: string): Holder | undefined {
  const found = parseObject(text)
  if (found === undefined) return undefined
  const {pid, host, namespace, started, token} = found
  // A pid of 0 or below would ask after whole groups of processes.
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined
  if (typeof host !== 'string' || typeof token !== 'string' || !/^[0-9a-f]{16}$/.test(token)) return undefined
  if (!isTextOrNull(namespace) || !isTextOrNull(started)) return undefined
  return {pid, host, namespace, started, token}
}

/** Whether the holder's process has certainly ended. Of another machine or container we cannot know. */
export function isGone(holder: Holder): boolean {
  if (holder.host !== hostname() || holder.namespace !== pidNamespace()) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return true
  }
  const now = processNow(holder.pid)
  if (now === undefined) return false
  // A killed process stays as Z until its parent asks for it, which in a container may be never.
  return now.state === 'Z' || now.state === 'X' || (holder.started !== null && now.started !== holder.started)
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? {...value} : undefined
  } catch {
    return undefined
  }
}

/** Fields 3 and 22; the name before them may hold blanks and brackets. @see proc_pid_stat(5) */
function processNow(pid: number): {state: string; started: string} | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, started] = [fields[0], fields[19]]
    return state === undefined || started === undefined ? undefined : {state, started}
  } catch {
    return undefined
  }
}

function pidNamespace(): string | null {
  try {
    return fs.readlinkSync('/proc/self/ns/pid')
  } catch {
    return null
  }
}
