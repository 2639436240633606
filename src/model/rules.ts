/** Every rule by its id, and what a finding of each says. */
import type {Location, Place} from './place.ts'
import {approvalRules} from './rules/approval.ts'
import {cellRules} from './rules/cell.ts'
import {configurationRules} from './rules/configuration.ts'
import {documentRules} from './rules/document.ts'
import {nameRules} from './rules/name.ts'
import {outputRules} from './rules/output.ts'
import type {Severity} from './rules/rule.ts'
import {statementRules} from './rules/statement.ts'
import {tableRules} from './rules/table.ts'

export type {StrayCause} from './rules/document.ts'
export type {Severity} from './rules/rule.ts'

export const rules = {
  ...documentRules,
  ...tableRules,
  ...cellRules,
  ...nameRules,
  ...statementRules,
  ...approvalRules,
  ...outputRules,
  ...configurationRules,
}

export type RuleId = keyof typeof rules
export type RuleArgs<Id extends RuleId> = Parameters<(typeof rules)[Id]['message']>[0]

/** Another place that a finding speaks of, and what is there. */
export type Related = Location & {readonly note: string}

/**
 * Something wrong at a place: which rule, and what its words need to be made. Field names are vfile-message's.
 *
 * @see https://github.com/vfile/vfile-message
 */
export type Finding = {
  [Id in RuleId]: {
    readonly ruleId: Id
    readonly args: RuleArgs<Id>
    readonly related?: readonly Related[]
  } & Location
}[RuleId]

/** How a step reports a finding: rule, place, what its words need. */
export type Report = <Id extends RuleId>(
  ruleId: Id,
  place: Place | undefined,
  args: RuleArgs<Id>,
  related?: readonly Related[],
) => void

/** A collector of findings about one file, and the list that it fills, in the order of reporting. */
export function collectFindings(path: string): {report: Report; findings: Finding[]} {
  const findings: Finding[] = []
  const report: Report = (ruleId, place, args, related) => {
    const finding = {ruleId, args, path, ...(place && {place}), ...(related && {related})}
    findings.push(finding as Finding)
  }
  return {report, findings}
}

/** A finding in words. */
export type Description = {
  readonly severity: Severity
  readonly title: string
  readonly message: string
  readonly mend: string
}

export function describe(finding: Finding): Description {
  const {severity, title, message, mend} = rules[finding.ruleId] as {
    severity: Severity
    title: string
    message: (args: Finding['args']) => string
    mend: (args: Finding['args']) => string
  }
  return {severity, title, message: message(finding.args), mend: mend(finding.args)}
}

/** Whether a finding stops: `fatal` and `error` do. */
export function isError(finding: Finding): boolean {
  const {severity} = rules[finding.ruleId]
  return severity === 'fatal' || severity === 'error'
}

/** In the order in which a reader meets them: by place, those without one first. Stable. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => (a.place?.start.offset ?? -1) - (b.place?.start.offset ?? -1))
}
