/** What may stand before the content of a line inside quotes and lists. */

/** Marks of quotes and lists, with the blanks before each. */
const marks = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/

/** The marks at the beginning of a line, or the empty text. */
export function containerMarksOf(line: string): string {
  return marks.exec(line)?.[0] ?? ''
}

/** A line without its marks, and without the blanks before its content. */
export function contentOf(line: string): string {
  return line.slice(containerMarksOf(line).length).replace(/^[ \t]+/, '')
}
