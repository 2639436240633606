/** The language server: the protocol on two streams, and what is done when a message comes. */
import {Readable} from 'node:stream'
import stringWidth from 'string-width'
import {
  createConnection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node'
import {TextDocument} from 'vscode-languageserver-textdocument'
import {prettierWidth} from '../source/format/prettier-width.ts'
import {startDiagnosing} from './diagnose.ts'
import {codeActions, completions, definitions, documentSymbols, formatting, hover} from './features.ts'
import {wellFramed} from './frames.ts'
import {type Clock, createSession, type OpenRegistry} from './session.ts'

export type ServerOptions = {
  readonly input: AsyncIterable<Buffer>
  readonly output: NodeJS.WritableStream
  readonly clock: Clock
  readonly version: string
}

/** Files whose change can change what is found: configurations, documents, templates of roles, migrations. */
const watched = ['**/secdef.config.{json,mjs,ts}', '**/package.json', '**/*.md', '**/*.sql']

/** Serve until the streams or the client say that it is over; the process then ends. */
export function startServer({input, output, clock, version}: ServerOptions): void {
  const complain = (message: string) => connection.console.warn(message)
  const connection = createConnection(Readable.from(wellFramed(input, complain)), output)
  const documents = new TextDocuments(TextDocument)
  const session = createSession(connection, documents, clock, prettierWidth(stringWidth))
  const diagnosing = startDiagnosing(session)
  let client: InitializeParams['capabilities'] = {}

  connection.onInitialize(({capabilities, workspaceFolders, rootUri}): InitializeResult => {
    client = capabilities ?? {}
    session.workspace.setFolders(workspaceFolders?.map(({uri}) => uri) ?? (rootUri ? [rootUri] : []))
    return {
      serverInfo: {name: 'secdef', version},
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: {openClose: true, change: TextDocumentSyncKind.Incremental, save: true},
        codeActionProvider: {codeActionKinds: ['quickfix', 'refactor.rewrite']},
        completionProvider: {triggerCharacters: ['|', ' ']},
        hoverProvider: true,
        definitionProvider: true,
        documentSymbolProvider: true,
        documentFormattingProvider: true,
      },
    }
  })
  connection.onInitialized(() => {
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return
    const watchers = watched.map((globPattern) => ({globPattern}))
    connection.client
      .register(DidChangeWatchedFilesNotification.type, {watchers})
      .catch((error: unknown) => connection.console.warn(`Files are not watched: ${error}`))
  })

  function refresh(): void {
    session.workspace.forget()
    session.auditor.forget()
    diagnosing.scheduleAll()
  }
  connection.onDidChangeWatchedFiles(({changes}) => {
    const code = changes.find(({uri}) => /\/secdef\.config\.(?:mjs|ts)$/.test(uri))
    if (code !== undefined)
      connection.window.showInformationMessage(
        'The configuration of secdef is code: restart its server to load it.',
      )
    refresh()
  })
  documents.onDidSave(refresh)
  documents.onDidChangeContent(({document}) => diagnosing.schedule(document.uri))
  documents.onDidClose(({document}) => diagnosing.close(document.uri))

  /** Of what is no registry's document, nothing is known. */
  async function at<Result>(
    uri: string,
    otherwise: Result,
    ask: (open: OpenRegistry) => Result,
  ): Promise<Result> {
    const open = await session.open(uri)
    return open === undefined ? otherwise : ask(open)
  }
  connection.onCodeAction(({textDocument, range}) => {
    const canVersion = client.workspace?.workspaceEdit?.documentChanges === true
    return at(textDocument.uri, [], (open) => codeActions(session, open, range, canVersion))
  })
  connection.onCompletion(({textDocument, position}) =>
    at(textDocument.uri, [], (open) => completions(session, open, position)),
  )
  connection.onHover(({textDocument, position}) =>
    at(textDocument.uri, null, (open) => hover(session, open, position)),
  )
  connection.onDefinition(({textDocument, position}) =>
    at(textDocument.uri, [], (open) => definitions(session, open, position)),
  )
  connection.onDocumentSymbol(({textDocument}) => at(textDocument.uri, [], documentSymbols))
  connection.onDocumentFormatting(({textDocument}) =>
    at(textDocument.uri, [], (open) => formatting(session, open)),
  )
  documents.listen(connection)
  connection.listen()
}
