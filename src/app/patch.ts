/** What it takes to turn a stale output into a fresh one. Loaded only where there is one. */
import {structuredPatch} from 'diff'
import type {Patch} from '../model/patch.ts'

/** Line endings are no difference: the comparison that found the output stale does not count them either. */
export function makePatch({actual, expected}: {actual: string; expected: string}): Patch {
  const {hunks} = structuredPatch(
    '',
    '',
    actual.replaceAll('\r\n', '\n'),
    expected.replaceAll('\r\n', '\n'),
    '',
    '',
    {
      context: 2,
    },
  )
  const lines = hunks.flatMap((hunk) => hunk.lines)
  return {
    hunks: hunks.map(({oldStart, oldLines, newStart, newLines, lines}) => ({
      header: `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      lines,
    })),
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  }
}
