/** What it takes to turn a stale output into a fresh one. Loaded only where there is one. */
import {structuredPatch} from 'diff'
import type {Hunk, Patch} from '../model/patch.ts'

export type Sides = {
  /** What is on the disk. */
  readonly actual: string
  /** What the document says. */
  readonly expected: string
}

/** The shortest patch costs the square of its length; past this many changed lines, any patch will do. */
const maxChanges = 1000

/** Lines around a change, to know it by. */
const context = 2

/** Line endings are no difference: the comparison that found the output stale does not count them either. */
export function makePatch(sides: Sides): Patch {
  const actual = sides.actual.replaceAll('\r\n', '\n')
  const expected = sides.expected.replaceAll('\r\n', '\n')
  const shortest = structuredPatch('', '', actual, expected, '', '', {context, maxEditLength: maxChanges})
  const hunks = shortest?.hunks.map(({oldStart, oldLines, newStart, newLines, lines}) => ({
    header: `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    lines,
  })) ?? [replaceMiddle({actual, expected})]
  const lines = hunks.flatMap((hunk) => hunk.lines)
  return {
    hunks,
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  }
}

/** Everything between the first line that differs and the last one is taken away and put in its place. */
function replaceMiddle({actual, expected}: Sides): Hunk {
  const [old, fresh] = [actual.split('\n'), expected.split('\n')]
  const most = Math.min(old.length, fresh.length)
  let start = 0
  while (start < most && old[start] === fresh[start]) start++
  let end = 0
  while (end < most - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end++
  const removed = old.slice(start, old.length - end)
  const added = fresh.slice(start, fresh.length - end)
  const before = old.slice(Math.max(0, start - context), start)
  const from = start - before.length + 1
  return {
    header: `@@ -${from},${before.length + removed.length} +${from},${before.length + added.length} @@`,
    lines: [
      ...before.map((line) => ` ${line}`),
      ...removed.map((line) => `-${line}`),
      ...added.map((line) => `+${line}`),
    ],
  }
}
