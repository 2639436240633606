/** A document of one row: below the header of its table, and the heading that names its schema. */

import type {Lines} from '../model/lines.ts'
import type {RegistryTable} from '../source/edit/outline.ts'

export type RowWindow = {
  readonly text: string
  /** The line of the row in the window. */
  readonly line: number
  /** Where that line begins. */
  readonly start: number
}

/** What is wrong with a row is seen in it, however long the document is; what the row refers to is not. */
export function windowOn(lines: Lines, {schema, firstLine}: RegistryTable, row: string): RowWindow {
  const heading = schema === undefined ? '' : `## ${schema.text}\n\n`
  const header = `${lines.text(firstLine)}\n${lines.text(firstLine + 1)}\n`
  const above = heading + header
  return {text: `${above}${row}\n`, line: schema === undefined ? 3 : 5, start: above.length}
}
