/** What an audit found, as it is told: the verdict, what was judged, and what all of it rests on. */
import type {Coverage, Inventory} from './inventory.ts'
import type {Location} from './place.ts'
import type {Severity} from './rules/rule.ts'

/** `undecided`: nothing was seen that could have been judged. Only `verified` is clean. */
export type AuditVerdict = 'verified' | 'refuted' | 'unknown' | 'undecided'

export type AuditReport = {
  /** The worst of the sources'; `unknown` at best where they differ, `undecided` where one could not be read. */
  readonly verdict: AuditVerdict
  /** Those that could be read, in the order in which they were named. */
  readonly sources: readonly SourceReport[]
  /** Why others could not be read. */
  readonly failures: readonly {readonly message: string; readonly mend: string | null}[]
  /** In the order of the rules. What is said of several sources in the same words is told once. */
  readonly judgements: readonly ToldJudgement[]
  /** Where the sources contradict each other, sorted by object. */
  readonly differences: readonly Difference[]
  /** Rules whose severity the project has decided, sorted by id. */
  readonly decisions: readonly {
    readonly ruleId: string
    readonly severity: Severity
    readonly reason: string
  }[]
}

/** What one source showed. */
export type SourceReport = {
  readonly source: Inventory['source']
  readonly verdict: AuditVerdict
  /** The roles that a client of the API can be, besides PUBLIC, as they were judged. */
  readonly apiRoles: readonly string[]
  /** What stood before the first migration; `null` where that is no question, or nobody has said. */
  readonly profile: string | null
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
  /** Labels of the sources that it is said of, in their order: all of them, or some. */
  readonly sources: readonly string[]
}

/** A fact of an object on which sources contradict each other. */
export type Difference = {
  readonly object: string
  /** In PostgreSQL's words, such as `SECURITY DEFINER`, `owner` or `EXECUTE`. */
  readonly fact: string
  /** What each source says, by its label, in the order of the sources; those that do not know are left out. */
  readonly values: readonly {readonly source: string; readonly value: string}[]
}

/** Whether it keeps the audit from being clean: every error, and whatever is unknown. */
export function stops({verdict, severity}: Pick<ToldJudgement, 'verdict' | 'severity'>): boolean {
  return verdict === 'unknown' || severity === 'error' || severity === 'fatal'
}
