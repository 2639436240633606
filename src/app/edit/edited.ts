/** What became of a document, in facts: which row, where, how many lines. */
import type {Place} from '../../model/place.ts'
import type {OpenDocument} from './documents.ts'
import type {Draft, Judged} from './judge.ts'

export type Edited = {
  readonly path: string
  readonly id: string
  /** As it was called before; `undefined` where the row is new. */
  readonly oldId: string | undefined
  /** The row as it stands, or as it stood. */
  readonly place: Place | undefined
  /** The innermost heading above it. */
  readonly section: string | undefined
  readonly state: 'written' | 'unchanged'
  /** How many lines of the document changed. */
  readonly lines: number
}

export function describeEdit(document: OpenDocument, draft: Draft, judged: Judged): Edited {
  const {path, text} = document
  const located = judged.entry ?? draft.old
  return {
    path,
    id: located?.value.id ?? '',
    oldId: draft.old?.value.id,
    place: located?.row,
    section: located?.value.section.at(-1),
    state: judged.text === text ? 'unchanged' : 'written',
    lines: countLines(document, draft),
  }
}

/** Lines that are other ones or new, and the one that is gone. */
function countLines({outline}: OpenDocument, {edits}: Draft): number {
  const touched = new Set(edits.map(({start}) => outline.lines.pointAt(start).line))
  const fresh = edits.reduce((sum, {text}) => sum + text.split(/\r\n|\n|\r/).length - 1, 0)
  return fresh > 0 ? fresh : touched.size
}
