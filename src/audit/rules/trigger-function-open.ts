/** A definer trigger function that others may attach to a table of their own. */
import {isTriggerFunction, judgeExecute} from '../execute-grants.ts'
import {defineRule} from '../rule.ts'

export const triggerFunctionOpen = defineRule({
  id: 'trigger-function-open',
  group: 'definer',
  severity: 'error',
  title: 'A SECURITY DEFINER trigger function that PUBLIC or an API role may attach',
  why: [
    'A trigger function cannot be called, but whoever may execute it can attach it to a temporary table of their own',
    'and fill that with whatever they like: it runs as its owner. "Trigger-only" is true only with EXECUTE closed.',
  ].join('\n'),
  resolve: 'Revoke EXECUTE. The triggers that exist go on: firing needs no privilege on the function.',
  judge: (subject) =>
    subject.definers
      .filter(isTriggerFunction)
      .flatMap((routine) =>
        judgeExecute(
          routine,
          subject,
          (grantees) =>
            `Unexpected EXECUTE on SECURITY DEFINER trigger function ${routine.id} for ${grantees}, ` +
            'who can attach it to a table of their own, expected none',
        ),
      ),
})
