/** A configuration that is a program, before a commit: it runs from the disk, so all that it loads must be staged. */
import {resolve} from 'node:path'
import {isOfSecdef, packageOf, readLoaded, realPath} from '../../io/config-disk.ts'
import {type Loads, watchLoads} from '../../io/config-loads.ts'
import type {Index} from '../../io/git-index.ts'
import {compareCodePoints} from '../../model/compare.ts'
import {Failure} from '../../model/failure.ts'
import {readsFiles} from './readers.ts'
import {expectSameWay} from './resolution.ts'
import {expectSame, heldPath, type ProgramTree, refuse} from './tree.ts'

/**
 * Run a program where it stands, and hold what it has loaded to the index. Its value counts only then.
 *
 * @param program Relative to the top of the work tree, as every path here.
 * @param cwd Absolute folder that the command was started in.
 * @param open Runs it, and takes its value.
 * @throws Failure if the commit would hold another program, or nobody can tell.
 */
export async function runStaged<Result>(
  index: Index,
  program: string,
  cwd: string,
  open: () => Promise<Result>,
): Promise<Result> {
  const tree = {index, program, top: realPath(index.top)}
  // Nothing is run that is not staged.
  await expectSame(tree, [program])
  const loads = await watchLoads()
  try {
    const result = await open()
    await hold(tree, loads, cwd)
    return result
  } finally {
    loads.end()
  }
}

async function hold(tree: ProgramTree, loads: Loads, cwd: string): Promise<void> {
  const {program, top} = tree
  const files = [...loads.files()].sort(compareCodePoints)
  const held = files.flatMap((file) => heldPath(tree, file) ?? [])
  if (!held.includes(program)) {
    throw new Failure(`Cannot judge what is staged: Node does not tell what ${program} loads`, {
      hint: 'Write the configuration in JSON.',
    })
  }
  const texts = new Map(held.map((path) => [path, readLoaded(resolve(top, path)) ?? '']))
  for (const [path, text] of texts) expectNoReader(tree, path, text)
  for (const file of files) {
    if (heldPath(tree, file) === undefined && !isOurs(file))
      expectNoReader(tree, file, readLoaded(file) ?? '')
  }
  await expectSame(tree, held)
  await expectSameWay(tree, texts, cwd)
}

/** What `defineConfig` comes with, and what runs TypeScript, reads no file by the word of a configuration. */
function isOurs(file: string): boolean {
  return isOfSecdef(file) || /^(?:secdef|tsx|esbuild)$/.test(packageOf(file) ?? '')
}

function expectNoReader({program}: ProgramTree, path: string, text: string): void {
  const means = readsFiles(path, text)
  if (means === undefined) return
  const who = path === program ? path : `${program} loads ${path}, which`
  refuse(
    `${who} can read any file, by ${means}`,
    'What it reads cannot be held to the index. Import it instead, or write the configuration in JSON.',
  )
}
