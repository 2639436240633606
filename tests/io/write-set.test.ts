/** A write that cannot be made changes nothing, and says why. */
import {execFileSync} from 'node:child_process'
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, onTestFinished, test} from 'vitest'
import {interruptedWrite} from '../../src/io/interrupted.ts'
import {withLock} from '../../src/io/lock.ts'
import {applyChanges, type Change} from '../../src/io/write-set.ts'
import {Failure} from '../../src/model/failure.ts'
import {project, temporaryFolder, tree} from '../support/project.ts'
import {bundleWriter, converse, ended, run, start, untilDone} from '../support/writers.ts'

const writer = bundleWriter()

function write(root: string, changes: readonly Change[]): Promise<void> {
  return withLock(root, {timeoutMs: 0}, () => applyChanges(root, changes))
}

/** The failure of a write, after which everything in `root` is as it was. */
async function refused(root: string, changes: readonly Change[]): Promise<Failure> {
  const before = tree(root)
  const error = await write(root, changes).then(
    () => 'written',
    (thrown: unknown) => thrown,
  )
  expect(tree(root)).toEqual(before)
  if (!(error instanceof Failure)) throw new Error(`expected a Failure, got ${error}`)
  return error
}

describe('what is written', () => {
  test('is the text as UTF-8, byte for byte, in folders that are made', async () => {
    const root = project({'a.txt': 'old', 'b.txt': 'old'})
    const text = '\ufeffä\r\n\u{1f512}\0 no newline at the end'
    await write(root, [
      {path: 'x/y/z.txt', text},
      {path: 'a.txt', text: ''},
      {path: 'b.txt', text: null},
      {path: 'never/was.txt', text: null},
    ])
    expect(tree(root)).toEqual({'a.txt': '', 'x/': '', 'x/y/': '', 'x/y/z.txt': text})
    expect(fs.readFileSync(join(root, 'x/y/z.txt'))).toEqual(Buffer.from(text, 'utf8'))
  })

  test('large texts arrive whole', async () => {
    const root = project({})
    const text = '0123456789abcde\n'.repeat(300_000)
    await write(root, [{path: 'large.txt', text}])
    expect(fs.readFileSync(join(root, 'large.txt'), 'utf8') === text).toBe(true)
  })

  test('keeps the mode of the file that it replaces', async () => {
    const root = project({'run.sh': 'old', 'secret.txt': 'old'})
    fs.chmodSync(join(root, 'run.sh'), 0o755)
    fs.chmodSync(join(root, 'secret.txt'), 0o440)
    await write(
      root,
      ['run.sh', 'secret.txt', 'new.txt'].map((path) => ({path, text: 'new'})),
    )
    const mode = (path: string) => fs.statSync(join(root, path)).mode & 0o7777
    expect([mode('run.sh'), mode('secret.txt')]).toEqual([0o755, 0o440])
    expect(mode('new.txt')).toBe(0o666 & ~process.umask())
  })

  test.skipIf(process.getuid?.() !== 0)('keeps the owner of the file that it replaces, as root', async () => {
    const root = project({'theirs.txt': 'old'})
    fs.chownSync(join(root, 'theirs.txt'), 65534, 65534)
    fs.chmodSync(join(root, 'theirs.txt'), 0o4755)
    await write(root, [{path: 'theirs.txt', text: 'new'}])
    const {uid, gid, mode} = fs.statSync(join(root, 'theirs.txt'))
    expect([uid, gid, mode & 0o7777]).toEqual([65534, 65534, 0o4755])
  })

  test('bytes that are equal are not written', async () => {
    const root = project({'same.txt': 'same', 'other.txt': 'old'})
    const inode = fs.statSync(join(root, 'same.txt')).ino
    await write(root, [
      {path: 'same.txt', text: 'same'},
      {path: 'other.txt', text: 'new'},
    ])
    expect(fs.statSync(join(root, 'same.txt')).ino).toBe(inode)
    expect(tree(root)).toEqual({'same.txt': 'same', 'other.txt': 'new'})
  })

  test('a reader of the old file goes on reading the old file', async () => {
    const root = project({'a.txt': 'old'})
    const fd = fs.openSync(join(root, 'a.txt'), 'r')
    onTestFinished(() => fs.closeSync(fd))
    await write(root, [{path: 'a.txt', text: 'new and longer'}])
    expect(fs.readFileSync(fd, 'utf8')).toBe('old')
  })
})

