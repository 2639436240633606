/** The transaction: all changes to the outputs, or none. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {Failure} from '../model/failure.ts'
import {attempt, syncFolder, writeNew} from './disk.ts'
import {digestOf, type Journal} from './journal.ts'
import {intentName, journalName} from './own-names.ts'
import {type Change, type Plan, planChanges} from './plan-changes.ts'
import {conclude, finishing, said, syncFolders, undo, unfinished} from './recover.ts'

export type {Change} from './plan-changes.ts'

/**
 * Make all changes or none. Call it while holding the lock.
 *
 * Everything is written into temporaries first. The rename of the intent to the journal commits: whatever is
 * killed before it is undone by the next run, whatever is killed after it is finished by the next run.
 *
 * @throws Failure saying which path and why, and whether outputs were changed. They were if a rename fails
 * after another one went through; then the journal stays, and the next run goes on from it.
 */
export function applyChanges(root: string, changes: readonly Change[]): void {
  const plan = planChanges(root, changes)
  if (plan.journal.writes.length + plan.journal.removals.length === 0) return
  for (const name of [intentName, journalName]) {
    if (fs.existsSync(join(root, name))) throw new Error(`applyChanges without the lock: ${name} is there`)
  }
  try {
    prepare(root, plan)
  } catch (error) {
    throw unchanged(root, plan.journal, error)
  }
  commit(root, plan.journal)
}

/** Everything up to the commit point. The intent is on the disk before the first thing that it lists. */
function prepare(root: string, {journal, files}: Plan): void {
  const intent = Buffer.from(`${JSON.stringify(journal)}\n`)
  attempt(`write ${intentName}`, () => writeNew(join(root, intentName), intent))
  attempt(`sync ${root}`, () => syncFolder(root))
  for (const folder of journal.folders) attempt(`make ${folder}`, () => fs.mkdirSync(join(root, folder)))
  for (const {file, path, bytes, like} of files) {
    attempt(`write ${path}`, () => writeNew(file, bytes, like))
  }
  syncFolders(root, journal)
}

/**
 * The commit point, and what follows from it. If the very first rename fails, everything can still be taken
 * back; after one that went through, going on later is the only way to a whole set.
 */
function commit(root: string, journal: Journal): void {
  let done = 0
  try {
    checkUntouched(root, journal)
    const steps = finishing(root, journal)
    attempt(`rename ${intentName}`, () => fs.renameSync(join(root, intentName), join(root, journalName)))
    attempt(`sync ${root}`, () => syncFolder(root))
    for (const step of steps) {
      step()
      done++
    }
    conclude(root, journal)
  } catch (error) {
    throw done === 0 ? uncommitted(root, journal, error) : unfinished(error)
  }
}

/** Somebody may have saved a target while the set was prepared. Once committed, it is too late to say so. */
function checkUntouched(root: string, {writes, removals}: Journal): void {
  for (const {path, before} of [...writes, ...removals]) {
    if (digestOf(root, path) !== before) {
      throw new Failure(`Cannot write ${path}: somebody else changed it just now`, {
        hint: 'Run the command again.',
      })
    }
  }
}

function uncommitted(root: string, journal: Journal, error: unknown): unknown {
  try {
    if (fs.existsSync(join(root, journalName))) fs.renameSync(join(root, journalName), join(root, intentName))
  } catch {
    return unfinished(error)
  }
  return unchanged(root, journal, error)
}

/** What cannot be removed now is in the intent, for the next run to remove. */
function unchanged(root: string, journal: Journal, error: unknown): unknown {
  try {
    undo(root, journal)
  } catch {
    return said(error, 'No output was changed')
  }
  return said(error, 'No output was changed')
}
