/** One judgement for one broken thing: a rule gives way where a more specific one has judged the same object. */
import type {AuditRule, Judgement} from './rule.ts'

export type Ruling = {readonly rule: AuditRule; readonly judgement: Judgement}

/**
 * Only {@link AuditRule.yieldsTo} decides. What is refuted never gives way to what is merely unknown.
 *
 * @param rulings In the order of the rules.
 */
export function applyPrecedence(rulings: readonly Ruling[]): Ruling[] {
  const verdicts = new Map<string, Judgement['verdict']>()
  for (const {rule, judgement} of rulings) {
    for (const object of [judgement.object, ...(judgement.answersFor ?? [])]) {
      const key = keyOf(rule.id, object)
      if (verdicts.get(key) !== 'refuted') verdicts.set(key, judgement.verdict)
    }
  }
  return rulings.filter(
    ({rule, judgement}) =>
      !rule.yieldsTo?.some((id) => {
        const verdict = verdicts.get(keyOf(id, judgement.object))
        return verdict === 'refuted' || (verdict === 'unknown' && judgement.verdict === 'unknown')
      }),
  )
}

function keyOf(rule: string, object: string): string {
  return JSON.stringify([rule, object])
}
