/** PostgreSQL identifiers: how they are written in a cell, and how they are quoted. */

/** NAMEDATALEN - 1: PostgreSQL silently cuts longer names. @see https://www.postgresql.org/docs/current/limits.html */
export const maxIdentifierBytes = 63

/** Always quoted, for SQL: safe for any name, keyword or not. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Quoted only where a reader of ids needs it, as `quote_ident` does, but for keywords, which stay bare. */
export function showIdentifier(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name)
}
