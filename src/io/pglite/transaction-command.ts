/** Statements that begin or end a transaction: the replay has its own. */

export type TransactionCommand = 'begin' | 'commit' | 'rollback'

const blanks = String.raw`(?:\s|--[^\n]*(?:\n|$)|/\*(?:[^*]|\*(?!/))*\*/)*`
const options = String.raw`(?:\s+(?:work|transaction))?(?:\s+and(?:\s+no)?\s+chain)?`
const begin = new RegExp(`^${blanks}(?:begin|start\\s+transaction)\\b`, 'i')
const commit = new RegExp(`^${blanks}(?:commit|end)${options}${blanks}$`, 'i')
const rollback = new RegExp(`^${blanks}(?:rollback|abort)${options}${blanks}$`, 'i')

/**
 * @param text One statement without its semicolon.
 * @see https://www.postgresql.org/docs/current/sql-begin.html
 */
export function transactionCommand(text: string): TransactionCommand | undefined {
  if (begin.test(text)) return 'begin'
  if (commit.test(text)) return 'commit'
  return rollback.test(text) ? 'rollback' : undefined
}

/** @see https://www.postgresql.org/docs/current/sql-prepare-transaction.html */
export function preparesTransaction(text: string): boolean {
  return new RegExp(`^${blanks}prepare\\s+transaction\\b`, 'i').test(text)
}
