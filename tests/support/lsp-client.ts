/** An editor as the language server sees it: the built command as a process, and messages over its streams. */
import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {onTestFinished} from 'vitest'
import {createMessageConnection, StreamMessageReader, StreamMessageWriter} from 'vscode-jsonrpc/node'
import type {
  ClientCapabilities,
  Diagnostic,
  InitializeResult,
  Position,
  PublishDiagnosticsParams,
  Range,
} from 'vscode-languageserver'
import {cli} from './hosts.ts'

export type Client = {
  readonly uriOf: (path: string) => string
  readonly initialized: InitializeResult
  readonly open: (path: string, text: string) => void
  /** Type in place of a range, as editors send it; without one, the whole text. */
  readonly type: (path: string, text: string, range?: Range) => void
  readonly close: (path: string) => void
  readonly notify: (method: string, params?: unknown) => void
  readonly request: <Result>(method: string, params?: unknown) => Promise<Result>
  /** At a position of a document. */
  readonly ask: <Result>(what: string, path: string, position: Position) => Promise<Result>
  /** What the server says of the last version that was sent, or, of a file that is not open, next. */
  readonly diagnostics: (
    path: string,
    holds?: (found: readonly Diagnostic[]) => boolean,
  ) => Promise<Diagnostic[]>
  /** Bytes that need not be a message. */
  readonly raw: (text: string) => void
  /** Close the server's input. */
  readonly hangUp: () => void
  /** All that the server has published, in its order. */
  readonly published: readonly PublishDiagnosticsParams[]
  readonly exitCode: Promise<number | null>
  readonly stderr: () => string
  /** What it has logged at its client. */
  readonly logs: readonly string[]
  /** Globs that the server wants to be told about. */
  readonly watched: readonly string[]
}

const capabilities: ClientCapabilities = {
  workspace: {
    workspaceEdit: {documentChanges: true},
    didChangeWatchedFiles: {dynamicRegistration: true},
  },
}

/** How a client spells the URI of a path. */
export type Spelling = (path: string) => string

const asNode: Spelling = (path) => pathToFileURL(path).href

/** With escapes wherever they are allowed, as VS Code has them. */
export const asVsCode: Spelling = (path) =>
  `file://${path.replaceAll(/[^\w./~-]/gu, (letter) => encodeURIComponent(letter).replaceAll(/[!'()*]/g, escapeAlways))}`

/** What `encodeURIComponent` leaves as it is. */
function escapeAlways(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`
}

/** Start a server in a folder; it is gone when the test is over. */
export async function startClient(
  folder: string,
  command: readonly string[] = [cli()],
  spell: Spelling = asNode,
): Promise<Client> {
  const child = spawn(process.execPath, [...command, 'lsp', '--stdio'], {cwd: folder})
  onTestFinished(() => void child.kill('SIGKILL'))
  return await connect(child, folder, spell)
}

/** Speak to a server that was started. */
export async function connect(
  child: ChildProcessWithoutNullStreams,
  folder: string,
  spell: Spelling = asNode,
): Promise<Client> {
  const exitCode = once(child, 'close').then(([code]) => code as number | null)
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.on('error', () => {})
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  /** By the URI without its escapes: all that spell one file are one to this client, as to VS Code. */
  const latest = new Map<string, PublishDiagnosticsParams>()
  const published: PublishDiagnosticsParams[] = []
  const waiting = new Set<() => void>()
  const versions = new Map<string, number>()
  // Never one twice, so that what is said of an earlier text is not taken for an answer.
  let last = 0
  const logs: string[] = []
  const watched: string[] = []
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params)
    latest.set(decodeURIComponent(params.uri), params)
    for (const look of waiting) look()
  })
  connection.onNotification('window/logMessage', ({message}: {message: string}) => void logs.push(message))
  connection.onRequest('client/registerCapability', ({registrations}) => {
    for (const {registerOptions} of registrations)
      watched.push(
        ...(registerOptions?.watchers ?? []).map(({globPattern}: {globPattern: string}) => globPattern),
      )
    return null
  })
  connection.onError(() => {})
  connection.listen()

  const uriOf = (path: string) => spell(join(folder, path))
  const send = (method: string, params?: unknown) =>
    void connection.sendNotification(method, params).catch(() => {})
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: uriOf(''),
    capabilities,
  })
  send('initialized', {})

  return {
    uriOf,
    initialized,
    logs,
    watched,
    published,
    exitCode,
    stderr: () => stderr,
    raw: (text) => void child.stdin.write(text),
    hangUp: () => void child.stdin.end(),
    notify: send,
    request: (method, params) => connection.sendRequest(method, params),
    ask: (what, path, position) =>
      connection.sendRequest(`textDocument/${what}`, {textDocument: {uri: uriOf(path)}, position}),
    open(path, text) {
      const uri = uriOf(path)
      const version = ++last
      versions.set(uri, version)
      send('textDocument/didOpen', {textDocument: {uri, languageId: 'markdown', version, text}})
    },
    type(path, text, range) {
      const uri = uriOf(path)
      const version = ++last
      versions.set(uri, version)
      const contentChanges = [range === undefined ? {text} : {range, text}]
      send('textDocument/didChange', {textDocument: {uri, version}, contentChanges})
    },
    close(path) {
      const uri = uriOf(path)
      versions.delete(uri)
      latest.delete(decodeURIComponent(uri))
      send('textDocument/didClose', {textDocument: {uri}})
    },
    diagnostics(path, holds = () => true) {
      const uri = uriOf(path)
      return new Promise((resolve) => {
        const look = () => {
          const found = latest.get(decodeURIComponent(uri))
          if (found === undefined || found.version !== versions.get(uri) || !holds(found.diagnostics)) return
          waiting.delete(look)
          resolve(found.diagnostics)
        }
        waiting.add(look)
        look()
      })
    },
  }
}
