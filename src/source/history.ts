/** Row of the audit history table → audit event, or findings. */
import {historyColumns} from '../model/column.ts'
import type {AuditEvent} from '../model/entry.ts'
import type {Lines} from '../model/lines.ts'
import type {LocatedEvent} from '../model/registry.ts'
import type {Report} from '../model/rules.ts'
import {checkDate} from './approval.ts'
import type {Row} from './cell.ts'
import {readRow} from './row.ts'
import {shorten} from './shorten.ts'

/** @param today `YYYY-MM-DD`. */
export function readAuditEvent(
  row: Row,
  columns: readonly string[],
  lines: Lines,
  today: string,
  report: Report,
): LocatedEvent | undefined {
  const isExtra = (column: string) => !historyColumns.some((own) => own === column)
  const cells = readRow(row, columns, isExtra, lines, report)
  const [date, auditor, action] = historyColumns.map((column) => cells?.get(column))
  if (cells === undefined || !date) return undefined
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date.text)) {
    report('invalid-date', date.place, {actual: shorten(date.text), expected: 'YYYY-MM-DD'})
    return undefined
  }
  if (!checkDate(date.text, today, date.place, report)) return undefined
  if (!auditor || !action || cells.size < columns.length) return undefined
  const value: AuditEvent = {date: date.text, auditor: auditor.text, action: action.text}
  const extra = columns.filter(isExtra).map((column) => [column, cells.get(column)?.text ?? ''])
  return {
    value,
    ...(extra.length > 0 && {extra: Object.fromEntries(extra)}),
    row: row.place,
    cells: Object.fromEntries([...cells].map(([column, cell]) => [column, cell.place])),
  }
}
