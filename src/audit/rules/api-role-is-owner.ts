/** An API role that can act as an owner, or as a role that nothing binds. */
import {givesPrivileges, reachedFrom} from '../../model/membership.ts'
import {type Power, powersIn} from '../holdings.ts'
import {defineRule, type Judgement} from '../rule.ts'
import {roleSql} from '../sql.ts'
import {type Subject, showReached} from '../subject.ts'

export const apiRoleIsOwner = defineRule({
  id: 'api-role-is-owner',
  group: 'definer',
  severity: 'error',
  title: 'An API role that can act as an owner, or as a role that nothing binds',
  why: [
    'A member of a role has its privileges, or becomes it by `SET ROLE`; one with ADMIN OPTION can grant itself both. An',
    'owner may redefine its SECURITY DEFINER routines, plant objects in its schemas, turn off the row level security of',
    'its tables, and grant itself what was revoked. No privilege binds a superuser, no policy a role with BYPASSRLS, and',
    'what `pg_read_all_data` and the other predefined roles may do stands in no list of privileges.',
  ].join('\n'),
  resolve: [
    'Revoke the membership, or give what is owned to another role. From PostgreSQL 16 on a membership belongs to who',
    'granted it: where REVOKE warns that there is none, add `GRANTED BY`. There, `INHERIT FALSE, SET FALSE` without',
    'ADMIN OPTION makes a membership harmless.',
  ].join('\n'),
  judge(subject) {
    const powerOf = powersIn(subject)
    const own = [...subject.apiRoles].filter((role) => role !== 'PUBLIC' && !subject.reached.has(role))
    const isEnd = (role: string) => typeof powerOf(role)?.what === 'string'
    const reached = reachedFrom(own, subject.inventory.memberships, isEnd)
    return [
      ...own.flatMap((role) => judgeItself(role, powerOf(role))),
      ...[...reached].flatMap(([role, apiRoles]) => {
        const power = own.includes(role) ? undefined : powerOf(role)
        if (power === undefined) return []
        const members = subject.inventory.memberships
          .filter((one) => one.role === role && givesPrivileges(one))
          .map(({member}) => member)
          .filter((member) => own.includes(member) || (reached.has(member) && !isEnd(member)))
        return judgeMembers(role, apiRoles, members, power, subject)
      }),
    ]
  },
})

/** What is unknown of an API role itself is nothing that the membership in another role changes. */
function judgeItself(role: string, power: Power | undefined): Judgement[] {
  if (typeof power?.what !== 'string') return []
  return [
    {
      verdict: 'refuted',
      object: role,
      message: `Unexpected API role ${role}, which ${power.what}, expected one that owns nothing and that policies bind`,
      mend: {
        advice: `Take SUPERUSER and BYPASSRLS from ${role}, and give what it owns to a role that is none of the API.`,
      },
      routines: power.routines,
    },
  ]
}

function judgeMembers(
  role: string,
  apiRoles: readonly string[],
  members: readonly string[],
  {what, routines}: Power,
  subject: Subject,
): Judgement[] {
  return [
    {
      verdict: what === null ? 'unknown' : 'refuted',
      object: role,
      message:
        what === null
          ? `Could not establish whether ${showReached(role, subject, ' owns anything, is a superuser or has BYPASSRLS')}`
          : `Unexpected membership of ${apiRoles.join(', ')} in ${role}, which ${what}, expected none`,
      mend: {statement: `REVOKE ${roleSql(role)} FROM ${members.map(roleSql).join(', ')};`},
      routines,
    },
  ]
}
