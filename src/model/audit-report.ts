/** What an audit found, as it is told: the verdict, what was judged, and what all of it rests on. */
import type {Coverage, Inventory} from './inventory.ts'
import type {Location} from './place.ts'
import type {Severity} from './rules/rule.ts'

export type AuditReport = {
  /** `undecided`: nothing was seen that could have been judged. Only `verified` is clean. */
  readonly verdict: 'verified' | 'refuted' | 'unknown' | 'undecided'
  readonly source: Inventory['source']
  /** What stood before the first migration, and whether somebody chose it. */
  readonly profile: {readonly name: string; readonly isAssumed: boolean} | null
  /** In the order of the rules. */
  readonly judgements: readonly ToldJudgement[]
  readonly coverage: Coverage
  /** What the schemas seen hold; `unsureDefiners` may be definers. */
  readonly seen: {
    readonly routines: number
    readonly definers: number
    readonly unsureDefiners: number
    readonly relations: number
  }
  /** Rows, definers without one, and what became of both. */
  readonly tallies: {
    readonly documented: number
    readonly undocumented: number
    readonly verified: number
    readonly refuted: number
    readonly unknown: number
  }
}

/** What a rule says of one object. `unknown` is not a milder finding: it keeps the audit from being clean. */
export type ToldJudgement = {
  readonly ruleId: string
  readonly group: string
  readonly severity: Severity
  readonly verdict: 'refuted' | 'unknown'
  readonly object: string
  readonly message: string
  readonly mend: {readonly statement: string} | {readonly advice: string}
  /** The cell of the row that it concerns. */
  readonly row?: Location
  /** The statement of the migrations that it concerns. */
  readonly origin?: Location
}

/** Whether it keeps the audit from being clean: every error, and whatever is unknown. */
export function stops({verdict, severity}: Pick<ToldJudgement, 'verdict' | 'severity'>): boolean {
  return verdict === 'unknown' || severity === 'error' || severity === 'fatal'
}
