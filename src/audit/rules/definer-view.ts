/** A view that reads as its owner. */
import type {Relation} from '../../model/inventory.ts'
import {defineRule} from '../rule.ts'
import {qualified} from '../sql.ts'

export const definerView = defineRule({
  id: 'definer-view',
  group: 'relational',
  severity: 'error',
  title: 'A view without security_invoker',
  why: [
    'Its tables are read with the privileges and under the policies of its owner, not of the caller; if the owner is a',
    'superuser or has BYPASSRLS, whoever may read the view reads every row. `security_invoker` came with PostgreSQL 15;',
    'before, every view is of this sort.',
  ].join('\n'),
  resolve: [
    'Set `security_invoker`. Where the view is there to show what its caller may not read, or the server is older, add',
    'a row of kind `definer-view`.',
  ].join('\n'),
  judge: ({relations, excuses}) =>
    relations
      .filter(
        (view) => view.kind === 'view' && !isInvokerView(view) && !excuses.isExcused('definer-view', view),
      )
      .map((view) => ({
        verdict: 'refuted',
        object: view.id,
        message: `Unexpected view ${view.id} without security_invoker, expected it, or a row of kind definer-view`,
        mend: {statement: `ALTER VIEW ${qualified(view)} SET (security_invoker = true);`},
        origin: view.origin,
      })),
})

/** As `parse_bool` reads it, which takes the beginnings of words too. */
export function isInvokerView({options}: Relation): boolean {
  const value = options.security_invoker?.toLowerCase()
  return value !== undefined && /^(?:t|tr|tru|true|y|ye|yes|on|1)$/.test(value)
}
