/** The rows of a SQL output's VALUES list, as a query of their own. */
import type {Row} from './postgres.ts'

/**
 * A query for the rows between the row of NULLs, which gives the columns their types, and the end of the list.
 *
 * Each row is one JSON list: a client may take a byte order mark off the beginning of a text.
 *
 * @param columns How many columns a row has.
 */
export function valuesRows(output: string, columns: number): string {
  const lists = [
    ...output.matchAll(/^ +VALUES\n( +\((?:NULL::text(?:\[\])?(?:, )?)+\))\n([\s\S]*?)^ +\),\n/gm),
  ]
  const [list] = lists
  if (lists.length !== 1 || list?.[1] === undefined)
    throw new Error(`The output has ${lists.length} lists of VALUES`)
  const names = Array.from({length: columns}, (_, index) => `c${index}`)
  return `SELECT json_build_array(${names.join(', ')})::text AS row
    FROM (VALUES ${list[1]}\n${list[2]}) AS registry (${names.join(', ')}) WHERE c0 IS NOT NULL`
}

/** What such a query answers, cell by cell. */
export function cellsOf(rows: readonly Row[]): unknown[][] {
  return rows.map(({row}) => JSON.parse(String(row)))
}
