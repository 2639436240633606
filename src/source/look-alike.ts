/** Names that are drawn like other names, as a finding. */
import type {Report} from '../model/rules.ts'
import type {Cell} from './cell.ts'
import {findLookAlike} from './characters.ts'

/** @returns Whether a name, of a schema, an object, a type or a role, has no letter that looks like another. */
export function isWrittenPlainly(name: string, cell: Cell, report: Report): boolean {
  const twin = findLookAlike(name)
  if (twin === undefined) return true
  report('look-alike-letter', cell.place, {
    actual: `\`${cell.text}\``,
    letters: `the letter “${twin.character}” (${twin.codePoint})`,
  })
  return false
}
