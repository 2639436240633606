/** What similar rows say, to be suggested for a new one. */
import {compareCodePoints} from '../../model/compare.ts'
import type {Entry} from '../../model/entry.ts'
import type {Kind} from '../../model/kind.ts'

/** How many are suggested. */
const most = 5

/** Risks of the rows whose names share most words with this one, then of those that are stated most often. */
export function similarRisks(entries: readonly Entry[], kind: Kind, object: string): string[] {
  const words = wordsOf(object)
  const scores = new Map<string, {shared: number; count: number}>()
  for (const {kind: other, schema, name, risks, sameAs} of entries) {
    if (other !== kind || sameAs !== null) continue
    const shared = wordsOf(`${schema}.${name}`).filter((word) => words.includes(word)).length
    const known = scores.get(risks) ?? {shared: 0, count: 0}
    scores.set(risks, {shared: Math.max(known.shared, shared), count: known.count + 1})
  }
  return [...scores]
    .sort(([a, x], [b, y]) => y.shared - x.shared || y.count - x.count || compareCodePoints(a, b))
    .slice(0, most)
    .map(([risks]) => risks)
}

/** Without arguments. */
function wordsOf(object: string): string[] {
  return (object.toLowerCase().split('(')[0] ?? '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}
