/** What an interrupted run left is finished or undone, and never trusted. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {digest, type Journal} from '../../src/io/journal.ts'
import {withLock} from '../../src/io/lock.ts'
import {fill, temporaryFolder, tree} from '../support/project.ts'

const id = '4711-0123456789abcdef'
const sha = (text: string) => digest(Buffer.from(text))
const names = {journal: '.secdef.journal', intent: '.secdef.intent'}

const journal: Journal = {
  version: 1,
  id,
  folders: ['made', 'made/deep'],
  writes: [
    {path: 'src/a.txt', before: sha('old a'), after: sha('new a')},
    {path: 'made/deep/b.txt', before: null, after: sha('new b')},
  ],
  removals: [{path: 'gone.txt', before: sha('old gone')}],
}
const temporaries = {
  [`src/.a.txt.${id}.secdef-tmp`]: 'new a',
  [`made/deep/.b.txt.${id}.secdef-tmp`]: 'new b',
}
const byHand = {'README.md': 'by hand', 'src/other.txt': 'by hand'}
const folders = {'src/': '', 'made/': '', 'made/deep/': ''}

/** `outside`, and beside it `root` with a set that is not renamed yet, and this text as its record. */
function left(name: 'journal' | 'intent', text: string): {both: string; root: string} {
  const both = temporaryFolder()
  const root = join(both, 'root')
  fill(both, {'outside/secret.txt': 'not ours', [`outside/.secret.txt.${id}.secdef-tmp`]: 'not ours'})
  fill(root, {...byHand, ...temporaries, 'src/a.txt': 'old a', 'gone.txt': 'old gone', [names[name]]: text})
  return {both, root}
}

function nextRun(root: string): Promise<string> {
  let told = 'nothing'
  const onRecovery = (recovery: string) => {
    told = recovery
  }
  return withLock(root, {timeoutMs: 0, onRecovery}, () => told)
}

test('a journal is finished', async () => {
  const {root} = left('journal', JSON.stringify(journal))
  expect(await nextRun(root)).toBe('finished')
  expect(tree(root)).toEqual({...byHand, ...folders, 'src/a.txt': 'new a', 'made/deep/b.txt': 'new b'})
  expect(await nextRun(root)).toBe('nothing')
})

test('an intent is undone', async () => {
  const {root} = left('intent', JSON.stringify(journal))
  expect(await nextRun(root)).toBe('undone')
  expect(tree(root)).toEqual({...byHand, 'src/': '', 'src/a.txt': 'old a', 'gone.txt': 'old gone'})
})

test('an intent that was cut off is undone: nothing had been prepared yet', async () => {
  const text = JSON.stringify(journal)
  for (let length = 0; length < text.length; length += 7) {
    const {root} = left('intent', text.slice(0, length))
    for (const path of Object.keys(temporaries)) fs.rmSync(join(root, path))
    fs.rmSync(join(root, 'made'), {recursive: true})
    expect(await nextRun(root)).toBe('undone')
    expect(tree(root)).toEqual({...byHand, 'src/': '', 'src/a.txt': 'old a', 'gone.txt': 'old gone'})
  }
})

test('a folder of the intent that somebody uses by now stays', async () => {
  const {root} = left('intent', JSON.stringify(journal))
  fs.writeFileSync(join(root, 'made/mine.txt'), 'by hand')
  expect(await nextRun(root)).toBe('undone')
  expect(tree(root)).toMatchObject({'made/mine.txt': 'by hand', 'src/a.txt': 'old a'})
  expect(tree(root)).not.toHaveProperty('made/deep/')
})

