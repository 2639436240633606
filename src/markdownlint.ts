/** The markdownlint rule: every finding of the registry's documents, with a fix where nobody has to decide it. */
import stringWidth from 'string-width'
import {type Fix, findFixes} from './editor/fixes.ts'
import {type HostOptions, readingOptions} from './editor/host-options.ts'
import {restoreComments, type Token} from './editor/markdownlint-text.ts'
import {type Reading, readForEditor} from './editor/reading.ts'
import {defaultRegistry} from './model/default-registry.ts'
import {describe, type Finding} from './model/rules.ts'
import {prettierWidth} from './source/format/prettier-width.ts'

/** Under the rule's name in the configuration of markdownlint. */
export type MarkdownlintOptions = HostOptions & {
  /** Paths of the documents, or how they end. Default: `docs/SECURITY_EXCEPTIONS.md`. */
  readonly documents?: readonly string[]
}

/** Of markdownlint's own types, as much as is used: it need not be installed for ours to compile. */
type Params = {
  readonly name: string
  readonly lines: readonly string[]
  readonly frontMatterLines: readonly string[]
  readonly parsers: {readonly micromark?: {readonly tokens: readonly Token[]}}
  readonly config: MarkdownlintOptions | undefined
}

type FixInfo = {lineNumber: number; editColumn: number; deleteCount: number; insertText: string}

type OnError = (error: {
  lineNumber: number
  detail: string
  range?: [number, number]
  fixInfo?: FixInfo
}) => void

const rule = {
  names: ['secdef-registry', 'SECDEF001'],
  description: 'A registry of security exceptions that is sound',
  tags: ['secdef', 'table'],
  parser: 'micromark' as const,
  function(params: Params, onError: OnError): void {
    const {name, frontMatterLines, config = {}} = params
    const {documents = [defaultRegistry.document]} = config
    const path = name.replaceAll('\\', '/')
    if (!documents.some((document) => path === document || path.endsWith(`/${document}`))) return
    const lines = restoreComments(params.lines, params.parsers.micromark?.tokens ?? [])
    const text = [...frontMatterLines, ...lines].join('\n')
    const reading = readForEditor(text, readingOptions(path, config))
    const above = frontMatterLines.length
    for (const finding of reading.findings) report(reading, finding, above, onError)
  },
}

export default rule

/** @param above Lines of front matter, which markdownlint does not count. */
function report(reading: Reading, finding: Finding, above: number, onError: OnError): void {
  const {message, mend} = describe(finding)
  const {start, end} = finding.place ?? {}
  const line = Math.max(start?.line ?? 1, above + 1)
  const last = end?.line === line ? end.column : reading.lines.text(line).length + 1
  const length = start?.line === line ? last - start.column : 0
  const fixInfo = findFixes(reading, finding, prettierWidth(stringWidth))
    .filter(({isSure}) => isSure)
    .map((fix) => inOneLine(reading, fix, above))
    .find((info) => info !== undefined)
  onError({
    lineNumber: line - above,
    detail: `${message}. ${mend} (${finding.ruleId})`,
    ...(start && length > 0 && {range: [start.column, length] as [number, number]}),
    ...(fixInfo && {fixInfo}),
  })
}

/** The fix as markdownlint takes it: in one line, or a whole line that goes. */
function inOneLine({lines}: Reading, {edits}: Fix, above: number): FixInfo | undefined {
  const [edit] = edits
  if (edit === undefined || edits.length > 1) return undefined
  const {line, column} = lines.pointAt(edit.start)
  if (line <= above) return undefined
  const isLine = column === 1 && edit.end === lines.start(line + 1) && edit.text === ''
  if (isLine) return {lineNumber: line - above, editColumn: 1, deleteCount: -1, insertText: ''}
  if (edit.end > edit.start && lines.pointAt(edit.end).line !== line) return undefined
  return {
    lineNumber: line - above,
    editColumn: column,
    deleteCount: edit.end - edit.start,
    insertText: edit.text,
  }
}
