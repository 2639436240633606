/** An API role that was asked for by name and does not exist. */
import {defineRule} from '../rule.ts'

export const absentApiRole = defineRule({
  id: 'absent-api-role',
  group: 'coverage',
  severity: 'error',
  title: 'An API role that does not exist',
  why: 'A role that is misspelt holds nothing, so that whatever the real one holds would pass for closed.',
  resolve: 'Correct the name of the role, or leave it out.',
  judge({namedApiRoles, roles}) {
    return namedApiRoles
      .filter((role) => role !== 'PUBLIC' && !roles.has(role))
      .map((role) => ({
        verdict: 'unknown',
        object: role,
        message: `Unexpected API role ${role}, which was not seen, expected a role that exists`,
        mend: {advice: `Correct the name ${role}, or leave it out.`},
      }))
  },
})
