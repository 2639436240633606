/** The lock file: one holder at a time, and the file of a dead holder is cleared by exactly one other. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {Failure} from '../model/failure.ts'
import {attempt, codeOf, removeFile, statsOf, writeNew} from './disk.ts'
import {type Holder, isGone, parseHolder} from './holder.ts'
import {isLockDebris, lockName, temporarySuffix} from './own-names.ts'

/** A lock of somebody else's; `undefined` where the file does not say whose. */
export type Held = {readonly holder: Holder | undefined}

/**
 * Take the lock file `name` unless a process that may live holds it.
 *
 * A dead holder's file is removed only while holding a second lock that is named after its token. Without it,
 * two could see the dead holder, the first remove the file and lock anew, and the second remove the new lock.
 * With it, a file seen to hold the dead token stays until we remove it: the dead do not, nobody else may, and
 * no token comes back. The second lock is taken in the same way, so that dying with it blocks nobody.
 */
export function tryLock(root: string, me: Holder, name = lockName): 'ours' | Held {
  for (;;) {
    const seen = readLock(root, name)
    if (seen === undefined) {
      if (claim(root, name, me)) return 'ours'
      continue
    }
    const {holder} = seen
    if (holder === undefined || !isGone(holder)) return seen
    const clearing = `${lockName}.${holder.token}`
    const other = tryLock(root, me, clearing)
    if (other !== 'ours') return other
    attempt(`clear ${name} of process ${holder.pid}, which has ended`, () => {
      try {
        if (readLock(root, name)?.holder?.token === holder.token) removeFile(join(root, name))
      } finally {
        removeFile(join(root, clearing))
      }
    })
  }
}

/**
 * Create the lock file with its content in one step: whoever reads it knows its holder, whenever we die.
 *
 * @returns `false` if another was faster.
 */
function claim(root: string, name: string, me: Holder): boolean {
  const file = join(root, name)
  const bytes = Buffer.from(`${JSON.stringify(me)}\n`)
  const temporary = join(root, `${lockName}.${me.token}${temporarySuffix}`)
  return attempt(`lock ${root} (${name})`, () => {
    try {
      writeNew(temporary, bytes)
      return link(temporary, file, bytes)
    } finally {
      removeFile(temporary)
    }
  })
}

function link(temporary: string, file: string, bytes: Uint8Array): boolean {
  try {
    fs.linkSync(temporary, file)
    return true
  } catch (error) {
    // EEXIST: another holds it. ENOENT: another got it, and swept our temporary away.
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') return false
  }
  // No hard links here (FAT, some network drives): a kill in between would leave a lock without a holder.
  try {
    writeNew(file, bytes)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** `undefined`: nobody holds it. A holder of `undefined`: somebody does, but the file does not say who. */
function readLock(root: string, name: string): Held | undefined {
  const file = join(root, name)
  const stats = attempt(`look at ${name}`, () => statsOf(file))
  if (stats === undefined) return undefined
  if (!stats.isFile()) {
    throw new Failure(`Cannot lock ${root}: ${name} is not a file`, {hint: `Remove ${name}, then run again.`})
  }
  try {
    return {holder: parseHolder(fs.readFileSync(file, 'utf8'))}
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    return {holder: undefined}
  }
}

/** Every other run's remains go; a run that is just trying for the lock notices, and tries again. */
export function sweep(root: string): void {
  for (const name of attempt(`list ${root}`, () => fs.readdirSync(root))) {
    if (isLockDebris(name)) attempt(`remove ${name}`, () => removeFile(join(root, name)))
  }
}

/** Not ours any more only if somebody deleted the file by hand. */
export function release(root: string, me: Holder): void {
  attempt(`remove ${lockName}`, () => {
    if (readLock(root, lockName)?.holder?.token === me.token) removeFile(join(root, lockName))
  })
}
