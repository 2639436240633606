/** Row of a registry table → entry, or findings. */
import {requiredColumns} from '../model/column.ts'
import type {ApprovalsConfig} from '../model/config.ts'
import type {Entry} from '../model/entry.ts'
import {showIdentifier} from '../model/identifier.ts'
import {type Kind, kinds} from '../model/kind.ts'
import type {Lines} from '../model/lines.ts'
import type {Place} from '../model/place.ts'
import type {Located} from '../model/registry.ts'
import type {Report} from '../model/rules.ts'
import {checkDate, judgeApproval, parseApproval} from './approval.ts'
import type {Cell, Row} from './cell.ts'
import {readGrant} from './grant.ts'
import type {HeadingSchema} from './heading-schema.ts'
import {isWrittenPlainly} from './look-alike.ts'
import {type ObjectName, readObjectName, readSchemaName} from './object-name.ts'
import {isPlaceholder} from './placeholder.ts'
import {type RowCells, readRow} from './row.ts'
import {clip, shorten} from './shorten.ts'

export type EntryContext = {
  /** The schema that the headings above the table name, if they name one. */
  readonly heading: HeadingSchema | undefined
  /** The headings above the table, outermost first, without the title. */
  readonly section: readonly string[]
  readonly kind: Kind
  readonly columns: readonly string[]
  readonly lines: Lines
  /** `YYYY-MM-DD`. */
  readonly today: string
  /** What the project asks of approvals. */
  readonly approvals: ApprovalsConfig
}

/** Read one row, reporting every fault in it. `sameAs` stays open: it needs all entries. */
export function readEntry(row: Row, context: EntryContext, report: Report): Located<Entry> | undefined {
  const {columns, lines, section} = context
  const info = kinds.find(({id}) => id === context.kind)
  if (info === undefined) throw new Error(`No kind ${context.kind}`)
  const ownColumns = ['Schema', ...requiredColumns(context.kind)]
  const isExtra = (column: string) => !ownColumns.includes(column)

  let sound = true
  const complain: Report = (...finding) => {
    sound = false
    report(...finding)
  }
  const cells = readRow(row, columns, isExtra, lines, complain)
  if (cells === undefined) return undefined

  const object = readObject(cells, context, info.object, complain)
  const approval = readApproval(cells, context, complain)
  const approved = cells.get('Approved By')
  // What the project does not accept is in the document all the same: the row is not lost.
  if (approval && approved)
    judgeApproval(approval, {today: context.today, policy: context.approvals}, approved.place, report)
  const grant = context.kind === 'grant' ? readGrant(cells, complain) : null
  if (!sound || object === undefined || approval === undefined || grant === undefined) return undefined

  const qualified = `${showIdentifier(object.schema)}.${showIdentifier(object.name)}`
  const signature = object.signature === null ? '' : `(${object.signature.join(', ')})`
  const extra = columns.filter(isExtra).map((column) => [column, cells.get(column)?.text ?? ''])
  const value: Entry = {
    id: `${qualified}${signature}${grant === null ? '' : ` to ${showGrantee(grant.grantee)}`}`,
    kind: context.kind,
    schema: object.schema,
    name: object.name,
    signature: object.signature && [...object.signature],
    why: textOf(cells, info.justification),
    risks: textOf(cells, 'Risks Mitigated'),
    sameAs: null,
    approval,
    grant,
    section: [...section],
    extra: Object.fromEntries(extra),
  }
  return {value, row: row.place, cells: placesOf(cells)}
}

/** The cell of a column without which no table is read. */
function textOf(cells: RowCells, column: string): string {
  const text = cells.get(column)?.text
  if (text === undefined) throw new Error(`A row was read without ${column}`)
  return text
}

function showGrantee(grantee: string): string {
  return grantee === 'PUBLIC' ? grantee : showIdentifier(grantee)
}

function readObject(
  cells: RowCells,
  {heading, columns}: EntryContext,
  objectClass: (typeof kinds)[number]['object'],
  report: Report,
): {schema: string; name: string; signature: readonly string[] | null} | undefined {
  const cell = cells.get('Object Name')
  if (cell === undefined || !isOneCodeSpan(cell, report)) return undefined
  const object = readObjectName(cell.text, objectClass)
  if ('ruleId' in object) {
    reportName(object, cell, report, 'a name such as `fn` or `fn(uuid)`')
    return undefined
  }
  const hasSchemaColumn = columns.includes('Schema')
  if (hasSchemaColumn && !cells.has('Schema')) return undefined
  const schema = readSchema(cells, object, cell, heading, report)
  if (schema === undefined) return undefined
  const plain =
    [object.name, ...(object.signature ?? [])].every((name) => isWrittenPlainly(name, cell, report)) &&
    isWrittenPlainly(schema, cells.get('Schema') ?? cell, report)
  if (!plain) return undefined
  return {schema, name: object.name, signature: object.signature}
}

function isOneCodeSpan(cell: Cell, report: Report): boolean {
  if (cell.isCode) return true
  if (cell.codeSpans > 1) report('several-names', cell.place, {count: cell.codeSpans})
  else
    report('name-not-code', cell.place, {
      actual: shorten(cell.text),
      expected: cell.codeSpans === 1 ? 'a code span and nothing else' : `a code span: \`${clip(cell.text)}\``,
    })
  return false
}

function reportName(
  fault: Exclude<ReturnType<typeof readObjectName>, ObjectName>,
  cell: Cell,
  report: Report,
  expected: string,
): void {
  if (fault.ruleId === 'upper-case-name') report(fault.ruleId, cell.place, fault)
  else report(fault.ruleId, cell.place, {actual: shorten(cell.text), reason: fault.reason, expected})
}

/** The Schema column, the qualified name and the heading: whichever there are must agree. */
function readSchema(
  cells: RowCells,
  object: ObjectName,
  nameCell: Cell,
  heading: HeadingSchema | undefined,
  report: Report,
): string | undefined {
  const cell = cells.get('Schema')
  const read = cell && readSchemaName(cell.text)
  if (cell && typeof read === 'object') {
    reportName(read, cell, report, 'a schema such as `public`')
    return undefined
  }
  const written = typeof read === 'string' ? read : undefined
  if (written !== undefined && object.schema !== undefined && written !== object.schema) {
    report('schema-conflict', nameCell.place, {
      actual: object.schema,
      expected: `${written}, as the Schema column says`,
    })
    return undefined
  }
  const schema = written ?? object.schema
  if (schema === undefined && heading === undefined) {
    report('schema-unknown', nameCell.place, {})
    return undefined
  }
  if (schema !== undefined && heading !== undefined && schema.toLowerCase() !== heading.schema) {
    report('schema-heading', (cell ?? nameCell).place, {
      actual: schema,
      expected: heading.schema,
      heading: heading.text,
    })
    return undefined
  }
  return schema ?? heading?.schema
}

function readApproval(cells: RowCells, {today}: EntryContext, report: Report) {
  const cell = cells.get('Approved By')
  const approval = cell && parseApproval(cell.text)
  if (cell === undefined) return undefined
  if (approval === undefined || isPlaceholder(approval.by)) {
    report('invalid-approval', cell.place, {actual: shorten(cell.text)})
    return undefined
  }
  return checkDate(approval.date, today, cell.place, report) ? approval : undefined
}

function placesOf(cells: RowCells): Record<string, Place> {
  return Object.fromEntries([...cells].map(([column, cell]) => [column, cell.place]))
}
