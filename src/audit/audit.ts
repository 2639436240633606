/** Registries × a database's facts → judgements, and what they rest on. */
import type {Coverage, Inventory} from '../model/inventory.ts'
import type {Registry} from '../model/registry.ts'
import type {Severity} from '../model/rules/rule.ts'
import {type AuditOptions, checkOptions} from './options.ts'
import {applyPrecedence} from './precedence.ts'
import type {AuditRule, Judgement} from './rule.ts'
import {auditRules} from './rules.ts'
import {subjectOf} from './subject.ts'
import {type Tallies, tally} from './tally.ts'

/** A judgement, the rule that made it, and the severity that it has in this project. */
export type AuditJudgement = Judgement & {readonly rule: AuditRule; readonly severity: Severity}

export type Audit = {
  /** `refuted`: some error. `unknown`: something could not be established. Only `verified` is clean. */
  readonly verdict: 'verified' | 'refuted' | 'unknown'
  /** In the order of the rules, and for each in the order of the inventory or the document. */
  readonly judgements: readonly AuditJudgement[]
  readonly coverage: Coverage
  readonly tallies: Tallies
}

/**
 * Judge by every rule. Pure: no clock, no environment.
 *
 * @throws {Failure} for options that would not be in force.
 */
export function audit(
  registries: readonly Registry[],
  inventory: Inventory,
  options: AuditOptions = {},
): Audit {
  checkOptions(options, auditRules)
  const subject = subjectOf(registries, inventory, options.apiRoles)
  const sawNothing = auditRules.some((rule) => rule.severity === 'fatal' && rule.judge(subject).length > 0)
  const rulings = auditRules
    .filter(({group}) => group === 'coverage' || !sawNothing)
    .filter(({group}) => options.groups?.includes(group) ?? true)
    .flatMap((rule) => rule.judge(subject).map((judgement) => ({rule, judgement})))
  const judgements = applyPrecedence(rulings).map(({rule, judgement}) => ({
    ...judgement,
    rule,
    severity: severityOf(rule, options),
  }))
  return {
    verdict: verdictOf(judgements),
    judgements,
    coverage: inventory.coverage,
    tallies: tally(subject, judgements.filter(counts), sawNothing),
  }
}

function severityOf(rule: AuditRule, {severities = {}}: AuditOptions): Severity {
  return Object.hasOwn(severities, rule.id) ? (severities[rule.id]?.severity ?? rule.severity) : rule.severity
}

/** A warning leaves what it is about verified; nothing unknown does, whatever its severity. */
function counts({verdict, severity}: AuditJudgement): boolean {
  return verdict === 'unknown' || severity === 'error' || severity === 'fatal'
}

function verdictOf(judgements: readonly AuditJudgement[]): Audit['verdict'] {
  const counting = judgements.filter(counts)
  if (counting.some(({verdict}) => verdict === 'refuted')) return 'refuted'
  return counting.length > 0 ? 'unknown' : 'verified'
}
