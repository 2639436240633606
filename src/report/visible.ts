/** Text of a document or a database → text that is safe to print. */

/** What a terminal would obey or not show; the two joiners belong to letters and emoji that it draws. */
const unsafe = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/**
 * Spell out what a terminal would obey or not show: escape sequences, bidirectional controls, line ends.
 * Tabs become blanks, so that what is underlined stays above its line.
 */
export function visible(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** The same for text of several lines, which stay lines. */
export function visibleLines(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map(visible)
    .join('\n')
}

/** JSON in which nothing is left for a terminal to obey, and which says the same. */
export function visibleJson(json: string): string {
  return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
