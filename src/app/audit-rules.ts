/** The rules of the audit, as their pages tell them. */
import {auditRules} from '../audit/rules.ts'
import type {Severity} from '../model/rules/rule.ts'

export type AuditRulePage = {
  readonly id: string
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly resolve: string
}

/** In the order in which their judgements are told. */
export const auditRulePages: readonly AuditRulePage[] = auditRules.map(
  ({id, severity, title, why, resolve}) => ({id, severity, title, why, resolve}),
)
