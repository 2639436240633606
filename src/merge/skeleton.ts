/** What git merges by its lines: a document in which one line stands for all rows of a table. */
import type {MergeTable, TakenApart} from './take-apart.ts'

export type Hunk =
  | {readonly state: 'clean'; readonly lines: readonly string[]}
  | {readonly state: 'conflict'; readonly ours: readonly string[]; readonly theirs: readonly string[]}

/** A word that stands in none of the texts. */
export function findToken(texts: readonly string[]): string {
  let token = 'secdef-rows'
  while (texts.some((text) => text.includes(token))) token += '-'
  return token
}

/** Longer than any run of marks in the texts, so that nothing else is taken for a marker. */
export function findMarkerSize(texts: readonly string[]): number {
  const runs = texts.flatMap((text) => [...text.matchAll(/<+|=+|>+/g)].map(([run]) => run.length))
  return runs.reduce((most, length) => Math.max(most, length + 1), 7)
}

/** Header and delimiter row stand without padding: to align a table anew is no change of it. */
export function writeSkeleton(
  {parts}: TakenApart,
  numbers: ReadonlyMap<MergeTable, number>,
  token: string,
): string {
  const lines = parts.flatMap((part) =>
    typeof part === 'string' ? [part] : [...part.compact.slice(0, 2), `${token} ${numbers.get(part)}`],
  )
  return lines.join('\n')
}

/** The number of the table whose rows a line stands for. */
export function tableOf(line: string | undefined, token: string): number | undefined {
  return line?.startsWith(`${token} `) ? Number(line.slice(token.length + 1)) : undefined
}

export function readHunks(merged: string, markerSize: number): Hunk[] {
  const [opening, middle, closing] = ['<', '=', '>'].map((mark) => mark.repeat(markerSize))
  const hunks: Hunk[] = []
  let clean: string[] = []
  let conflict: {ours: string[]; theirs: string[]} | undefined
  let side: string[] = clean
  for (const line of merged.split('\n')) {
    const [marker] = line.split(' ')
    if (marker === opening) {
      hunks.push({state: 'clean', lines: clean})
      conflict = {ours: [], theirs: []}
      side = conflict.ours
    } else if (conflict && marker === middle) side = conflict.theirs
    else if (conflict && marker === closing) {
      hunks.push({state: 'conflict', ...conflict})
      conflict = undefined
      side = clean = []
    } else side.push(line)
  }
  hunks.push({state: 'clean', lines: clean})
  return hunks
}
