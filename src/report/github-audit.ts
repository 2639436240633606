/** Judgements as workflow commands: at the row of the document, else at the statement of the migrations. */
import {type AuditReport, stops} from '../model/audit-report.ts'
import {count} from '../model/words.ts'
import {type Annotation, githubAnnotations, githubMessage} from './github.ts'

/** @param showPath Path relative to the workspace. */
export function githubAudit(report: AuditReport, showPath: (path: string) => string): string {
  const {judgements, differences, failures} = report
  const failed = failures.map(({message, mend}) =>
    githubMessage('error', mend === null ? message : `${message}. ${mend}`),
  )
  const apart =
    differences.length === 0
      ? ''
      : githubMessage('error', `The sources differ on ${count(differences.length, 'fact')}: see the log`)
  const told = githubAnnotations(
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
  return `${told}${failed.join('')}${apart}`
}
