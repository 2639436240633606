/** Rows of one column of text in batches, through a cursor of the transaction at hand. */

/** Runs one statement and returns the first column of its rows. */
export type RunStatement = (sql: string, parameters: readonly string[]) => Promise<readonly unknown[]>

/** Bodies are a few kB each: a batch is some hundred kB, and a round trip takes as long as making it. */
const batchSize = 500

/** One after the other: a transaction has one statement at a time. */
const cursor = 'secdef_rows'

/**
 * @param run Inside of a transaction.
 * @see https://www.postgresql.org/docs/current/sql-declare.html
 */
export async function* readThroughCursor(
  run: RunStatement,
  sql: string,
  parameters: readonly string[],
): AsyncGenerator<readonly string[]> {
  await run(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, parameters)
  let failed = true
  try {
    for (;;) {
      const batch = await run(`FETCH FORWARD ${batchSize} FROM ${cursor}`, [])
      failed = false
      if (batch.length > 0) yield batch.map(expectText)
      if (batch.length < batchSize) return
      failed = true
    }
  } finally {
    // After an error the transaction is over, and the cursor with it.
    if (!failed) await run(`CLOSE ${cursor}`, [])
  }
}

function expectText(value: unknown): string {
  if (typeof value === 'string') return value
  throw new Error(`Unexpected ${value === null ? 'null' : typeof value} from the database, expected text`)
}
