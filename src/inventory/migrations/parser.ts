/** PostgreSQL's own parser, loaded once and called without waiting. */
import type {ParseResult, RawStmt} from 'libpg-query'

export type Parser = {
  /** @throws {Error} for SQL that PostgreSQL refuses. `stmt_location` and `stmt_len` count bytes. */
  readonly parse: (sql: string) => readonly RawStmt[]
  /** @param sql A whole CREATE FUNCTION or DO statement. @throws {Error} for a body that it cannot read. */
  readonly parseBody: (sql: string) => unknown
}

/** Load the parser (WebAssembly, 10 to 30 ms). It reads as PostgreSQL 18 does. */
export async function loadParser(): Promise<Parser> {
  const {loadModule, parseSync, parsePlPgSQLSync} = await import('libpg-query')
  await loadModule()
  return {
    parse(sql) {
      // The parser is C: it would take a text for finished at the first NUL, and lose the rest without a sign.
      if (sql.includes('\0')) throw new Error('a NUL character, which no SQL text can hold')
      if (sql.trim() === '') return []
      const result: ParseResult = parseSync(sql)
      return result.stmts ?? []
    },
    parseBody(sql) {
      if (sql.includes('\0')) throw new Error('a NUL character, which no SQL text can hold')
      return parsePlPgSQLSync(sql)
    },
  }
}
