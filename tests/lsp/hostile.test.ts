/** Nothing that comes over its input ends the language server but the end itself. */
import {describe, expect, test} from 'vitest'
import {documentPath, repository, soundDocument} from '../support/documents.ts'
import {type Client, startClient} from '../support/lsp-client.ts'
import {row, table} from '../support/read.ts'

/** The server answers, and still sees what is wrong. */
async function expectAlive(client: Client): Promise<void> {
  client.close(documentPath)
  client.open(documentPath, table(row({name: 'log_audit'})))
  expect(await client.diagnostics(documentPath)).toMatchObject([{code: 'name-not-code'}])
}

const framed = (body: string) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

describe('messages that are none', () => {
  test.each([
    ['no JSON', framed('{"jsonrpc": "2.0", ')],
    ['JSON that is no message', framed('42')],
    ['a list', framed('[]')],
    ['null', framed('null')],
    ['bytes that are no UTF-8', framed('"\ufffd\u0000"')],
    ['an answer to nothing', framed('{"jsonrpc":"2.0","id":77,"result":null}')],
    ['a header without a length', 'X-Nothing: 1\r\n\r\n'],
    ['a length that is no number', 'Content-Length: many\r\n\r\n'],
    ['a header that is none', 'hello\r\n\r\n'],
    ['a length below zero', 'Content-Length: -5\r\n\r\n'],
    ['a length beyond all documents', 'Content-Length: 999999999999\r\n\r\n'],
    ['a length that is too short', 'Content-Length: 5\r\n\r\n{"jsonrpc":"2.0","method":"x"}'],
    ['a megabyte of anything', 'x'.repeat(2 ** 20)],
  ])('%s', async (_, bytes) => {
    const client = await startClient(repository())
    client.raw(bytes)
    await expectAlive(client)
  })
})

describe('messages that it cannot mean', () => {
  const unknown = {uri: 'file:///nowhere/docs/SECURITY_EXCEPTIONS.md'}

  test('unknown requests are refused, unknown notifications let be', async () => {
    const client = await startClient(repository())
    client.notify('secdef/nothing', {})
    client.notify('$/nothing', {})
    await expect(client.request('secdef/nothing', {})).rejects.toThrow(/secdef\/nothing/)
    await expectAlive(client)
  })

  test.each(['codeAction', 'completion', 'hover', 'definition', 'documentSymbol', 'formatting'])(
    '%s with wrong parameters',
    async (what) => {
      const client = await startClient(repository())
      client.open(documentPath, soundDocument)
      const textDocument = {uri: client.uriOf(documentPath)}
      const far = {line: 4_000_000_000, character: 4_000_000_000}
      const around = (position: object) => ({
        position,
        range: {start: position, end: position},
        context: {diagnostics: []},
      })
      for (const params of [
        undefined,
        null,
        {},
        {textDocument: null},
        {textDocument: {uri: 7}, ...around(far)},
        {textDocument: {uri: 'file://%%%'}, ...around(far)},
        {textDocument: unknown, ...around(far)},
        {textDocument, ...around(far)},
        {textDocument, ...around({line: -1, character: -1})},
        {textDocument, ...around({line: 'a', character: null})},
      ]) {
        // Refused or answered: but said.
        await client.request(`textDocument/${what}`, params).catch((error: unknown) => error)
      }
      await expectAlive(client)
    },
  )

  test('notifications with wrong parameters', async () => {
    const client = await startClient(repository())
    const textDocument = {uri: client.uriOf(documentPath), version: 9}
    client.notify('textDocument/didOpen', null)
    client.notify('textDocument/didOpen', {textDocument: {uri: 7, text: 7}})
    client.notify('textDocument/didChange', {textDocument, contentChanges: [{text: 'x'}]})
    client.open(documentPath, soundDocument)
    client.notify('textDocument/didChange', {textDocument, contentChanges: 'x'})
    client.notify('textDocument/didChange', {
      textDocument: {...textDocument, version: null},
      contentChanges: [{}],
    })
    const start = {line: 900, character: 3}
    client.notify('textDocument/didChange', {
      textDocument: {...textDocument, version: 10},
      contentChanges: [{range: {start, end: {line: 1, character: -4}}, text: 'x'}],
    })
    client.notify('textDocument/didClose', {textDocument: unknown})
    client.notify('textDocument/didSave', {})
    client.notify('workspace/didChangeWatchedFiles', {changes: null})
    await expectAlive(client)
  })
})

test('a document of many rows, and one of a single endless line', async () => {
  const client = await startClient(repository())
  const rows = Array.from({length: 20_000}, (_, index) => row({name: `\`fn_${index}\``}))
  client.open(documentPath, table(...rows, row({name: 'last'})))
  expect(await client.diagnostics(documentPath)).toMatchObject([{code: 'name-not-code'}])
  client.type(documentPath, '*'.repeat(1_000_000))
  expect(await client.diagnostics(documentPath)).toMatchObject([{code: 'deep-nesting'}])
  await expectAlive(client)
})

describe('the end', () => {
  test('shutdown and exit: 0', async () => {
    const client = await startClient(repository())
    await client.request('shutdown')
    client.notify('exit')
    expect(await client.exitCode).toBe(0)
    expect(client.stderr()).toBe('')
  })

  test('exit without shutdown: 1', async () => {
    const client = await startClient(repository())
    client.notify('exit')
    expect(await client.exitCode).toBe(1)
  })

  test('the input ends, in the middle of a message too: 1', async () => {
    for (const last of ['', 'Content-Length: 100\r\n\r\n{"json']) {
      const client = await startClient(repository())
      client.raw(last)
      client.hangUp()
      expect(await client.exitCode).toBe(1)
      expect(client.stderr()).toBe('')
    }
  })
})
