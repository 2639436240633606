/** `secdef add` killed at every step: the document and its outputs are both as they were, or both new, after the next run. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import * as fs from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {documentPath, repository, soundDocument} from '../../support/documents.ts'
import {cli, runHere} from '../../support/hosts.ts'
import {tree} from '../../support/project.ts'
import {untilDone} from '../../support/writers.ts'

const preload = fileURLToPath(new URL('../../support/kill-at.mjs', import.meta.url))
const argv = [
  'add',
  'ops.prune',
  '--why',
  'Prunes.',
  '--risks',
  'None left.',
  '--approved-by',
  'Core Team - 2025-01',
]
const added = `${soundDocument}| \`prune\` | ops | Prunes. | None left. | Core Team - 2025-01 |\n`
const outputs = ['python', 'json']

function stateOf(root: string): string {
  const document = fs.readFileSync(join(root, documentPath), 'utf8')
  expect([soundDocument, added]).toContain(document)
  const files = ['generated/security_exceptions.py', 'generated/security-exceptions.json']
  const texts = [document, ...files.map((path) => fs.readFileSync(join(root, path), 'utf8'))]
  return texts.map((text) => (text.includes('prune') ? 'new' : 'old')).join()
}

test('the next run finishes it or undoes it', async () => {
  const ends = await untilDone(async (n) => {
    const root = repository({}, {outputs})
    expect((await runHere({cwd: root, argv: ['generate']})).code).toBe(0)
    const child = spawn(process.execPath, ['--import', preload, cli(), ...argv], {
      cwd: root,
      env: {...process.env, STOP_AT: `before:${n}`},
      stdio: 'ignore',
    })
    const [code, signal] = await once(child, 'close')
    if (signal === null) {
      expect({code, state: stateOf(root)}).toEqual({code: 0, state: 'new,new,new'})
      return undefined
    }
    const left = stateOf(root)
    if (new Set(left.split(',')).size > 1) expect((await runHere({cwd: root, argv: ['check']})).code).toBe(1)
    expect((await runHere({cwd: root, argv: ['edit', 'ops.log_action', '--why', 'Other.']})).code).toBe(0)
    const document = fs.readFileSync(join(root, documentPath), 'utf8')
    fs.writeFileSync(join(root, documentPath), document.replace('Other.', 'Writes the audit log.'))
    expect(['old,old,old', 'new,new,new']).toContain(stateOf(root))
    expect(Object.keys(tree(root)).filter((path) => /secdef-tmp|\.secdef\.\w/.test(path))).toEqual([])
    return left
  })
  expect(ends).toContain('old,old,old')
  expect(ends).toContain('new,new,new')
  // Between the first rename and the last one; `check` has said so.
  expect(ends).toContain('new,old,old')
})
