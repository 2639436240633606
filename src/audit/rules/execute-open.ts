/** A definer that API roles may execute, without a row that says why. */
import {judgeExecute} from '../execute-grants.ts'
import {defineRule} from '../rule.ts'

export const executeOpen = defineRule({
  id: 'execute-open',
  group: 'definer',
  severity: 'error',
  title: 'A SECURITY DEFINER routine that PUBLIC or an API role may execute',
  why: [
    'PostgreSQL grants EXECUTE on every new function to PUBLIC, and `DROP` followed by `CREATE` grants it again. A',
    'privilege that PUBLIC holds reaches `anon` whatever was revoked from `anon`, and where default privileges grant',
    'it to `anon` by name, revoking it from PUBLIC does not take that away: both have to go.',
  ].join('\n'),
  resolve: [
    'Revoke EXECUTE, and grant it to the role that needs it. Where an API role has to call it, add a row of kind',
    '`grant` that names the routine with its argument types, EXECUTE and the role.',
  ].join('\n'),
  yieldsTo: ['trigger-function-open'],
  judge: (subject) =>
    subject.definers.flatMap((routine) =>
      judgeExecute(
        routine,
        subject,
        (grantees) =>
          `Unexpected EXECUTE on SECURITY DEFINER ${routine.kind} ${routine.id} for ${grantees}, ` +
          'expected none, or a row of kind grant',
      ),
    ),
})
