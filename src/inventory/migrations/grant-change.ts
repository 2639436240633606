/** What a GRANT or REVOKE makes of the privileges of one object. */
import type {GrantStmt} from 'libpg-query'
import {type Acl, changeAcl, everyone, grantOptions} from './acl.ts'
import {type Fold, note} from './context.ts'
import {Refusal} from './refusal.ts'
import {isMember} from './roles-named.ts'

export type Target = {
  readonly acl: Acl
  /** Where grant options are looked for, besides `acl`: of a column, its table. */
  readonly above?: Acl
  readonly owner: string
  readonly rights: number
  readonly subject: string
}

/** The list of an object after the statement. */
export function changed(fold: Fold, statement: GrantStmt, grantees: readonly string[], target: Target): Acl {
  const grant = statement.is_grant === true
  const option = statement.grant_option === true
  if (grant && option && target.rights !== 0 && grantees.includes(everyone))
    throw new Refusal('grant options can only be granted to roles')
  const {grantor, available} = grantorFor(fold, target)
  const rights = target.rights & available
  if (rights !== target.rights) {
    const lists = [...target.acl, ...(target.above ?? [])]
    if (rights === 0 && !lists.some((item) => item.grantee === grantor || item.grantee === everyone)) {
      throw new Refusal(`${grantor} may not grant on it`, target.subject)
    }
    note(fold, target.subject, `${grantor} holds no grant option for all of it: PostgreSQL only warns`)
  }
  const change = {
    grantor,
    rights: grant || !option ? rights : 0,
    grantable: !grant || option ? rights : 0,
    add: grant,
    cascade: statement.behavior === 'DROP_CASCADE',
  }
  return grantees.reduce((acl, grantee) => changeAcl(acl, {...change, grantee}, target.owner), target.acl)
}

/**
 * `select_best_grantor`: the owner, for whoever may act as him, else the role with most grant options. A role of
 * which nobody knows whether it is a superuser has had the right, or the migration would not have passed.
 */
function grantorFor(fold: Fold, target: Target): {grantor: string; available: number} {
  const {role} = fold.world.session.now
  const mayAll = fold.world.roles.get(role)?.superuser !== false
  if (mayAll || isMember(fold.world, role, target.owner)) return {grantor: target.owner, available: -1}
  let best = {grantor: role, available: 0}
  for (const name of [role, ...fold.world.roles.keys()]) {
    if (!isMember(fold.world, role, name)) continue
    const lists = [...target.acl, ...(target.above ?? [])]
    const available = grantOptions(lists, name, target.owner) & target.rights
    if (bits(available) > bits(best.available)) best = {grantor: name, available}
  }
  return best
}

function bits(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length
}
