/** A run as JSON, for scripts. */
import type {AuditReport} from '../model/audit-report.ts'
import {describe, type Finding, isError, rules} from '../model/rules.ts'
import {jsonAudit} from './json-audit.ts'
import type {RegistrySummary} from './summary.ts'
import {visibleJson} from './visible.ts'

/** Raised when a field changes its meaning or goes away. */
export const reportVersion = 1

export type JsonReport = {
  readonly command: string
  readonly findings: readonly Finding[]
  readonly documents: readonly RegistrySummary[]
  readonly outputs: readonly {readonly path: string; readonly state: string}[]
  /** What came of holding the documents against the database, where that was asked for and could be done. */
  readonly audit?: AuditReport | undefined
  /** What kept the run from deciding, where it was no finding at a place. */
  readonly failure?: {readonly message: string; readonly mend: string | null}
}

/** The exit code as a word: a list of findings that is empty is no verdict. */
function verdictOf({findings, failure, audit}: JsonReport): 'clean' | 'findings' | 'undecided' {
  const isFatal = findings.some(({ruleId}) => rules[ruleId].severity === 'fatal')
  if (failure !== undefined || isFatal || audit?.verdict === 'undecided') return 'undecided'
  const isAuditClean = audit === undefined || audit.verdict === 'verified'
  return findings.some(isError) || !isAuditClean ? 'findings' : 'clean'
}

/** Paths are relative to the project's root; lines and columns are 1-based, in UTF-16 code units. */
export function jsonReport(run: JsonReport): string {
  const {command, findings, documents, outputs, audit, failure = null} = run
  const report = {
    schemaVersion: reportVersion,
    command,
    verdict: verdictOf(run),
    failure,
    documents,
    outputs: outputs.map(({path, state}) => ({path, state})),
    findings: findings.map(jsonFinding),
    audit: audit === undefined ? null : jsonAudit(audit),
  }
  return visibleJson(`${JSON.stringify(report, null, 2)}\n`)
}

function jsonFinding(finding: Finding) {
  const {severity, message, mend} = describe(finding)
  const {ruleId, path, place, related} = finding
  return {
    ruleId,
    severity,
    message,
    mend,
    path,
    place: place ?? null,
    related: (related ?? []).map(({note, ...location}) => ({
      note,
      path: location.path,
      place: location.place ?? null,
    })),
  }
}
