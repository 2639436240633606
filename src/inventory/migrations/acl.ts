/** Access control lists, changed exactly as PostgreSQL changes them (src/backend/utils/adt/acl.c). */
import {compareCodePoints} from '../../model/compare.ts'
import type {Grant} from '../../model/inventory.ts'
import {type AclKind, allRights, publicRights, rightNamed, rightNames} from './privileges.ts'
import {Refusal} from './refusal.ts'

/** What one role granted to another. A privilege granted by two roles outlives the REVOKE of one of them. */
export type AclItem = {
  /** A role's name, or `PUBLIC`. */
  readonly grantee: string
  readonly grantor: string
  readonly rights: number
  /** Those of `rights` that the grantee may grant on. */
  readonly grantable: number
}
export type Acl = readonly AclItem[]

/** One step of a GRANT or REVOKE: rights and grant options to add, or to take away. */
export type AclChange = AclItem & {readonly add: boolean; readonly cascade: boolean}

export const everyone = 'PUBLIC'

/** The list that a new object has where no default privileges say otherwise: `acldefault`. */
export function defaultAcl(kind: AclKind, owner: string, version: number): Acl {
  const open = publicRights[kind]
  const items: AclItem[] = []
  if (open !== 0) items.push({grantee: everyone, grantor: owner, rights: open, grantable: 0})
  if (kind === 'column') return items
  return [...items, {grantee: owner, grantor: owner, rights: allRights(kind, version), grantable: 0}]
}

/**
 * `aclupdate`: change what one grantor gave to one grantee.
 *
 * @param owner Of the object; his grant options cannot be lost.
 * @throws Refusal where others hold privileges that depend on a grant option taken away, without CASCADE, and where
 * a grant option would go round in a circle.
 */
export function changeAcl(acl: Acl, change: AclChange, owner: string): Acl {
  if (change.add && change.grantable !== 0 && change.grantor !== owner) refuseCircle(acl, change, owner)
  const old = acl.find((item) => item.grantee === change.grantee && item.grantor === change.grantor)
  const before = old ?? {...change, rights: 0, grantable: 0}
  const after: AclItem = {
    grantee: change.grantee,
    grantor: change.grantor,
    rights: change.add ? before.rights | change.rights : before.rights & ~change.rights,
    grantable: change.add ? before.grantable | change.grantable : before.grantable & ~change.grantable,
  }
  const others = acl.filter((item) => item !== old)
  const changed = (after.rights | after.grantable) === 0 ? others : [...others, after]
  const lost = before.grantable & ~after.grantable
  return lost === 0 || change.grantee === everyone
    ? changed
    : revokeDependents(changed, change.grantee, lost, owner, change.cascade)
}

function refuseCircle(acl: Acl, change: AclChange, owner: string): void {
  let rest = acl
  // Take away, in thought, all grant options of the grantee: the grantor must still have his own.
  for (;;) {
    const found = rest.find((item) => item.grantee === change.grantee && item.grantable !== 0)
    if (found === undefined) break
    rest = changeAcl(rest, {...found, rights: found.grantable, add: false, cascade: true}, owner)
  }
  if ((change.grantable & ~grantOptions(rest, change.grantor, owner)) !== 0) {
    throw new Refusal('grant options cannot be granted back to the one who granted them')
  }
}

function revokeDependents(acl: Acl, grantee: string, lost: number, owner: string, cascade: boolean): Acl {
  if (grantee === owner) return acl
  const gone = lost & ~grantOptions(acl, grantee, owner)
  let rest = acl
  for (;;) {
    const dependent = rest.find((item) => item.grantor === grantee && (item.rights & gone) !== 0)
    if (dependent === undefined) return rest
    if (!cascade) throw new Refusal('privileges that depend on it exist')
    rest = changeAcl(rest, {...dependent, rights: gone, grantable: gone, add: false, cascade}, owner)
  }
}

/** What a role may grant on, by grants to itself. The owner may grant everything. */
export function grantOptions(acl: Acl, role: string, owner: string): number {
  if (role === owner) return -1
  return acl.reduce((sum, item) => (item.grantee === role ? sum | item.grantable : sum), 0)
}

/** `aclmerge`: one list with all items of another added. */
export function mergeAcls(acl: Acl, added: Acl, owner: string): Acl {
  return added.reduce((sum, item) => changeAcl(sum, {...item, add: true, cascade: false}, owner), acl)
}

/** `aclnewowner`: the new owner takes the place of the old one, as grantor and as grantee. */
export function reownAcl(acl: Acl, from: string, to: string): Acl {
  const swap = (name: string) => (name === from ? to : name)
  const merged = new Map<string, AclItem>()
  for (const item of acl) {
    const [grantee, grantor] = [swap(item.grantee), swap(item.grantor)]
    const key = `${grantee}\0${grantor}`
    const other = merged.get(key)
    merged.set(key, {
      grantee,
      grantor,
      rights: item.rights | (other?.rights ?? 0),
      grantable: item.grantable | (other?.grantable ?? 0),
    })
  }
  return [...merged.values()]
}

/** Whether two lists say the same, in whatever order. */
export function sameAcl(a: Acl, b: Acl): boolean {
  const key = (item: AclItem) => `${item.grantee}\0${item.grantor}\0${item.rights}\0${item.grantable}`
  const keys = new Set(a.map(key))
  return a.length === b.length && b.every((item) => keys.has(key(item)))
}

/** `aclexplode` without the grantors: one row for each grantee and privilege, sorted. */
export function explodeAcl(acl: Acl): Grant[] {
  const rows = new Map<string, Grant>()
  for (const item of acl) {
    for (const privilege of rightNames(item.rights)) {
      const key = `${item.grantee}\0${privilege}`
      const grantable = rightNames(item.grantable).includes(privilege) || rows.get(key)?.grantable === true
      rows.set(key, {grantee: item.grantee, privilege, grantable})
    }
  }
  return [...rows.entries()].sort((a, b) => compareCodePoints(a[0], b[0])).map((row) => row[1])
}

/** A list from rows that name no grantor, who is then the owner. */
export function implodeAcl(grants: readonly Grant[], owner: string): Acl {
  return grants.reduce<Acl>((acl, {grantee, privilege, grantable}) => {
    const rights = rightNamed(privilege) ?? 0
    const change = {
      grantee,
      grantor: owner,
      rights,
      grantable: grantable ? rights : 0,
      add: true,
      cascade: false,
    }
    return rights === 0 ? acl : changeAcl(acl, change, owner)
  }, [])
}
