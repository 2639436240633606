/** `secdef add` on documents in many styles: git sees one line, and it looks like its neighbours. */
import {execFileSync} from 'node:child_process'
import * as fs from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {configure} from '../../support/documents.ts'
import {addition, type StyledDocument, styledDocuments} from '../../support/edit-documents.ts'
import {inProcess} from '../../support/hosts.ts'
import {fill, temporaryFolder} from '../../support/project.ts'
import {row, table} from '../../support/read.ts'

const defaultPath = 'docs/SECURITY_EXCEPTIONS.md'

function git(root: string, ...args: string[]): string {
  const settings = [
    '-c',
    'user.name=Core Team',
    '-c',
    'user.email=core@example.org',
    '-c',
    'core.autocrlf=false',
  ]
  return execFileSync('git', [...settings, ...args], {cwd: root, encoding: 'utf8'})
}

function committed({text, config, path = defaultPath}: StyledDocument): string {
  const root = temporaryFolder()
  git(root, 'init', '-q')
  if (config !== undefined) configure(root, config)
  if (path !== defaultPath) fill(root, {'core/EXCEPTIONS.md': table(row())})
  fill(root, {[path]: text})
  git(root, 'add', '-A')
  git(root, 'commit', '-qm', 'Before')
  return root
}

test('there are at least thirty styles', () => {
  expect(new Set(styledDocuments.map(({text}) => text)).size).toBeGreaterThanOrEqual(30)
})

test.each(styledDocuments)('$name', async (document) => {
  const {path = defaultPath, text, object = addition.object, section, on, endsOpen} = document
  const root = committed(document)
  const {why, risks, approvedBy} = addition
  const argv = ['add', object, '--why', why, '--risks', risks, '--approved-by', approvedBy]
  if (section !== undefined) argv.push('--section', section)
  if (on !== undefined) argv.push('--on', on)
  const result = await inProcess.secdef(root, argv)
  expect(result).toMatchObject({code: 0, stderr: ''})

  const after = fs.readFileSync(join(root, path), 'utf8')
  const [added, removed] = endsOpen ? [2, 1] : [1, 0]
  expect(git(root, 'diff', '--numstat')).toBe(`${added}\t${removed}\t${path}\n`)
  const fresh = after.split(/\r?\n/).filter((line) => line === document.row)
  expect({fresh, after}).toMatchObject({fresh: [document.row]})
  // Without that line, with its ending, every byte is as it was.
  const ending = text.includes('\r\n') ? '\r\n' : '\n'
  expect(after.replace(ending + document.row, '')).toBe(text)
  expect(
    fs.readdirSync(join(root, dirname(path), path === defaultPath ? '../generated' : 'generated')),
  ).toHaveLength(6)
  expect((await inProcess.secdef(root, ['check'])).code).toBe(0)
})
