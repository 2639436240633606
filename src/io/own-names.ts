/** The names of the files that a write keeps on disk while it runs. */
import {posix} from 'node:path'

/** Held by the run that may write. Beside it, while a dead run's lock is cleared: `.secdef.lock.<token>`. */
export const lockName = '.secdef.lock'

/** What a run is about to write: while it is there, only temporaries and empty folders can be on the disk. */
export const intentName = '.secdef.intent'

/** The same file under the name that commits it: there from the first rename until after the last. */
export const journalName = '.secdef.journal'

export const temporarySuffix = '.secdef-tmp'

/** Where `target` (relative, with `/`) is prepared: in its own folder, so the rename stays on one disk. */
export function temporaryPath(target: string, id: string): string {
  return posix.join(posix.dirname(target), `.${posix.basename(target)}.${id}${temporarySuffix}`)
}

/** Whether a relative path could be one of our own files, on a file system that ignores case too. */
export function isOwnName(path: string): boolean {
  const name = path.toLowerCase()
  return name.endsWith(temporarySuffix) || /^\.secdef\.(lock|intent|journal)(\.|$)/.test(name)
}

/** What clearing and taking locks can leave in the root when it is killed. */
export function isLockDebris(name: string): boolean {
  return /^\.secdef\.lock\.[0-9a-f]{16}(\.secdef-tmp)?$/.test(name)
}
