/** The files of a project, wherever they are read from: the disk here, or what is about to be committed. */
import {exists, listFiles, readBytes, readHead} from './files.ts'
import {insideRoot} from './inside-root.ts'
import {type InterruptedWrite, interruptedWrite} from './interrupted.ts'
import {listMigrations} from './migration-folder.ts'

/** Paths are relative to the root of the project, with `/`. Everything throws Failure for what cannot be read. */
export type ProjectFiles = {
  /** What to call the root in a message. */
  readonly where: string
  /** `undefined` if there is none. */
  readonly read: (path: string) => Uint8Array | undefined
  /** The first bytes of a file as text; `undefined` if it is no readable regular file. */
  readonly head: (path: string, bytes: number) => string | undefined
  /** Names of the files in a folder, sorted; none if there is no such folder. */
  readonly names: (folder: string) => readonly string[]
  /** Paths of all files below a folder, sorted; `undefined` if there is no such folder. */
  readonly below: (folder: string) => readonly string[] | undefined
  readonly exists: (path: string) => boolean
  /** @throws Failure if nothing may be written there: outside of the root, or through a link. */
  readonly guard: (path: string) => void
  /** A run that writes them, or was ended while it did. */
  readonly interrupted: () => InterruptedWrite | undefined
}

export function filesOnDisk(root: string): ProjectFiles {
  return {
    where: root,
    read: (path) => readBytes(root, path),
    head: (path, bytes) => readHead(root, path, bytes),
    names: (folder) => listFiles(root, folder),
    below: (folder) => listMigrations(root, folder),
    exists: (path) => exists(root, path),
    guard: (path) => void insideRoot(root, path),
    interrupted: () => interruptedWrite(root),
  }
}
