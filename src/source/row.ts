/** Body row → cells by column, or findings. */

import type {Lines} from '../model/lines.ts'
import {placeAt} from '../model/lines.ts'
import type {Place} from '../model/place.ts'
import type {Report} from '../model/rules.ts'
import type {Cell, Row} from './cell.ts'
import {findInvisible} from './characters.ts'
import {isPlaceholder} from './placeholder.ts'
import {shorten} from './shorten.ts'

/** Cells without a fault, by canonical heading. */
export type RowCells = ReadonlyMap<string, Cell>

/** Columns whose cell is an identifier, where nothing may be invisible. */
const nameColumns = new Set(['Object Name', 'Schema', 'Granted To'])

/**
 * Read a body row into cells keyed by column.
 *
 * GitHub drops surplus cells and draws missing ones empty, so a row that is not exactly as wide as its header
 * would lose data without a sign.
 *
 * @param columns Canonical headings, unique, in table order.
 * @param optional Whether a column's cell may be empty.
 * @returns The cells without a fault, so that the others can still be read for theirs; `undefined` where the row has
 *   not the width of its header, and no cell can be told from its neighbour.
 * @see https://github.github.com/gfm/#tables-extension-
 */
export function readRow(
  row: Row,
  columns: readonly string[],
  optional: (column: string) => boolean,
  lines: Lines,
  report: Report,
): RowCells | undefined {
  if (!hasRightWidth(row, columns, lines, report)) return undefined
  const cells = new Map<string, Cell>()
  for (const [index, column] of columns.entries()) {
    const cell = row.cells[index]
    if (cell === undefined) continue
    let sound = true
    const complain: Report = (...finding) => {
      sound = false
      report(...finding)
    }
    checkCell(cell, column, optional(column), lines, complain)
    if (sound) cells.set(column, cell)
  }
  return cells
}

function hasRightWidth(row: Row, columns: readonly string[], lines: Lines, report: Report): boolean {
  const counts = {actual: row.cells.length, expected: columns.length, columns: columns.join(', ')}
  const source = lines.text(row.place.start.line).slice(row.place.start.column - 1)
  if (counts.actual === 1 && !source.includes('|')) {
    report('text-in-table', row.place, {text: shorten(source)})
    return false
  }
  if (counts.actual > counts.expected) {
    const surplus = row.cells[counts.expected]
    report('surplus-cell', spanOf(surplus, row.cells.at(-1)) ?? row.place, counts)
  }
  if (counts.actual < counts.expected) report('missing-cell', row.place, counts)
  return counts.actual === counts.expected
}

function spanOf(first: Cell | undefined, last: Cell | undefined): Place | undefined {
  return first && last && {start: first.place.start, end: last.place.end}
}

function checkCell(cell: Cell, column: string, mayBeEmpty: boolean, lines: Lines, report: Report): void {
  for (const {ruleId, place, actual} of cell.faults) report(ruleId, place, {actual: shorten(actual)})

  const suspect = findInvisible(cell.text, nameColumns.has(column) ? 'name' : 'text')
  if (suspect) {
    report('invisible-character', placeOfCharacter(cell, suspect.character, lines), suspect)
    return
  }
  const reserved = /@graphql\(|secdef:(?:begin|end)/i.exec(cell.text)?.[0]
  if (reserved !== undefined) report('reserved-text', cell.place, {actual: `\`${reserved}\``})

  if (mayBeEmpty) return
  if (cell.text === '') report('empty-cell', cell.place, {column})
  else if (column !== 'Object Name' && isPlaceholder(cell.text)) {
    report('placeholder', cell.place, {actual: shorten(cell.text), column})
  }
}

/** A character reference is not found by its character; the cell is then the best place there is. */
function placeOfCharacter(cell: Cell, character: string, lines: Lines): Place {
  const {start, end} = cell.place
  const index = lines.text(start.line).indexOf(character, start.column - 1)
  if (index === -1 || index + 1 >= end.column) return cell.place
  const offset = start.offset + index - (start.column - 1)
  return placeAt(lines, offset, offset + character.length)
}
