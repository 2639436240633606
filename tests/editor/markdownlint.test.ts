/** The markdownlint rule in markdownlint-cli2, and in the library that it runs on. */
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import type {Rule} from 'markdownlint'
import {lint} from 'markdownlint/sync'
import {describe, expect, test} from 'vitest'
import rule, {type MarkdownlintOptions} from '../../src/markdownlint.ts'
import {describe as inWords, rules} from '../../src/model/rules.ts'
import type {ReadOptions} from '../../src/source/registry.ts'
import {documentPath, soundDocument} from '../support/documents.ts'
import {hostedProject, runTool} from '../support/hosted.ts'
import {read, row, table, today} from '../support/read.ts'

function messages(text: string, options: MarkdownlintOptions = {}) {
  const results = lint({
    strings: {[documentPath]: text},
    customRules: [rule as unknown as Rule],
    config: {default: false, 'secdef-registry': {today, ...options}},
  })
  return results[documentPath] ?? []
}

/** What the reader says, at places as markdownlint has them: in one line, and never empty. */
function expected(text: string, options: MarkdownlintOptions = {}) {
  return read(text, options as Partial<ReadOptions>).findings.map((finding) => ({
    line: finding.place?.start.line ?? 1,
    message: inWords(finding).message,
  }))
}

function actual(text: string, options: MarkdownlintOptions = {}) {
  return messages(text, options).map(({lineNumber, errorDetail}) => ({
    line: lineNumber,
    message: errorDetail ?? '',
  }))
}

describe('the rule says what the reader says', () => {
  const examples = Object.entries(rules).flatMap(([id, {example}]) => (example ? [{id, ...example}] : []))

  test.each(examples)('$id', ({bad, good, asked}) => {
    const found = actual(bad, asked)
    const wanted = expected(bad, asked)
    expect(found.map(({line}) => line)).toEqual(wanted.map(({line}) => line))
    for (const [index, {message}] of wanted.entries())
      expect(found[index]?.message.startsWith(message.replaceAll('\n', ' '))).toBe(true)
    expect(actual(good, asked)).toEqual([])
  })

  test('in comments, too, whose text markdownlint keeps from its rules', () => {
    const pieces = fc.constantFrom('<!--', '-->', row(), '`<!-- x -->`', '\tText.', '- list <!-- y', '')
    const documents = fc
      .array(pieces, {maxLength: 8})
      .map((lines) => `${table(row())}\n${lines.join('\n')}\n`)
    fc.assert(
      fc.property(documents, (text) => {
        expect(actual(text).map(({line}) => line)).toEqual(expected(text).map(({line}) => line))
      }),
      {numRuns: 300},
    )
  })

  test('below front matter, at the lines of the file', () => {
    const matter = '---\ntitle: Exceptions\n---\n\n'
    expect(actual(matter + table(row({name: 'log_audit'})))).toMatchObject([{line: 7}])
  })
})

test('other documents are left alone, and others can be named', () => {
  const bad = table(row({name: 'log_audit'}))
  expect(messages(bad, {documents: ['docs/OTHER.md']})).toEqual([])
  expect(messages(bad, {documents: ['SECURITY_EXCEPTIONS.md']})).toHaveLength(1)
})

describe('markdownlint-cli2', () => {
  const config = `import rule from 'secdef/markdownlint'
export default {customRules: [rule], config: {default: false, 'secdef-registry': {today: '${today}'}}}
`
  const fixable = table(
    row(),
    row({name: 'log_audit'}),
    row({name: '`a`', why: 'Writes `a|b`.'}),
    row({name: '`b\u200b`', approved: 'Core Team, 2025-01'}),
  )
  const stray = `${fixable}\n${row({name: '`c`'})}\n`
  const folderWith = (text: string) =>
    hostedProject({'.markdownlint-cli2.mjs': config, [documentPath]: text, 'README.md': '# Nothing\n'}, [])

  test('is content with a sound document', async () => {
    expect(
      (await runTool(folderWith(soundDocument), 'markdownlint-cli2', ['**/*.md', '#node_modules'])).code,
    ).toBe(0)
  })

  test('reports, mends what nobody has to decide, and is then content', async () => {
    const folder = folderWith(stray)
    const before = await runTool(folder, 'markdownlint-cli2', ['docs/*.md'])
    expect(before.code).toBe(1)
    expect(
      before.stderr
        .trim()
        .split('\n')
        .map((line) => /:(\d+)/.exec(line)?.[1]),
    ).toEqual(['4', '5', '6', '6', '8'])
    // Where two edits meet in a line, markdownlint leaves one for the next run.
    for (let run = 0; run < 2; run++) await runTool(folder, 'markdownlint-cli2', ['--fix', 'docs/*.md'])
    const after = readFileSync(join(folder, documentPath), 'utf8')
    expect(read(after).findings).toEqual([])
    expect(read(after).registry.entries.map(({value}) => value.name)).toEqual([
      'log_action',
      'log_audit',
      'a',
      'b',
      'c',
    ])
    expect((await runTool(folder, 'markdownlint-cli2', ['docs/*.md'])).code).toBe(0)
  })

  test('changes nothing that a person has to decide', async () => {
    const text = table(row({name: '`Log_Audit`'}), row({name: '`x`', risks: 'Same as `log_acton`.'}), row())
    const folder = folderWith(text)
    const {code} = await runTool(folder, 'markdownlint-cli2', ['--fix', 'docs/*.md'])
    expect(code).toBe(1)
    expect(readFileSync(join(folder, documentPath), 'utf8')).toBe(text)
  })
})
