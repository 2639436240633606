/** A marked region of a file that somebody else owns: what stands between its marks is replaced, nothing else. */

export type RegionFault =
  | {readonly ruleId: 'region-missing'}
  | {readonly ruleId: 'region-damaged'; readonly reason: string; readonly line: number}

/**
 * Replace the lines between `secdef:begin NAME` and `secdef:end NAME`.
 *
 * The marks may stand in any kind of comment. The new lines get the indentation and the line ending of the line
 * with the first mark; every other byte stays.
 *
 * @param body Lines with line feeds, ending in one.
 */
export function replaceRegion(text: string, name: string, body: string): string | RegionFault {
  const begins = findMarks(text, 'begin', name)
  const ends = findMarks(text, 'end', name)
  const [begin] = begins
  const [end] = ends
  if (begin === undefined && end === undefined) return {ruleId: 'region-missing'}
  const damaged = (reason: string, line: number) => ({ruleId: 'region-damaged', reason, line}) as const
  if (begin === undefined) return damaged('an end without a begin', end?.line ?? 1)
  if (end === undefined) return damaged('a begin without an end', begin.line)
  const second = begins[1] ?? ends[1]
  if (second !== undefined) return damaged('one of them stands twice', second.line)
  if (end.start < begin.end) return damaged('the end stands before the begin', end.line)

  const inside = text.slice(begin.end, end.start)
  const nested = /secdef:(?:begin|end)\b/.exec(inside)
  if (nested)
    return damaged(
      'another region begins or ends inside',
      begin.line + inside.slice(0, nested.index).split(/\r\n|\n|\r/).length,
    )

  const lines = body.split('\n').slice(0, -1)
  const replaced = lines.map((line) => (line === '' ? '' : begin.indent + line) + begin.ending)
  return text.slice(0, begin.end) + replaced.join('') + text.slice(end.start)
}

type Mark = {start: number; end: number; line: number; indent: string; ending: string}

/** Whole lines, line ending included, that hold a mark of this name and of no longer one. */
function findMarks(text: string, side: 'begin' | 'end', name: string): Mark[] {
  const marks: Mark[] = []
  let line = 0
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    line++
    const [whole, content = '', ending = ''] = match
    if (!hasMark(content, side, name)) continue
    const indent = /^[ \t]*/.exec(content)?.[0] ?? ''
    marks.push({start: match.index, end: match.index + whole.length, line, indent, ending: ending || '\n'})
  }
  return marks
}

function hasMark(line: string, side: 'begin' | 'end', name: string): boolean {
  const mark = `secdef:${side} ${name}`
  const index = line.indexOf(mark)
  return index !== -1 && !/[\w.-]/.test(line[index + mark.length] ?? ' ')
}
