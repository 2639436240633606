/** One writer at a time, whoever dies when. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import * as fs from 'node:fs'
import {hostname} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {describe, expect, onTestFinished, test} from 'vitest'
import {type Holder, ourselves} from '../../src/io/holder.ts'
import {interruptedWrite} from '../../src/io/interrupted.ts'
import {withLock} from '../../src/io/lock.ts'
import type {Change} from '../../src/io/write-set.ts'
import {Failure} from '../../src/model/failure.ts'
import {project, temporaryFolder, tree} from '../support/project.ts'
import {bundleWriter, converse, ended, start, untilDone} from '../support/writers.ts'

const writer = bundleWriter()
const files = {'a.txt': 'old\n', 'sub/b.txt': 'old\n', 'sub/c.txt': 'old\n'}

/** A set of its own for each writer; every third removes a file that the others write. */
function changesOf(author: number): readonly Change[] {
  return [
    {path: 'a.txt', text: `a of ${author}\n`},
    {path: 'sub/b.txt', text: `b of ${author}\n`},
    {path: 'sub/c.txt', text: author % 3 === 0 ? null : `c of ${author}\n`},
    {path: 'made/d.txt', text: `d of ${author}\n`},
  ]
}

function setOf(author: number): Readonly<Record<string, string>> {
  const written = changesOf(author).flatMap(({path, text}) => (text === null ? [] : [[path, text]]))
  return {...Object.fromEntries(written), 'sub/': '', 'made/': ''}
}

/** Let `count` writers go at once. @returns The project and what each of them noted, in the order of time. */
async function race(root: string, count: number): Promise<readonly string[]> {
  const log = join(temporaryFolder(), 'log')
  const authors = Array.from({length: count}, (_, index) => index + 1)
  const ends = await Promise.all(
    authors.map((author) => ended(start(writer, {root, changes: changesOf(author), log}))),
  )
  expect(ends).toEqual(authors.map(() => ({code: 0, signal: null, stderr: ''})))
  return fs.readFileSync(log, 'utf8').trimEnd().split('\n')
}

/** Whoever comes in leaves before the next one comes in, and `count` come in. */
function expectOneAtATime(log: readonly string[], count: number): void {
  expect(log).toHaveLength(2 * count)
  for (let index = 0; index < log.length; index += 2) {
    const pid = log[index]?.split(' ')[0]
    expect(log.slice(index, index + 2)).toEqual([`${pid} inside`, `${pid} left`])
  }
}

/** A project with the lock of a process that was killed while it worked. */
async function abandoned(): Promise<string> {
  const root = project(files)
  const child = start(writer, {root, changes: [], talk: true})
  expect(await converse(child).next()).toBe('inside')
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(fs.existsSync(join(root, '.secdef.lock'))).toBe(true)
  return root
}

describe('writers at once', () => {
  test.each([2, 8])('%i leave the whole set of one of them', async (count) => {
    const root = project(files)
    const log = await race(root, count)
    expectOneAtATime(log, count)
    expect(Array.from({length: count}, (_, index) => setOf(index + 1))).toContainEqual(tree(root))
  })

  test('eight take over the lock of a dead process, one after the other', async () => {
    for (let round = 0; round < 3; round++) {
      const root = await abandoned()
      expectOneAtATime(await race(root, 8), 8)
      expect(Array.from({length: 8}, (_, index) => setOf(index + 1))).toContainEqual(tree(root))
    }
  })

  test('in one process they take turns, too', async () => {
    const root = project(files)
    const log: string[] = []
    const work = async (name: string) => {
      log.push(`${name} inside`)
      await fs.promises.readFile(join(root, 'a.txt'))
      log.push(`${name} left`)
      return name
    }
    const names = ['1', '2', '3']
    const all = names.map((name) => withLock(root, {timeoutMs: 10_000}, () => work(name)))
    expect(await Promise.all(all)).toEqual(names)
    expectOneAtATime(log, 3)
    expect(tree(root)).toEqual({...files, 'sub/': ''})
  })

  test('where there are no hard links, eight still leave the whole set of one of them', async () => {
    const root = await abandoned()
    const log = join(temporaryFolder(), 'log')
    const authors = [1, 2, 3, 4, 5, 6, 7, 8]
    const children = authors.map((author) =>
      start(writer, {root, changes: changesOf(author), log}, {stopAt: 'no-links'}),
    )
    const ends = await Promise.all(children.map(ended))
    expect(ends).toEqual(authors.map(() => ({code: 0, signal: null, stderr: ''})))
    expectOneAtATime(fs.readFileSync(log, 'utf8').trimEnd().split('\n'), 8)
    expect(authors.map(setOf)).toContainEqual(tree(root))
  })
})

