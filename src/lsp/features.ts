/** What an editor asks for at a place of a document: mends, completions, facts, the way to other places. */
import type {
  CodeAction,
  CompletionItem,
  DocumentSymbol,
  Hover,
  Location,
  Position,
  Range,
  SymbolKind,
  TextEdit,
} from 'vscode-languageserver'
import {completeAt} from '../editor/complete.ts'
import {completeHeading} from '../editor/complete-heading.ts'
import {definitionAt} from '../editor/definition.ts'
import {findFixes} from '../editor/fixes.ts'
import {tableEdits} from '../editor/format-table.ts'
import {hoverAt} from '../editor/hover.ts'
import type {Reading} from '../editor/reading.ts'
import {sortTableAt} from '../editor/sort-table.ts'
import {symbolsOf} from '../editor/symbols.ts'
import {toDiagnostic, toEdits, toLocation, toRange} from './protocol.ts'
import type {OpenRegistry, Session} from './session.ts'

/** Of the protocol: a class for a section, a function for a routine, a struct for a relation, a key for a grant. */
const symbolKinds = {section: 5, 'security-definer': 12, 'definer-view': 23, 'no-rls': 23, grant: 20} as const

/** `CompletionItemKind.Value` of the protocol. */
const valueItem = 12

/** @param canVersion Whether the client takes edits of a version of a document. */
export function codeActions(
  {measure, uriIn}: Session,
  {document, home, reading}: OpenRegistry,
  range: Range,
  canVersion: boolean,
): CodeAction[] {
  const {uri, version} = document
  const edit = (edits: TextEdit[]) =>
    canVersion ? {documentChanges: [{textDocument: {uri, version}, edits}]} : {changes: {[uri]: edits}}
  const quick = reading.findings
    .filter((finding) => overlaps(toRange(finding.place), range))
    .flatMap((finding) =>
      findFixes(reading, finding, measure).map(
        ({title, edits, isSure}): CodeAction => ({
          title,
          kind: 'quickfix',
          diagnostics: [toDiagnostic(finding, (path) => uriIn(home.project.root, path))],
          isPreferred: isSure,
          edit: edit(toEdits(reading.lines, edits)),
        }),
      ),
    )
  const line = range.start.line + 1
  const whole = [
    {title: 'Format this table', edits: tableEdits(reading, line, home.config.tables, measure)},
    {title: 'Sort this table', edits: sortTableAt(reading, line)},
  ]
  const rewrites = whole.flatMap(({title, edits}): CodeAction[] =>
    edits.length === 0 ? [] : [{title, kind: 'refactor.rewrite', edit: edit(toEdits(reading.lines, edits))}],
  )
  return [...quick, ...rewrites]
}

export function formatting({measure}: Session, {home, reading}: OpenRegistry): TextEdit[] {
  return toEdits(reading.lines, tableEdits(reading, undefined, home.config.tables, measure))
}

export function completions(
  {clock, auditor}: Session,
  {home, reading}: OpenRegistry,
  position: Position,
): CompletionItem[] {
  const offset = offsetOf(reading, position)
  const routines = auditor.last(home.project.root)?.inventory.routines ?? []
  const schemas = routines.flatMap(({securityDefiner, schema}) => (securityDefiner === false ? [] : [schema]))
  const found = [...completeAt(reading, offset, clock.month()), ...completeHeading(reading, offset, schemas)]
  const width = String(found.length).length
  return found.map(({label, detail, edit}, index) => {
    const [textEdit] = toEdits(reading.lines, [edit])
    return {
      label,
      detail,
      kind: valueItem,
      sortText: String(index).padStart(width, '0'),
      ...(textEdit && {textEdit}),
    }
  })
}

export function hover({auditor}: Session, {home, reading}: OpenRegistry, position: Position): Hover | null {
  const judgements = auditor.last(home.project.root)?.report.judgements
  const found = hoverAt(reading, offsetOf(reading, position), judgements)
  return found === undefined
    ? null
    : {contents: {kind: 'markdown', value: found.markdown}, range: toRange(found.place)}
}

export function definitions(
  {auditor, uriIn}: Session,
  {home, reading}: OpenRegistry,
  position: Position,
): Location[] {
  const {root} = home.project
  const inventory = auditor.last(root)?.inventory
  return definitionAt(reading, offsetOf(reading, position), inventory).map((location) =>
    toLocation(location, (path) => uriIn(root, path)),
  )
}

export function documentSymbols({reading}: OpenRegistry): DocumentSymbol[] {
  const kindOf = (kind: keyof typeof symbolKinds): SymbolKind => symbolKinds[kind]
  return symbolsOf(reading).map(({name, place, namePlace, entries}) => ({
    name,
    kind: kindOf('section'),
    range: toRange(place),
    selectionRange: toRange(namePlace),
    children: entries.map((entry) => ({
      name: entry.name,
      detail: entry.detail,
      kind: kindOf(entry.kind),
      range: toRange(entry.place),
      selectionRange: toRange(entry.namePlace),
    })),
  }))
}

/** A position past the end of a line, or of the text, is the end. */
function offsetOf({lines, text}: Reading, {line, character}: Position): number {
  if (line >= lines.count) return text.length
  return lines.start(line + 1) + Math.min(character, lines.text(line + 1).length)
}

function overlaps(a: Range, b: Range): boolean {
  return isBeforeOrAt(a.start, b.end) && isBeforeOrAt(b.start, a.end)
}

function isBeforeOrAt(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character)
}
