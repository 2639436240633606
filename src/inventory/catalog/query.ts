/** What reading a catalogue needs of a connection, and how its rows come in. */
import type * as z from 'zod/mini'

/**
 * Runs one statement and yields its rows in batches, so that no more than one batch is held in memory.
 *
 * Each statement here yields one column of text, a row as JSON: what a number or a truth value looks like is then
 * not up to a driver's parsers. All statements of one reading must see one snapshot, with an empty `search_path`.
 *
 * @param parameters Texts for `$1`, `$2`, …
 */
export type Query = (sql: string, parameters: readonly string[]) => AsyncIterable<readonly string[]>

/**
 * @throws {Error} for a row of another shape: PostgreSQL said something that we do not understand, and leaving the
 * row out would be a fact lost.
 */
export async function* rowsOf<Schema extends z.ZodMiniType>(
  query: Query,
  statement: {readonly sql: string; readonly row: Schema},
  parameters: readonly string[] = [],
): AsyncGenerator<z.output<Schema>> {
  for await (const batch of query(statement.sql, parameters)) {
    for (const text of batch) yield parse(statement.row, text)
  }
}

function parse<Schema extends z.ZodMiniType>(schema: Schema, text: string): z.output<Schema> {
  const result = schema.safeParse(JSON.parse(text))
  if (result.success) return result.data
  const faults = result.error.issues.map(({path, message}) => `${path.join('.')}: ${message}`)
  throw new Error(`Unexpected row of a catalogue: ${faults.join('; ')}: ${text.slice(0, 400)}`)
}
