/** ALTER ROLE … RENAME: the new name stands wherever the old one stood. */
import type {Acl} from './acl.ts'
import type {Fold} from './context.ts'
import {defaultKey} from './default-privileges.ts'
import {Refusal} from './refusal.ts'
import {deleteEntry, put, setEntry, setSession} from './world.ts'

export function renameRole(fold: Fold, from: string, to: string): void {
  const {world} = fold
  if (world.roles.get(to)?.superuser != null) throw new Refusal('it exists already', to)
  const swap = (name: string) => (name === from ? to : name)
  const swapAcl = (acl: Acl): Acl =>
    acl.map((item) => ({...item, grantee: swap(item.grantee), grantor: swap(item.grantor)}))
  const role = world.roles.get(from) ?? {name: from, superuser: null, bypassRls: null}
  deleteEntry(world, world.roles, from)
  setEntry(world, world.roles, to, {...role, name: to})
  for (const [key, {member, role: of}] of [...world.memberships]) {
    deleteEntry(world, world.memberships, key)
    const link = {member: swap(member), role: swap(of)}
    setEntry(world, world.memberships, `${link.member}\0${link.role}`, link)
  }
  for (const item of [...world.routines.byOid.values()]) {
    put(world, world.routines, {...item, owner: swap(item.owner), acl: swapAcl(item.acl)})
  }
  for (const item of [...world.relations.byOid.values()]) {
    put(world, world.relations, {
      ...item,
      owner: swap(item.owner),
      acl: swapAcl(item.acl),
      columnAcls: new Map([...item.columnAcls].map(([column, acl]) => [column, swapAcl(acl)])),
      policies: item.policies.map((policy) => ({...policy, roles: policy.roles.map(swap)})),
    })
  }
  for (const [name, schema] of [...world.schemas]) {
    const owner = schema.owner === null ? null : swap(schema.owner)
    setEntry(world, world.schemas, name, {
      ...schema,
      owner,
      acl: schema.acl === null ? null : swapAcl(schema.acl),
    })
  }
  for (const [key, entry] of [...world.defaults]) {
    deleteEntry(world, world.defaults, key)
    const owner = swap(entry.owner)
    const moved = {...entry, owner, acl: swapAcl(entry.acl)}
    setEntry(world, world.defaults, defaultKey(owner, entry.schema, entry.objects), moved)
  }
  const settings = (one: typeof world.session.now) => ({
    ...one,
    role: swap(one.role),
    sessionRole: swap(one.sessionRole),
  })
  const {now, lasting, initial} = world.session
  setSession(world, {
    ...world.session,
    now: settings(now),
    lasting: settings(lasting),
    initial: settings(initial),
  })
}
