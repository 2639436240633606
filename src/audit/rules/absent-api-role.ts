/** An API role that was asked for by name and does not exist, or none at all. */
import {defineRule, type Judgement} from '../rule.ts'
import {defaultApiRoles, type Subject} from '../subject.ts'

export const absentApiRole = defineRule({
  id: 'absent-api-role',
  group: 'definer',
  severity: 'error',
  title: 'An API role that does not exist',
  why: [
    'A role that is misspelt holds nothing, so that whatever the real one holds would pass for closed. So it would',
    'where the clients of a database are other roles than `anon` and `authenticated`, and nobody has named them.',
  ].join('\n'),
  resolve: [
    'Correct the name of the role, or leave it out. Where neither `anon` nor `authenticated` exists, name the roles that',
    'clients log in as, or become, as `audit.apiRoles` in the configuration; an empty list says that there is none but',
    '`PUBLIC`.',
  ].join('\n'),
  judge: (subject) => (subject.namedApiRoles === undefined ? noneAtAll(subject) : misnamed(subject)),
})

function misnamed({namedApiRoles = [], roles}: Subject): Judgement[] {
  return namedApiRoles
    .filter((role) => role !== 'PUBLIC' && !roles.has(role))
    .map((role) => ({
      verdict: 'unknown',
      object: role,
      message: `Unexpected API role ${role}, which was not seen, expected a role that exists`,
      mend: {advice: `Correct the name ${role} in \`audit.apiRoles\`, or leave it out.`},
    }))
}

function noneAtAll({roles}: Subject): Judgement[] {
  if (defaultApiRoles.some((role) => roles.has(role))) return []
  const names = defaultApiRoles.join(' nor ')
  return [
    {
      verdict: 'unknown',
      object: 'API roles',
      message: `Could not establish which roles the clients of this database can be: neither ${names} exists`,
      mend: {advice: 'Name them as `audit.apiRoles` in the configuration; `[]` says that there are none.'},
    },
  ]
}
