/** Text of a document or a database → text that is safe to print. */

/**
 * Spell out what a terminal would obey or not show: escape sequences, bidirectional controls, line ends.
 * Tabs become blanks, so that what is underlined stays above its line.
 */
export function visible(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
      const codePoint = character.codePointAt(0) ?? 0
      return `\\u{${codePoint.toString(16)}}`
    })
}
