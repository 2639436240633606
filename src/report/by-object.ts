/** Judgements in the order in which people read them: by object, the worst first. */
import {stops, type ToldJudgement} from '../model/audit-report.ts'
import type {Severity} from '../model/rules.ts'

export const ranks: Readonly<Record<Severity, number>> = {fatal: 0, error: 1, warning: 2, info: 3}

/** Objects in the order of the worst that is said of each; what stops comes before what does not. */
export function byObject(
  judgements: readonly ToldJudgement[],
): readonly (readonly [string, readonly ToldJudgement[]])[] {
  const sorted = judgements.toSorted((a, b) => rankOf(a) - rankOf(b))
  const objects = new Map<string, ToldJudgement[]>()
  for (const judgement of sorted) {
    const known = objects.get(judgement.object)
    if (known) known.push(judgement)
    else objects.set(judgement.object, [judgement])
  }
  return [...objects]
}

function rankOf(judgement: ToldJudgement): number {
  return stops(judgement) ? Math.min(ranks[judgement.severity], ranks.error) : ranks[judgement.severity]
}
