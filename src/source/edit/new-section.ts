/** A new section with its heading, its table and one row: for a schema that has none yet. */
import {requiredColumns} from '../../model/column.ts'
import {showIdentifier} from '../../model/identifier.ts'
import {type Kind, kinds} from '../../model/kind.ts'
import {schemaOfHeadings} from '../heading-schema.ts'
import {insertBelow} from './insert-row.ts'
import {type Measure, readLayout, writeRow} from './layout.ts'
import type {Outline, RegistryTable} from './outline.ts'
import {namesSchema} from './placement.ts'
import {type RowRequest, rowContents, textCell} from './row-contents.ts'
import {splitRow, unpad} from './segments.ts'
import type {TextEdit} from './text-edit.ts'

/** What a heading calls the rows of a kind. */
const subjects: Readonly<Record<Kind, string>> = {
  'security-definer': 'Functions',
  'definer-view': 'Definer Views',
  'no-rls': 'Tables Without RLS',
  grant: 'Grants',
}

export type NewSection = {readonly edit: TextEdit; readonly heading: string}

/** Put it behind the section of the table that is nearest to it, or at the end of the document. */
export function addSection(
  outline: Outline,
  request: RowRequest,
  section: string | undefined,
  measure: Measure,
): NewSection {
  const {kind, name} = request
  const model = findModel(outline.tables, kind, name.schema)
  const heading = section ?? headingFor(model, kind, name.schema)
  const depth = model === undefined ? 2 : depthFor(model, section, name.schema)
  const table = writeTable(outline, model, request, heading, measure)
  const after = model === undefined ? outline.lines.count + 1 : endOfSection(outline, model, depth)
  const last = lastLineBefore(outline, after)
  const lines = [
    ...(last.hasBreak ? ['', last.breakLine] : []),
    '',
    `${'#'.repeat(depth)} ${textCell(heading, 'a heading')}`,
    '',
    ...table,
  ]
  const edit = insertBelow(outline.text, outline.lines, last.line, lines)
  return {edit, heading}
}

/** The last table of the schema, else of the kind, else of any: its layout and its headings are imitated. */
function findModel(tables: readonly RegistryTable[], kind: Kind, schema: string): RegistryTable | undefined {
  const own = tables.filter((table) => table.kind === kind)
  return own.findLast((table) => namesSchema(table, schema)) ?? own.at(-1) ?? tables.at(-1)
}

/** "OPS Schema Functions" makes "BILLING Schema Functions", unless that would not be read as the schema. */
export function headingFor(model: RegistryTable | undefined, kind: Kind, schema: string): string {
  const shown = showIdentifier(schema)
  const plain = `${shown} schema: ${subjects[kind]}`
  const known = model?.kind === kind ? model.schema : undefined
  const like =
    known?.text.replace(/[\p{L}_][\p{L}\p{N}_$]*/giu, (word) => {
      if (word.toLowerCase() !== known.schema) return word
      return word === word.toUpperCase() && word !== word.toLowerCase() ? schema.toUpperCase() : schema
    }) ?? plain
  const names = (text: string) => schemaOfHeadings([{depth: 2, text}])?.schema === schema
  return [like, plain].find(names) ?? `${shown} ${subjects[kind]}`
}

function depthFor(model: RegistryTable, section: string | undefined, schema: string): number {
  const inner = model.headings.at(-1)
  const naming = model.headings.findLast(({text}) => text === model.schema?.text)
  // Below the heading of its schema, a section of another name is a section of it.
  if (section !== undefined && namesSchema(model, schema))
    return Math.min((inner?.depth ?? 1) + (inner === naming ? 1 : 0), 6)
  const depth = naming?.depth ?? inner?.depth ?? 2
  return Math.max(depth, 2)
}

/** The line of the next heading that is no part of the section, or the one past the end. */
function endOfSection({headings, lines}: Outline, {lastLine}: RegistryTable, depth: number): number {
  const next = headings.find((heading) => heading.firstLine > lastLine && heading.depth <= depth)
  return next?.firstLine ?? lines.count + 1
}

/** The last line with content, and whether sections are parted by a line across the page. */
function lastLineBefore({lines}: Outline, after: number) {
  let line = skipBlanks(after - 1)
  const breakLine = lines.text(line)
  const isBreak =
    after <= lines.count && /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(breakLine)
  // Right below a text, hyphens would make a heading of it.
  const hasBreak = isBreak && unpad(lines.text(line - 1)) === ''
  if (hasBreak) line = skipBlanks(line - 1)
  return {line: Math.max(line, 1), hasBreak, breakLine}

  function skipBlanks(from: number): number {
    let at = from
    while (at > 1 && unpad(lines.text(at)) === '') at--
    return at
  }
}

/** With the header and the delimiter row of the model, if that has the columns of the kind. */
function writeTable(
  {lines}: Outline,
  model: RegistryTable | undefined,
  request: RowRequest,
  heading: string,
  measure: Measure,
): string[] {
  const headingSchema = schemaOfHeadings([{depth: 2, text: heading}])?.schema
  if (model?.kind === request.kind) {
    const layout = {...readLayout(lines, model, model.columns.length, measure), prefix: ''}
    const contents = rowContents(request, {...model, headingSchema})
    const [header, delimiter] = [model.firstLine, model.firstLine + 1].map((line) =>
      lines.text(line).slice(splitRow(lines, line).prefix.length),
    )
    return [header ?? '', delimiter ?? '', writeRow(layout, contents, measure)]
  }
  const columns = columnsFor(request.kind)
  const contents = rowContents(request, {columns, headingSchema, schemaIsCode: false})
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [row(columns), row(columns.map(() => '---')), row(contents)]
}

function columnsFor(kind: Kind): string[] {
  const justification = kinds.find(({id}) => id === kind)?.justification ?? ''
  const [name = '', ...others] = requiredColumns(kind)
  const rest = others.filter((column) => column !== justification)
  const extra = rest.filter((column) => !['Risks Mitigated', 'Approved By'].includes(column))
  return [name, 'Schema', ...extra, justification, 'Risks Mitigated', 'Approved By']
}
