/** Diagnostics on their way to the client: of each file one list, under one URI at a time. */
import type {PublishDiagnosticsParams} from 'vscode-languageserver'
import type {Session} from './session.ts'
import {pathOf} from './workspace.ts'

export type Publish = (diagnostics: PublishDiagnosticsParams) => void

/** What was said of a file before it was opened, or closed, may stand under another spelling of its URI. */
export function startPublishing({connection, documents}: Session): Publish {
  /** The URI under which something is said, by path. */
  const said = new Map<string, string>()
  return (params) => {
    const {uri, diagnostics} = params
    const path = pathOf(uri) ?? uri
    const former = said.get(path)
    // Before the list that counts: to some clients both are one file, and the last list is all that they show.
    if (former !== undefined && former !== uri && documents.get(former) === undefined)
      void connection.sendDiagnostics({uri: former, diagnostics: []})
    if (diagnostics.length === 0) said.delete(path)
    else said.set(path, uri)
    void connection.sendDiagnostics(params)
  }
}
