/** What an editor asks the language server for: each answer applied, or followed, as an editor does it. */
import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  DocumentSymbol,
  Hover,
  Location,
  Position,
  Range,
  TextEdit,
} from 'vscode-languageserver'
import {TextDocument} from 'vscode-languageserver-textdocument'
import {documentPath, repository, soundDocument} from '../support/documents.ts'
import {type Client, startClient} from '../support/lsp-client.ts'
import {fill, project} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const applied = (text: string, edits: TextEdit[]) =>
  TextDocument.applyEdits(TextDocument.create('file:///x.md', 'markdown', 1, text), edits)

function positionOf(text: string, part: string): Position {
  return TextDocument.create('file:///x.md', 'markdown', 1, text).positionAt(text.indexOf(part))
}

async function actionsAt(client: Client, {range}: {range: Range}): Promise<CodeAction[]> {
  const textDocument = {uri: client.uriOf(documentPath)}
  return await client.request('textDocument/codeAction', {textDocument, range, context: {diagnostics: []}})
}

function editsOf({edit}: CodeAction): TextEdit[] {
  const [change] = edit?.documentChanges ?? []
  return change !== undefined && 'edits' in change ? (change.edits as TextEdit[]) : []
}

describe('code actions', () => {
  test('each quick fix, applied as it is, makes its finding go away and adds none', async () => {
    const client = await startClient(repository())
    const text = table(
      row(),
      row({name: 'log_audit'}),
      row({name: '`Log_Error`'}),
      row({name: '`b`', why: 'Writes 🐉 `a|b`.'}),
      '| `c` | ops | Writes. | Append-only. |',
      '',
      row({name: '`d`'}),
    )
    client.open(documentPath, text)
    const found = await client.diagnostics(documentPath)
    const titles: string[] = []
    for (const diagnostic of found) {
      const actions = (await actionsAt(client, diagnostic)).filter(({kind}) => kind === 'quickfix')
      for (const action of actions) {
        titles.push((action.isPreferred ? '!' : '') + action.title)
        expect(action.diagnostics).toMatchObject([{code: diagnostic.code, range: diagnostic.range}])
        const fixed = applied(text, editsOf(action))
        client.type(documentPath, fixed)
        const left = (await client.diagnostics(documentPath)).map(({code}) => code)
        const before = found.filter((one) => one !== diagnostic).map(({code}) => code)
        const revealed = action.title.startsWith('Add the missing cell') ? ['empty-cell'] : []
        expect(left.toSorted()).toEqual([...before, ...revealed].toSorted())
        client.type(documentPath, text)
        await client.diagnostics(documentPath)
      }
    }
    expect(titles).toEqual([
      '!Mark log_audit as code',
      'Write log_error',
      'Write "Log_Error"',
      '!Escape the pipe in Why SECURITY DEFINER',
      'Add the missing cell: Approved By',
      '!Delete the blank line above',
    ])
  })

  test('a table is formatted as configured, and sorted; both are offered where they would change it', async () => {
    const client = await startClient(repository({}, {tables: 'aligned'}))
    const text = table(row({name: '`z`'}), row({name: '`a`'}))
    client.open(documentPath, text)
    await client.diagnostics(documentPath)
    const at = {range: {start: {line: 2, character: 0}, end: {line: 2, character: 0}}}
    const actions = await actionsAt(client, at)
    expect(actions.map(({title, kind}) => [title, kind])).toEqual([
      ['Format this table', 'refactor.rewrite'],
      ['Sort this table', 'refactor.rewrite'],
    ])
    let after = text
    for (const title of ['Sort this table', 'Format this table']) {
      const action = (await actionsAt(client, at)).find((one) => one.title === title)
      after = applied(after, action === undefined ? [] : editsOf(action))
      client.type(documentPath, after)
      expect(await client.diagnostics(documentPath)).toEqual([])
    }
    expect(after).toMatch(/\| `a` {9}\| ops {4}\|[^\n]*\n\| `z` {9}\| ops {4}\|/)
    expect(await actionsAt(client, at)).toEqual([])
    expect(
      await client.request('textDocument/formatting', {
        textDocument: {uri: client.uriOf(documentPath)},
        options: {tabSize: 2, insertSpaces: true},
      }),
    ).toEqual([])
  })
})

