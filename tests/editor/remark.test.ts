/** The remark plugin in remark-cli. */
import {expect, test} from 'vitest'
import {documentPath, soundDocument} from '../support/documents.ts'
import {hostedProject, runTool} from '../support/hosted.ts'
import {row, table, today} from '../support/read.ts'

const packages = ['remark-gfm']
const remark = (folder: string, ...args: string[]) =>
  runTool(folder, 'remark-cli', ['docs', '--quiet', '--no-color', ...args], 'remark')

function folderWith(text: string, options: object = {}): string {
  const settings = JSON.stringify({today, ...options})
  return hostedProject(
    {
      '.remarkrc.mjs': `import gfm from 'remark-gfm'
import secdef from 'secdef/remark'
export default {plugins: [gfm, [secdef, ${settings}]]}
`,
      [documentPath]: text,
    },
    packages,
  )
}

test('a sound document passes', async () => {
  expect(await remark(folderWith(soundDocument), '--no-stdout')).toEqual({code: 0, stdout: '', stderr: ''})
})

test('a finding is a message at its place, with its rule, and fails the run', async () => {
  const {code, stderr} = await remark(folderWith(table(row({name: 'log_audit'}))), '--no-stdout')
  expect(code).toBe(1)
  expect(stderr).toMatch(/^3:3-3:12\s+error\s+Unexpected object name “log_audit”.*name-not-code\s+secdef$/m)
})

test('a warning fails the run only where it is asked to, and options are those of the configuration', async () => {
  const folder = folderWith(table(row()), {
    approvals: {maxAgeMonths: 12, warnMonths: 2, roster: ['Core Team']},
  })
  const relaxed = await remark(folder, '--no-stdout')
  expect(relaxed.code).toBe(0)
  expect((await remark(folder, '--no-stdout', '--frail')).code).toBe(1)
  const strange = folderWith(table(row()), {approvals: {roster: ['Security']}})
  expect((await remark(strange, '--no-stdout')).stderr).toContain('unknown-approver')
})
