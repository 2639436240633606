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
  const marks = findMarks(text)
  const own = marks.filter((mark) => mark.name === name)
  const [begin, secondBegin] = own.filter(({side}) => side === 'begin')
  const [end, secondEnd] = own.filter(({side}) => side === 'end')
  if (begin === undefined && end === undefined) return {ruleId: 'region-missing'}
  const damaged = (reason: string, line: number) => ({ruleId: 'region-damaged', reason, line}) as const
  if (begin === undefined) return damaged('an end without a begin', end?.line ?? 1)
  if (end === undefined) return damaged('a begin without an end', begin.line)
  const second = secondBegin ?? secondEnd
  if (second !== undefined) return damaged('one of them stands twice', second.line)
  if (end.line === begin.line) return damaged('both stand on one line, expected one line each', end.line)
  if (end.line < begin.line) return damaged('the end stands before the begin', end.line)

  const nested = marks.find(({line}) => line > begin.line && line < end.line)
  if (nested) return damaged('another region begins or ends inside', nested.line)
  const shared = marks.find(
    (mark) => !own.includes(mark) && (mark.line === begin.line || mark.line === end.line),
  )
  if (shared) return damaged('a mark of another region stands on the same line', shared.line)
  // Written once, it could never be replaced again.
  if (findMarks(body).length > 0) return damaged('what goes between them holds a mark itself', begin.line)

  const lines = body.split('\n').slice(0, -1)
  const replaced = lines.map((line) => (line === '' ? '' : begin.indent + line) + begin.ending)
  return text.slice(0, begin.end) + replaced.join('') + text.slice(end.start)
}

/** `start` and `end` bound its whole line, line ending included. */
type Mark = {
  readonly side: 'begin' | 'end'
  readonly name: string
  readonly line: number
  readonly start: number
  readonly end: number
  readonly indent: string
  readonly ending: string
}

/** A name runs as far as it can, but not into the end of an HTML comment. In brackets the SQL output has its own. */
const markPattern = /(?<![\p{L}\p{N}_[])secdef:(begin|end)[ \t]+((?:(?!-->)[\p{L}\p{M}\p{N}_.-])+)/gu

function findMarks(text: string): Mark[] {
  const marks: Mark[] = []
  let line = 0
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    line++
    const [whole, content = '', ending = ''] = match
    const indent = /^[ \t]*/.exec(content)?.[0] ?? ''
    const place = {line, start: match.index, end: match.index + whole.length, indent, ending}
    for (const [, side, name = ''] of content.matchAll(markPattern)) {
      marks.push({side: side === 'begin' ? 'begin' : 'end', name, ...place})
    }
  }
  return marks
}
