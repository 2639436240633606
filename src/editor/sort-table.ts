/** The rows of a table in the order of their names: lines change places, and nothing in them changes. */
import {compareCodePoints} from '../model/compare.ts'
import type {TextEdit} from '../source/edit/text-edit.ts'
import type {Reading} from './reading.ts'
import {rowSiteAt} from './row-site.ts'

/** @returns No edits where the table is sorted, or where a row of it is no entry and has no place in an order. */
export function sortTableAt(reading: Reading, line: number): readonly TextEdit[] {
  const {lines, registry} = reading
  const table = rowSiteAt(reading, line)?.table
  if (table === undefined) return []
  const first = table.firstLine + 2
  const entries = registry.entries.filter(
    ({row}) => row.start.line >= first && row.start.line <= table.lastLine,
  )
  const isWhole = entries.every(({row}, index) => row.start.line === first + index)
  if (!isWhole || entries.length !== table.lastLine - first + 1) return []
  const sorted = entries.toSorted((a, b) => compareCodePoints(a.value.id, b.value.id))
  return entries.flatMap(({row}, index): TextEdit[] => {
    const source = sorted[index]?.row.start.line
    const {line: target} = row.start
    if (source === undefined || source === target) return []
    const start = lines.start(target)
    return [{start, end: start + lines.text(target).length, text: lines.text(source)}]
  })
}
