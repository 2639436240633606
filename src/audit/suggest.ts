/** Definers that no row speaks of → what a row about each of them would have to say, the most exposed first. */
import {compareCodePoints} from '../model/compare.ts'
import {groupBy} from '../model/group-by.ts'
import {showIdentifier} from '../model/identifier.ts'
import type {Inventory, Role, Routine} from '../model/inventory.ts'
import type {Registry} from '../model/registry.ts'
import type {Suggestion} from '../model/suggestion.ts'
import {isTriggerFunction} from './execute-grants.ts'
import {nameOf} from './naming.ts'
import {searchPathOf} from './path.ts'
import {dynamicSql} from './rules/dynamic-sql.ts'
import {defaultApiRoles, type Subject, subjectOf} from './subject.ts'

/**
 * Sorted by, first to last:
 *
 * 1. who may execute it: PUBLIC, unknown (PostgreSQL's default is PUBLIC), the roles of the API in their order, another
 *    role, nobody but its owner;
 * 2. whether a caller reaches it by a call: all others before functions that only a trigger runs;
 * 3. dynamic SQL: of the caller, unknown, none;
 * 4. its owner: a superuser, unknown, one with BYPASSRLS, any other;
 * 5. its search_path: the caller's, unknown, its own;
 * 6. its id, by code point.
 *
 * @param apiRoles The roles that a client of the API can be, the most exposed first.
 */
export function suggestRows(
  registries: readonly Registry[],
  inventory: Inventory,
  apiRoles: readonly string[] = defaultApiRoles,
): Suggestion[] {
  const subject = subjectOf(registries, inventory, apiRoles)
  const {undocumented} = subject.match
  const namesakes = groupBy(inventory.routines, nameOf)
  const documented = new Set(
    subject.entries.filter(({value}) => value.kind === 'security-definer').map(({value}) => nameOf(value)),
  )
  const trust = trustsOf(undocumented, subject)
  const suggestions = undocumented.map((routine): Suggestion => {
    const {owner, schema} = routine
    // A name without types would cover its namesakes too, and must not stand beside one with types.
    const needsTypes = (namesakes.get(nameOf(routine))?.length ?? 0) > 1 || documented.has(nameOf(routine))
    return {
      routine,
      objectName: objectNameOf(routine, needsTypes),
      schema: showIdentifier(schema),
      callers: callersOf(routine, apiRoles),
      owner: owner === null ? undefined : subject.roles.get(owner),
      searchPath: searchPathOf(routine),
      dynamicSql: trust.get(routine) ?? 'none',
    }
  })
  const ranked = suggestions.map((suggestion) => ({suggestion, rank: rankOf(suggestion, apiRoles)}))
  return ranked.sort(compareRanks).map(({suggestion}) => suggestion)
}

function objectNameOf({name, signature}: Routine, needsTypes: boolean): string | undefined {
  if (!needsTypes) return showIdentifier(name)
  return signature === null ? undefined : `${showIdentifier(name)}(${signature.join(', ')})`
}

function callersOf({grants, owner}: Routine, apiRoles: readonly string[]): string[] | null {
  if (grants === null) return null
  const grantees = grants.filter(({privilege}) => privilege === 'EXECUTE').map(({grantee}) => grantee)
  return [...new Set(grantees)]
    .filter((grantee) => grantee !== owner)
    .sort((a, b) => exposureOf(a, apiRoles) - exposureOf(b, apiRoles) || compareCodePoints(a, b))
}

/** As the rule judges it, whether it is a definer for sure or not. */
function trustsOf(routines: readonly Routine[], subject: Subject): Map<Routine, Suggestion['dynamicSql']> {
  const judgements = dynamicSql.judge({...subject, definers: routines})
  return new Map(
    judgements.flatMap(({verdict, routines: about = []}) =>
      about.map((routine) => [routine, verdict === 'refuted' ? 'of-the-caller' : 'unknown'] as const),
    ),
  )
}

/** The less, the more exposed; 1 is left for what is unknown. */
function exposureOf(grantee: string, apiRoles: readonly string[]): number {
  if (grantee === 'PUBLIC') return 0
  const index = apiRoles.indexOf(grantee)
  return 2 + (index === -1 ? apiRoles.length : index)
}

function rankOf(
  {routine, callers, owner, searchPath, dynamicSql: trust}: Suggestion,
  apiRoles: readonly string[],
): readonly number[] {
  const [first] = callers ?? []
  const nobody = 3 + apiRoles.length
  return [
    callers === null ? 1 : first === undefined ? nobody : exposureOf(first, apiRoles),
    isTriggerFunction(routine) ? 1 : 0,
    ['of-the-caller', 'unknown', 'none'].indexOf(trust),
    ownerRank(owner),
    searchPath === undefined ? 0 : searchPath === null ? 1 : 2,
  ]
}

function ownerRank(owner: Role | undefined): number {
  if (owner?.superuser === true) return 0
  if (owner === undefined || owner.superuser === null || owner.bypassRls === null) return 1
  return owner.bypassRls ? 2 : 3
}

type Ranked = {readonly suggestion: Suggestion; readonly rank: readonly number[]}

function compareRanks(a: Ranked, b: Ranked): number {
  const difference = a.rank.map((rank, index) => rank - (b.rank[index] ?? 0)).find((one) => one !== 0)
  return difference ?? compareCodePoints(a.suggestion.routine.id, b.suggestion.routine.id)
}
