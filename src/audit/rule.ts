/** The shape of an audit rule: the question it asks, what an answer means, and a pure judgement. */
import type {Entry} from '../model/entry.ts'
import type {Routine} from '../model/inventory.ts'
import type {Location} from '../model/place.ts'
import type {Located} from '../model/registry.ts'
import type {Severity} from '../model/rules/rule.ts'
import type {Subject} from './subject.ts'

/**
 * What a rule has to say of one object.
 *
 * `unknown` is not a milder finding: the rule could not establish a fact that it needs, and the object must not
 * pass for clean.
 */
export type Judgement = {
  readonly verdict: 'refuted' | 'unknown'
  /** Id of the object, as the inventory or the registry has it. What takes precedence goes by it. */
  readonly object: string
  /** Further objects that it answers for, of which more general rules need not speak. */
  readonly answersFor?: readonly string[]
  /** "Unexpected X, expected Y". One line. */
  readonly message: string
  /** SQL that mends exactly this, ready to be pasted, or a sentence where no statement can know how. */
  readonly mend: {readonly statement: string} | {readonly advice: string}
  /** The row that it concerns, and the column whose cell it points at. */
  readonly entry?: {readonly row: Located<Entry>; readonly column: string}
  /** The statement of the migrations that it concerns. */
  readonly origin?: Location | null
  /** The routines that cannot pass for verified because of it. */
  readonly routines?: readonly Routine[]
}

/**
 * `coverage`: whether enough was seen. `document`: whether the rows are true. `definer`: whether definers are safe.
 * `relational`: whether everything else keeps the baseline, without which row level security decides nothing.
 */
export type RuleGroup = 'coverage' | 'document' | 'definer' | 'relational'

export type AuditRule = {
  readonly id: string
  readonly group: RuleGroup
  readonly severity: Severity
  /** Heading of its page: what the rule is about, as a short clause. */
  readonly title: string
  /** Why it matters, with what PostgreSQL really does. Markdown, for the page. */
  readonly why: string
  /** How to resolve it, and when an exception is the right answer. Markdown, for the page. */
  readonly resolve: string
  /** Ids of more specific rules: where one of them has judged an object, this one has nothing to add. */
  readonly yieldsTo?: readonly string[]
  /** Pure: the same facts, the same judgements, in the order of the inventory. */
  readonly judge: (subject: Subject) => readonly Judgement[]
}

/** Gives a rule its type; adds nothing. */
export function defineRule(rule: AuditRule): AuditRule {
  return rule
}
