/** What the README shows is what the commands print. */
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'
import {auditRulePages} from '../src/app/audit-rules.ts'
import {rules} from '../src/model/rules.ts'
import {documentPath} from './support/documents.ts'
import {runHere} from './support/hosts.ts'
import {project} from './support/project.ts'

const root = path.resolve(import.meta.dirname, '..')
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')

/** The block behind `<!-- output: name -->`, without the time that it took. */
function shown(name: string): string {
  const block = new RegExp(`<!-- output: ${name} -->\\n\\n\`\`\`text\\n([\\s\\S]*?)\`\`\``).exec(readme)
  return (block?.[1] ?? '').replace(/\(\d+\.\d\d s\)/g, '(… s)')
}

describe('the README', () => {
  test('shows what `generate` prints for the real document', async () => {
    const files = Object.fromEntries(
      [documentPath, ...(shown('generate').match(/generated\/\S+/g) ?? [])].map((file) => [
        file,
        readFileSync(path.join(root, file), 'utf8'),
      ]),
    )
    const {stdout, code} = await runHere({cwd: project(files), argv: ['generate']})
    expect({stdout, code}).toEqual({stdout: shown('generate'), code: 0})
  })

  test('shows what `check` prints for a pipe in code', async () => {
    const cwd = project({[documentPath]: rules['surplus-cell'].example?.bad ?? ''})
    const {stdout, code} = await runHere({cwd, argv: ['check']})
    expect({stdout, code}).toEqual({stdout: shown('check'), code: 1})
  })

  test('shows what `audit` prints for the reference database', async () => {
    const {stdout, code} = await runHere({cwd: root, argv: ['audit']})
    expect({stdout, code}).toEqual({stdout: shown('audit'), code: 0})
  })

  test('knows how many rules the audit has', () => {
    expect(readme).toContain(`[${auditRulePages.length} rules](docs/rules/README.md)`)
  })

  test('has rows of the real document', () => {
    const document = readFileSync(path.join(root, documentPath), 'utf8')
    const cells = (row: string) => row.split('|').map((cell) => cell.trim())
    const rows = readme.split('\n').filter((line) => line.startsWith('| `') && line.includes(' ops '))
    expect(rows.length).toBe(2)
    const real = document.split('\n').map((line) => cells(line).join('|'))
    for (const row of rows) expect(real).toContain(cells(row).join('|'))
  })
})
