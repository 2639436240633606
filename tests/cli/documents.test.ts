/** What is wrong with a document, on each host: never clean, nothing written, and everything is told. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {documentPath, repository} from '../support/documents.ts'
import {hosts} from '../support/hosts.ts'
import {fill, tree} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const conflict = table('<<<<<<< HEAD', row(), '=======', row({name: '`queue_job`'}), '>>>>>>> topic')

/** Exit code, and what must be on stdout (findings) or stderr (the environment). */
const cases: {name: string; text: string | Buffer; code: number; findings: readonly string[]}[] = [
  {name: 'without a table', text: '# Nothing yet\n', code: 2, findings: ['fatal  no-registry-table']},
  {name: 'that is empty', text: '', code: 2, findings: ['fatal  no-registry-table']},
  {name: 'without an entry', text: table(), code: 2, findings: ['fatal  no-entries']},
  {
    name: 'with conflict markers',
    text: conflict,
    code: 2,
    findings: [`${documentPath}:3:1  fatal  conflict-marker`, ':5:1  fatal  conflict-marker', ':7:1  fatal'],
  },
  {
    name: 'that is not UTF-8',
    text: Buffer.from(table(row({why: 'Schreibt für alle.'})), 'latin1'),
    code: 2,
    findings: [`${documentPath}:3:34  fatal  invalid-utf8`, 'Unexpected byte 0xfc, expected UTF-8 text'],
  },
  {
    name: 'with several findings',
    text: table(
      row({approved: 'Core Team'}),
      row({name: 'queue_job'}),
      row({name: '`reap`', approved: 'x - 2999-01'}),
    ),
    code: 1,
    findings: [
      `${documentPath}:3:63  error  invalid-approval`,
      `${documentPath}:4:3  error  name-not-code`,
      `${documentPath}:5:57  error  future-date`,
      '✗ 3 findings',
    ],
  },
]

describe.each(hosts)('$name', ({secdef}) => {
  test.each(cases)('a document $name', async ({text, code, findings}) => {
    const root = repository()
    fs.writeFileSync(join(root, documentPath), text)
    const before = tree(root)
    for (const command of ['check', 'generate']) {
      const result = await secdef(root, [command])
      expect(result).toMatchObject({code, stderr: ''})
      for (const finding of findings) expect(result.stdout).toContain(finding)
      expect(result.stdout).toContain(
        command === 'check' ? 'the outputs were not compared' : 'nothing was written',
      )
      expect(tree(root)).toEqual(before)
    }
  })

  test('findings hide no stale output behind an exit code of 0', async () => {
    const root = repository()
    expect((await secdef(root, ['generate'])).code).toBe(0)
    fill(root, {[documentPath]: table(row(), row({approved: 'nobody'}))})
    expect((await secdef(root, ['check'])).code).toBe(1)
  })

  const failures: {name: string; arrange: (file: string) => void; message: string}[] = [
    {
      name: 'is not there',
      arrange: (file) => fs.rmSync(file),
      message: `No document at ${documentPath} in ROOT`,
    },
    {
      name: 'is a folder',
      arrange(file) {
        fs.rmSync(file)
        fs.mkdirSync(file)
      },
      message: `Cannot read ${documentPath}: it is a folder`,
    },
    {
      name: 'is a link to itself',
      arrange(file) {
        fs.rmSync(file)
        fs.symlinkSync('SECURITY_EXCEPTIONS.md', file)
      },
      message: `Cannot read ${documentPath}: the system says ELOOP`,
    },
    {
      name: 'is a link to a device that never ends',
      arrange(file) {
        fs.rmSync(file)
        fs.symlinkSync('/dev/zero', file)
      },
      message: `Cannot read ${documentPath}: it is not a regular file`,
    },
  ]

  test.each(failures)('a document that $name', async ({arrange, message}) => {
    const root = repository()
    arrange(join(root, documentPath))
    const before = tree(join(root, '.git'))
    for (const command of ['check', 'generate']) {
      const {code, stdout, stderr} = await secdef(root, [command])
      expect({code, stdout}).toEqual({code: 2, stdout: ''})
      expect(stderr).toContain(`error  ${message.replace('ROOT', root)}\n mend  `)
      expect(fs.existsSync(join(root, 'generated'))).toBe(false)
    }
    expect(tree(join(root, '.git'))).toEqual(before)
  })
})
