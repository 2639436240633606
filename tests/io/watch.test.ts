/** What is told of files that are saved, moved, removed and made again, and what is not. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {type Watching, watchFiles} from '../../src/io/watch.ts'
import {fill, project, temporaryFolder} from '../support/project.ts'

/** Watches files of a folder, by paths relative to it. */
function watch(root: string, ...paths: string[]): Watching {
  const watching = watchFiles(paths.map((path) => join(root, path)))
  onTestFinished(watching.close)
  return watching
}

type Change = (root: string) => void

test.each<[string, Change]>([
  ['written in place', (root) => fill(root, {'docs/A.md': 'new'})],
  ['written anew with the same text', (root) => fill(root, {'docs/A.md': 'old'})],
  ['added to', (root) => fs.appendFileSync(join(root, 'docs/A.md'), 'more')],
  ['removed', (root) => fs.rmSync(join(root, 'docs/A.md'))],
  ['renamed', (root) => fs.renameSync(join(root, 'docs/A.md'), join(root, 'docs/B.md'))],
  [
    'replaced by a rename',
    (root) => {
      fill(root, {'docs/.A.md.tmp': 'new'})
      fs.renameSync(join(root, 'docs/.A.md.tmp'), join(root, 'docs/A.md'))
    },
  ],
  ['gone with its folder', (root) => fs.rmSync(join(root, 'docs'), {recursive: true})],
  ['moved with its folder', (root) => fs.renameSync(join(root, 'docs'), join(root, 'old'))],
  ['moved with all of the project', (root) => fs.renameSync(root, `${root}-moved`)],
  [
    'replaced by a folder',
    (root) => {
      fs.rmSync(join(root, 'docs/A.md'))
      fs.mkdirSync(join(root, 'docs/A.md'))
    },
  ],
])('a file that is %s', async (_, change) => {
  const root = join(temporaryFolder(), 'project')
  fill(root, {'docs/A.md': 'old', 'docs/other.md': 'x'})
  const watching = watch(root, 'docs/A.md', 'docs/other.md', 'none.json')
  const changed = watching.changed()
  change(root)
  const others = fs.existsSync(join(root, 'docs/other.md')) ? [] : [join(root, 'docs/other.md')]
  expect(await changed).toEqual([join(root, 'docs/A.md'), ...others])
})

test.each([
  ['in a folder that is there', 'A.md'],
  ['in folders that are not there', 'a/b/c/A.md'],
])('a file that is made %s, again and again', async (_, path) => {
  const root = temporaryFolder()
  const watching = watch(root, path)
  for (const text of ['first', 'second', 'third']) {
    const made = watching.changed()
    fill(root, {[path]: text})
    expect(await made).toEqual([join(root, path)])
    const removed = watching.changed()
    for (const name of fs.readdirSync(root)) fs.rmSync(join(root, name), {recursive: true})
    expect(await removed).toEqual([join(root, path)])
  }
})

test('a folder that takes the place of another one', async () => {
  const root = project({'docs/A.md': 'one', 'next/A.md': 'two'})
  const watching = watch(root, 'docs/A.md')
  const swapped = watching.changed()
  fs.renameSync(join(root, 'docs'), join(root, 'last'))
  fs.renameSync(join(root, 'next'), join(root, 'docs'))
  expect(await swapped).toEqual([join(root, 'docs/A.md')])
  const saved = watching.changed()
  fill(root, {'docs/A.md': 'three'})
  expect(await saved).toEqual([join(root, 'docs/A.md')])
})

test('a file behind a link', async () => {
  const root = project({'real/A.md': 'one', 'docs/README.md': ''})
  fs.symlinkSync('../real/A.md', join(root, 'docs/A.md'))
  const watching = watch(root, 'docs/A.md')
  const saved = watching.changed()
  fill(root, {'real/A.md': 'two'})
  expect(await saved).toEqual([join(root, 'docs/A.md')])
})

test('a folder that is a link, and leads elsewhere', async () => {
  const root = project({'real/A.md': 'one', 'other/A.md': 'two'})
  fs.symlinkSync('real', join(root, 'docs'))
  const watching = watch(root, 'docs/A.md')
  const relinked = watching.changed()
  fs.rmSync(join(root, 'docs'))
  fs.symlinkSync('other', join(root, 'docs'))
  expect(await relinked).toEqual([join(root, 'docs/A.md')])
  const saved = watching.changed()
  fill(root, {'other/A.md': 'three'})
  expect(await saved).toEqual([join(root, 'docs/A.md')])
})

test('what changes while nobody asks is told when somebody does', async () => {
  const root = project({'A.md': 'one', 'B.md': 'one'})
  const watching = watch(root, 'A.md', 'B.md')
  fill(root, {'A.md': 'two'})
  expect(await watching.changed()).toEqual([join(root, 'A.md')])
})

test('what was settled is not told, and what is written afterwards is', async () => {
  const root = project({'A.md': 'one', 'B.md': 'one'})
  const watching = watch(root, 'A.md', 'B.md')
  fill(root, {'A.md': 'two', 'B.md': 'two'})
  watching.settle([join(root, 'A.md'), join(root, 'unknown.md')])
  expect(await watching.changed()).toEqual([join(root, 'B.md')])
  fill(root, {'A.md': 'one'})
  expect(await watching.changed()).toEqual([join(root, 'A.md')])
})

test('what is followed later is told, what is followed no more is not, and what stays keeps what is known', async () => {
  const root = project({'A.md': 'one', 'B.md': 'one', 'sub/C.md': 'one'})
  const watching = watch(root, 'A.md', 'B.md')
  fill(root, {'A.md': 'two', 'B.md': 'two'})
  watching.follow([join(root, 'B.md'), join(root, 'sub/C.md')])
  expect(await watching.changed()).toEqual([join(root, 'B.md')])
  const changed = watching.changed()
  fill(root, {'A.md': 'three'})
  fill(root, {'sub/C.md': 'two'})
  expect(await changed).toEqual([join(root, 'sub/C.md')])
})

test('a pipe in the place of a file keeps nobody waiting', async () => {
  const root = project({'A.md': 'one'})
  const watching = watch(root, 'A.md')
  const {execFileSync} = await import('node:child_process')
  fs.rmSync(join(root, 'A.md'))
  execFileSync('mkfifo', [join(root, 'A.md')])
  expect(await watching.changed()).toEqual([join(root, 'A.md')])
})

test('closed, it answers and lets go', async () => {
  const root = project({'A.md': 'one'})
  const watching = watchFiles([join(root, 'A.md')])
  const changed = watching.changed()
  watching.close()
  expect(await changed).toEqual([])
})
