/** How a run ends. */
import {type Finding, isError, rules} from '../model/rules.ts'

export const exitCodes = {
  clean: 0,
  findings: 1,
  /** Usage, configuration, unreadable input, no document, no entry: nothing could be decided. */
  undecided: 2,
} as const

export function exitCodeOf(findings: readonly Finding[]): number {
  if (findings.some(({ruleId}) => rules[ruleId].severity === 'fatal')) return exitCodes.undecided
  return findings.some(isError) ? exitCodes.findings : exitCodes.clean
}
