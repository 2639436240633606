/** How a run ends. */
import type {AuditReport, AuditVerdict} from '../model/audit-report.ts'
import {type Finding, isError, rules} from '../model/rules.ts'

export const exitCodes = {
  clean: 0,
  findings: 1,
  /** Usage, configuration, unreadable input, no document, no entry: nothing could be decided. */
  undecided: 2,
  /** By Ctrl+C, and by SIGTERM: 128 and the number of the signal. */
  interrupted: 130,
  terminated: 143,
} as const

/** Only what is verified is clean. */
const ofVerdicts = {
  verified: exitCodes.clean,
  refuted: exitCodes.findings,
  unknown: exitCodes.findings,
  undecided: exitCodes.undecided,
} as const satisfies Record<AuditVerdict, number>

/** The worse of what the findings and the audit, if there was one, amount to. */
export function exitCodeOf(findings: readonly Finding[], audit?: AuditReport): number {
  const ofAudit = audit === undefined ? exitCodes.clean : ofVerdicts[audit.verdict]
  if (findings.some(({ruleId}) => rules[ruleId].severity === 'fatal')) return exitCodes.undecided
  return Math.max(findings.some(isError) ? exitCodes.findings : exitCodes.clean, ofAudit)
}
