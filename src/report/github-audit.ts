/** Judgements as workflow commands: at the row of the document, else at the statement of the migrations. */
import {type AuditReport, stops} from '../model/audit-report.ts'
import {type Annotation, githubAnnotations} from './github.ts'

/** @param showPath Path relative to the workspace. */
export function githubAudit({judgements}: AuditReport, showPath: (path: string) => string): string {
  return githubAnnotations(
    judgements.map((judgement): Annotation => {
      const {ruleId, severity, verdict, message, mend, row, origin} = judgement
      return {
        // What is unknown ends the run as an error does.
        severity: verdict === 'unknown' && stops(judgement) && severity !== 'fatal' ? 'error' : severity,
        ruleId,
        message,
        mend: 'statement' in mend ? mend.statement : mend.advice,
        ...(row ?? origin),
      }
    }),
    showPath,
  )
}
