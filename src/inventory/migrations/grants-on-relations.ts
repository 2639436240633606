/** GRANT and REVOKE on tables, views, sequences, and their columns. */
import type {GrantStmt} from 'libpg-query'
import type {Acl} from './acl.ts'
import type {Fold} from './context.ts'
import {changed} from './grant-change.ts'
import {show} from './names.ts'
import {allRights} from './privileges.ts'
import {Refusal} from './refusal.ts'
import {readPrivileges} from './statement-privileges.ts'
import {put, type RelationState} from './world.ts'

/** A REVOKE on the table takes the same privileges away from every column. */
export function grantRelation(
  fold: Fold,
  statement: GrantStmt,
  grantees: readonly string[],
  relation: RelationState,
): void {
  const kind = relation.kind === 'sequence' ? 'sequence' : 'table'
  const {rights, all, columns} = readPrivileges(
    statement,
    statement.objtype === 'OBJECT_SEQUENCE' ? 'sequence' : 'table',
    fold.version,
  )
  const known = allRights(kind, fold.version)
  // GRANT … ON TABLE of a sequence: what a sequence does not have is left out with a warning.
  const lenient = all || (kind === 'sequence' && statement.objtype === 'OBJECT_TABLE')
  const asked = all ? known : rights
  if (!lenient && (asked & ~known) !== 0) throw new Refusal(`a ${kind} has no such privilege`, show(relation))
  const target = {acl: relation.acl, owner: relation.owner, rights: asked & known, subject: show(relation)}
  const named = rights !== 0 || all
  const acl = named ? changed(fold, statement, grantees, target) : relation.acl
  const columnRights = new Map(columns)
  if (named && !statement.is_grant) {
    for (const column of relation.columnAcls.keys()) {
      columnRights.set(column, (columnRights.get(column) ?? 0) | (asked & allRights('column', fold.version)))
    }
  }
  const columnAcls = new Map(relation.columnAcls)
  for (const [column, some] of columnRights) {
    if (some === 0) continue
    if (relation.columns !== null && !relation.columns.includes(column)) {
      throw new Refusal(`it has no column ${column}`, show(relation))
    }
    const before: Acl = columnAcls.get(column) ?? []
    const above = relation.acl
    const after = changed(fold, statement, grantees, {...target, acl: before, above, rights: some})
    if (after.length === 0) columnAcls.delete(column)
    else columnAcls.set(column, after)
  }
  put(fold.world, fold.world.relations, {...relation, acl, columnAcls})
}