describe('what somebody did since the interruption stays', () => {
  test('a target that was changed, and one that was to be removed', async () => {
    const {root} = left('journal', JSON.stringify(journal))
    fill(root, {'src/a.txt': 'by hand', 'gone.txt': 'by hand'})
    expect(await nextRun(root)).toBe('finished')
    expect(tree(root)).toEqual({
      ...byHand,
      ...folders,
      'src/a.txt': 'by hand',
      'gone.txt': 'by hand',
      'made/deep/b.txt': 'new b',
    })
  })

  test('a target that is as it should be, and temporaries that were cleaned away', async () => {
    const {root} = left('journal', JSON.stringify(journal))
    fill(root, {'src/a.txt': 'new a'})
    fs.rmSync(join(root, 'made'), {recursive: true})
    expect(await nextRun(root)).toBe('finished')
    expect(tree(root)).toEqual({...byHand, 'src/': '', 'src/a.txt': 'new a'})
  })
})

/** The next run fails, says why, and what to do; nothing inside or outside is touched. */
async function refused(both: string, name: 'journal' | 'intent'): Promise<string> {
  const before = tree(both)
  const error = await nextRun(join(both, 'root')).catch((thrown: unknown) => thrown)
  expect(tree(both)).toEqual(before)
  expect(error).toMatchObject({
    name: 'Failure',
    message: expect.stringContaining(`An interrupted run left ${names[name]}, which cannot be followed: `),
    hint: expect.stringContaining(`delete ${names[name]}`),
  })
  return error instanceof Error ? (error.message.split('followed: ')[1] ?? '') : ''
}

test('a journal that was cut off anywhere is refused', async () => {
  const text = JSON.stringify(journal)
  for (let length = 0; length < text.length; length += 3) {
    expect(await refused(left('journal', text.slice(0, length)).both, 'journal')).toBe('it is cut off')
  }
})

const [write] = journal.writes
const [removal] = journal.removals
const another = {path: 'src/c.txt', before: null, after: sha('c')}

test.each<[string, unknown]>([
  ['no object', []],
  ['null', null],
  ['a text', 'journal'],
  ['an empty object', {}],
  ['another version', {...journal, version: 2}],
  ['no id', {...journal, id: undefined}],
  ['an id that leads away', {...journal, id: '1-../../../../x'}],
  ['a further field', {...journal, rename: []}],
  ['folders as a text', {...journal, folders: 'made'}],
  ['a path that is a number', {...journal, writes: [{...write, path: 7}]}],
  ['no digest', {...journal, writes: [{...write, after: undefined}]}],
  ['a short digest', {...journal, writes: [{...write, after: 'abc'}]}],
  ['a further field of a write', {...journal, writes: [{...write, from: '/etc/passwd'}]}],
  ['a removal of nothing', {...journal, removals: [{...removal, before: null}]}],
  ['one path twice', {...journal, writes: [write, {...another, path: 'src/a.txt'}]}],
  ['one path written and removed', {...journal, removals: [{...removal, path: 'src/a.txt'}]}],
  ['our own lock', {...journal, removals: [{...removal, path: '.secdef.lock'}]}],
  ['our own journal', {...journal, writes: [{...another, path: '.secdef.journal'}], folders: []}],
  ['a folder that no write needs', {...journal, folders: ['made', 'src/empty']}],
])('a foreign journal is refused: %s', async (_, content) => {
  const {both} = left('journal', JSON.stringify(content))
  expect(await refused(both, 'journal')).toBe('secdef did not write it')
})

const escapes = [
  '../outside/secret.txt',
  'src/../../outside/secret.txt',
  '..\\outside\\secret.txt',
  'C:/secret.txt',
  '/etc/secret.txt',
  '',
  '.git/config',
]

describe.each(escapes)('a record that names %j is refused', (path) => {
  const words = 'secdef did not write it'

  test('to be written', async () => {
    const change = {path, before: sha('not ours'), after: sha('not ours')}
    const {both} = left('journal', JSON.stringify({...journal, writes: [...journal.writes, change]}))
    expect(await refused(both, 'journal')).toBe(words)
  })

  test('to be removed', async () => {
    const change = {path, before: sha('not ours')}
    const {both} = left('journal', JSON.stringify({...journal, removals: [...journal.removals, change]}))
    expect(await refused(both, 'journal')).toBe(words)
  })

  test('to be undone', async () => {
    const change = {path, before: null, after: sha('not ours')}
    const {both} = left('intent', JSON.stringify({...journal, writes: [...journal.writes, change]}))
    expect(await refused(both, 'intent')).toBe(words)
  })
})

