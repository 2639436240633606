/** Finishing or undoing a write from its record: the second half of a write, and all of a recovery. */
import * as fs from 'node:fs'
import {dirname, join} from 'node:path'
import {Failure} from '../model/failure.ts'
import {attempt, removeEmptyFolder, removeFile, syncFolder} from './disk.ts'
import {insideRoot} from './inside-root.ts'
import {digestOf, type Journal, readJournal, type Unusable} from './journal.ts'
import {intentName, journalName, temporaryPath} from './own-names.ts'

export type Recovery = 'finished' | 'undone'

/** One change to one name, to be made now. */
export type Step = () => void

/**
 * Finish what a run left behind its commit point, or undo what it left before.
 *
 * @returns Which of the two it was, or `undefined` if there was nothing.
 * @throws Failure if the record is damaged or does not fit what is on the disk: then nothing was touched.
 */
export function recover(root: string): Recovery | undefined {
  const journal = readJournal(root, journalName)
  if (typeof journal === 'string') throw mismatch(journalName, unusable[journal])
  if (journal !== undefined) finish(root, journal)
  const intent = readJournal(root, intentName)
  if (intent === 'foreign') throw mismatch(intentName, unusable[intent])
  if (intent !== undefined) undo(root, intent)
  return journal !== undefined ? 'finished' : intent !== undefined ? 'undone' : undefined
}

const unusable: Readonly<Record<Unusable, string>> = {
  'cut off': 'it is cut off',
  foreign: 'secdef did not write it',
}

function finish(root: string, journal: Journal): void {
  const steps = look(journalName, () => finishing(root, journal))
  try {
    for (const step of steps) step()
    conclude(root, journal)
  } catch (error) {
    throw unfinished(error)
  }
}

/**
 * What is left to do of a committed write. Everything is looked at before anything is touched.
 *
 * A target that is neither as it was before the write nor as it will be was changed by somebody since: it is
 * left as it is. A temporary that is gone was renamed already.
 *
 * @throws Failure if a path is not safe to touch, or a temporary is not what was written into it.
 */
export function finishing(root: string, {id, writes, removals}: Journal): readonly Step[] {
  const steps: Step[] = []
  for (const {path, before, after} of writes) {
    const temporary = temporaryPath(path, id)
    const prepared = digestOf(root, temporary)
    const current = digestOf(root, path)
    if (prepared === null) continue
    if (prepared !== after) throw new Failure(`${temporary} is not what was written into it`)
    const [from, to] = [join(root, temporary), join(root, path)]
    if (current === before || current === after) {
      steps.push(() => attempt(`rename ${temporary} to ${path}`, () => fs.renameSync(from, to)))
    } else {
      steps.push(() => attempt(`remove ${temporary}`, () => removeFile(from)))
    }
  }
  for (const {path, before} of removals) {
    if (digestOf(root, path) !== before) continue
    steps.push(() => attempt(`remove ${path}`, () => removeFile(join(root, path))))
  }
  return steps
}

/** After the last step: the new names are on the disk before the record of them goes. */
export function conclude(root: string, journal: Journal): void {
  syncFolders(root, journal)
  attempt(`remove ${journalName}`, () => removeFile(join(root, journalName)))
  attempt(`sync ${root}`, () => syncFolder(root))
}

/** Remove what a run prepared and did not commit. Before its intent was whole, it prepared nothing. */
export function undo(root: string, intent: Journal | 'cut off'): void {
  if (intent !== 'cut off') {
    const {id, writes, folders} = intent
    const temporaries = look(intentName, () =>
      writes.map(({path}) => insideRoot(root, temporaryPath(path, id)).absolute),
    )
    for (const file of temporaries) attempt(`remove ${file}`, () => removeFile(file))
    for (const folder of folders.toReversed()) {
      attempt(`remove ${folder}`, () => removeEmptyFolder(join(root, folder)))
    }
  }
  attempt(`remove ${intentName}`, () => removeFile(join(root, intentName)))
}

/** Make every name that the write touches durable. */
export function syncFolders(root: string, {folders, writes, removals}: Journal): void {
  const paths = [...folders, ...writes.map(({path}) => path), ...removals.map(({path}) => path)]
  for (const folder of new Set(paths.map((path) => dirname(join(root, path))))) {
    attempt(`sync ${folder}`, () => syncFolder(folder))
  }
}

function look<T>(name: string, at: () => T): T {
  try {
    return at()
  } catch (error) {
    throw error instanceof Failure ? mismatch(name, error.message, error) : error
  }
}

function mismatch(name: string, why: string, cause?: Failure): Failure {
  return new Failure(`An interrupted run left ${name}, which cannot be followed: ${why}`, {
    hint: `Look at the outputs, delete ${name} and any *.secdef-tmp files beside them, then run again.`,
    cause,
  })
}

/** An error behind the commit point. */
export function unfinished(error: unknown): unknown {
  return said(error, `The outputs may be half written; the next run goes on from ${journalName}`)
}

/** The error, and what it means for the outputs. A bug of our own stays as it is. */
export function said(error: unknown, state: string): unknown {
  if (!(error instanceof Failure)) return error
  const hint = error.hint === undefined ? {} : {hint: error.hint}
  return new Failure(`${error.message}. ${state}.`, {...hint, cause: error})
}
