/** Characters that a literal spells out, whatever its language. */

/** Control and format characters, line separators, and surrogates without a partner: nobody can see them. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/**
 * Replace what cannot be seen by its escape.
 *
 * @param spell Gets the code point; returns how the language at hand spells it.
 */
export function escapeInvisible(text: string, spell: (codePoint: number) => string): string {
  return text.replace(invisible, (character) => spell(character.codePointAt(0) ?? 0))
}

/** Lower-case hexadecimal of at least `digits` digits. */
export function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
