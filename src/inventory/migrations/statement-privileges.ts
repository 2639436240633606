/** The privileges that a GRANT or REVOKE names. */
import type {GrantStmt} from 'libpg-query'
import {words} from './names.ts'
import {type AclKind, allRights, rightNamed} from './privileges.ts'
import {Refusal} from './refusal.ts'

export type Privileges = {
  /** On the object as a whole. */
  readonly rights: number
  /** `ALL`, or no list at all: what the object has no use for is then no fault. */
  readonly all: boolean
  readonly columns: ReadonlyMap<string, number>
}

/** @throws Refusal for a privilege that objects of this kind do not have. */
export function readPrivileges(statement: GrantStmt, kind: AclKind, version: number): Privileges {
  const columns = new Map<string, number>()
  const list = (statement.privileges ?? []).flatMap((node) => ('AccessPriv' in node ? [node.AccessPriv] : []))
  if (list.length === 0) return {rights: allRights(kind, version), all: true, columns}
  let rights = 0
  let all = false
  for (const {priv_name: name, cols} of list) {
    const right = name === undefined ? undefined : rightNamed(name)
    if (name !== undefined && right === undefined)
      throw new Refusal(`there is no privilege ${name.toUpperCase()}`)
    if (cols !== undefined) {
      const some = right ?? allRights('column', version)
      if ((some & ~allRights('column', version)) !== 0)
        throw new Refusal(`columns have no ${name?.toUpperCase()}`)
      for (const column of words(cols)) columns.set(column, (columns.get(column) ?? 0) | some)
    } else {
      all ||= right === undefined
      rights |= right ?? allRights(kind, version)
    }
  }
  return {rights, all, columns}
}
