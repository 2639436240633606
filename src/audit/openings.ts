/** Privileges that API roles and PUBLIC hold on relations, and that no row excuses. */

import {groupBy} from '../model/group-by.ts'
import type {Relation} from '../model/inventory.ts'
import type {Judgement} from './rule.ts'
import {grantTargetSql, type PrivilegeOn, revokeSql} from './sql.ts'
import {isOpenTo, type Subject, showReached} from './subject.ts'

/** What one role holds on one relation without an excuse: whole privileges, and those on columns alone. */
export type Opening = {readonly grantee: string; readonly privileges: readonly PrivilegeOn[]}

/** In the order of the grants. A privilege on the whole relation covers those on its columns. */
export function openingsOf(relation: Relation, subject: Subject): Opening[] {
  const isOpen = ({grantee, privilege}: {grantee: string; privilege: string}) =>
    isOpenTo(subject, grantee, relation.owner) && !subject.excuses.ofRelation(relation, grantee, privilege)
  const whole = groupBy((relation.grants ?? []).filter(isOpen), ({grantee}) => grantee)
  const partial = groupBy(relation.columnGrants.filter(isOpen), ({grantee}) => grantee)
  return [...new Set([...whole.keys(), ...partial.keys()])].map((grantee) => {
    const privileges = [...new Set((whole.get(grantee) ?? []).map(({privilege}) => privilege))]
    const columns = groupBy(
      (partial.get(grantee) ?? []).filter(({privilege}) => !privileges.includes(privilege)),
      ({privilege}) => privilege,
    )
    return {
      grantee,
      privileges: [
        ...privileges.map((privilege) => ({privilege})),
        ...[...columns].map(([privilege, grants]) => ({
          privilege,
          columns: [...new Set(grants.map(({column}) => column))],
        })),
      ],
    }
  })
}

/**
 * One judgement for each role that holds what no row excuses, and one if nobody knows who holds what.
 *
 * @param what The relation in words, such as `materialised view`.
 */
export function judgeOpenings(relations: readonly Relation[], what: string, subject: Subject): Judgement[] {
  return relations.flatMap((relation): Judgement[] => {
    const judgements = openingsOf(relation, subject).map(
      ({grantee, privileges}): Judgement => ({
        verdict: 'refuted',
        object: relation.id,
        message:
          `Unexpected ${privileges.map(showPrivilege).join(', ')} on ${what} ${relation.id} for ` +
          `${showReached(grantee, subject)}, expected none, or a row of kind grant`,
        mend: {statement: revokeSql(privileges, grantTargetSql(relation), [grantee])},
        origin: relation.origin,
      }),
    )
    if (relation.grants !== null) return judgements
    return [
      ...judgements,
      {
        verdict: 'unknown',
        object: relation.id,
        message: `Could not establish who holds privileges on ${what} ${relation.id}`,
        mend: {advice: `See that the privileges of ${relation.id} can be followed, or audit a database.`},
        origin: relation.origin,
      },
    ]
  })
}

function showPrivilege({privilege, columns}: PrivilegeOn): string {
  return columns === undefined ? privilege : `${privilege} (${columns.join(', ')})`
}
