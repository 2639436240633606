/** Which API roles may execute a definer without an excuse. */
import type {Routine} from '../model/inventory.ts'
import type {Judgement} from './rule.ts'
import {revokeSql, routineSql, statementOr} from './sql.ts'
import {isOpenTo, type Subject, showReached} from './subject.ts'

/** Only a trigger can run it; for an unknown result the rule about all routines asks the same. */
export function isTriggerFunction({returns}: Routine): boolean {
  return returns === 'trigger'
}

/**
 * One judgement for a routine that is open, however many roles it is open to: to close it takes all of them.
 *
 * @param words The message where it is open.
 */
export function judgeExecute(
  routine: Routine,
  subject: Subject,
  words: (grantees: string) => string,
): Judgement[] {
  const base = {object: routine.id, origin: routine.origin, routines: [routine]}
  if (routine.grants === null) {
    return [
      {
        ...base,
        verdict: 'unknown',
        message: `Could not establish who may execute ${routine.kind} ${routine.id}`,
        mend: {advice: `See that the privileges of ${routine.id} can be followed, or audit a database.`},
      },
    ]
  }
  const open = routine.grants.filter(
    ({grantee, privilege}) =>
      privilege === 'EXECUTE' &&
      isOpenTo(subject, grantee, routine.owner) &&
      !subject.excuses.ofRoutine(routine, grantee, privilege),
  )
  const grantees = [...new Set(open.map(({grantee}) => grantee))]
  if (grantees.length === 0) return []
  const sql = routineSql(routine)
  return [
    {
      ...base,
      verdict: 'refuted',
      message: words(grantees.map((grantee) => showReached(grantee, subject)).join(', ')),
      mend: statementOr(
        sql && revokeSql([{privilege: 'EXECUTE'}], sql, grantees),
        `Revoke EXECUTE on ${routine.id} from ${grantees.join(', ')}.`,
      ),
    },
  ]
}
