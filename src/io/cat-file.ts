/** `git cat-file --batch`: one process that is asked for object after object. */
import {spawn} from 'node:child_process'
import {Failure} from '../model/failure.ts'
import {gitFailure} from './git.ts'
import {gitEnvironment} from './git-environment.ts'

/** @see https://git-scm.com/docs/git-cat-file#_batch_output */
export function startBatch(cwd: string) {
  const child = spawn('git', ['cat-file', '--batch'], {
    cwd,
    env: gitEnvironment(cwd),
    stdio: 'pipe',
    windowsHide: true,
  })
  let error = ''
  let chunks: Buffer[] = []
  let wake: (() => void) | undefined
  let isOver = false
  const stir = () => wake?.()
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text
  })
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    stir()
  })
  const over = () => {
    isOver = true
    stir()
  }
  child.on('error', over).on('close', over)
  child.stdin.on('error', () => {})

  /** What was read so far, when there is more of it or no more can come. */
  const more = async (): Promise<void> => {
    const before = chunks.length
    if (isOver) throw gitFailure({code: child.exitCode ?? 1, stdout: Buffer.alloc(0), stderr: error.trim()})
    await new Promise<void>((resolve) => {
      wake = resolve
    })
    if (chunks.length === before && isOver) await more()
  }
  const take = async (isWhole: (buffer: Buffer) => number | undefined): Promise<Buffer> => {
    for (;;) {
      const buffer = Buffer.concat(chunks)
      chunks = [buffer]
      const length = isWhole(buffer)
      if (length !== undefined) {
        chunks = [buffer.subarray(length)]
        return buffer.subarray(0, length)
      }
      await more()
    }
  }
  return {
    async read(objects: readonly string[]): Promise<[string, Uint8Array][]> {
      const found: [string, Uint8Array][] = []
      // One question and one answer at a time: neither pipe can fill up while nobody reads it.
      for (const object of objects) {
        child.stdin.write(`${object}\n`)
        const header = await take((buffer) => {
          const end = buffer.indexOf('\n')
          return end === -1 ? undefined : end + 1
        })
        const size = Number(/^[0-9a-f]+ blob (\d+)\n$/.exec(header.toString('latin1'))?.[1])
        if (Number.isNaN(size)) throw new Failure(`git: ${header.toString('utf8').trim()}`)
        const body = await take((buffer) => (buffer.length > size ? size + 1 : undefined))
        found.push([object, body.subarray(0, size)])
      }
      return found
    },
    end: () => child.stdin.end(),
  }
}
