/** The text of a cell, as a reader sees it. */

/**
 * Without the blanks around each line.
 *
 * Blanks alone: a no-break space, which `trim` would take away, is a finding in a name.
 */
export function tidy(text: string): string {
  return text
    .split('\n')
    .map(stripBlanks)
    .join('\n')
    .replace(/^\n+/, '')
    .replace(/(?<!\n)\n+$/, '')
}

function stripBlanks(line: string): string {
  let start = 0
  let end = line.length
  while (start < end && isBlank(line[start])) start++
  while (end > start && isBlank(line[end - 1])) end--
  return line.slice(start, end)
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

/** A bare address is its own text. */
export function withAddress(text: string, url: string): string {
  const bare = url.replace(/^(?:https?:\/\/|mailto:)/, '')
  return text === url || text === bare ? text : `${text} (${url})`
}
