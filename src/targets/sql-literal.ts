/** Text → PostgreSQL literals that mean the same under every setting and survive the tools on the way there. */

/** Ready to be placed in SQL. */
export type SqlLiteral = string & {readonly language: 'sql'}

/**
 * Characters that some reader of the file would take for its own, or that no human reader would see:
 *
 * - `$` ends dollar quoting and starts Flyway's placeholders;
 * - a dash after a dash starts a comment, or Drizzle's `--> statement-breakpoint`, for tools that cut without parsing;
 * - the asterisk of a block comment likewise;
 * - control, format (bidirectional marks, zero-width joiners) and line-separating characters hide or break the line.
 */
const special = /[\\'$\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?<=-)-|(?<=\/)\*|\*(?=\/)/gu

/**
 * An escape string constant, on one line: `standard_conforming_strings` has no say in it.
 *
 * @throws {Error} for what no PostgreSQL text can hold: NUL, and halves of a surrogate pair.
 * @see https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE
 */
export function sqlText(text: string): SqlLiteral {
  const impossible = /[\0\p{Cs}]/u.exec(text)
  if (impossible) {
    throw new Error(
      `Unexpected ${escapeCharacter(impossible[0])} in a text for PostgreSQL at ${impossible.index}`,
    )
  }
  return `E'${text.replace(special, escapeCharacter)}'` as SqlLiteral
}

/** A constructor of `text[]`, or `NULL`. */
export function sqlTextArray(texts: readonly string[] | null): SqlLiteral {
  if (texts === null) return 'NULL' as SqlLiteral
  return `ARRAY[${texts.map(sqlText).join(', ')}]::pg_catalog.text[]` as SqlLiteral
}

function escapeCharacter(character: string): string {
  if (character === '\\') return '\\\\'
  if (character === "'") return "''"
  if (character === '\n') return '\\n'
  const code = character.codePointAt(0) ?? 0
  // Above ASCII, \xHH would be one byte of a character, not a character.
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`
  return code <= 0xffff
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`
}
