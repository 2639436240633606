/** Inventories of one project → where they contradict each other. */

import type {Difference} from '../model/audit-report.ts'
import {compareCodePoints} from '../model/compare.ts'
import type {Inventory, Relation, Routine} from '../model/inventory.ts'
import {nameOf} from './naming.ts'

type Named = {readonly label: string; readonly inventory: Inventory}

/** What is said of an object, by fact; `null` where the source does not know. */
type Facts = Readonly<Record<string, string | null>>

/**
 * Facts that two sources state differently. What a source does not know, or left out, contradicts nothing.
 *
 * MAINTAIN is not compared: `ALL` holds it from PostgreSQL 17 on, and not before.
 *
 * @param sources In the order in which their values are told.
 * @returns Sorted by object, then in the order of the facts.
 */
export function findDifferences(sources: readonly Named[]): Difference[] {
  if (sources.length < 2) return []
  const views = sources.map(({label, inventory}) => ({label, ...viewOf(inventory)}))
  const ids = [...new Set(views.flatMap(({objects}) => [...objects.keys()]))].sort(compareCodePoints)
  return ids.flatMap((id) => {
    const object = views.flatMap(({objects}) => objects.get(id) ?? [])[0]
    const told = views.flatMap(({label, objects, mayHold}) => {
      const facts = objects.get(id)?.facts
      if (facts !== undefined) return [{label, facts: {existence: 'exists', ...facts}}]
      return object !== undefined && mayHold(object)
        ? []
        : [{label, facts: {existence: 'does not exist'} as Facts}]
    })
    return compareFacts(id, told)
  })
}

function compareFacts(object: string, told: readonly {label: string; facts: Facts}[]): Difference[] {
  const names = [...new Set(told.flatMap(({facts}) => Object.keys(facts)))]
  return names.flatMap((fact): Difference[] => {
    const values = told.flatMap(({label, facts}) => {
      const value = facts[fact]
      return value == null ? [] : [{source: label, value}]
    })
    return new Set(values.map(({value}) => value)).size < 2 ? [] : [{object, fact, values}]
  })
}

type Viewed = {readonly schema: string; readonly name: string; readonly facts: Facts}

function viewOf({routines, relations, coverage}: Inventory) {
  const objects = new Map<string, Viewed>()
  // An extension brings what a folder of migrations cannot tell.
  const own = <Item extends Routine | Relation>(items: readonly Item[]) =>
    items.filter(({extension}) => extension === null)
  for (const one of own(routines)) {
    if (one.signature !== null) objects.set(`${one.kind} ${one.id}`, {...one, facts: factsOfRoutine(one)})
  }
  for (const one of own(relations))
    objects.set(`${one.kind} ${one.id}`, {...one, facts: factsOfRelation(one)})
  const seen = new Set(coverage.schemas)
  const leftOut = new Set(coverage.leftOut.map(({schema}) => schema))
  const unsure = new Set(routines.filter(({signature}) => signature === null).map(nameOf))
  const extended = new Set(
    [...routines, ...relations].filter(({extension}) => extension !== null).map(nameOf),
  )
  /** Whether it may be there for all that this source can tell. */
  const mayHold = (object: Viewed) =>
    (!seen.has(object.schema) && leftOut.has(object.schema)) ||
    unsure.has(nameOf(object)) ||
    extended.has(nameOf(object))
  return {objects, mayHold}
}

function factsOfRoutine(routine: Routine): Facts {
  const {securityDefiner, settings, owner, grants, language, volatility, returns, body} = routine
  return {
    'SECURITY DEFINER': securityDefiner === null ? null : securityDefiner ? 'yes' : 'no',
    settings: settings && listOf(settings.map(({name, value}) => `${name}=${value}`)),
    owner,
    privileges: showGrants(grants),
    language,
    volatility,
    result: returns,
    body: body?.replaceAll('\r\n', '\n') ?? null,
  }
}

function factsOfRelation(relation: Relation): Facts {
  const {owner, rowSecurity, policies, options, grants, columnGrants, partitionOf} = relation
  return {
    owner,
    'row level security':
      rowSecurity &&
      `${rowSecurity.enabled ? 'enabled' : 'disabled'}, ${rowSecurity.forced ? 'forced' : 'not forced'}`,
    policies: listOf(
      policies.map(({name, command, permissive, roles}) =>
        [name, permissive ? '' : 'restrictive', command, `to ${roles.join(', ')}`].filter(Boolean).join(' '),
      ),
    ),
    options: listOf(Object.entries(options).map(([name, value]) => `${name}=${value}`)),
    'partition of': partitionOf ?? 'none',
    privileges: showGrants(grants),
    'privileges on columns': listOf(
      columnGrants.map(({grantee, privilege, column}) => `${privilege} (${column}) to ${grantee}`),
    ),
  }
}

function showGrants(grants: Routine['grants']): string | null {
  const shown = grants
    ?.filter(({privilege}) => privilege !== 'MAINTAIN')
    .map(({grantee, privilege, grantable}) => `${privilege} to ${grantee}${grantable ? ' (grantable)' : ''}`)
  return shown === undefined ? null : listOf(shown)
}

function listOf(items: readonly string[]): string {
  return items.length === 0 ? 'none' : [...items].sort(compareCodePoints).join('; ')
}
