/** Colour, width, and a reader or a person that ends the run early. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import * as fs from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {defaultOutputs, documentPath, longerDocument, repository} from '../support/documents.ts'
import {asCommand, cli, type Env, runHere} from '../support/hosts.ts'
import {fill, tree} from '../support/project.ts'
import {row, table} from '../support/read.ts'
import {untilDone} from '../support/writers.ts'

const sequence = /\u001b\[/
const stale = () => repository({'generated/security_exceptions.py': 'x'})

test.each<[string, number | undefined, Env, boolean]>([
  ['a pipe', undefined, {}, false],
  ['a terminal', 80, {TERM: 'xterm'}, true],
  ['a dumb terminal', 80, {TERM: 'dumb'}, false],
  ['NO_COLOR on a terminal', 80, {TERM: 'xterm', NO_COLOR: '1'}, false],
  ['an empty NO_COLOR', 80, {TERM: 'xterm', NO_COLOR: ''}, true],
  ['FORCE_COLOR into a pipe', undefined, {FORCE_COLOR: '1'}, true],
  ['FORCE_COLOR=0 on a terminal', 80, {TERM: 'xterm', FORCE_COLOR: '0'}, false],
  ['FORCE_COLOR on a dumb terminal', 80, {TERM: 'dumb', FORCE_COLOR: '3'}, true],
  ['NO_COLOR and FORCE_COLOR', 80, {NO_COLOR: '1', FORCE_COLOR: '1'}, false],
  ['CI alone', undefined, {CI: 'true', GITHUB_ACTIONS: 'true'}, false],
])('%s', async (_, columns, env, colored) => {
  const root = stale()
  const here = {cwd: root, env, ...(columns !== undefined && {columns})}
  const findings = await runHere({...here, argv: ['check']})
  const failure = await runHere({...here, argv: ['check', '--config', 'nope']})
  expect(sequence.test(findings.stdout)).toBe(colored)
  expect(sequence.test(failure.stderr)).toBe(colored)
  if (columns !== undefined) return
  expect(sequence.test((await asCommand.secdef(root, ['check'], env)).stdout)).toBe(colored)
})

test('formats for programs have no colour, forced or not', async () => {
  for (const format of ['json', 'github']) {
    const {stdout} = await runHere({
      cwd: stale(),
      argv: ['check', '--format', format],
      env: {FORCE_COLOR: '1'},
      columns: 80,
    })
    expect(stdout.replace(/^.*✗.*$/m, '')).not.toMatch(sequence)
  }
})

test('a reader that closes early is no error', async () => {
  const rows = Array.from({length: 1000}, (_, index) => row({name: `\`f${index}\``, approved: 'nobody'}))
  const root = repository({[documentPath]: table(...rows)})
  const child = spawn(process.execPath, [cli(), 'check'], {cwd: root, stdio: ['ignore', 'pipe', 'pipe']})
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const closed = once(child, 'close')
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [code] = await closed
  expect({code, stderr}).toEqual({code: 1, stderr: ''})
})

test.skipIf(!fs.existsSync('/dev/full'))(
  'a disk that is full does not make a verdict (needs /dev/full)',
  async () => {
    const root = repository()
    await asCommand.secdef(root, ['generate'])
    const full = fs.openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [cli(), 'check'], {cwd: root, stdio: ['ignore', full, 'pipe']})
    fs.closeSync(full)
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const [code] = await once(child, 'close')
    expect({code, stderr}).toEqual({
      code: 2,
      stderr: 'error  Cannot write to stdout: ENOSPC: no space left on device, write\n',
    })
  },
)

test('a folder that is gone decides nothing', async () => {
  const root = repository({'gone/x': ''})
  const script = `cd gone && rm -r ../gone && exec "$0" "$1" check`
  const child = spawn('sh', ['-c', script, process.execPath, cli()], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  child.stderr.resume()
  const [code] = await once(child, 'close')
  expect(code).toBe(2)
})

const preload = fileURLToPath(new URL('../support/kill-at.mjs', import.meta.url))

/** What the outputs say: the ids of the Python whitelist, and whether the set is whole. */
function outputsOf(root: string): string[] {
  return ['generated/security_exceptions.py', 'generated/security-exceptions.json'].map((path) =>
    fs.readFileSync(join(root, path), 'utf8').includes('ops.reap_jobs') ? 'new' : 'old',
  )
}

test('interrupted at any step: the old set or the new one, and never clean in between', async () => {
  const config = {outputs: ['python', 'json']}
  const ends = await untilDone(async (n) => {
    const root = repository({}, config)
    expect((await runHere({cwd: root, argv: ['generate']})).code).toBe(0)
    fill(root, {[documentPath]: longerDocument})
    const child = spawn(process.execPath, ['--import', preload, cli(), 'generate'], {
      cwd: root,
      env: {...process.env, STOP_AT: `pause:${n}`},
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const closed = once(child, 'close')
    const [first] = await once(child.stdout, 'data')
    if (!String(first).startsWith('paused')) {
      child.stdout.resume()
      await closed
      return undefined
    }
    child.kill('SIGINT')
    const [code, signal] = await closed
    expect(signal ?? code).toBe('SIGINT')
    const check = await runHere({cwd: root, argv: ['check']})
    const left = outputsOf(root)
    expect(check.code).toBe(
      left.every((state) => state === 'new') && !('.secdef.journal' in tree(root)) ? 0 : 1,
    )
    if (new Set(left).size > 1) expect(check.stdout).toContain('.secdef.journal  error  interrupted-write')
    expect((await runHere({cwd: root, argv: ['generate']})).code).toBe(0)
    expect(outputsOf(root)).toEqual(['new', 'new'])
    expect(
      Object.keys(tree(root)).filter((path) => path.includes('secdef-tmp') || /\.secdef\.\w/.test(path)),
    ).toEqual([])
    return left.join()
  })
  expect(ends).toContain('old,old')
  expect(ends).toContain('new,new')
})

test('waiting for another run is told, and can be interrupted', async () => {
  const root = repository()
  const holder = spawn(process.execPath, ['--import', preload, cli(), 'generate'], {
    cwd: root,
    env: {...process.env, STOP_AT: 'pause:12'},
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const gone = once(holder, 'close')
  await once(holder.stdout, 'data')
  expect(fs.existsSync(join(root, '.secdef.lock'))).toBe(true)
  const child = spawn(process.execPath, [cli(), 'generate'], {cwd: root, stdio: ['ignore', 'ignore', 'pipe']})
  const [said] = await once(child.stderr, 'data')
  expect(String(said)).toBe(`waiting for process ${holder.pid} to finish writing\n`)
  const closed = once(child, 'close')
  child.kill('SIGINT')
  expect(await closed).toEqual([null, 'SIGINT'])
  holder.stdout.resume()
  holder.stdin.write('g')
  expect((await gone)[0]).toBe(0)
  expect(
    Object.keys(tree(root))
      .filter((path) => path.startsWith('generated/') && path !== 'generated/')
      .sort(),
  ).toEqual([...defaultOutputs].sort())
})
