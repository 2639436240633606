/** Changes to a text as stretches that are replaced: all else keeps its bytes. */

/** What stands from `start` up to `end`, in UTF-16 code units, becomes `text`. */
export type TextEdit = {readonly start: number; readonly end: number; readonly text: string}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = []
  let from = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < from) throw new Error('Two edits of one stretch of text')
    parts.push(text.slice(from, edit.start), edit.text)
    from = edit.end
  }
  return [...parts, text.slice(from)].join('')
}