test('completions, hover, symbols and definitions', async () => {
  const client = await startClient(repository({}, {approvals: {roster: ['Core Team']}}))
  const text = `## OPS Schema Functions\n\n${table(row({name: '`a`', risks: 'Same as `b`.'}), row({name: '`b`', approved: ''}))}`
  client.open(documentPath, text)
  const position = positionOf(text, '|  |\n')
  const [item] = await client.ask<CompletionItem[]>('completion', documentPath, {
    ...position,
    character: position.character + 2,
  })
  expect(item?.label).toMatch(/^Core Team - \d{4}-\d{2}$/)
  const after = applied(text, [item?.textEdit as TextEdit])
  client.type(documentPath, after)
  expect(await client.diagnostics(documentPath)).toEqual([])

  const hover = await client.ask<Hover>('hover', documentPath, positionOf(after, 'Same as'))
  expect(hover.contents).toMatchObject({
    kind: 'markdown',
    value: expect.stringContaining('*that is, of `ops.b`:*'),
  })
  const [target] = await client.ask<Location[]>('definition', documentPath, positionOf(after, 'Same as'))
  expect(target).toMatchObject({uri: client.uriOf(documentPath), range: {start: {line: 5, character: 0}}})
  const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', {
    textDocument: {uri: client.uriOf(documentPath)},
  })
  expect(symbols.map(({name, children}) => [name, children?.map((child) => child.name)])).toEqual([
    ['OPS Schema Functions', ['ops.a', 'ops.b']],
  ])
})

describe('migrations', () => {
  const migration = 'supabase/migrations/20250101000000_jobs.sql'
  const create = (name: string, security = 'security definer') =>
    `create function ops.${name}() returns void language sql ${security} set search_path = '' as 'select 1';\n`
  const files = {[migration]: `create schema ops;\n${create('log_action')}${create('reap')}`}
  const config = {migrations: {folder: 'supabase/migrations', profile: 'plain'}}
  const codes = (found: readonly Diagnostic[]) => found.map(({code}) => code)
  const text = table(row(), row({name: '`gone`'}))

  test('speak at the cell of a row, at the statement without one, and in the hover', async () => {
    const client = await startClient(repository(files, config))
    client.open(documentPath, text)
    const found = await client.diagnostics(documentPath, (all) => all.length > 0)
    expect(codes(found)).toEqual(['absent-routine'])
    expect(found[0]?.range.start).toEqual(positionOf(text, '`gone`'))
    const undocumented = await client.diagnostics(migration)
    expect(undocumented).toMatchObject([
      {code: 'undocumented-definer', range: {start: {line: 2, character: 0}}},
    ])
    const hover = await client.ask<Hover>('hover', documentPath, positionOf(text, '`gone`'))
    expect(hover.contents).toMatchObject({value: expect.stringContaining('✗')})
    const [made] = await client.ask<Location[]>('definition', documentPath, positionOf(text, '`log_action`'))
    expect(made).toMatchObject({uri: client.uriOf(migration), range: {start: {line: 1, character: 0}}})
    expect(readFileSync(fileURLToPath(made?.uri ?? ''), 'utf8')).toBe(files[migration])
  })

  test('are followed again when a file changes, and say nothing while the document has errors', async () => {
    const folder = repository(files, config)
    const client = await startClient(folder)
    client.open(documentPath, table(row()))
    expect(codes(await client.diagnostics(migration))).toEqual(['undocumented-definer'])
    fill(folder, {[migration]: `create schema ops;\n${create('log_action', '')}${create('reap')}`})
    client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: client.uriOf(migration), type: 2}]})
    const invoker = await client.diagnostics(documentPath, (all) => all.length > 0)
    expect(codes(invoker)).toEqual(['documented-invoker'])
    // `reap` may be documented in the row that cannot be read.
    client.type(documentPath, table(row(), row({name: 'reap'})))
    expect(await client.diagnostics(migration, (all) => all.length === 0)).toEqual([])
    const own = await client.diagnostics(documentPath, (all) => all.length === 1)
    expect(codes(own)).toEqual(['name-not-code'])
  })

  test('that the configuration names no more are no more spoken of', async () => {
    const folder = repository(files, config)
    const client = await startClient(folder)
    client.open(documentPath, text)
    expect(codes(await client.diagnostics(documentPath, (all) => all.length > 0))).toEqual(['absent-routine'])
    fill(folder, {'secdef.config.json': '{}'})
    const changes = [{uri: client.uriOf('secdef.config.json'), type: 2}]
    client.notify('workspace/didChangeWatchedFiles', {changes})
    expect(await client.diagnostics(documentPath, (all) => all.length === 0)).toEqual([])
    expect(await client.diagnostics(migration, (all) => all.length === 0)).toEqual([])
  })

  test('that are not there are a failure, at the document', async () => {
    const client = await startClient(repository({}, config))
    client.open(documentPath, table(row()))
    const [found] = await client.diagnostics(documentPath, (all) => all.length > 0)
    expect(found).toMatchObject({code: 'undecided', message: expect.stringContaining('supabase/migrations')})
  })
})

test('outside of a repository, the folder that the editor has open is the project', async () => {
  const client = await startClient(project({[documentPath]: soundDocument}))
  client.open(documentPath, table(row({name: 'log_audit'})))
  expect(await client.diagnostics(documentPath)).toMatchObject([{code: 'name-not-code'}])
})
