/** One file is one file, however the client spells its URI: `@` or `%40`, and whether it is open or not. */
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {expect, test} from 'vitest'
import type {CodeAction, Diagnostic, Location} from 'vscode-languageserver'
import {TextDocument} from 'vscode-languageserver-textdocument'
import {documentPath} from '../support/documents.ts'
import {asVsCode, type Client, startClient} from '../support/lsp-client.ts'
import {fill, temporaryFolder} from '../support/project.ts'
import {row, table} from '../support/read.ts'

const migration = 'supabase/migrations/20250101000000_jobs.sql'
const create = (name: string) =>
  `create function ops.${name}() returns void language sql security definer set search_path = '' as 'select 1';\n`
const configuration = JSON.stringify({migrations: {folder: 'supabase/migrations', profile: 'plain'}})
const codes = (found: readonly Diagnostic[]) => found.map(({code}) => code)

/** A project in a folder whose name Node and VS Code spell differently, and a client that spells it as VS Code. */
async function start(): Promise<{folder: string; client: Client}> {
  const folder = join(temporaryFolder(), "l@x:c (1)+a,b;c=[d]'!$&*ä %")
  fill(folder, {
    '.git/HEAD': 'ref: refs/heads/main\n',
    'secdef.config.json': configuration,
    [documentPath]: table(row()),
    [migration]: `create schema ops;\n${create('log_action')}${create('reap')}`,
  })
  return {folder, client: await startClient(folder, undefined, asVsCode)}
}

/** URIs under which a file has been spoken of. */
function spellingsOf(client: Client, path: string): string[] {
  const own = decodeURIComponent(client.uriOf(path))
  return [...new Set(client.published.map(({uri}) => uri).filter((uri) => decodeURIComponent(uri) === own))]
}

test('what the migrations say stays beside what the reader says, under the URI that the client has open', async () => {
  const {client} = await start()
  const text = table(row(), row({name: '`gone`'}))
  client.open(documentPath, text)
  const found = await client.diagnostics(documentPath, (all) => all.length > 0)
  expect(codes(found)).toEqual(['absent-routine'])
  // At every keystroke, without waiting for the next audit.
  client.type(documentPath, `${text}\nThe end.\n`)
  expect(codes(await client.diagnostics(documentPath))).toEqual(['absent-routine'])
  client.type(documentPath, table(row()))
  await client.diagnostics(documentPath, (all) => all.length === 0)
  client.type(documentPath, text)
  expect(codes(await client.diagnostics(documentPath, (all) => all.length > 0))).toEqual(['absent-routine'])
  // Closed and opened, too.
  client.close(documentPath)
  client.open(documentPath, text)
  expect(codes(await client.diagnostics(documentPath, (all) => all.length > 0))).toEqual(['absent-routine'])
  expect(spellingsOf(client, documentPath)).toEqual([client.uriOf(documentPath)])
})

test('places that it names, and edits, are of the documents that are open', async () => {
  const {client} = await start()
  const text = table(row(), row({name: '`reap`', risks: 'Same as `log_action`.'}), row(), row({name: 'gone'}))
  client.open(documentPath, text)
  const uri = client.uriOf(documentPath)
  const [duplicate, unquoted] = await client.diagnostics(documentPath)
  expect(duplicate).toMatchObject({code: 'duplicate-entry', relatedInformation: [{location: {uri}}]})
  const position = TextDocument.create(uri, 'markdown', 1, text).positionAt(text.indexOf('Same as'))
  expect(await client.ask<Location[]>('definition', documentPath, position)).toMatchObject([{uri}])
  const [action] = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: {uri},
    range: unquoted?.range,
    context: {diagnostics: []},
  })
  expect(action).toMatchObject({edit: {documentChanges: [{textDocument: {uri}}]}})
})

test('a migration is spoken of before it is open, while it is, and after', async () => {
  const {folder, client} = await start()
  const atNode = pathToFileURL(join(folder, migration)).href
  const atClient = client.uriOf(migration)
  const last = (uri: string) => codes(client.published.findLast((one) => one.uri === uri)?.diagnostics ?? [])
  client.open(documentPath, table(row()))
  await expect.poll(() => last(atNode), {timeout: 20_000}).toEqual(['undocumented-definer'])
  client.open(migration, 'select 1;')
  await expect.poll(() => last(atClient), {timeout: 20_000}).toEqual(['undocumented-definer'])
  // Not twice, in a client to which these are two files.
  expect(last(atNode)).toEqual([])
  const position = {line: 2, character: 4}
  expect(await client.ask<Location[]>('definition', documentPath, position)).toMatchObject([{uri: atClient}])
  client.close(migration)
  expect(codes(await client.diagnostics(migration, (all) => all.length > 0))).toEqual([
    'undocumented-definer',
  ])
  expect(last(atClient)).toEqual([])
})

test('a configuration that is open has its findings where it is open, until they are mended', async () => {
  const {folder, client} = await start()
  const atClient = client.uriOf('secdef.config.json')
  const said = () => client.published.filter(({uri}) => uri === atClient).map((one) => codes(one.diagnostics))
  const save = (text: string) => {
    fill(folder, {'secdef.config.json': text})
    client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: atClient, type: 2}]})
  }
  client.open(documentPath, table(row()))
  client.open('secdef.config.json', configuration)
  save('{"aprovals": {}}')
  await expect.poll(() => said().at(-1), {timeout: 20_000}).toEqual(['config-unknown-key'])
  save(configuration)
  await expect.poll(() => said().at(-1), {timeout: 20_000}).toEqual([])
  expect(spellingsOf(client, 'secdef.config.json')).toEqual([atClient])
})
