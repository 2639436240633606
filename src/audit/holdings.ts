/** What roles own, and what they are: why nothing is safe from whoever acts as one of them. */
import type {Routine} from '../model/inventory.ts'
import {searchPathOf} from './path.ts'
import type {Subject} from './subject.ts'

/** `null` as `what`: whether it is any of it is unknown. */
export type Power = {readonly what: string | null; readonly routines: readonly Routine[]}

type Holding = {readonly objects: string[]; readonly routines: Set<Routine>}

/** @returns What to say of a role, or `undefined` for one that is nothing and owns nothing. */
export function powersIn(subject: Subject): (role: string) => Power | undefined {
  const {definers, relations, schemas, roles} = subject
  const holdings = holdingsIn(subject)
  const isOwned = ({owner}: {readonly owner: string | null}) => owner !== null
  const areOwned = definers.every(isOwned) && relations.every(isOwned) && [...schemas.values()].every(isOwned)
  return (role) => {
    const facts = roles.get(role)
    const holding = holdings.get(role)
    const own = [...(holding?.routines ?? [])]
    if (facts?.superuser === true) return {what: 'is a superuser', routines: definers}
    // PostgreSQL reserves the prefix for them.
    if (role.startsWith('pg_')) return {what: 'is one of PostgreSQL’s predefined roles', routines: definers}
    if (facts?.bypassRls === true) return {what: 'has BYPASSRLS', routines: own}
    if (holding !== undefined) return {what: `owns ${some(holding.objects)}`, routines: own}
    const isKnown = facts?.superuser === false && facts.bypassRls === false && areOwned
    return isKnown ? undefined : {what: null, routines: definers}
  }
}

/** Definers that an owner of a schema on their path decides about count as held by it, too. */
function holdingsIn({definers, relations, schemas}: Subject): Map<string, Holding> {
  const holdings = new Map<string, Holding>()
  const hold = (owner: string | null, object: string | undefined, routine?: Routine) => {
    if (owner === null) return
    const holding = holdings.get(owner) ?? {objects: [], routines: new Set()}
    holdings.set(owner, holding)
    if (object !== undefined) holding.objects.push(object)
    if (routine !== undefined) holding.routines.add(routine)
  }
  for (const routine of definers) hold(routine.owner, routine.id, routine)
  for (const {owner, id} of relations) hold(owner, id)
  for (const {owner, name} of schemas.values()) hold(owner, `schema ${name}`)
  for (const routine of definers) {
    for (const schema of searchPathOf(routine) ?? [])
      hold(schemas.get(schema)?.owner ?? null, undefined, routine)
  }
  return holdings
}

function some(objects: readonly string[]): string {
  return `${objects[0]}${objects.length === 1 ? '' : ` and ${objects.length - 1} more`}`
}
