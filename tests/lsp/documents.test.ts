/** The language server and the documents that are open: what it says of them as they are typed. */
import {describe, expect, test} from 'vitest'
import {indexLines} from '../../src/model/lines.ts'
import {type Finding, describe as inWords, rules} from '../../src/model/rules.ts'
import {configure, documentPath, repository, soundDocument} from '../support/documents.ts'
import {startClient} from '../support/lsp-client.ts'
import {fill} from '../support/project.ts'
import {read, row, table} from '../support/read.ts'

/** Findings that do not change with the day, as the protocol has them. */
function expected(findings: readonly Finding[]) {
  return findings.map((finding) => {
    const {start, end} = finding.place ?? {start: {line: 1, column: 1}, end: {line: 1, column: 1}}
    return {
      code: finding.ruleId,
      message: `${inWords(finding).message}\n${inWords(finding).mend}`,
      range: {
        start: {line: start.line - 1, character: start.column - 1},
        end: {line: end.line - 1, character: end.column - 1},
      },
    }
  })
}

const bare = (found: readonly object[]) =>
  found.map((one) => {
    const {code, message, range} = one as ReturnType<typeof expected>[number]
    return {code, message, range}
  })

/** The text with one stretch typed over, and the change as an editor sends it. */
function typing(text: string, old: string, fresh: string) {
  const start = text.indexOf(old)
  const lines = indexLines(text)
  const point = (offset: number) => {
    const {line, column} = lines.pointAt(offset)
    return {line: line - 1, character: column - 1}
  }
  return {
    after: text.slice(0, start) + fresh + text.slice(start + old.length),
    range: {start: point(start), end: point(start + old.length)},
    fresh,
  }
}

test('it says what the reader says, of every rule about documents', async () => {
  const client = await startClient(repository())
  client.open(documentPath, soundDocument)
  expect(await client.diagnostics(documentPath)).toEqual([])
  for (const [id, {example}] of Object.entries(rules)) {
    // The message names the day; others ask for a configuration.
    if (example === undefined || example.asked !== undefined || id === 'future-date') continue
    client.type(documentPath, example.bad)
    expect(bare(await client.diagnostics(documentPath)), id).toEqual(expected(read(example.bad).findings))
    client.type(documentPath, example.good)
    expect(await client.diagnostics(documentPath), id).toEqual([])
  }
})

test('keystroke by keystroke, behind letters of two units and in every line ending, places are right', async () => {
  const client = await startClient(repository())
  for (const ending of ['\n', '\r\n', '\r']) {
    let text = table(
      row({why: 'Writes 𝓁𝑜𝑔𝓈 🐉.'}),
      row({name: '`b`', why: '🐉 Reads.', approved: 'Core Team'}),
    )
    text = text.replaceAll('\n', ending)
    client.open(documentPath, text)
    for (const [old, fresh] of [
      ['🐉 Reads.', '🐉 Reads `x'],
      ['`x', '`x`'],
      ['`b`', 'b'],
      [' b ', ` b${ending}`],
      [`b${ending}`, '`b` '],
      ['| Core Team |', '| Core Team - 2025-01 |'],
    ] as const) {
      const {after, range} = typing(text, old, fresh)
      text = after
      client.type(documentPath, fresh, range)
      expect(bare(await client.diagnostics(documentPath))).toEqual(expected(read(text).findings))
    }
    expect(await client.diagnostics(documentPath)).toEqual([])
    client.close(documentPath)
  }
})

test('many keystrokes at once end with what the last one left', async () => {
  const client = await startClient(repository())
  let text = table(row({why: ''}))
  client.open(documentPath, text)
  const place = text.split('\n')[2]?.indexOf('|  |') ?? 0
  for (const [index, letter] of [...'Writes it.'].entries()) {
    const point = {line: 2, character: place + 2 + index}
    client.type(documentPath, letter, {start: point, end: point})
  }
  text = text.replace('|  |', '| Writes it. |')
  expect(await client.diagnostics(documentPath)).toEqual([])
})

describe('documents and configurations', () => {
  test('other documents are left alone, and those that are configured are not', async () => {
    const folder = repository(
      {},
      {
        registries: [
          {name: 'a', document: 'docs/A.md', outputDir: 'a'},
          {
            name: 'b',
            document: 'docs/B.md',
            outputDir: 'b',
            columns: {'Object Name': 'Rotina'},
            approvals: {roster: ['Security']},
          },
        ],
      },
    )
    const client = await startClient(folder)
    const bad = table(row({name: 'log_action'}))
    client.open(documentPath, bad)
    client.open('docs/A.md', bad)
    client.open('docs/B.md', bad.replace('Object Name', 'Rotina'))
    const codes = async (path: string) => (await client.diagnostics(path)).map(({code}) => code)
    expect(await codes('docs/A.md')).toEqual(['name-not-code'])
    expect(await codes('docs/B.md')).toEqual(['name-not-code', 'unknown-approver'])
    expect(await codes(documentPath)).toEqual([])
  })

  test('a change of the configuration counts when its file has changed; one with findings shows them', async () => {
    const folder = repository({}, {})
    const client = await startClient(folder)
    client.open(documentPath, soundDocument)
    expect(await client.diagnostics(documentPath)).toEqual([])
    const changed = () =>
      client.notify('workspace/didChangeWatchedFiles', {
        changes: [{uri: client.uriOf('secdef.config.json'), type: 2}],
      })
    fill(folder, {'secdef.config.json': '{"aprovals": {}}'})
    changed()
    const [unread] = await client.diagnostics(documentPath, (found) => found.length > 0)
    expect(unread).toMatchObject({code: 'undecided', severity: 1})
    expect(unread?.message).toContain('secdef.config.json')
    expect(await client.diagnostics('secdef.config.json')).toMatchObject([
      {code: 'config-unknown-key', range: {start: {line: 0, character: 1}, end: {line: 0, character: 11}}},
    ])
    configure(folder, {approvals: {roster: ['Security']}})
    changed()
    expect(await client.diagnostics(documentPath, ([first]) => first?.code !== 'undecided')).toMatchObject([
      {code: 'unknown-approver'},
      {code: 'unknown-approver'},
    ])
    expect(await client.diagnostics('secdef.config.json', (found) => found.length === 0)).toEqual([])
    expect(client.watched).toContain('**/secdef.config.{json,mjs,ts}')
  })

  test('a configuration that cannot be chosen is said at the document, never nothing', async () => {
    const folder = repository({'secdef.config.mjs': 'export default {}'}, {})
    const client = await startClient(folder)
    client.open(documentPath, soundDocument)
    expect(await client.diagnostics(documentPath)).toMatchObject([
      {code: 'undecided', severity: 1, message: expect.stringContaining('Two configurations')},
    ])
  })

  test('what is closed is no longer said, and what is no file never was', async () => {
    const client = await startClient(repository())
    client.notify('textDocument/didOpen', {
      textDocument: {uri: 'untitled:Untitled-1', languageId: 'markdown', version: 1, text: '# Nothing'},
    })
    client.open(documentPath, '# Nothing')
    expect(await client.diagnostics(documentPath)).toHaveLength(1)
    client.close(documentPath)
    expect(await client.diagnostics(documentPath)).toEqual([])
  })
})
