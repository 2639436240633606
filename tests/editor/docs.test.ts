/** What docs/editors.md tells to write works as it stands there. */
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {fixableRules} from '../../src/editor/fixes.ts'
import {type Finding, describe as inWords, rules} from '../../src/model/rules.ts'
import {root} from '../support/built.ts'
import {documentPath, repository, soundDocument} from '../support/documents.ts'
import {hostedProject, runTool} from '../support/hosted.ts'
import {hosts, inProcess} from '../support/hosts.ts'
import {read, row, table} from '../support/read.ts'

const page = readFileSync(join(root, 'docs/editors.md'), 'utf8')

/** The block behind `<!-- file: name -->`. */
function block(file: string): string {
  const [, behind = ''] = page.split(`<!-- file: ${file} -->\n\n\`\`\``)
  return /^\w+\n([\s\S]*?)```/.exec(behind)?.[1] ?? ''
}

const bad = table(row({name: 'log_audit'}), row({name: '`b`', why: 'Writes `a|b`.'}))

describe.each([
  {tool: 'eslint', bin: 'eslint', file: 'eslint.config.js', args: ['docs'], packages: ['@eslint/markdown']},
  {
    tool: 'markdownlint-cli2',
    bin: 'markdownlint-cli2',
    file: '.markdownlint-cli2.mjs',
    args: ['docs/*.md'],
    packages: [],
  },
  {
    tool: 'remark-cli',
    bin: 'remark',
    file: '.remarkrc.mjs',
    args: ['docs', '--no-stdout', '--no-color'],
    packages: ['remark-gfm'],
  },
])('$tool', ({tool, bin, file, args, packages}) => {
  test('passes a sound document and says what is wrong with another', async () => {
    const folder = (text: string) => hostedProject({[file]: block(file), [documentPath]: text}, packages)
    const sound = `# Security Exceptions\n\n${soundDocument}`
    expect((await runTool(folder(sound), tool, args, bin)).code).toBe(0)
    const {code, stdout, stderr} = await runTool(folder(bad), tool, args, bin)
    expect(code).toBe(1)
    expect(stdout + stderr).toContain('name-not-code')
    expect(stdout + stderr).toContain('surplus-cell')
  })
})

/** Those that ask for no configuration. The words of one name the day. */
const examples = Object.entries(rules).flatMap(([id, {example}]) =>
  example === undefined || example.asked !== undefined || id === 'future-date'
    ? []
    : [[id, example] as const],
)

type Pattern = {readonly regexp: string; readonly [part: string]: string | number}
type Problem = Readonly<Record<string, string>>

/** As VS Code does it: the patterns of a matcher match lines that follow each other. */
function problems(output: string, patterns: readonly Pattern[]): Problem[] {
  const lines = output.split('\n')
  return lines.flatMap((_, first) => {
    const found: Record<string, string> = {}
    for (const [index, {regexp, ...parts}] of patterns.entries()) {
      const match = new RegExp(regexp).exec(lines[first + index] ?? '')
      if (match === null) return []
      for (const [part, group] of Object.entries(parts))
        if (typeof group === 'number') found[part] = match[group] ?? ''
    }
    return [found]
  })
}

describe.each(hosts)('the problem matchers of the tasks, $name', ({name, secdef}) => {
  // A process takes its time: there, one finding at a row, and one of a whole document.
  const own = examples.filter(([id]) => name === inProcess.name || /^(?:surplus-cell|no-entries)$/.test(id))

  const {tasks} = JSON.parse(block('.vscode/tasks.json'))
  const matchers = tasks.map(({problemMatcher}: {problemMatcher: {pattern: Pattern | Pattern[]}}) =>
    [problemMatcher].flat().map(({pattern}) => [pattern].flat()),
  )

  test.each(own)('find %s', async (_, {bad: text}) => {
    const folder = repository({[documentPath]: text})
    const expected = read(text).findings
    const {stdout} = await secdef(folder, ['check'])
    const [placed = [], ofFiles = []] = matchers[0]
    const found = [...problems(stdout, ofFiles), ...problems(stdout, placed)]
    const places = expected.map((finding) => ({
      file: documentPath,
      severity: inWords(finding).severity,
      code: finding.ruleId,
      ...(finding.place && {
        line: `${finding.place.start.line}`,
        column: `${finding.place.start.column}`,
      }),
    }))
    expect(found.map(({message: _, ...place}) => place)).toEqual(places)
    // A long sentence goes on in the next line.
    for (const [index, {message = ''}] of found.entries())
      expect(message !== '' && inWords(expected[index] as Finding).message.startsWith(message)).toBe(true)
    const github = await secdef(folder, ['check', '--format', 'github'])
    const [pattern = []] = matchers[1]
    const withPlace = expected.filter(({place}) => place !== undefined)
    expect(
      problems(github.stdout, pattern).map(({file, line, code, severity}) => [file, line, code, severity]),
    ).toEqual(withPlace.map(({place, ruleId}) => [documentPath, `${place?.start.line}`, ruleId, 'error']))
  })
})

test('every rule that a fix is known for is in the table', () => {
  const told = page.slice(page.indexOf('## What can be mended'), page.indexOf('## A language server'))
  expect(fixableRules.filter((rule) => rule !== 'empty-cell' && !told.includes(`\`${rule}\``))).toEqual([])
})
