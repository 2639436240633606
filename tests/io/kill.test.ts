/** A writer killed with SIGKILL at every step leaves the old set or the new one, after the next run. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {interruptedWrite} from '../../src/io/interrupted.ts'
import {withLock} from '../../src/io/lock.ts'
import type {Change} from '../../src/io/write-set.ts'
import {project, type Tree, temporaryFolder, tree} from '../support/project.ts'
import {bundleWriter, run, untilDone} from '../support/writers.ts'

const oldSet = {
  'docs/registry.md': 'by hand\n',
  'src/first.ts': 'old first\n',
  'src/second.py': 'old second\n',
  'gone.sql': 'old, to be removed\n',
  'empty.txt': '',
  'src/': '',
  'docs/': '',
}
const changes: readonly Change[] = [
  {path: 'new/folder/third.json', text: 'new third\n'},
  {path: 'src/first.ts', text: 'new first\n'},
  {path: 'gone.sql', text: null},
  {path: 'src/second.py', text: 'new second, \u{1f512} with more than ASCII\n'},
]
const {'gone.sql': _, ...kept} = oldSet
const newSet = {
  ...kept,
  ...Object.fromEntries(changes.flatMap(({path, text}) => (text === null ? [] : [[path, text]]))),
  'new/': '',
  'new/folder/': '',
}
const files = Object.fromEntries(Object.entries(oldSet).filter(([path]) => !path.endsWith('/')))

const writer = bundleWriter()

type Killed = {
  readonly outputs: 'old' | 'new' | 'mixed'
  readonly interrupted: boolean
  readonly recovered: Tree
}

/** Kill a write, look at what is there, let the next run come. */
async function killed(stopAt: string, n: number): Promise<Killed | undefined> {
  const root = project(files)
  const {code, signal, stderr} = await run(writer, {root, changes}, {stopAt: `${stopAt}:${n}`})
  if (signal === null) {
    expect({code, stderr, tree: tree(root)}).toEqual({code: 0, stderr: '', tree: newSet})
    return undefined
  }
  const outputs = stateOf(root)
  const interrupted = interruptedWrite(root)
  if (interrupted !== undefined) expect(interrupted).toEqual({path: '.secdef.journal', running: false})
  await withLock(root, {timeoutMs: 0}, () => {})
  expect(interruptedWrite(root)).toBeUndefined()
  return {outputs, interrupted: interrupted !== undefined, recovered: tree(root)}
}

function stateOf(root: string): 'old' | 'new' | 'mixed' {
  const now = changes.map(({path}) => {
    const file = join(root, path)
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined
  })
  const is = (set: Tree) => changes.every(({path}, index) => now[index] === set[path])
  return is(oldSet) ? 'old' : is(newSet) ? 'new' : 'mixed'
}

test.each([
  ['before', ['mixed', 'new', 'old']],
  ['after', ['mixed', 'new', 'old']],
  ['torn', ['old']],
])(
  'killed %s the n-th call, it is the old or the new set after the next run',
  async (stopAt, states) => {
    const results = await untilDone((n) => killed(stopAt, n))
    for (const {outputs, interrupted, recovered} of results) {
      if (outputs === 'mixed') expect(interrupted).toBe(true)
      expect(recovered).toEqual(interrupted || outputs === 'new' ? newSet : oldSet)
    }
    const seen = new Set(results.map(({outputs}) => outputs))
    expect([...seen].sort()).toEqual(states)
  },
  120_000,
)

/**
 * Folders as kills leave them, one for each set of our own files in the root: the one with the most names in
 * it. Finishing or undoing that passes through the others, and so do the kills on the way.
 */
async function remains(): Promise<readonly string[]> {
  const roots = await untilDone(async (n) => {
    const root = project(files)
    const {signal} = await run(writer, {root, changes}, {stopAt: `before:${n}`})
    return signal === null ? undefined : {root, names: Object.keys(tree(root)).sort()}
  })
  const fullest = new Map<string, (typeof roots)[number]>()
  for (const left of roots) {
    const ours = left.names.filter((name) => name.startsWith('.secdef.'))
    const kind = ours.map((name) => name.replace(/[0-9a-f]{16}/, '#')).join()
    if (left.names.length > (fullest.get(kind)?.names.length ?? 0)) fullest.set(kind, left)
  }
  fullest.delete('')
  const temporary = '.secdef.lock.#.secdef-tmp'
  const kinds = [temporary, '.secdef.lock', '.secdef.intent,.secdef.lock', '.secdef.journal,.secdef.lock']
  expect([...fullest.keys()]).toEqual(expect.arrayContaining(kinds))
  return [...fullest.values()].map(({root}) => root)
}

test('a recovery killed at every step is recovered by the next', async () => {
  const left = await remains()
  const copies = temporaryFolder()
  const ends = new Set<Tree>()
  for (const [index, state] of left.entries()) {
    const expected = interruptedWrite(state) === undefined && stateOf(state) === 'old' ? oldSet : newSet
    ends.add(expected)
    await untilDone(async (n) => {
      const root = join(copies, `${index}-${n}`)
      fs.cpSync(state, root, {recursive: true})
      const {code, signal} = await run(writer, {root, changes: []}, {stopAt: `before:${n}`})
      if (signal === null) expect({code, tree: tree(root)}).toEqual({code: 0, tree: expected})
      if (signal !== null && stateOf(root) === 'mixed') expect(interruptedWrite(root)?.running).toBe(false)
      await withLock(root, {timeoutMs: 0}, () => {})
      expect(tree(root)).toEqual(expected)
      return signal === null ? undefined : root
    })
  }
  expect(ends).toEqual(new Set([oldSet, newSet]))
}, 120_000)
