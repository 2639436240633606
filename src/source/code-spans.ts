/** Code spans of one line, found by their backticks alone: for lines that no parser has read as inline text. */

/**
 * The line without its code spans and without escaped characters.
 *
 * In one pass: a pattern with a back reference takes forever on a line of ten thousand backticks.
 *
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 */
export function withoutCode(line: string): string {
  if (!line.includes('`')) return withoutEscapes(line)
  const runs = [...line.matchAll(/`+/g)].map((match) => ({start: match.index, length: match[0].length}))
  const closers = new Map<number, number[]>()
  for (const [index, {length}] of runs.entries()) {
    const same = closers.get(length)
    if (same) same.push(index)
    else closers.set(length, [index])
  }
  for (const same of closers.values()) same.reverse()

  let kept = ''
  let from = 0
  for (let index = 0; index < runs.length; index++) {
    const {start, length} = runs[index] ?? {start: 0, length: 0}
    // The first backtick of a run may be escaped; the others then open a shorter span.
    const opening = isEscaped(line, start) ? length - 1 : length
    const candidates = closers.get(opening) ?? []
    while ((candidates.at(-1) ?? runs.length) <= index) candidates.pop()
    const closer = candidates.at(-1)
    const end = closer === undefined ? undefined : runs[closer]
    if (closer === undefined || end === undefined) continue
    kept += withoutEscapes(line.slice(from, start + length - opening))
    from = end.start + end.length
    index = closer
  }
  return kept + withoutEscapes(line.slice(from))
}

function isEscaped(line: string, index: number): boolean {
  let first = index
  while (line[first - 1] === '\\') first--
  return (index - first) % 2 === 1
}

function withoutEscapes(text: string): string {
  return text.replace(/\\[\s\S]/g, '')
}
