/** What the rules about row level security have in common. */
import type {Relation} from '../model/inventory.ts'
import type {Judgement} from './rule.ts'
import {qualified} from './sql.ts'
import type {Subject} from './subject.ts'

/** Tables that a row of kind `no-rls` does not excuse. */
export function guardedTables({relations, excuses}: Subject): Relation[] {
  return relations.filter(
    (relation) =>
      (relation.kind === 'table' || relation.kind === 'partitioned-table') &&
      !excuses.isExcused('no-rls', relation),
  )
}

/** A table whose row level security is off, or unknown. */
export function judgeDisabled(table: Relation, message: string): Judgement[] {
  const {rowSecurity, id, origin} = table
  if (rowSecurity?.enabled === true) return []
  const actions = [
    'ENABLE ROW LEVEL SECURITY',
    ...(rowSecurity?.forced === true ? [] : ['FORCE ROW LEVEL SECURITY']),
  ]
  return [
    {
      verdict: rowSecurity === null ? 'unknown' : 'refuted',
      object: id,
      message:
        rowSecurity === null ? `Could not establish whether row level security of ${id} is enabled` : message,
      mend: {statement: `ALTER TABLE ${qualified(table)} ${actions.join(', ')};`},
      origin,
    },
  ]
}
