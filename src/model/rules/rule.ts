/** The shape of a rule: data first, words last. */
import type {ApprovalsConfig} from '../config.ts'

/**
 * `fatal`: nothing can be decided, exit code 2. `error`: exit code 1. `warning` and `info`: shown, exit code 0.
 */
export type Severity = 'fatal' | 'error' | 'warning' | 'info'

export type Rule<Args> = {
  readonly severity: Severity
  /** Heading of the rule's page: what the rule is about, as a short clause. */
  readonly title: string
  /** What is wrong, here: "Unexpected X, expected Y". One line. */
  readonly message: (args: Args) => string
  /** How to mend it, here. One line. */
  readonly mend: (args: Args) => string
  /** Why it matters. Markdown, for the page. */
  readonly why: string
  /** Two whole documents. The first gives this finding alone, the second none: shown on the page and tested. */
  readonly example?: Example
}

export type Example = {
  readonly bad: string
  readonly good: string
  /** What a project has to ask for before there is such a finding, and the day on which it is there. */
  readonly asked?: {readonly approvals: ApprovalsConfig; readonly today: string}
}

/** Gives a rule its type; adds nothing. */
export function rule<Args>(rule: Rule<Args>): Rule<Args> {
  return rule
}

const header = [
  '| Object Name | Schema | Why SECURITY DEFINER | Risks Mitigated | Approved By |',
  '| --- | --- | --- | --- | --- |',
]

/** An example document: the given lines below the header of a registry table. */
export function table(...rows: string[]): string {
  return [...header, ...rows, ''].join('\n')
}

/** A row that is right in every way, to stand beside the one in question. */
export const goodRow = '| `log_action` | ops | Writes the audit log. | Append-only. | Core Team - 2025-01 |'
