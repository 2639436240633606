/** Statements of the migrations that failed, beyond those that are told one by one. */
import {defineRule} from '../rule.ts'

export const failedStatements = defineRule({
  id: 'failed-statements',
  group: 'coverage',
  severity: 'error',
  title: 'Statements that failed',
  why: [
    'What a failed statement would have made, opened or closed is not in the facts. Where the source says which one',
    'failed and why, that is an `unseen` of its own; this rule answers for failures that are only counted.',
  ].join('\n'),
  resolve:
    'Mend the statement, or give the audit what it needs: an extension, a role, the tables of a lost migration.',
  judge({inventory: {coverage, source}}) {
    const untold = (coverage.statements?.failed ?? 0) - coverage.unknowns.length
    if (untold <= 0) return []
    return [
      {
        verdict: 'unknown',
        object: source.label,
        message: `Unexpected ${untold} failed statements in ${source.label}, expected none`,
        mend: {advice: 'Mend the statements that fail, or audit a database in which they have run.'},
      },
    ]
  },
})
