/** The headings that a configuration renames, as the reader takes them. */
import type {RegistryConfig} from '../model/config.ts'
import type {ColumnNames} from '../source/header.ts'

export function columnsOf({columns}: RegistryConfig): ColumnNames {
  const given = Object.entries(columns).filter((entry) => entry[1] !== undefined)
  return Object.fromEntries(given.map(([column, names]) => [column, [names ?? []].flat()]))
}
