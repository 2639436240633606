/** `secdef add` on a terminal: it asks for what is missing, suggests what others say, and can be left. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {documentPath, repository} from '../../support/documents.ts'
import {atTerminal, down, enter, hasTerminal, interrupt} from '../../support/edit-terminal.ts'
import {cli} from '../../support/hosts.ts'
import {tree} from '../../support/project.ts'
import {row, table} from '../../support/read.ts'

const jobs = table(
  row({risks: 'Append-only.'}),
  row({name: '`queue_job`', risks: 'Parameters are validated.'}),
)
const reports = table(row({name: '`report`', risks: 'Read-only.'}))
const text = `## OPS schema\n\n### Jobs\n\n${jobs}\n### Reports\n\n${reports}`
const texts = ['--why', 'Prunes.', '--risks', 'Age is checked.', '--approved-by', 'Core Team - 2025-01']

describe.skipIf(!hasTerminal())('on a terminal (needs python3 with pty)', () => {
  test('everything is asked, and what was chosen and typed is written', async () => {
    const root = repository({[documentPath]: text})
    const session = await atTerminal(
      root,
      [cli(), 'add'],
      [
        ['Object Name', `ops.prune_job${enter}`],
        ['Section', `${down}${enter}`],
        ['Why SECURITY DEFINER', `Prunes a|b.${enter}`],
        ['Risks Mitigated', enter],
        ['Approved By', enter],
      ],
    )
    const month = new Date().toISOString().slice(0, 7)
    expect(session).toMatchObject({code: 0, left: 0})
    // Most words of its name are in that of `queue_job`.
    const added = `| \`prune_job\` | ops | Prunes a\\|b. | Parameters are validated. | Core Team - ${month} |\n`
    expect(fs.readFileSync(join(root, documentPath), 'utf8')).toBe(text + added)
    expect(session.text).toContain('ops.prune_job added (Reports)')
    expect(fs.existsSync(join(root, 'generated/security-exceptions.json'))).toBe(true)
  })

  test('what is given is not asked', async () => {
    const root = repository({[documentPath]: text})
    const session = await atTerminal(root, [cli(), 'add', 'ops.prune', ...texts, '--section', 'Jobs'], [])
    expect(session).toMatchObject({code: 0})
    expect(session.text).not.toContain('Risks Mitigated')
  })

  test('an answer that says nothing is asked for again, and another one than was suggested can be typed', async () => {
    const root = repository({[documentPath]: text})
    const session = await atTerminal(
      root,
      [cli(), 'add', 'ops.prune', ...texts.slice(0, 4), '--section', 'Jobs'],
      [
        ['Something else', `${down}${enter}`],
        ['Approved By', `Core Team${enter}`],
        ['who - YYYY-MM', ` - 2025-02${enter}`],
      ],
    )
    expect(session).toMatchObject({code: 0, left: 0})
    expect(fs.readFileSync(join(root, documentPath), 'utf8')).toContain(
      '| Age is checked. | Core Team - 2025-02 |',
    )
  })

  test.each([
    ['before a choice', 'Section'],
    ['before a line', 'Why SECURITY DEFINER'],
  ])('left %s: nothing is written', async (_, label) => {
    const root = repository({[documentPath]: text})
    const before = tree(root)
    const args = label === 'Section' ? [] : ['--section', 'Jobs']
    const session = await atTerminal(root, [cli(), 'add', 'ops.prune', ...args], [[label, interrupt]])
    expect({...session, after: tree(root)}).toMatchObject({code: 130, left: 0, after: before})
  })
})
