/** `docs/cli.md`: what `--help` tells, all of it, and fresh. */
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Nodes, Root} from 'mdast'
import {remark} from 'remark'
import remarkGfm from 'remark-gfm'
import {describe, expect, test} from 'vitest'
import {cliPage} from '../../scripts/cli-page.ts'
import {commands} from '../../src/cli/commands.ts'
import {runHere} from '../support/hosts.ts'

const page = cliPage()
const tree: Root = remark().use(remarkGfm).parse(page)

function textOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map((child) => textOf(child)).join('') : ''
}

/** What stands below the heading of a command. */
function section(name: string): Nodes[] {
  const isHeading = (node: Nodes) => node.type === 'heading' && node.depth === 2
  const start = tree.children.findIndex((node) => isHeading(node) && textOf(node) === `secdef ${name}`)
  const rest = tree.children.slice(start + 1)
  const end = rest.findIndex(isHeading)
  return start === -1 ? [] : rest.slice(0, end === -1 ? undefined : end)
}

test('the page is the one that the table of commands makes', () => {
  expect(readFileSync(join(import.meta.dirname, '../../docs/cli.md'), 'utf8')).toBe(page)
})

test('every row has the cells of its table, and every link of the list leads to a section', () => {
  const tables = tree.children.filter((node) => node.type === 'table')
  const rows = tables.flatMap((table) => table.children)
  expect(rows.filter((row) => row.children.length !== 2).map(textOf)).toEqual([])
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target)
  expect(links).toEqual(commands.map(({name}) => `secdef-${name}`))
  for (const {name} of commands) expect([name, section(name).length > 0]).toEqual([name, true])
})

describe.each(commands)('$name', ({name, options, arguments: given = [], examples}) => {
  /** The text of `--help`, on lines that are as long as they like. */
  const help = async () =>
    (await runHere({cwd: '/', argv: [name, '--help'], columns: 1000, env: {NO_COLOR: '1'}})).stdout

  test('has each option, choice, default and example that --help has', async () => {
    const shown = await help()
    const words = section(name).map(textOf).join('\n')
    const flags = [...shown.matchAll(/^ {2}(--[\w-]+(?: [<[][^\s]+)?)/gm)].map(([, one]) => one ?? '')
    expect(flags).toEqual(options.map((option) => option.flags))
    for (const one of flags) expect(words).toContain(one)
    for (const [, list = ''] of shown.matchAll(/choices: ((?:"[^"]*"(?:, )?)+)/g)) {
      expect(words).toContain(`One of ${list.replace(/"|, $/g, '')}.`)
    }
    for (const [, value] of shown.matchAll(/default: "([^"]*)"/g))
      expect(words).toContain(`Default: ${value}.`)
    for (const {command, does} of examples) {
      expect(shown).toContain(command)
      expect(words).toContain(command)
      expect(words).toContain(`# ${does}`)
    }
  })

  test('has its usage, its arguments and all of its description', async () => {
    const shown = await help()
    const words = section(name).map(textOf).join('\n')
    const usage = /^Usage: (.*)$/m.exec(shown)?.[1] ?? ''
    // Of a command without options, commander still counts --help.
    expect(words).toContain(options.length === 0 ? usage.replace(' [options]', '') : usage)
    for (const argument of given) expect(words).toContain(argument.name)
    const description = /\n\n([\s\S]*?)\n\n(?:Arguments|Options):/.exec(shown)?.[1] ?? ''
    const flat = words.replace(/\s+/g, ' ')
    expect(description.trim().length).toBeGreaterThan(20)
    for (const line of description.split('\n')) expect(flat).toContain(line.replace(/\s+/g, ' ').trim())
  })
})
