/** Files that may not be read: as a user whom permissions hold back, also where the tests run as root. */
import {spawnSync} from 'node:child_process'
import * as fs from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {documentPath, repository} from '../support/documents.ts'
import {cli} from '../support/hosts.ts'

const isRoot = process.getuid?.() === 0
const nobody = isRoot ? {uid: 65534, gid: 65534} : {}

test.skipIf(process.platform === 'win32').each([
  [documentPath, `Cannot read ${documentPath}: permission denied`],
  ['secdef.config.json', 'Cannot read secdef.config.json: permission denied'],
  ['package.json', 'package.json: permission denied'],
  ['generated/security_exceptions.py', 'Cannot read generated/security_exceptions.py: permission denied'],
])('%s that may not be read is undecided, never clean', (path, message) => {
  const root = repository(
    {'package.json': '{}', 'generated/security_exceptions.py': 'x\n'},
    {outputs: ['python']},
  )
  fs.chmodSync(join(root, path), 0)
  const {status, stdout, stderr} = spawnSync(process.execPath, [cli(), 'check'], {
    cwd: root,
    encoding: 'utf8',
    ...nobody,
  })
  expect({status, stdout}).toEqual({status: 2, stdout: ''})
  expect(stderr).toContain(message)
})
