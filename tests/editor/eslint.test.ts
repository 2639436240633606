/** The ESLint plugin in ESLint itself: by its class, and by its command. */
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import markdown from '@eslint/markdown'
import {ESLint, type Linter} from 'eslint'
import {describe, expect, test} from 'vitest'
import plugin, {type EslintOptions} from '../../src/eslint.ts'
import {describe as inWords, type RuleId, rules} from '../../src/model/rules.ts'
import {documentPath, soundDocument} from '../support/documents.ts'
import {hostedProject, runTool} from '../support/hosted.ts'
import {project} from '../support/project.ts'
import {read, row, table, today} from '../support/read.ts'

async function lint(text: string, options: EslintOptions = {}): Promise<Linter.LintMessage[]> {
  const eslint = new ESLint({
    cwd: project({}),
    overrideConfigFile: true,
    overrideConfig: [
      {files: ['**/*.md'], plugins: {markdown}},
      plugin.configs.recommended,
      {
        files: ['**/*.md'],
        rules: {
          'secdef/registry': ['error', {today, ...options}],
          'secdef/registry-warnings': ['warn', {today, ...options}],
        },
      },
    ],
  })
  const [result] = await eslint.lintText(text, {filePath: documentPath})
  return result?.messages ?? []
}

describe('the rule says what the reader says', () => {
  const examples = Object.entries(rules).flatMap(([id, {example}]) =>
    example === undefined ? [] : [{id: id as RuleId, ...example}],
  )

  test.each(examples)('$id', async ({id, bad, good, asked}) => {
    const expected = read(bad, asked).findings.map((finding) => ({
      line: finding.place?.start.line ?? 1,
      column: finding.place?.start.column ?? 1,
      endLine: finding.place?.end.line ?? 1,
      endColumn: finding.place?.end.column ?? 1,
      words: inWords(finding).message,
    }))
    const messages = await lint(bad, asked)
    expect(
      messages.map(({line, column, endLine, endColumn}) => ({line, column, endLine, endColumn})),
    ).toEqual(expected.map(({words: _, ...place}) => place))
    for (const [index, {message}] of messages.entries()) {
      expect(message.startsWith(expected[index]?.words ?? '?')).toBe(true)
      expect(message.endsWith(`(${id})`)).toBe(true)
    }
    expect(await lint(good, asked)).toEqual([])
  })
})

test('a byte order mark and carriage returns move nothing', async () => {
  const bad = table(row(), row({name: 'log_audit'}))
  const [plain] = await lint(bad)
  const [marked] = await lint(`\ufeff${bad.replaceAll('\n', '\r\n')}`)
  expect(plain).toMatchObject({line: 4, column: 3})
  expect(marked).toMatchObject({line: 4, column: 3, endColumn: plain?.endColumn})
})

test('what will soon be an error is a warning', async () => {
  const document = table(row({approved: 'Core Team - 2025-01'}))
  const messages = await lint(document, {approvals: {maxAgeMonths: 12, warnMonths: 2}})
  expect(messages).toMatchObject([{ruleId: 'secdef/registry-warnings', severity: 1}])
  const expired = await lint(document, {approvals: {maxAgeMonths: 6}})
  expect(expired).toMatchObject([{ruleId: 'secdef/registry', severity: 2}])
})

test('each suggestion, applied as it is, mends what it is made for', async () => {
  const text = table(row(), row({name: '`log_audit`', why: 'Writes `a|b`.'}), row({name: '`Log_Error`'}))
  const messages = await lint(text)
  expect(messages.map(({suggestions = []}) => suggestions.map(({desc}) => desc))).toEqual([
    ['Escape the pipe in Why SECURITY DEFINER'],
    ['Write log_error', 'Write "Log_Error"'],
  ])
  for (const {suggestions = []} of messages) {
    for (const {fix} of suggestions) {
      const after = text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1])
      expect(await lint(after)).toHaveLength(1)
    }
  }
})

test('what would lose a row that is read is no suggestion', async () => {
  const third = row({name: '`queue_job`'})
  const between = await lint(table(row(), ':::note', third))
  expect(between.map(({suggestions = []}) => suggestions)).toEqual([[]])
  const behind = await lint(table(row(), third, ':::note'))
  expect(behind.map(({suggestions = []}) => suggestions.length)).toEqual([1])
})

test('options that it does not know are refused', async () => {
  await expect(lint(soundDocument, {approval: {}} as EslintOptions)).rejects.toThrow('approval')
})

test('the command reports a bad document of the default path, and no other file', async () => {
  const config = `import markdown from '@eslint/markdown'
import secdef from 'secdef/eslint'
export default [{files: ['**/*.md'], plugins: {markdown}, language: 'markdown/gfm'}, secdef.configs.recommended]
`
  const files = {'eslint.config.js': config, [documentPath]: soundDocument, 'other.md': '# Nothing\n'}
  const folder = hostedProject(files, ['@eslint/markdown'])
  expect(await runTool(folder, 'eslint', ['.'])).toEqual({code: 0, stdout: '', stderr: ''})
  const bad = hostedProject({...files, [documentPath]: table(row({name: 'log_audit'}))}, ['@eslint/markdown'])
  const {code, stdout} = await runTool(bad, 'eslint', ['--format', 'json', 'docs'])
  const [{messages}] = JSON.parse(stdout)
  expect({code, messages}).toMatchObject({
    code: 1,
    messages: [
      {ruleId: 'secdef/registry', line: 3, column: 3, suggestions: [{desc: 'Mark log_audit as code'}]},
    ],
  })
  expect(readFileSync(join(bad, documentPath), 'utf8')).toContain('| log_audit |')
})
