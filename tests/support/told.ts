/** What an audit told, as short as a test's point. */
import type {AuditReport, SourceReport, ToldJudgement} from '../../src/model/audit-report.ts'

export const sourceLabel = 'db.example/app'

export function judgement(fields: Partial<ToldJudgement> = {}): ToldJudgement {
  return {
    ruleId: 'undocumented-definer',
    group: 'document',
    severity: 'error',
    verdict: 'refuted',
    object: 'ops.f()',
    message: 'Unexpected SECURITY DEFINER function ops.f(), expected a row in the registry',
    mend: {advice: 'Mend it.'},
    sources: [sourceLabel],
    ...fields,
  }
}

export function sourceReport(fields: Partial<SourceReport> = {}): SourceReport {
  return {
    source: {kind: 'database', label: sourceLabel},
    verdict: 'refuted',
    profile: null,
    apiRoles: ['anon', 'authenticated'],
    coverage: {schemas: ['ops'], leftOut: [], statements: null, unknowns: []},
    seen: {routines: 3, definers: 2, unsureDefiners: 0, relations: 1},
    tallies: {documented: 2, undocumented: 0, verified: 2, refuted: 0, unknown: 0},
    ...fields,
  }
}

export function auditReport(fields: Partial<AuditReport> = {}): AuditReport {
  return {
    verdict: 'refuted',
    sources: [sourceReport()],
    failures: [],
    judgements: [],
    differences: [],
    decisions: [],
    ...fields,
  }
}
