/** Which rules may be given a severity of the project's own. Loaded only where one is. */
import {auditRules} from '../audit/rules.ts'
import {suggest} from '../model/suggest.ts'

/** @returns Why not, in the words of a configuration's findings. */
export function severityFault(id: string): {reason: string; suggestion?: string} | undefined {
  const rule = auditRules.find((one) => one.id === id)
  if (rule === undefined) {
    const near = suggest(
      id,
      auditRules.map((one) => one.id),
    )
    return {
      reason: 'expected a rule of the audit; `secdef explain` lists them',
      ...(near !== undefined && {suggestion: near}),
    }
  }
  if (rule.severity !== 'fatal') return undefined
  return {reason: 'expected another rule: this one decides whether anything was seen'}
}
