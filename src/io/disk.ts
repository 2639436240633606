/** Single steps on the disk, each as durable as the system allows, and what their errors mean in words. */
import * as fs from 'node:fs'
import {Failure} from '../model/failure.ts'

/** The system's name for an error, such as `ENOENT`; `undefined` for an error that is not the system's. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

const retry = 'Then run the command again.'
const permissions = `Check who owns the file and its folder, and their permissions. ${retry}`

/** Words and a hint by system error. @see https://man7.org/linux/man-pages/man3/errno.3.html */
const meanings: Readonly<Record<string, readonly [words: string, hint: string]>> = {
  EACCES: ['permission denied', permissions],
  EBUSY: ['it is in use or mounted', `Close or unmount what holds it. ${retry}`],
  EDQUOT: ['the disk quota is used up', `Free some space. ${retry}`],
  EFBIG: ['the file would be larger than this system allows', `Raise the limit (ulimit -f). ${retry}`],
  EISDIR: ['it is a folder', `Name a file, or move that folder away. ${retry}`],
  EIO: ['the disk reports an error', 'Check the disk before anything else.'],
  EMFILE: ['too many files are open', `Raise the limit (ulimit -n). ${retry}`],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter path for this output.'],
  ENFILE: ['too many files are open on this machine', `Close some. ${retry}`],
  ENOENT: ['there is no such file or folder', `Check the path. ${retry}`],
  ENOSPC: ['the disk is full', `Free some space. ${retry}`],
  ENOTDIR: ['a folder on its path is a file', `Move that file away. ${retry}`],
  EPERM: ['the system does not permit it', permissions],
  EROFS: ['the file system is read-only', `Work in a folder that can be written. ${retry}`],
}

/**
 * Run one step; an error of the system becomes a `Failure`, "Cannot <doing>: <why, in words>".
 *
 * @param doing What the step does and to which path, to be read after "Cannot".
 */
export function attempt<T>(doing: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    const [words, hint] = meanings[code] ?? [`the system says ${code}`, retry]
    throw new Failure(`Cannot ${doing}: ${words}`, {hint, cause: error})
  }
}

/**
 * Create a file that must not exist yet, with all its bytes on the disk when this returns.
 *
 * @param like The file it is to replace: its mode bits are kept, and its owner where the system lets us.
 * @throws The system's error, and then what was made of the file is gone again.
 */
export function writeNew(file: string, bytes: Uint8Array, like?: fs.Stats): void {
  const fd = fs.openSync(file, 'wx')
  try {
    writeAndClose(fd, bytes, like)
  } catch (error) {
    removeFile(file)
    throw error
  }
}

function writeAndClose(fd: number, bytes: Uint8Array, like: fs.Stats | undefined): void {
  try {
    for (let done = 0; done < bytes.length; ) done += fs.writeSync(fd, bytes, done)
    if (like !== undefined) imitate(fd, like)
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
}

/** A root in a container must not turn the user's file into root's. Owner first: chown clears mode bits. */
function imitate(fd: number, like: fs.Stats): void {
  const now = fs.fstatSync(fd)
  if (now.uid !== like.uid || now.gid !== like.gid) {
    try {
      fs.fchownSync(fd, like.uid, like.gid)
    } catch (error) {
      if (codeOf(error) !== 'EPERM') throw error
    }
  }
  fs.fchmodSync(fd, like.mode & 0o7777)
}

/** What is not there: a name that is too long for the disk cannot be there either. */
const absent = ['ENOENT', 'ENAMETOOLONG']

/** What is at a path itself, not where it leads if it is a link; `undefined` where there is nothing. */
export function statsOf(file: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(file, {throwIfNoEntry: false})
  } catch (error) {
    if (absent.includes(codeOf(error) ?? '')) return undefined
    throw error
  }
}

/** Remove a file or a link that may be gone already. */
export function removeFile(file: string): void {
  try {
    fs.unlinkSync(file)
  } catch (error) {
    if (!absent.includes(codeOf(error) ?? '')) throw error
  }
}

/** Remove a folder if it is there and empty. */
export function removeEmptyFolder(folder: string): void {
  try {
    fs.rmdirSync(folder)
  } catch (error) {
    const fine = [...absent, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR']
    if (!fine.includes(codeOf(error) ?? '')) throw error
  }
}

/** Not every system can: Windows never, not every file system, and not in a folder that cannot be listed. */
const cannotSync = ['EACCES', 'EINVAL', 'EISDIR', 'ENOENT', 'ENOTSUP', 'EPERM']

/** Make the names in a folder as durable as the files they name. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  try {
    const fd = fs.openSync(folder, 'r')
    try {
      fs.fsyncSync(fd)
    } finally {
      fs.closeSync(fd)
    }
  } catch (error) {
    if (!cannotSync.includes(codeOf(error) ?? '')) throw error
  }
}
