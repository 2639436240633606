/** What a read-only command needs to know about writes, without the weight of the writer. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {statsOf} from './disk.ts'
import {isGone, parseHolder} from './holder.ts'
import {journalName, lockName} from './own-names.ts'

export type InterruptedWrite = {
  /** The record that the next write goes on from, relative to the root. */
  readonly path: typeof journalName
  /** Whether the write may just be going on, so that there is nothing wrong but the moment. */
  readonly running: boolean
}

/** Tells that outputs in `root` are between two states: some may be old while others are new. */
export function interruptedWrite(root: string): InterruptedWrite | undefined {
  if (statsOf(join(root, journalName)) === undefined) return undefined
  return {path: journalName, running: isRunning(join(root, lockName))}
}

function isRunning(lock: string): boolean {
  try {
    const holder = parseHolder(fs.readFileSync(lock, 'utf8'))
    return holder !== undefined && !isGone(holder)
  } catch {
    return false
  }
}
