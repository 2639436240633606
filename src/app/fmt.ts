/** The use case `fmt`: the registry tables of every document laid out, and nothing said otherwise than before. */
import {type LockOptions, withLock} from '../io/lock.ts'
import {applyChanges} from '../io/write-set.ts'
import {Failure} from '../model/failure.ts'
import type {Registry} from '../model/registry.ts'
import {type Finding, isError} from '../model/rules.ts'
import type {Measure} from '../source/edit/layout.ts'
import {applyEdits} from '../source/edit/text-edit.ts'
import {formatTables} from '../source/format/format-tables.ts'
import {prettierWidth} from '../source/format/prettier-width.ts'
import {columnsOf} from './columns.ts'
import {type OpenDocument, openDocuments} from './edit/documents.ts'
import type {GenerateOptions} from './generate.ts'
import type {Project} from './project.ts'
import {type DocumentRead, readDocument} from './read.ts'

export type FormatOptions = GenerateOptions & {
  /** Write nothing, tell what would be written. */
  readonly check: boolean
}

export type FormatResult = {
  readonly documents: readonly DocumentRead[]
  /** Nothing was looked at further if one of them is an error. */
  readonly findings: readonly Finding[]
  readonly sources: ReadonlyMap<string, string>
  readonly files: readonly {
    readonly path: string
    readonly state: 'unchanged' | 'written' | 'unformatted'
  }[]
}

/** How long to wait for another run before giving up. */
const lockTimeoutMs = 30_000

/** @throws Failure if a document cannot be read or written. */
export async function formatDocuments(project: Project, options: FormatOptions): Promise<FormatResult> {
  const {default: stringWidth} = await import('string-width')
  const measure = prettierWidth(stringWidth)
  if (options.check) return format(project, options, measure)
  const {onWait, onRecovery} = options
  const lock: LockOptions = {
    timeoutMs: lockTimeoutMs,
    ...(onWait && {onWait}),
    ...(onRecovery && {onRecovery}),
  }
  return withLock(project.root, lock, async () => format(project, options, measure))
}

function format(project: Project, options: FormatOptions, measure: Measure): FormatResult {
  const {open, ...read} = openDocuments(project, options)
  if (read.findings.some(isError)) return {...read, files: []}
  const formatted = open.map((document) => ({document, text: formatDocument(document, options, measure)}))
  const changed = formatted.filter(({document, text}) => document.text !== text)
  if (!options.check) {
    for (const {document} of changed) expectUntouched(project, document)
    const changes = changed.map(({document, text}) => ({path: document.path, text: document.mark + text}))
    applyChanges(project.root, changes)
  }
  const files = formatted.map(({document: {path, text: old}, text}) => {
    const state = old === text ? 'unchanged' : options.check ? 'unformatted' : 'written'
    return {path, state} as const
  })
  return {...read, files}
}

/** @throws {Error} if it would say something else than it does: that would be our fault. */
function formatDocument(document: OpenDocument, {today}: FormatOptions, measure: Measure): string {
  const {config, text, path, registry, findings} = document
  const edits = formatTables(text, {style: config.tables, measure, columns: columnsOf(config)})
  if (edits.length === 0) return text
  const fresh = applyEdits(text, edits)
  const after = readDocument(config, new TextEncoder().encode(fresh), {today})
  if (after.registry === undefined || meaning(registry, findings) !== meaning(after.registry, after.findings))
    throw new Error(`${path} would say something else if its tables were laid out; nothing was written`)
  return fresh
}

/** All but the places. */
function meaning({entries, history}: Registry, findings: readonly Finding[]): string {
  return JSON.stringify([
    entries.map(({value}) => value),
    history.map(({value}) => value),
    findings.map(({ruleId}) => ruleId).sort(),
  ])
}

/** The lock keeps our own runs apart, no editor. */
function expectUntouched({files}: Project, {path, mark, text}: OpenDocument): void {
  const bytes = files.read(path)
  if (bytes !== undefined && Buffer.from(mark + text).equals(bytes)) return
  throw new Failure(`Cannot write ${path}: somebody else changed it just now`, {
    hint: 'Run the command again.',
  })
}
