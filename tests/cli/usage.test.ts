/** The command line itself: help, versions, mistakes, and that every command that is suggested works. */
import * as fs from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {auditRulePages} from '../../src/app/audit-rules.ts'
import {commands} from '../../src/cli/commands.ts'
import {type Finding, type RuleId, rules, describe as words} from '../../src/model/rules.ts'
import {configure, documentPath, repository} from '../support/documents.ts'
import {hosts} from '../support/hosts.ts'
import {fill, tree} from '../support/project.ts'
import {read, row, table} from '../support/read.ts'

const names = commands.map(({name}) => name)
const ids = Object.keys(rules) as RuleId[]

describe.each(hosts)('$name', ({secdef}) => {
  test('--version', async () => {
    const {code, stdout, stderr} = await secdef('/', ['--version'])
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout).toMatch(/^\d+\.\d+\.\d+(-test)?\n$/)
  })

  test('--help lists every command, with examples', async () => {
    const {code, stdout, stderr} = await secdef('/', ['--help'])
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    for (const name of names) expect(stdout).toMatch(new RegExp(`^ {2}${name} .*\\w`, 'm'))
    expect(stdout).toContain('\nExamples:\n  secdef generate')
  })

  test.each(names)('%s --help has an example', async (name) => {
    const {code, stdout, stderr} = await secdef('/', [name, '--help'])
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout).toContain(`Usage: secdef ${name}`)
    expect(stdout).toMatch(new RegExp(`\nExamples:\n {2}secdef ${name}`))
  })

  test('alone it shows its help and decides nothing', async () => {
    const {code, stdout, stderr} = await secdef('/', [])
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain('Usage: secdef [options] [command]')
  })

  test.each([
    [['chekc'], "unknown command 'chekc'\n(Did you mean check?)"],
    [['generat'], '(Did you mean generate?)'],
    [['Check'], '(Did you mean check?)'],
    [['check', '--fromat', 'json'], "unknown option '--fromat'\n(Did you mean --format?)"],
    [['check', '--confg', 'x'], '(Did you mean --config?)'],
    [
      ['check', '--format', 'jsn'],
      'Allowed choices are pretty, json, github, sarif, markdown.\n(Did you mean json?)',
    ],
    [
      ['check', '--format', 'xml'],
      'Allowed choices are pretty, json, github, sarif, markdown.\n(see --help)',
    ],
    [['check', '--format='], 'Allowed choices are pretty, json, github, sarif, markdown.'],
    [['check', '--format'], "option '--format <name>' argument missing"],
    [['check', '--config'], "option '--config <file>' argument missing"],
    [['check', '-q'], "unknown option '-q'"],
    [['--format', 'json', 'check'], "unknown option '--format'"],
    [['check', 'docs/A.md'], "too many arguments for 'check'"],
    [['explain', 'a', 'b'], "too many arguments for 'explain'"],
    [['check', '--help=no'], "unknown option '--help=no'"],
    [['no\u001b[31mred'], 'no\\u{1b}[31mred'],
  ])('%j is refused', async (argv, message) => {
    const root = repository()
    const before = tree(root)
    const {code, stdout, stderr} = await secdef(root, argv)
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain(message)
    expect(tree(root)).toEqual(before)
  })

  test('outside of any project nothing is decided', async () => {
    const {code, stdout, stderr} = await secdef('/', ['check'])
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toBe(
      `error  No document at ${documentPath} in /\n` +
        ' mend  Create it, run where the project is, or name another `document` in secdef.config.json.\n',
    )
  })

  test('explain lists every rule', async () => {
    const {code, stdout} = await secdef('/', ['explain'])
    expect(code).toBe(0)
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual([...ids, ...auditRulePages.map(({id}) => id)])
  })

  test.each(['stray-rwo', 'STRAY-ROW', 'stray row'])(
    'explain %j suggests the rule that was meant',
    async (id) => {
      const {code, stdout, stderr} = await secdef('/', ['explain', id])
      expect({code, stdout}).toEqual({code: 2, stdout: ''})
      expect(stderr).toBe(
        `error  No rule ${JSON.stringify(id)}\n mend  Did you mean \`secdef explain stray-row\`?\n`,
      )
      const suggested = /`secdef (.*)`/.exec(stderr)?.[1] ?? ''
      expect((await secdef('/', suggested.split(' '))).stdout).toContain('# stray-row\n')
    },
  )

  test.each(['xyz', 'constructor', '__proto__'])('explain %j says where the rules are', async (id) => {
    expect(await secdef('/', ['explain', id])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `error  No rule "${id}"\n mend  Run \`secdef explain\` for a list.\n`,
    })
  })
})

test.each(ids)('explain %s', async (id) => {
  const [{secdef}] = hosts as [(typeof hosts)[number]]
  const {code, stdout, stderr} = await secdef('/', ['explain', id])
  expect({code, stderr}).toEqual({code: 0, stderr: ''})
  expect(stdout).toContain(`# ${id}\n\n${rules[id].title}.\n`)
})

test('every command of an example and of a suggestion is a command line that is taken', async () => {
  const [{secdef}] = hosts as [(typeof hosts)[number]]
  const findings = [
    ...read(table(row(), row())).findings,
    ...(
      ['output-stale', 'output-missing', 'output-orphan', 'interrupted-write', 'region-missing'] as const
    ).map(
      (ruleId) => ({ruleId, path: 'x', args: {added: 1, removed: 1, source: 'x', region: 'r'}}) as Finding,
    ),
  ]
  const suggested = findings.flatMap((finding) =>
    [...words(finding).mend.matchAll(/`secdef ([^`]+)`/g)].map(([, line]) => line ?? ''),
  )
  const examples = commands.flatMap((command) =>
    command.examples.map((example) => example.command.replace(/^secdef /, '')),
  )
  expect(suggested).toContain('generate')
  // These two run until they are told to end; their own tests tell them.
  const lasting = ['lsp', 'generate --watch']
  for (const line of new Set([...suggested, ...examples].filter((one) => !lasting.includes(one)))) {
    const {code, stderr} = await secdef(repository(), wordsOf(line))
    // What it works on may be missing here: a database, commits, a row. The tests of each command have them.
    expect({line, stderr}).toEqual({line, stderr: expect.not.stringContaining('(see --help)')})
    expect([0, 1, 2]).toContain(code)
  }
})

/** As a shell splits a line. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replace(/['"]/g, ''))
}

test('a document that was named wrongly in a hint can be named right', async () => {
  const [{secdef}] = hosts as [(typeof hosts)[number]]
  const root = repository()
  fs.renameSync(join(root, documentPath), join(root, 'docs/OTHER.md'))
  expect((await secdef(root, ['generate'])).stderr).toContain('name another `document` in secdef.config.json')
  configure(root, {document: 'docs/OTHER.md'})
  expect((await secdef(root, ['generate'])).code).toBe(0)
  fill(root, {'docs/OTHER.md': table(row())})
  expect((await secdef(root, ['check'])).code).toBe(1)
})
