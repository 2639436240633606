/** An audit as JSON, for scripts. */
import type {AuditReport, ToldJudgement} from '../model/audit-report.ts'
import type {Finding} from '../model/rules.ts'
import {jsonFinding, reportVersion} from './json.ts'
import type {RegistrySummary} from './summary.ts'
import {visibleJson} from './visible.ts'

export type JsonAudit = {
  readonly report: AuditReport
  /** What is wrong with the documents, and did not stop the audit. */
  readonly findings: readonly Finding[]
  readonly documents: readonly RegistrySummary[]
}

/** The exit code as a word, as every command says it. */
const verdicts = {
  verified: 'clean',
  refuted: 'findings',
  unknown: 'findings',
  undecided: 'undecided',
} as const

/** Paths are relative to the project's root; lines and columns are 1-based, in UTF-16 code units. */
export function jsonAudit({report, findings, documents}: JsonAudit): string {
  const {verdict, source, profile, judgements, coverage, seen, tallies} = report
  const whole = {
    schemaVersion: reportVersion,
    command: 'audit',
    verdict: verdicts[verdict],
    failure: null,
    documents,
    outputs: [],
    findings: findings.map(jsonFinding),
    audit: {
      verdict,
      source,
      profile,
      seen,
      tallies,
      judgements: judgements.map(jsonJudgement),
      coverage: {...coverage, leftOutFiles: coverage.leftOutFiles ?? []},
    },
  }
  return visibleJson(`${JSON.stringify(whole, null, 2)}\n`)
}

function jsonJudgement({row, origin, mend, ...judgement}: ToldJudgement) {
  return {
    ...judgement,
    mend: {statement: null, advice: null, ...mend},
    row: row ?? null,
    origin: origin ?? null,
  }
}
