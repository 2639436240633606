/** "Did you mean …?" */
import {closest, distance} from 'fastest-levenshtein'

/** Whether two words are one slip of the hand apart: two edits, or a quarter of a long word. */
export function isNear(actual: string, known: string): boolean {
  if (actual === '') return false
  return distance(actual, known) <= Math.min(Math.max(2, Math.floor(known.length / 4)), known.length - 1)
}

/** The known word that was probably meant. */
export function suggest(actual: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const lower = actual.toLowerCase()
  const best = closest(
    lower,
    known.map((word) => word.toLowerCase()),
  )
  return isNear(lower, best) ? known.find((word) => word.toLowerCase() === best) : undefined
}