// One of three stops right before its n-th call, while the others come and go as far as they can.
test('taken over by three, one of them halted at any step, never two are inside', async () => {
  const halted = await untilDone(async (n) => {
    const root = await abandoned()
    const log = join(temporaryFolder(), 'log')
    const job = {root, changes: [], log, talk: true}
    const slow = start(writer, job, {stopAt: `pause:${n}`})
    const first = converse(slow)
    const reached = await first.next()
    if (reached !== 'paused') {
      slow.kill('SIGKILL')
      await once(slow, 'close')
      return undefined
    }
    const others = [start(writer, job), start(writer, job)]
    const closed = [slow, ...others].map((child) => once(child, 'close'))
    const talks = others.map(converse)
    // Each of them is inside, or waits, before the halted one goes on: it may hold what they want.
    const states = await Promise.all(talks.map((talk) => talk.next()))
    first.go()
    states.push(await first.next())
    const all = [...talks, first]
    const finish = async (talk: (typeof all)[number], state: string | undefined): Promise<void> => {
      if (state === 'waiting') expect(await talk.next()).toBe('inside')
      talk.go()
      expect(await talk.next()).toBe('left')
    }
    await Promise.all(all.map((talk, index) => finish(talk, states[index])))
    expect(await Promise.all(closed)).toEqual(closed.map(() => [0, null]))
    expectOneAtATime(fs.readFileSync(log, 'utf8').trimEnd().split('\n'), 3)
    expect(tree(root)).toEqual({...files, 'sub/': ''})
    return states.join()
  })
  expect(halted).toContain('waiting,waiting,inside')
  expect(halted.some((states) => /inside,waiting,waiting|waiting,inside,waiting/.test(states))).toBe(true)
})

