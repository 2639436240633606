/** The outline of a document as editors show it: sections, and the entries in each. */
import type {Kind} from '../model/kind.ts'
import {placeOfLines} from '../model/lines.ts'
import type {Place, Point} from '../model/place.ts'
import {sectionNames} from '../source/edit/outline.ts'
import type {Reading} from './reading.ts'

export type EntrySymbol = {
  readonly name: string
  readonly kind: Kind
  readonly detail: string
  readonly place: Place
  /** Of the name alone, inside of `place`. */
  readonly namePlace: Place
}

export type SectionSymbol = {
  readonly name: string
  readonly place: Place
  readonly namePlace: Place
  readonly entries: readonly EntrySymbol[]
}

/** One section for each registry table, in document order. */
export function symbolsOf(reading: Reading): readonly SectionSymbol[] {
  const {lines, registry} = reading
  const outline = reading.outline()
  if (outline === undefined) return []
  const names = sectionNames(outline.tables)
  return outline.tables.map(({firstLine, lastLine, headings}, index) => {
    const heading =
      headings.length === 0 ? undefined : outline.headings.findLast((one) => one.firstLine < firstLine)
    const first = heading?.firstLine ?? firstLine
    const entries = registry.entries
      .filter(({row}) => contains(row.start, firstLine, lastLine))
      .map(({value, row, cells}) => ({
        name: value.id,
        kind: value.kind,
        detail: `${value.approval.by}, ${value.approval.date}`,
        place: row,
        namePlace: cells['Object Name'] ?? row,
      }))
    return {
      name: names[index] || `line ${firstLine}`,
      place: placeOfLines(lines, first, lastLine),
      namePlace: placeOfLines(lines, first, first),
      entries,
    }
  })
}

function contains({line}: Point, first: number, last: number): boolean {
  return line > first && line <= last
}