describe('what a good record names is looked at again', () => {
  const text = JSON.stringify(journal)

  test('a temporary with other bytes', async () => {
    const {both, root} = left('journal', text)
    fill(root, {[`made/deep/.b.txt.${id}.secdef-tmp`]: 'something else'})
    expect(await refused(both, 'journal')).toBe(
      `made/deep/.b.txt.${id}.secdef-tmp is not what was written into it`,
    )
  })

  test('a target that is a link by now', async () => {
    const {both, root} = left('journal', text)
    fs.rmSync(join(root, 'src/a.txt'))
    fs.symlinkSync('../../outside/secret.txt', join(root, 'src/a.txt'))
    expect(await refused(both, 'journal')).toContain(
      `src/a.txt is a symbolic link to ${both}/outside/secret.txt`,
    )
  })

  test('a temporary that is a link by now', async () => {
    const {both, root} = left('journal', text)
    const temporary = `src/.a.txt.${id}.secdef-tmp`
    fs.rmSync(join(root, temporary))
    fs.symlinkSync('../../outside/secret.txt', join(root, temporary))
    expect(await refused(both, 'journal')).toContain(`${temporary} is a symbolic link`)
  })

  test('a file to be removed that is a link by now', async () => {
    const {both, root} = left('journal', text)
    fs.rmSync(join(root, 'gone.txt'))
    fs.symlinkSync('../outside/secret.txt', join(root, 'gone.txt'))
    expect(await refused(both, 'journal')).toContain('gone.txt is a symbolic link')
  })

  test.each(['journal', 'intent'] as const)('a folder that is a link by now (%s)', async (name) => {
    const outside = {path: 'src/secret.txt', before: sha('not ours'), after: sha('not ours')}
    const {both, root} = left(name, JSON.stringify({...journal, writes: [outside], folders: []}))
    fs.renameSync(join(root, 'src'), join(root, 'moved'))
    fs.symlinkSync('../outside', join(root, 'src'))
    expect(await refused(both, name)).toContain(`src is a symbolic link to ${both}/outside`)
  })

  test('a target that is a folder by now', async () => {
    const {both, root} = left('journal', text)
    fs.rmSync(join(root, 'src/a.txt'))
    fs.mkdirSync(join(root, 'src/a.txt'))
    expect(await refused(both, 'journal')).toBe('Cannot write src/a.txt: it is a folder')
  })

  test.each(['journal', 'intent'] as const)('a %s that is itself a link', async (name) => {
    const {both, root} = left(name, text)
    fs.renameSync(join(root, names[name]), join(both, 'outside/record'))
    fs.symlinkSync('../outside/record', join(root, names[name]))
    const before = tree(both)
    await expect(nextRun(root)).rejects.toThrow(`Cannot read ${names[name]}: it is not a file`)
    expect(tree(both)).toEqual(before)
  })
})

test('what killed runs left of their locks is swept, and nothing that only looks like it', async () => {
  const {both, root} = left('intent', JSON.stringify(journal))
  fill(root, {
    '.secdef.lock.0123456789abcdef': '',
    '.secdef.lock.0123456789abcdef.secdef-tmp': '',
    '.secdef.lock.mine': 'by hand',
    'x.secdef.lock.0123456789abcdef': 'by hand',
    'src/.other.txt.1-0123456789abcdef.secdef-tmp': 'of no record',
  })
  await nextRun(root)
  expect(tree(root)).toEqual({
    ...byHand,
    'src/': '',
    'src/a.txt': 'old a',
    'gone.txt': 'old gone',
    '.secdef.lock.mine': 'by hand',
    'x.secdef.lock.0123456789abcdef': 'by hand',
    'src/.other.txt.1-0123456789abcdef.secdef-tmp': 'of no record',
  })
  expect(tree(join(both, 'outside'))).toHaveProperty('secret.txt', 'not ours')
})
