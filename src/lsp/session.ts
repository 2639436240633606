/** The documents that are open in the editor, as they stand: each is read once for each of its versions. */
import {join} from 'node:path'
import type {Connection, TextDocuments} from 'vscode-languageserver'
import type {TextDocument} from 'vscode-languageserver-textdocument'
import {type Reading, readForEditor} from '../editor/reading.ts'
import {rereadForEditor} from '../editor/reread.ts'
import type {Measure} from '../source/edit/layout.ts'
import {type Auditor, createAuditor} from './auditor.ts'
import {createWorkspace, type Home, optionsOf, pathOf, uriOf, type Workspace} from './workspace.ts'

export type RegistryHome = Extract<Home, {readonly state: 'registry'}>

export type OpenRegistry = {
  readonly document: TextDocument
  readonly home: RegistryHome
  readonly reading: Reading
}

export type Session = {
  readonly connection: Connection
  readonly documents: TextDocuments<TextDocument>
  readonly workspace: Workspace
  readonly auditor: Auditor
  readonly clock: Clock
  readonly measure: Measure
  /** The document as it stands, if it is a registry's. */
  readonly open: (uri: string) => Promise<OpenRegistry | undefined>
  /** The document of a file that the client has open, however it spells its URI. */
  readonly documentAt: (file: string) => TextDocument | undefined
  /**
   * What the client calls a file of a project: where it has it open, as it spelled it itself.
   *
   * @param path Relative to the root, with `/`.
   */
  readonly uriIn: (root: string, path: string) => string
}

export type Clock = {
  /** The day against which dates are held, `YYYY-MM-DD`. */
  readonly today: () => string
  /** The month in which an approval of now is given, `YYYY-MM`. */
  readonly month: () => string
}

export function createSession(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  clock: Clock,
  measure: Measure,
): Session {
  const workspace = createWorkspace()
  type Known = {
    readonly version: number
    readonly home: RegistryHome
    readonly today: string
    readonly reading: Reading
  }
  const readings = new WeakMap<TextDocument, Known>()

  function read(document: TextDocument, home: RegistryHome): Reading {
    const {version} = document
    const today = clock.today()
    const known = readings.get(document)
    const isSame = known?.home.config === home.config && known.today === today
    if (isSame && known.version === version) return known.reading
    const text = document.getText()
    const reading = isSame
      ? rereadForEditor(known.reading, text)
      : readForEditor(text, optionsOf(home.config, today))
    // On opening, so that the first keystroke need not wait for what it takes to read a row alone.
    if (known === undefined) reading.outline()
    readings.set(document, {version, home, today, reading})
    return reading
  }

  const documentAt = (file: string) => documents.all().find(({uri}) => pathOf(uri) === file)

  return {
    connection,
    documents,
    workspace,
    auditor: createAuditor(),
    clock,
    measure,
    documentAt,
    uriIn(root, path) {
      const file = join(root, path)
      return documentAt(file)?.uri ?? uriOf(file)
    },
    async open(uri) {
      const home = await workspace.homeOf(uri)
      const document = documents.get(uri)
      if (document === undefined || home?.state !== 'registry') return undefined
      return {document, home, reading: read(document, home)}
    },
  }
}
