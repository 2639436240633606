/** A role that owns definers and reads past every policy. */

import {groupBy} from '../../model/group-by.ts'
import type {Routine} from '../../model/inventory.ts'
import {defineRule, type Judgement} from '../rule.ts'

export const ownerBypassesRls = defineRule({
  id: 'owner-bypasses-rls',
  // Without the baseline nothing relies on policies.
  group: 'relational',
  severity: 'warning',
  title: 'An owner of SECURITY DEFINER routines to whom no policy applies',
  why: [
    '`FORCE ROW LEVEL SECURITY` makes policies apply to the owner of a table, but not to a superuser and not to a role',
    'with BYPASSRLS, and Supabase’s `postgres` has BYPASSRLS: a definer that it owns reads every row, forced or not.',
  ].join('\n'),
  resolve: [
    'Give routines that rely on policies to a role without BYPASSRLS, by `ALTER FUNCTION … OWNER TO …`. Others have to',
    'check for themselves what their caller may do.',
  ].join('\n'),
  judge({definers, roles}) {
    const owned = groupBy(
      definers.filter(({owner}) => owner !== null),
      ({owner}) => owner ?? '',
    )
    const ofRoles = [...owned].flatMap(([name, routines]): Judgement[] => {
      const role = roles.get(name)
      if (role?.superuser === false && role.bypassRls === false) return []
      const isSure = role?.superuser === true || role?.bypassRls === true
      const what = role?.superuser === true ? 'is a superuser' : 'has BYPASSRLS'
      return [
        {
          verdict: isSure ? 'refuted' : 'unknown',
          object: name,
          message: isSure
            ? `Unexpected owner ${name} of ${count(routines)}, which ${what}, expected one to whom policies apply`
            : `Could not establish whether policies apply to ${name}, the owner of ${count(routines)}`,
          mend: {
            advice: 'Give the routines that rely on policies to a role without SUPERUSER and BYPASSRLS.',
          },
          routines,
        },
      ]
    })
    const ofRoutines = definers
      .filter(({owner}) => owner === null)
      .map(
        (routine): Judgement => ({
          verdict: 'unknown',
          object: routine.id,
          message: `Could not establish who owns SECURITY DEFINER ${routine.kind} ${routine.id}`,
          mend: {advice: `See that the owner of ${routine.id} can be followed, or audit a database.`},
          origin: routine.origin,
          routines: [routine],
        }),
      )
    return [...ofRoles, ...ofRoutines]
  },
})

function count([first, ...more]: readonly Routine[]): string {
  return more.length === 0 ? `${first?.id}` : `${first?.id} and ${more.length} more SECURITY DEFINER routines`
}
