/** A disk that is full at any moment leaves the old set; so does one that is read-only. */
import {execFileSync} from 'node:child_process'
import * as fs from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {withLock} from '../../src/io/lock.ts'
import {applyChanges} from '../../src/io/write-set.ts'
import {fill, temporaryFolder, tree} from '../support/project.ts'
import {bundleWriter, run} from '../support/writers.ts'

const writer = bundleWriter()

/** A small disk of its own in memory, until the test is over. Needs Linux, and root. */
function smallDisk(options: string): string {
  const folder = temporaryFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {stdio: 'ignore'})
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]))
  return folder
}

function canMount(): boolean {
  const folder = fs.mkdtempSync(join(tmpdir(), 'secdef-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], {stdio: 'ignore'})
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    fs.rmdirSync(folder)
  }
}

const mounting = test.skipIf(!canMount())
const old = {'a.txt': 'old a', 'sub/b.txt': 'old b', 'gone.txt': 'old'}
const text = (name: string) => `new ${name}\n`.repeat(2000)
const changes = [
  {path: 'sub/b.txt', text: text('b')},
  {path: 'new/folder/c.txt', text: text('c')},
  {path: 'gone.txt', text: null},
  {path: 'a.txt', text: text('a')},
]
const oldTree = {...old, 'sub/': ''}
const newTree = {
  'a.txt': text('a'),
  'sub/b.txt': text('b'),
  'new/folder/c.txt': text('c'),
  'new/': '',
  'new/folder/': '',
  'sub/': '',
}

/** Write the set into `root`; the words of the failure, or nothing. */
function attemptIn(root: string): Promise<string> {
  return withLock(root, {timeoutMs: 0}, () => applyChanges(root, changes)).then(
    () => '',
    (error: Error) => `${error.name}: ${error.message}`,
  )
}

mounting('disk full, with every number of free pages from none until enough (needs mount)', async () => {
  const places = new Set<string>()
  for (let pages = 0; ; pages++) {
    const disk = smallDisk('size=256k')
    const root = join(disk, 'root')
    fill(root, old)
    const free = fs.statfsSync(disk).bfree - pages
    fs.writeFileSync(join(disk, 'filler'), Buffer.alloc(free * 4096))
    const words = await attemptIn(root)
    if (words === '') {
      expect(tree(root)).toEqual(newTree)
      break
    }
    expect(tree(root)).toEqual(oldTree)
    const [, place] = /^Failure: Cannot (.*): the disk is full/.exec(words) ?? [words, words]
    places.add(place?.replace(root, '…') ?? '')
    fs.rmSync(join(disk, 'filler'))
    expect(await attemptIn(root)).toBe('')
    expect(tree(root)).toEqual(newTree)
  }
  expect([...places]).toEqual([
    'lock … (.secdef.lock)',
    'write .secdef.intent',
    'write sub/b.txt',
    'write new/folder/c.txt',
    'write a.txt',
  ])
})

mounting('no names left, with every number of them from none until enough (needs mount)', async () => {
  const disk = smallDisk('size=1m,nr_inodes=40')
  const root = join(disk, 'root')
  fill(root, old)
  const fillers: string[] = []
  for (let left = fs.statfsSync(disk).ffree; left > 0; left--) {
    fillers.push(join(disk, `filler-${left}`))
    fs.writeFileSync(fillers.at(-1) ?? '', '')
  }
  const places = new Set<string>()
  for (;;) {
    const words = await attemptIn(root)
    if (words === '') break
    expect(tree(root)).toEqual(oldTree)
    places.add(/^Failure: Cannot (.*): the disk is full/.exec(words)?.[1]?.replace(root, '…') ?? words)
    fs.rmSync(fillers.pop() ?? '')
  }
  expect(tree(root)).toEqual(newTree)
  expect([...places]).toEqual([
    'lock … (.secdef.lock)',
    'make new',
    'make new/folder',
    'write sub/b.txt',
    'write new/folder/c.txt',
    'write a.txt',
  ])
})

mounting('disk full, where there are no hard links for the lock either (needs mount)', async () => {
  for (const pages of [0, 1, 2]) {
    const disk = smallDisk('size=256k')
    fill(disk, old)
    fs.writeFileSync(join(disk, 'filler'), Buffer.alloc((fs.statfsSync(disk).bfree - pages) * 4096))
    const before = tree(disk)
    const {code, stderr} = await run(writer, {root: disk, changes}, {stopAt: 'no-links'})
    expect(stderr).toContain('the disk is full')
    expect({code, tree: tree(disk)}).toEqual({code: 2, tree: before})
  }
})

mounting('a read-only disk (needs mount)', async () => {
  const disk = smallDisk('size=256k')
  fill(disk, old)
  execFileSync('mount', ['-o', 'remount,ro', disk])
  expect(await attemptIn(disk)).toBe(
    `Failure: Cannot lock ${disk} (.secdef.lock): the file system is read-only`,
  )
  expect(tree(disk)).toEqual(oldTree)
})

mounting('a read-only disk in one folder (needs mount)', async () => {
  const disk = smallDisk('size=256k')
  fill(disk, {'a.txt': 'old a', 'gone.txt': 'old'})
  fs.mkdirSync(join(disk, 'sub'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', join(disk, 'sub')])
  onTestFinished(() => void execFileSync('umount', [join(disk, 'sub')]))
  expect(await attemptIn(disk)).toBe('Failure: Cannot write sub/b.txt: the file system is read-only')
  expect(tree(disk)).toEqual({'a.txt': 'old a', 'gone.txt': 'old', 'sub/': ''})
})
