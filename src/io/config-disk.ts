/** What a program that is a configuration finds on the disk: the files that it loads, and what led to them. */
import * as fs from 'node:fs'
import {dirname, join, resolve, sep} from 'node:path'

/** Of a file that is gone by now, the path that it had. */
export function realPath(path: string): string {
  try {
    return fs.realpathSync(path)
  } catch {
    return path
  }
}

/** `undefined` where there is no file that can be read. */
export function readLoaded(path: string): string | undefined {
  try {
    return fs.readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Where a link leads, as it is written; `undefined` for what is none. */
export function linkText(path: string): string | undefined {
  try {
    return fs.readlinkSync(path)
  } catch {
    return undefined
  }
}

/** The name of the package that a file belongs to. */
export function packageOf(file: string): string | undefined {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const name = nameIn(readLoaded(join(folder, 'package.json')))
    if (name !== undefined) return name
  }
  return undefined
}

function nameIn(manifest: string | undefined): string | undefined {
  try {
    const name: unknown = JSON.parse(manifest ?? '').name
    return typeof name === 'string' ? name : undefined
  } catch {
    return undefined
  }
}

/** Whether a file is this tool itself: of the sources, or as it is built, of the folder that holds command and library. */
export function isOfSecdef(file: string): boolean {
  return file.startsWith(realPath(resolve(import.meta.dirname, '..')) + sep)
}
