/** What a project may decide about its audit, each with a reason that is shown with the result. */
import {Failure} from '../model/failure.ts'
import type {Severity} from '../model/rules/rule.ts'
import type {AuditRule, RuleGroup} from './rule.ts'

export type AuditOptions = {
  /** The roles that a client of the API can be. Default: `anon` and `authenticated`. `PUBLIC` is always one. */
  readonly apiRoles?: readonly string[]
  /** Severities in place of a rule's own, by its id. No rule can be silenced. */
  readonly severities?: Readonly<Record<string, SeverityOverride>>
  /** Judge by these rules alone, for a question that asks no more. */
  readonly groups?: readonly RuleGroup[]
}

export type SeverityOverride = {readonly severity: Severity; readonly reason: string}

/** @throws {Failure} for an option that would not be in force, or that nobody has answered for. */
export function checkOptions({apiRoles, severities}: AuditOptions, rules: readonly AuditRule[]): void {
  if (apiRoles?.some((role) => role.trim() === '')) throw new Failure('Unexpected API role without a name')
  for (const [id, {severity, reason}] of Object.entries(severities ?? {})) {
    const rule = rules.find((one) => one.id === id)
    if (rule === undefined) {
      throw new Failure(`Unexpected severity of rule ${id}, which does not exist`, {
        hint: `Rules: ${rules.map((one) => one.id).join(', ')}`,
      })
    }
    if (rule.severity === 'fatal' && severity !== 'fatal') {
      throw new Failure(
        `Unexpected severity ${severity} of rule ${id}, which decides whether anything was seen`,
      )
    }
    needReason(reason, `rule ${id} has severity ${severity}`)
  }
}

function needReason(reason: string, what: string): void {
  if (reason.trim() === '') {
    throw new Failure(`Expected a reason why ${what}`, {hint: 'Write down who decided it, and why.'})
  }
}
