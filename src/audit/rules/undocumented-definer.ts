/** A SECURITY DEFINER routine that no row of the registry covers. */
import type {Routine} from '../../model/inventory.ts'
import {defineRule, type Judgement} from '../rule.ts'
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
  judge: ({match}) =>
    match.undocumented.map((routine) => {
      const {id, origin} = routine
      return {...judgeRoutine(routine), object: id, origin, routines: [routine]}
    }),
})

function judgeRoutine(routine: Routine): Pick<Judgement, 'verdict' | 'message' | 'mend'> {
  const {kind, id, extension, securityDefiner} = routine
  if (extension !== null) {
    return {
      verdict: 'unknown',
      message:
        `Could not establish who answers for SECURITY DEFINER ${kind} ${id} of extension ${extension}, ` +
        'which has no row',
      mend: {
        advice: `Add a row, or install ${extension} into a schema of its own that the configuration excludes.`,
      },
    }
  }
  const sql = routineSql(routine)
  const mend = statementOr(
    sql && `ALTER ${sql} SECURITY INVOKER;`,
    'Make it SECURITY INVOKER, or add a row to the registry.',
  )
  if (securityDefiner === true) {
    const message = `Unexpected SECURITY DEFINER ${kind} ${id}, expected a row in the registry`
    return {verdict: 'refuted', message, mend}
  }
  const message = `Could not establish whether ${kind} ${id}, which has no row, is SECURITY DEFINER`
  return {verdict: 'unknown', message, mend}
}
