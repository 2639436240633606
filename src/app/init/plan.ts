/** What an init would do, as data: one step for each file, and what is left for a person. */
import {posix} from 'node:path'
import {decodeUtf8} from '../../io/files.ts'
import type {Repository} from '../../io/git-hooks.ts'
import type {ProjectFiles} from '../../io/project-files.ts'

/** `path` is relative to the base, with `/`, but for a hook or a setting of git's own. */
export type Step =
  | {readonly action: 'create'; readonly path: string; readonly text: string}
  /** `text` is the whole file as it will be, `added` what is new of it. */
  | {readonly action: 'append'; readonly path: string; readonly text: string; readonly added: string}
  /** A program that git runs, at an absolute path. */
  | {readonly action: 'hook'; readonly path: string; readonly file: string; readonly text: string}
  /** A setting of this clone. */
  | {readonly action: 'set'; readonly path: string; readonly key: string; readonly value: string}
  | {readonly action: 'leave'; readonly path: string; readonly why: string}
  /** What a person has to put there, as it cannot be done without rewriting somebody's file. */
  | {readonly action: 'paste'; readonly path: string; readonly why: string; readonly text: string}

export type Change = Extract<Step, {action: 'create' | 'append' | 'hook' | 'set'}>

export function isChange(step: Step): step is Change {
  return step.action !== 'leave' && step.action !== 'paste'
}

/** Where an init works. */
export type Site = {
  /** Absolute: the top of the work tree, or the root of the project where there is none. */
  readonly base: string
  /** Of the base. */
  readonly files: ProjectFiles
  /** The root of the project below the base: empty, or with `/` at its end. */
  readonly prefix: string
  /** `undefined` outside of a work tree. */
  readonly repository: Repository | undefined
}

/**
 * A file that is not there yet; one that is stays as it is.
 *
 * @throws Failure if nothing may be written there.
 */
export function createFile({files}: Site, path: string, text: string): Step {
  if (files.exists(path)) return {action: 'leave', path, why: 'exists'}
  files.guard(path)
  return {action: 'create', path, text}
}

/**
 * Lines at the end of a file, but for those that it has.
 *
 * @param isThere Whether a line of the file makes one of these needless.
 * @throws Failure if nothing may be written there.
 */
export function appendLines(
  site: Site,
  path: string,
  lines: readonly string[],
  isThere: (line: string, wanted: string) => boolean = (line, wanted) => line === wanted,
): Step {
  const {files} = site
  if (!files.exists(path)) return createFile(site, path, `${lines.join('\n')}\n`)
  const isFile = files.head(path, 1) !== undefined
  const before = isFile ? readText(files, path) : undefined
  if (before === undefined) {
    const why = isFile ? 'it is not UTF-8' : 'it is no regular file'
    return {action: 'paste', path, why, text: lines.join('\n')}
  }
  const present = before.split(/\r?\n/).map((line) => line.trim())
  const missing = lines.filter((wanted) => wanted === '' || !present.some((line) => isThere(line, wanted)))
  if (missing.every((line) => line === '')) return {action: 'leave', path, why: 'says so already'}
  files.guard(path)
  const end = before.includes('\r\n') ? '\r\n' : '\n'
  const gap = before === '' || before.endsWith('\n') ? '' : end
  const added = missing.map((line) => `${line}${end}`).join('')
  return {action: 'append', path, text: `${before}${gap}${added}`, added: missing.join('\n')}
}

/** `undefined` where there is none, or it is not UTF-8. */
export function readText(files: ProjectFiles, path: string): string | undefined {
  const bytes = files.read(path)
  return bytes && decodeUtf8(bytes)
}

/** The first of these names that is in the folder of the project, or at the top. */
export function nearest({files, prefix}: Site, names: readonly string[]): string | undefined {
  const folders = [...new Set([prefix, ''])]
  return folders
    .flatMap((folder) => names.map((name) => posix.join(folder, name)))
    .find((path) => files.exists(path))
}
