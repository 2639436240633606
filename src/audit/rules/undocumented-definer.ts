/** A SECURITY DEFINER routine that no row of the registry covers. */
import {defineRule} from '../rule.ts'
import {routineSql, statementOr} from '../sql.ts'

export const undocumentedDefiner = defineRule({
  id: 'undocumented-definer',
  group: 'document',
  severity: 'error',
  title: 'A SECURITY DEFINER routine that is not documented',
  why: [
    'It runs with the privileges of its owner, and nobody has said why, what keeps it from being abused, or who',
    'allowed it. Under a Zero Trust baseline it is a hole until somebody has.',
  ].join('\n'),
  resolve: [
    'Make it `SECURITY INVOKER` and let a policy allow what its callers need. If it has to run as its owner, have it',
    'reviewed and add a row to the registry.',
  ].join('\n'),
  judge({match}) {
    return match.undocumented.map((routine) => {
      const sql = routineSql(routine)
      const isSure = routine.securityDefiner === true
      return {
        verdict: isSure ? 'refuted' : 'unknown',
        object: routine.id,
        message: isSure
          ? `Unexpected SECURITY DEFINER ${routine.kind} ${routine.id}, expected a row in the registry`
          : `Could not establish whether ${routine.kind} ${routine.id}, which has no row, is SECURITY DEFINER`,
        mend: statementOr(
          sql && `ALTER ${sql} SECURITY INVOKER;`,
          'Make it SECURITY INVOKER, or add a row to the registry.',
        ),
        origin: routine.origin,
        routines: [routine],
      }
    })
  },
})