describe('an error in the middle leaves the old set', () => {
  const around = (path: string): readonly Change[] => [
    {path: 'new/first.txt', text: 'new'},
    {path: 'gone.txt', text: null},
    {path, text: 'new'},
    {path: 'last.txt', text: 'new'},
  ]
  const files = {'gone.txt': 'old', 'last.txt': 'old', 'folder/in-it.txt': 'by hand'}

  test('the target is a folder', async () => {
    const {message, hint} = await refused(project(files), around('folder'))
    expect(message).toBe('Cannot write folder: it is a folder')
    expect(hint).toContain('Move it away')
  })

  test('the folder is a file', async () => {
    const {message, hint} = await refused(project(files), around('folder/in-it.txt/deep/er.txt'))
    const words = 'folder/in-it.txt is a file, not a folder'
    expect(message).toBe(`Cannot write folder/in-it.txt/deep/er.txt: ${words}`)
    expect(hint).toContain('Move that file away')
  })

  test('the target is a pipe', async () => {
    const root = project({'last.txt': 'old'})
    execFileSync('mkfifo', [join(root, 'pipe')])
    const error = await write(root, [
      {path: 'last.txt', text: 'new'},
      {path: 'pipe', text: 'new'},
    ]).catch((thrown: unknown) => thrown)
    expect(String(error)).toBe('Failure: Cannot write pipe: it is not a regular file')
    expect(fs.readdirSync(root).sort()).toEqual(['last.txt', 'pipe'])
    expect(fs.readFileSync(join(root, 'last.txt'), 'utf8')).toBe('old')
  })

  test('the name is too long', async () => {
    const path = `made/${'x'.repeat(250)}.txt`
    const {message, hint} = await refused(project(files), around(path))
    expect(message).toContain('the name is too long')
    expect(message).toContain(path)
    expect(hint).toBe('Choose a shorter path for this output.')
  })

  test('the temporary would have too long a name, which shows when folders are made already', async () => {
    const path = `made/too/${'x'.repeat(240)}.txt`
    const {message} = await refused(project(files), around(path))
    expect(message).toBe(`Cannot write ${path}: the name is too long. No output was changed.`)
  })

  test('one path is claimed twice, or as a file and as a folder', async () => {
    const twice = 'two outputs claim that path'
    expect((await refused(project(files), around('last.txt'))).message).toBe(
      `Cannot write last.txt: ${twice}`,
    )
    expect((await refused(project(files), around('new'))).message).toBe(`Cannot write new: ${twice}`)
  })

  test.each(['.secdef.lock', '.secdef.journal', '.secdef.INTENT', 'a/.b.txt.1-0123456789abcdef.secdef-tmp'])(
    'the path is one of our own: %s',
    async (path) => {
      expect((await refused(project(files), around(path))).message).toContain('keeps that name for itself')
    },
  )

  test('a file grows larger than it may', async () => {
    const root = project(files)
    const before = tree(root)
    const changes = [...around('small.txt'), {path: 'large.txt', text: 'x'.repeat(100_000)}]
    const {code, stderr} = await run(writer, {root, changes}, {fileLimit: 16})
    expect(stderr).toContain('Cannot write large.txt: the file would be larger than this system allows')
    expect(stderr).toContain('No output was changed.')
    expect({code, tree: tree(root)}).toEqual({code: 2, tree: before})
  })

  test('somebody saves a target while the others are being prepared', async () => {
    const edited = await untilDone(async (n) => {
      const root = project({...files, 'folder/a.txt': 'old'})
      const changes = [...around('folder/a.txt'), {path: 'folder/b.txt', text: 'new'}]
      const child = start(writer, {root, changes}, {stopAt: `pause:${n}`})
      const talk = converse(child)
      const end = ended(child)
      if ((await talk.next()) !== 'paused') {
        expect((await end).code).toBe(0)
        return undefined
      }
      const names = Object.keys(tree(root))
      const preparing = names.includes('.secdef.intent') && !names.some((name) => name.includes('.b.txt.'))
      if (preparing) fs.writeFileSync(join(root, 'folder/a.txt'), 'by hand')
      talk.go()
      const {code, stderr} = await end
      expect(code).toBe(preparing ? 2 : 0)
      if (!preparing) return false
      expect(stderr).toContain('Cannot write folder/a.txt: somebody else changed it just now. No output')
      expect(tree(root)).toEqual({...files, 'folder/': '', 'folder/a.txt': 'by hand'})
      return true
    })
    expect(edited).toContain(true)
  })

  test('applyChanges without the lock does not take another run for its own', () => {
    const root = project({'.secdef.intent': '{}'})
    expect(() => applyChanges(root, [{path: 'a.txt', text: 'new'}])).toThrow(
      'applyChanges without the lock: .secdef.intent is there',
    )
    expect(tree(root)).toEqual({'.secdef.intent': '{}'})
  })
})

