/** Headings of columns: what is the same, and what is nearly the same. */
import {commonColumns, grantColumns, historyColumns} from '../model/column.ts'
import {kinds} from '../model/kind.ts'
import {isNear} from '../model/suggest.ts'

/** Canonical heading → further headings that a configuration allows for it. */
export type ColumnNames = Readonly<Record<string, readonly string[]>>

/** The canonical heading that a cell means, or its own text. */
export function canonical(text: string, names: ColumnNames): string {
  const wanted = normalize(text)
  for (const known of [
    ...commonColumns,
    ...kinds.map((kind) => kind.justification),
    ...grantColumns,
    ...historyColumns,
  ]) {
    if (spellings(known, names).includes(wanted)) return known
  }
  return text
}

export function spellings(column: string, names: ColumnNames): string[] {
  return [column, ...(names[column] ?? [])].map(normalize)
}

/** Headings are matched without regard to case and spacing. */
export function normalize(heading: string): string {
  return heading.normalize('NFC').toLowerCase().replace(/\s+/g, '')
}

export function isNearColumn(text: string, column: string, names: ColumnNames): boolean {
  const wanted = normalize(text)
  if (wanted.length > longestHeading) return false
  if (whys[column]?.test(wanted)) return true
  return spellings(column, names).some((spelling) => spelling !== wanted && isNear(wanted, spelling))
}

/** Nothing longer is near to any heading; comparing takes a time that grows with the square of the length. */
export const longestHeading = 200

/** Justifications in other words, as they are often found: "Why DEFINER", "Why it is SECURITY DEFINER?" */
const whys: Readonly<Record<string, RegExp>> = {
  'Why SECURITY DEFINER': /^why(?!.*view).*definer/,
  'Why Definer View': /^why(?:.*definer.*view|.*view.*definer)/,
  'Why No RLS': /^why(?:no|not|without|is).*(?:rls|rowlevelsecurity)/,
}
