/** The lines that markdownlint was given, with the comments that it keeps from its rules. */

/** A top-level token of markdownlint; lines and columns are 1-based. */
export type Token = {readonly startLine: number; readonly startColumn: number; readonly text: string}

/**
 * Put back what stands in comments: rows in them, and comments in rows, are findings.
 *
 * The tokens are of the whole text, and at the top level they hold every character of it but for line endings.
 */
export function restoreComments(lines: readonly string[], tokens: readonly Token[]): string[] {
  const restored = [...lines]
  for (const {startLine, startColumn, text} of tokens) {
    for (const [index, part] of text.split(/\r\n|\n|\r/).entries()) {
      const line = restored[startLine - 1 + index]
      if (line === undefined || part === '') continue
      const from = index === 0 ? startColumn - 1 : 0
      restored[startLine - 1 + index] = line.slice(0, from) + part + line.slice(from + part.length)
    }
  }
  return restored
}
