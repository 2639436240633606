/** The three texts of a merge, and the choice among them where a person need not be asked. */
import {compareCodePoints} from '../model/compare.ts'

export type Sides<Value> = {
  /** What both come from. */
  readonly base: Value
  readonly ours: Value
  readonly theirs: Value
}

export function mapSides<From, To>(sides: Sides<From>, map: (side: From) => To): Sides<To> {
  return {base: map(sides.base), ours: map(sides.ours), theirs: map(sides.theirs)}
}

/** Whichever changed it; where both did, it must not matter, and is then the same whoever is called ours. */
export function pickLayout<Text extends string>({
  base,
  ours,
  theirs,
}: Omit<Sides<Text>, 'base'> & {readonly base: Text | undefined}): Text {
  if (ours === theirs || theirs === base) return ours
  if (ours === base) return theirs
  return compareCodePoints(ours, theirs) < 0 ? ours : theirs
}
