/** Text of a document, cut to fit into a message of one line. */

export function clip(text: string): string {
  const line = text.slice(0, 240).replace(/\s+/g, ' ').trim()
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

/** The same, in quotation marks. */
export function shorten(text: string): string {
  return `“${clip(text)}”`
}
