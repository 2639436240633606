/** The layout of one table, or of all, as `secdef fmt` writes it. */
import type {TableStyle} from '../model/config.ts'
import {isError} from '../model/rules.ts'
import type {Measure} from '../source/edit/layout.ts'
import type {TextEdit} from '../source/edit/text-edit.ts'
import {formatTables} from '../source/format/format-tables.ts'
import {prettierWidth} from '../source/format/prettier-width.ts'
import type {Reading} from './reading.ts'
import {rowSiteAt} from './row-site.ts'

/**
 * @param line A line of the table; without it, every table.
 * @returns Nothing while the document has errors: cells may not be what they seem.
 */
export function tableEdits(
  reading: Reading,
  line: number | undefined,
  style: TableStyle | undefined,
  measure: Measure,
): readonly TextEdit[] {
  const {text, lines, options, findings} = reading
  const table = line === undefined ? undefined : rowSiteAt(reading, line)?.table
  if (findings.some(isError) || (line !== undefined && table === undefined)) return []
  const {columns = {}} = options
  const edits = formatTables(text, {style, measure: prettierWidth(measure), columns})
  if (table === undefined) return edits
  const [start, end] = [lines.start(table.firstLine), lines.start(table.lastLine + 1)]
  return edits.filter((edit) => edit.start >= start && edit.end <= end)
}
