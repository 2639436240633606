/** Back to the user who logged in: PGlite takes RESET SESSION AUTHORIZATION without a word, and stays who it is. */

/** To the superuser that PGlite starts as; whom SET ROLE chose is undone by it, too. */
export const resetAuthorization = 'SET SESSION AUTHORIZATION postgres'

const reset =
  /^(?:reset\s+session\s+authorization|set\s+(?:(?:session|local)\s+)?session\s+authorization\s+default)\s*$/i

/**
 * @param text One statement without its semicolon.
 * @see https://www.postgresql.org/docs/current/sql-set-session-authorization.html
 */
export function withAuthorization(text: string): string {
  return reset.test(text.trim()) ? resetAuthorization : text
}
