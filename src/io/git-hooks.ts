/** Where git keeps the hooks and the settings of a clone, and putting one there that is not there yet. */
import * as fs from 'node:fs'
import {basename, dirname, join, relative, resolve, sep} from 'node:path'
import {Failure} from '../model/failure.ts'
import {attempt, statsOf, syncFolder, writeNew} from './disk.ts'
import {decodeUtf8} from './files.ts'
import {askGit, gitFailure, runGit} from './git.ts'

export type Repository = {
  /** Absolute: the top of the work tree. */
  readonly top: string
  /** The folder that was asked for, relative to the top: empty, or with `/` at its end. */
  readonly prefix: string
  readonly hooks: {
    /** Absolute. */
    readonly folder: string
    /** `elsewhere`: other repositories may run them, too. */
    readonly place: 'git' | 'project' | 'elsewhere'
  }
}

/** @returns `undefined` if this is no repository. */
export async function lookAtRepository(folder: string): Promise<Repository | undefined> {
  const asked = ['--show-toplevel', '--show-prefix', '--git-common-dir', '--git-path', 'hooks']
  const answer = await runGit(folder, ['rev-parse', ...asked])
  if (answer.code !== 0) {
    if (/not a git repository/.test(answer.stderr)) return undefined
    throw gitFailure(answer)
  }
  const lines = answer.stdout.toString('utf8').split('\n')
  const [top = '', prefix = '', common = '', hooks = ''] = lines
  const absolute = resolve(folder, hooks)
  const real = realPath(absolute)
  const isBelow = (other: string) => `${real}${sep}`.startsWith(`${realPath(resolve(folder, other))}${sep}`)
  const place = isBelow(common) ? 'git' : isBelow(top) ? 'project' : 'elsewhere'
  return {top: resolve(top), prefix, hooks: {folder: absolute, place}}
}

/** As far as it is there. */
function realPath(path: string): string {
  if (statsOf(path) !== undefined || dirname(path) === path) {
    return attempt(`look at ${path}`, () => fs.realpathSync(path))
  }
  return join(realPath(dirname(path)), basename(path))
}

/** The text of a hook; `undefined` if there is none, and the empty text for what is no text. */
export function readHook(file: string): string | undefined {
  if (statsOf(file) === undefined) return undefined
  const bytes = attempt(`read ${file}`, () => (statsOf(file)?.isFile() ? fs.readFileSync(file) : undefined))
  return (bytes && decodeUtf8(bytes)) ?? ''
}

/** @throws Failure if there is something by that name, or it cannot be written. */
export function writeHook(file: string, text: string): void {
  const folder = dirname(file)
  attempt(`make ${folder}`, () => fs.mkdirSync(folder, {recursive: true}))
  if (statsOf(file) !== undefined) {
    throw new Failure(`Cannot write ${file}: somebody else made it just now`, {
      hint: 'Run the command again.',
    })
  }
  attempt(`write ${file}`, () => {
    writeNew(file, Buffer.from(text))
    fs.chmodSync(file, 0o755)
    syncFolder(folder)
  })
}

/** The value of a setting of this clone, whoever has set it. */
export async function readSetting(folder: string, key: string): Promise<string | undefined> {
  const answer = await runGit(folder, ['config', '--get', key])
  if (answer.code === 1) return undefined
  if (answer.code !== 0) throw gitFailure(answer)
  return answer.stdout.toString('utf8').replace(/\n$/, '')
}

export async function writeSetting(folder: string, key: string, value: string): Promise<void> {
  await askGit(folder, ['config', '--local', key, value])
}

/** How a path outside of the base is shown. */
export function shownFrom(base: string, file: string): string {
  const path = relative(base, file)
  return path.startsWith('..') ? file : path.split(sep).join('/')
}
