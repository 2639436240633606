/** Three versions of a document → one, or what a person must decide: rows by what they say, all else by its lines. */
import {findFault} from './find-fault.ts'
import {matchTables} from './match-tables.ts'
import {mergeRows} from './merge-rows.ts'
import {guardReferences} from './references.ts'
import {mapSides, pickLayout, type Sides} from './sides.ts'
import {findMarkerSize, findToken, readHunks, writeSkeleton} from './skeleton.ts'
import {findStandings, openTables} from './standing.ts'
import {type Reading, takeApart} from './take-apart.ts'
import {idOf, type Piece, writeMerged} from './write-merged.ts'

/** Three-way merge by lines, with markers of this length around what is in conflict. */
export type MergeLines = (texts: Sides<string>, markerSize: number) => Promise<string>

export type Markers = {readonly size: number; readonly ours: string; readonly theirs: string}

export type MergedDocument =
  | {readonly state: 'merged'; readonly text: string}
  /** `rows`: the ids of those in conflict. `others`: whether there are conflicts of other lines. */
  | {
      readonly state: 'conflict'
      readonly text: string
      readonly rows: readonly string[]
      readonly others: boolean
    }
  /** Not all of the texts can be relied on. */
  | {readonly state: 'unread'; readonly reason: string}
  /** They can, but no merge of them says what both sides say. */
  | {readonly state: 'refused'; readonly reason: string}

/** @param texts Each may begin with a byte order mark. */
export async function mergeDocuments(
  texts: Sides<string>,
  {reading, markers, mergeLines}: {reading: Reading; markers: Markers; mergeLines: MergeLines},
): Promise<MergedDocument> {
  const plain = mapSides(texts, (text) => text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'))
  const endings = mapSides(texts, endingOf)
  const {base: baseEnding, ours: ourEnding, theirs: theirEnding} = endings
  if (baseEnding === undefined || ourEnding === undefined || theirEnding === undefined)
    return {state: 'unread', reason: 'its lines do not all end in the same way'}
  const {base, ours, theirs} = mapSides(plain, (text) => takeApart(text, reading))
  if (base === undefined || ours === undefined || theirs === undefined) {
    const which =
      base === undefined ? 'what both sides come from' : ours === undefined ? 'our side' : 'their side'
    return {state: 'unread', reason: `${which} has errors, or no registry table`}
  }
  const sides = {base, ours, theirs}
  const numbers = matchTables(sides)
  const decided = mergeRows(sides, numbers)
  if (typeof decided === 'string')
    return {
      state: 'refused',
      reason: `${decided} stands in another table on each side`,
    }

  const token = findToken(Object.values(plain))
  const size = findMarkerSize(Object.values(plain))
  const skeletons = {
    base: writeSkeleton(base, numbers.base, token),
    ours: writeSkeleton(ours, numbers.ours, token),
    theirs: writeSkeleton(theirs, numbers.theirs, token),
  }
  const hunks = readHunks(await mergeLines(skeletons, size), size)
  const standings = findStandings(hunks, token)
  if (standings === undefined) return {state: 'refused', reason: 'a table would stand there twice'}
  const rows = openTables(guardReferences(decided), numbers, standings)
  if (typeof rows === 'string')
    return {
      state: 'refused',
      reason: `${rows} is in conflict, and so are the lines that its table stands in`,
    }
  const pieces = writeMerged(hunks, {numbers, rows, standings, token, measure: reading.measure})
  if ('refusal' in pieces) return {state: 'refused', reason: pieces.refusal}
  const fault = findFault({pieces, outcomes: rows.outcomes, standings, reading})
  if (fault !== undefined) return {state: 'refused', reason: fault}

  const mark = pickLayout(mapSides(texts, (text) => (text.startsWith('\ufeff') ? '\ufeff' : '')))
  const ending = pickLayout({base: baseEnding, ours: ourEnding, theirs: theirEnding})
  const text = mark + joinPieces(pieces, markers).replaceAll('\n', ending)
  const conflicts = [...rows.outcomes.values()].filter(({state}) => state === 'conflict').map(idOf)
  const others = hunks.some(({state}) => state === 'conflict')
  if (conflicts.length === 0 && !others) return {state: 'merged', text}
  return {state: 'conflict', text, rows: conflicts, others}
}

/** `undefined` where there are several, or one that git does not know. */
function endingOf(text: string): string | undefined {
  const [first, ...others] = new Set([...text.matchAll(/\r\n|\n|\r/g)].map(([ending]) => ending))
  return others.length > 0 || first === '\r' ? undefined : (first ?? '\n')
}

function joinPieces(pieces: readonly Piece[], {size, ours, theirs}: Markers): string {
  const marker = (mark: string, label: string) => `${mark.repeat(size)}${label === '' ? '' : ` ${label}`}`
  const lines = pieces.flatMap((piece) =>
    typeof piece === 'string'
      ? [piece]
      : [marker('<', ours), ...piece.ours, marker('=', ''), ...piece.theirs, marker('>', theirs)],
  )
  return lines.join('\n')
}
