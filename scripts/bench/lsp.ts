/** Times the language server: from a keystroke to the diagnostics of the text that it left. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {createMessageConnection, StreamMessageReader, StreamMessageWriter} from 'vscode-jsonrpc/node'
import type {BenchProject} from './documents.ts'

export type Keystrokes = {
  /** From opening the document to its first diagnostics, in milliseconds, the start of the server not counted. */
  readonly opened: number
  readonly median: number
  /** The longest of all, that of the first keystroke too. */
  readonly longest: number
  readonly keystrokes: number
}

/** A code span is opened, and closed again: rows in between are read by the parser, and have findings. */
const typed = 'No dynamic SQL: `format` with %I and `quote_ident` alone. '

/**
 * Type a sentence into the Risks Mitigated cell of a row in the middle, and take it back, letter by letter; each when
 * the server has answered the one before.
 *
 * @param cli Path of the built command.
 */
export async function measureKeystrokes(cli: string, project: BenchProject): Promise<Keystrokes> {
  const child = spawn(process.execPath, [cli, 'lsp'], {
    cwd: project.folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const answers = new Map<number, () => void>()
  let withFindings = 0
  connection.onNotification('textDocument/publishDiagnostics', ({version, diagnostics}) => {
    if (diagnostics.length > 0) withFindings++
    answers.get(version)?.()
  })
  connection.listen()
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(project.folder).href,
    capabilities: {},
  })
  await connection.sendNotification('initialized', {})

  const file = path.join(project.folder, project.document)
  const uri = pathToFileURL(file).href
  const text = readFileSync(file, 'utf8')
  const point = placeToType(text)
  let version = 0
  const timed = async (method: string, params: (version: number) => object): Promise<number> => {
    const own = ++version
    const answered = new Promise<void>((resolve) => answers.set(own, resolve))
    const start = performance.now()
    await connection.sendNotification(method, params(own))
    await answered
    return performance.now() - start
  }

  const opened = await timed('textDocument/didOpen', (own) => ({
    textDocument: {uri, languageId: 'markdown', version: own, text},
  }))
  const times: number[] = []
  const change = async (from: number, to: number, letter: string) => {
    const range = {start: {...point, character: from}, end: {...point, character: to}}
    times.push(
      await timed('textDocument/didChange', (own) => ({
        textDocument: {uri, version: own},
        contentChanges: [{range, text: letter}],
      })),
    )
  }
  for (const [index, letter] of [...typed].entries())
    await change(point.character + index, point.character + index, letter)
  for (let index = typed.length; index > 0; index--)
    await change(point.character + index - 1, point.character + index, '')

  await connection.sendRequest('shutdown')
  await connection.sendNotification('exit')
  await once(child, 'close')
  if (withFindings === 0) throw new Error(`${file} was not read: an open code span in it was no finding`)
  const sorted = times.toSorted((a, b) => a - b)
  return {
    opened,
    median: sorted[sorted.length >> 1] ?? Number.NaN,
    longest: sorted.at(-1) ?? Number.NaN,
    keystrokes: times.length,
  }
}

/** Before the content of the fourth cell of the row in the middle of the tables. */
function placeToType(text: string): {line: number; character: number} {
  const lines = text.split('\n')
  const rows = [...lines.keys()].filter((line) => lines[line]?.startsWith('| `'))
  const line = rows[rows.length >> 1] ?? 0
  const [one = '', two = '', three = ''] = (lines[line] ?? '').slice(1).split('|')
  return {line, character: one.length + two.length + three.length + 5}
}
