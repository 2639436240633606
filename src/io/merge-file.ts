/** git's own three-way merge of three texts, and the files that a merge driver is given. */
import * as fs from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, dirname, join, resolve} from 'node:path'
import {Failure} from '../model/failure.ts'
import {attempt, statsOf, writeNew} from './disk.ts'
import {readBytes} from './files.ts'
import {gitFailure, runGit} from './git.ts'

const sides = ['ours', 'base', 'theirs'] as const
type Bytes = Readonly<Record<(typeof sides)[number], Uint8Array>>

export type MergeFileOptions = {
  readonly markerSize: number
  readonly labels: Readonly<Record<(typeof sides)[number], string>>
  /** `merge` shows two versions of a conflict; `configured` as many as the user has asked git for. */
  readonly conflictStyle: 'merge' | 'configured'
}

/** Conflicts are told as their number, and more of them than this as this. */
const mostConflicts = 127

/** @throws Failure if git cannot merge them, as where one is no text. */
export async function mergeFile(
  cwd: string,
  bytes: Bytes,
  {markerSize, labels, conflictStyle}: MergeFileOptions,
): Promise<{readonly bytes: Uint8Array; readonly hasConflicts: boolean}> {
  const folder = attempt('make a temporary folder', () => fs.mkdtempSync(join(tmpdir(), 'secdef-merge-')))
  try {
    const files = sides.map((side) => join(folder, side))
    for (const [index, side] of sides.entries())
      attempt(`write ${files[index]}`, () => fs.writeFileSync(files[index] ?? '', bytes[side]))
    const answer = await runGit(cwd, [
      ...(conflictStyle === 'merge' ? ['-c', 'merge.conflictStyle=merge'] : []),
      ...['merge-file', '--stdout', `--marker-size=${markerSize}`],
      ...sides.flatMap((side) => ['-L', labels[side]]),
      ...files,
    ])
    if (answer.code > mostConflicts) throw gitFailure(answer)
    return {bytes: answer.stdout, hasConflicts: answer.code > 0}
  } finally {
    fs.rmSync(folder, {recursive: true, force: true})
  }
}

/** @throws Failure if there is no such file. */
export function readGiven(cwd: string, path: string): Uint8Array {
  const file = resolve(cwd, path)
  const bytes = readBytes(dirname(file), basename(file))
  if (bytes !== undefined) return bytes
  throw new Failure(`Cannot merge ${path}: there is no such file`, {
    hint: 'git gives the files as %O, %A and %B.',
  })
}

/** Whole or not at all. */
export function replaceGiven(cwd: string, path: string, bytes: Uint8Array): void {
  const file = resolve(cwd, path)
  const fresh = `${file}.secdef-${process.pid}`
  attempt(`write ${path}`, () => {
    writeNew(fresh, bytes, statsOf(file))
    fs.renameSync(fresh, file)
  })
}
