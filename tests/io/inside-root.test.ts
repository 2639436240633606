/** Nothing outside the root is written, and nothing through a link. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {insideRoot} from '../../src/io/inside-root.ts'
import {withLock} from '../../src/io/lock.ts'
import {applyChanges} from '../../src/io/write-set.ts'
import {fill, temporaryFolder, tree} from '../support/project.ts'

/** A folder with a project and something outside it. */
function neighbours(): {both: string; root: string; outside: string} {
  const both = temporaryFolder()
  fill(both, {'outside/file.txt': 'not ours', 'root/src/inside.txt': 'old', 'root/a.txt': 'old'})
  return {both, root: join(both, 'root'), outside: join(both, 'outside')}
}

/** The message of a refusal to write or to remove `path` among others, after which nothing is changed. */
async function refusal(both: string, path: string): Promise<string> {
  const before = tree(both)
  const messages = []
  for (const text of ['new', null]) {
    const changes = [
      {path: 'a.txt', text: 'new'},
      {path, text},
      {path: 'made/b.txt', text: 'new'},
    ]
    const root = join(both, 'root')
    const work = withLock(root, {timeoutMs: 0}, () => applyChanges(root, changes))
    messages.push(
      await work.then(
        () => 'written',
        (error: Error) => `${error.name}: ${error.message}`,
      ),
    )
    expect(tree(both)).toEqual(before)
  }
  expect(messages[1]).toBe(messages[0])
  return messages[0] ?? ''
}

test.each([
  '../outside/file.txt',
  'src/../../outside/file.txt',
  'src/../a.txt',
  './a.txt',
  '/etc/passwd',
  'src//inside.txt',
  'src/',
  '',
  '.',
  '..',
  'C:/windows.txt',
  'c:windows.txt',
  '..\\outside\\file.txt',
  'src\\..\\..\\outside.txt',
  'a\0.txt',
  '.git/hooks/pre-commit',
  'sub/.GIT/config',
])('refuses the path %j', async (path) => {
  expect(await refusal(neighbours().both, path)).toBe(
    `Failure: Cannot write ${JSON.stringify(path)}: outputs stay in the project and out of .git`,
  )
})

test.each([
  ['a file outside', 'link.txt', '../outside/file.txt', 'link.txt', 'outside/file.txt'],
  ['a file inside', 'link.txt', 'src/inside.txt', 'link.txt', 'root/src/inside.txt'],
  ['nothing, outside', 'link.txt', '../outside/missing.txt', 'link.txt', 'outside/missing.txt'],
  ['itself', 'link.txt', 'link.txt', 'link.txt', 'root/link.txt'],
  ['a folder outside, the target in it', 'link', '../outside', 'link/file.txt', 'outside'],
  ['a folder outside, a new file in it', 'link', '../outside', 'link/new/file.txt', 'outside'],
  ['a folder inside, the target in it', 'link', 'src', 'link/inside.txt', 'root/src'],
  ['nothing, the target in it', 'src/link', '../../outside/missing', 'src/link/new.txt', 'outside/missing'],
])('refuses a link to %s', async (_, link, to, path, leads) => {
  const {both, root} = neighbours()
  fs.symlinkSync(to, join(root, link))
  expect(await refusal(both, path)).toBe(
    `Failure: Cannot write ${path}: ${link} is a symbolic link to ${join(both, leads)}`,
  )
})

test('refuses an absolute link too', async () => {
  const {both, root, outside} = neighbours()
  fs.symlinkSync(join(outside, 'file.txt'), join(root, 'link.txt'))
  expect(await refusal(both, 'link.txt')).toContain(`link.txt is a symbolic link to ${outside}/file.txt`)
})

test('the root itself may be reached through a link', async () => {
  const {both} = neighbours()
  const root = join(both, 'alias')
  fs.symlinkSync('root', root)
  await withLock(root, {timeoutMs: 0}, () => applyChanges(root, [{path: 'src/new.txt', text: 'new'}]))
  expect(tree(join(both, 'root'))).toEqual({
    'a.txt': 'old',
    'src/': '',
    'src/inside.txt': 'old',
    'src/new.txt': 'new',
  })
})

test('says what is there and which folders are missing', () => {
  const {root} = neighbours()
  expect(insideRoot(root, 'src/inside.txt')).toMatchObject({
    absolute: join(root, 'src/inside.txt'),
    missing: [],
  })
  expect(insideRoot(root, 'src/inside.txt').stats?.size).toBe(3)
  expect(insideRoot(root, 'src/x/..y/.gitignore')).toEqual({
    absolute: join(root, 'src/x/..y/.gitignore'),
    stats: undefined,
    missing: ['src/x', 'src/x/..y'],
  })
})