describe('a lock of somebody else', () => {
  const token = '0123456789abcdef'

  /** A lock file as another process would have written it. */
  function locked(holder: Partial<Holder>): string {
    return project({'.secdef.lock': JSON.stringify({...ourselves(token), ...holder})})
  }

  async function busy(root: string): Promise<{failure: Failure; waits: unknown[]}> {
    const before = tree(root)
    const waits: unknown[] = []
    const onWait = (holder: unknown) => void waits.push(holder)
    const failure = await withLock(root, {timeoutMs: 50, onWait}, () => 'inside').catch(
      (error: unknown) => error,
    )
    expect(tree(root)).toEqual(before)
    if (!(failure instanceof Failure)) throw new Error(`expected a Failure, got ${failure}`)
    return {failure, waits}
  }

  test('that lives is waited for, and then named', async () => {
    const {failure, waits} = await busy(locked({}))
    const who = `process ${process.pid}`
    expect(failure.message).toBe(`Another secdef is writing here: ${who} holds .secdef.lock (waited 0.05 s)`)
    expect(failure.hint).toContain('delete .secdef.lock')
    expect(waits).toEqual([ourselves(token)])
  })

  test('on another machine cannot be known to be dead', async () => {
    const {failure} = await busy(locked({host: 'elsewhere', pid: 2 ** 30}))
    expect(failure.message).toContain('process 1073741824 on elsewhere holds .secdef.lock')
    expect(failure.hint).toContain('does not run on that machine or container, delete .secdef.lock')
  })

  test('in another container of the same name cannot be known to be dead', async () => {
    const {failure} = await busy(locked({namespace: 'pid:[1]', pid: 2 ** 30}))
    expect(failure.message).toContain(`process 1073741824 on ${hostname()} holds .secdef.lock`)
  })

  test.each(['', '{', 'null', '[]', '{"pid":1}', '{"pid":-1,"host":"x"}'])(
    'that does not say whose it is: %j',
    async (text) => {
      const {failure, waits} = await busy(project({'.secdef.lock': text}))
      expect(failure.message).toContain('.secdef.lock does not say which process holds it')
      expect(failure.hint).toContain('delete .secdef.lock')
      expect(waits).toEqual([undefined])
    },
  )

  test.each([
    ['pid', -1],
    ['pid', 0],
    ['pid', 1.5],
    ['pid', '1'],
    ['host', null],
    ['namespace', 1],
    ['started', {}],
    ['token', '../../x'],
  ])('with a wrong %s (%j) does not say whose it is', async (key, value) => {
    const root = project({'.secdef.lock': JSON.stringify({...ourselves(token), [key]: value})})
    expect((await busy(root)).failure.message).toContain('does not say which process holds it')
  })

  test('is taken over if the process has ended', async () => {
    const root = locked({pid: 2 ** 30})
    expect(await withLock(root, {timeoutMs: 0}, () => tree(root))).not.toEqual({})
    expect(tree(root)).toEqual({})
  })

  const linux = test.skipIf(!fs.existsSync('/proc/self/stat'))

  linux('is taken over if its pid was given to another process (needs /proc)', async () => {
    const root = locked({started: '1'})
    expect(await withLock(root, {timeoutMs: 0}, () => 'inside')).toBe('inside')
  })

  linux('is taken over if its process is a zombie (needs /proc)', async () => {
    // The shell is replaced before its child ends; cat, which answers then, never asks for the child's exit.
    const script = 'read end <&3 & echo $!; exec cat'
    const parent = spawn('sh', ['-c', script], {stdio: ['pipe', 'pipe', 'inherit', 'pipe']})
    onTestFinished(() => void parent.kill('SIGKILL'))
    const {stdin, stdout} = parent
    if (stdin === null || stdout === null) throw new Error('the shell has no pipes')
    const lines = createInterface({input: stdout})[Symbol.asyncIterator]()
    const {value: pid} = await lines.next()
    stdin.write('replaced\n')
    expect(await lines.next()).toEqual({value: 'replaced', done: false})
    parent.stdio[3]?.destroy()
    const root = locked({pid: Number(pid), started: null})
    expect(await withLock(root, {timeoutMs: 10_000}, () => 'inside')).toBe('inside')
    expect(() => process.kill(Number(pid), 0)).not.toThrow()
  })

  test.each([
    ['a folder', (lock: string) => fs.mkdirSync(lock)],
    ['a link', (lock: string) => fs.symlinkSync('missing', lock)],
  ])('that is %s is refused', async (_, make) => {
    const root = project(files)
    make(join(root, '.secdef.lock'))
    const work = withLock(root, {timeoutMs: 0}, () => 'inside')
    await expect(work).rejects.toThrow(`Cannot lock ${root}: .secdef.lock is not a file`)
  })
})

describe('the lock is given back', () => {
  test('when the work throws, and what it throws goes through', async () => {
    const root = project({})
    const bug = new Error('a bug')
    const work = async () => {
      throw bug
    }
    await expect(withLock(root, {timeoutMs: 0}, work)).rejects.toBe(bug)
    expect(tree(root)).toEqual({})
  })

  test('but not if it is not ours any more', async () => {
    const root = project({})
    const theirs = JSON.stringify(ourselves('0123456789abcdef'))
    await withLock(root, {timeoutMs: 0}, () => fs.writeFileSync(join(root, '.secdef.lock'), theirs))
    expect(tree(root)).toEqual({'.secdef.lock': theirs})
  })
})

test('a write that is going on is told from one that was interrupted', async () => {
  const root = project({'.secdef.journal': '{}'})
  expect(interruptedWrite(root)).toEqual({path: '.secdef.journal', running: false})
  fs.writeFileSync(join(root, '.secdef.lock'), JSON.stringify(ourselves('0123456789abcdef')))
  expect(interruptedWrite(root)).toEqual({path: '.secdef.journal', running: true})
  fs.writeFileSync(join(root, '.secdef.lock'), 'damaged')
  expect(interruptedWrite(root)).toEqual({path: '.secdef.journal', running: false})
  fs.rmSync(join(root, '.secdef.journal'))
  expect(interruptedWrite(root)).toBeUndefined()
})
