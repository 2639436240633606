/** What an audit found, as part of a JSON report. */
import type {AuditReport, ToldJudgement} from '../model/audit-report.ts'

/** Paths are relative to the project's root; lines and columns are 1-based, in UTF-16 code units. */
export function jsonAudit({verdict, sources, failures, judgements, differences, decisions}: AuditReport) {
  return {
    verdict,
    sources: sources.map(({coverage, ...source}) => ({
      ...source,
      coverage: {...coverage, leftOutFiles: coverage.leftOutFiles ?? []},
    })),
    failures,
    judgements: judgements.map(jsonJudgement),
    differences,
    decisions,
  }
}

function jsonJudgement({row, origin, mend, ...judgement}: ToldJudgement) {
  return {
    ...judgement,
    mend: {statement: null, advice: null, ...mend},
    row: row ?? null,
    origin: origin ?? null,
  }
}