describe('without permission', () => {
  /** A project that an unprivileged process may write, but for one folder. */
  function held(folder: string, mode: number): string {
    const root = project({'a.txt': 'old', 'held/b.txt': 'old', 'z.txt': 'old'})
    fs.chmodSync(root, 0o777)
    fs.chmodSync(join(root, folder), mode)
    onTestFinished(() => fs.chmodSync(join(root, folder), 0o777))
    return root
  }

  test.each([
    ['written', {path: 'held/b.txt', text: 'new'}],
    ['removed', {path: 'held/b.txt', text: null}],
    ['made', {path: 'held/new/c.txt', text: 'new'}],
  ])('a file in a read-only folder cannot be %s', async (_, change) => {
    const root = held('held', 0o555)
    const before = tree(root)
    const changes = [{path: 'a.txt', text: 'new'}, change, {path: 'made/d.txt', text: 'new'}]
    const {code, stderr} = await run(writer, {root, changes}, {unprivileged: true})
    expect(stderr).toContain(`Cannot write ${change.path}: permission denied`)
    expect(stderr).toContain('Check who owns the file')
    expect({code, tree: tree(root)}).toEqual({code: 2, tree: before})
  })

  test('a read-only root cannot be locked', async () => {
    const root = held('.', 0o555)
    const before = tree(root)
    const changes = [{path: 'a.txt', text: 'new'}]
    const {code, stderr} = await run(writer, {root, changes}, {unprivileged: true})
    expect(stderr).toContain(`Cannot lock ${root} (.secdef.lock): permission denied`)
    expect({code, tree: tree(root)}).toEqual({code: 2, tree: before})
  })

  test('a root that is not there cannot be locked', async () => {
    const missing = join(temporaryFolder(), 'missing')
    await expect(write(missing, [])).rejects.toThrow('there is no such file or folder')
  })

  // Somebody else's file in a sticky folder passes every question beforehand, and still cannot be renamed.
  describe.skipIf(process.getuid?.() !== 0)(
    'of a file in a sticky folder, known at the rename (as root)',
    () => {
      test('the first rename that fails takes everything back', async () => {
        const root = held('held', 0o1777)
        const before = tree(root)
        const changes = [
          {path: 'held/b.txt', text: 'new'},
          {path: 'made/c.txt', text: 'new'},
        ]
        const {code, stderr} = await run(writer, {root, changes}, {unprivileged: true})
        expect(stderr).toContain('to held/b.txt: the system does not permit it. No output was changed.')
        expect({code, tree: tree(root)}).toEqual({code: 2, tree: before})
      })

      test('a later one leaves the journal, and the next run goes on', async () => {
        const root = held('held', 0o1777)
        const changes = [
          {path: 'a.txt', text: 'new'},
          {path: 'held/b.txt', text: 'new'},
          {path: 'made/c.txt', text: 'new'},
        ]
        const {code, stderr} = await run(writer, {root, changes}, {unprivileged: true})
        expect(stderr).toContain(
          'to held/b.txt: the system does not permit it. The outputs may be half written',
        )
        expect({code, interrupted: interruptedWrite(root)}).toEqual({
          code: 2,
          interrupted: {path: '.secdef.journal', running: false},
        })
        const again = await run(writer, {root, changes: []}, {unprivileged: true})
        expect(again.stderr).toContain('held/b.txt: the system does not permit it')
        fs.chmodSync(join(root, 'held'), 0o777)
        expect((await run(writer, {root, changes: []}, {unprivileged: true})).code).toBe(0)
        const whole = {'a.txt': 'new', 'held/b.txt': 'new', 'made/c.txt': 'new', 'z.txt': 'old'}
        expect(tree(root)).toEqual({...whole, 'held/': '', 'made/': ''})
      })
    },
  )
})
