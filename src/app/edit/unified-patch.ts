/** What would be written, as a patch that `git apply` takes. */
import type {OutputChange} from '../output-changes.ts'

/** Lines around a change, as `git diff` shows them. */
const context = 3

/** Bytes of every line are kept, carriage returns too. */
export async function unifiedPatch(changes: readonly OutputChange[]): Promise<string> {
  const {structuredPatch} = await import('diff')
  return changes
    .filter(({actual, text}) => actual !== text)
    .map(({path, actual, text}) => {
      const {hunks} = structuredPatch('', '', actual ?? '', text ?? '', '', '', {context})
      const name = path.includes(' ') ? `${path}\t` : path
      return [
        actual === undefined ? '--- /dev/null' : `--- a/${name}`,
        text === null ? '+++ /dev/null' : `+++ b/${name}`,
        ...hunks.flatMap(({oldStart, oldLines, newStart, newLines, lines}) => [
          `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
          ...lines,
        ]),
        '',
      ].join('\n')
    })
    .join('')
}
