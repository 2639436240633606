/** The world at the end → the inventory, sorted, with what is unknown left unknown. */
import {compareCodePoints} from '../../model/compare.ts'
import type {Coverage, Inventory, Relation, Role, Routine, Unseen} from '../../model/inventory.ts'
import {compareMemberships} from '../../model/membership.ts'
import {chooseSchemas, hiddenDefiners, isPlatforms, isSystem, type SchemaChoice} from '../scope.ts'
import {everyone, explodeAcl} from './acl.ts'
import type {Fold} from './context.ts'
import {show, temporary} from './names.ts'
import {routineId} from './routine-lookup.ts'
import {showResult} from './routine-result.ts'
import {isKnownType, showType} from './types.ts'
import type {RelationState, RoutineState, World} from './world.ts'

type About = {
  readonly label: string
  readonly choice: SchemaChoice
  readonly leftOutFiles: readonly {readonly path: string; readonly why: string}[]
}

export function buildInventory(
  fold: Fold,
  statements: {readonly applied: number; readonly failed: number},
  about: About,
): Inventory {
  const {world} = fold
  const scope = chooseSchemas(schemasIn(world), about.choice)
  const seen = new Set(scope.seen.map(({name}) => name))
  const inScope = (schema: string) => seen.has(schema)
  const routines = [...world.routines.byOid.values()].filter((routine) => inScope(routine.schema))
  const relations = [...world.relations.byOid.values()].filter((relation) => inScope(relation.schema))
  const schemas = [...world.schemas.values()].filter(({name}) => !isSystem(name))
  const inventory = {
    routines: sortBy(
      routines.map((routine) => factsOfRoutine(world, routine)),
      (routine) => routine.id,
    ),
    relations: sortBy(
      relations.map((relation) => factsOfRelation(world, relation)),
      (relation) => relation.id,
    ),
    schemas: sortBy(
      schemas.map(({name, owner, acl}) => ({name, owner, grants: acl === null ? null : explodeAcl(acl)})),
      (schema) => schema.name,
    ),
    idleRevokes: sortBy(
      [...world.idleRevokes.values()],
      (revoke) => `${revoke.owner}\0${revoke.schema}\0${revoke.objects}\0${revoke.grantee}`,
    ),
    defaultPrivileges: sortBy(
      [...world.defaults.values()].map(({acl, ...entry}) => ({...entry, grants: explodeAcl(acl)})),
      (entry) => `${entry.owner}\0${entry.schema ?? ''}\0${entry.objects}`,
    ),
  }
  return {
    source: {kind: 'migrations', label: about.label},
    ...inventory,
    roles: rolesIn(world),
    memberships: [...world.memberships.values()]
      // Statements may say otherwise than what a plain GRANT gives: whether they did is not held.
      .map(({role, member}) => ({role, member, inherits: null, canSet: null, isAdmin: null}))
      .sort(compareMemberships),
    coverage: {
      schemas: scope.seen.map(({name}) => name),
      leftOut: scope.leftOut,
      statements,
      leftOutFiles: about.leftOutFiles,
      unknowns: [
        ...fold.unknowns,
        ...scope.unknowns,
        ...hiddenDefiners(factsOutside(world, scope.leftOut)),
        ...nothingApplied(statements.applied, about.label),
      ],
    },
  }
}

function factsOfRoutine(world: World, routine: RoutineState): Routine {
  const {schema, name, kind, argumentNames, language, volatility, body, origin, doubts} = routine
  return {
    id: routineId(world, routine),
    schema,
    name,
    kind,
    signature: routine.inputs.every(isKnownType) ? routine.inputs.map((type) => showType(world, type)) : null,
    argumentNames,
    returns: showResult(world, routine.returns),
    language,
    volatility,
    securityDefiner: doubts.has('securityDefiner') ? null : routine.definer,
    settings: doubts.has('settings') ? null : routine.settings,
    owner: doubts.has('owner') ? null : routine.owner,
    grants: doubts.has('grants') ? null : explodeAcl(routine.acl),
    body,
    extension: null,
    origin,
  }
}

function factsOfRelation(world: World, relation: RelationState): Relation {
  const {schema, name, kind, options, origin, doubts, enabled, forced} = relation
  const parent = relation.partitionOf === null ? undefined : world.relations.byOid.get(relation.partitionOf)
  const isTable = kind === 'table' || kind === 'partitioned-table'
  const columnGrants = [...relation.columnAcls].flatMap(([column, acl]) =>
    explodeAcl(acl).map((grant) => ({...grant, column})),
  )
  return {
    id: show(relation),
    schema,
    name,
    kind,
    owner: doubts.has('owner') ? null : relation.owner,
    rowSecurity: isTable && !doubts.has('rowSecurity') ? {enabled, forced} : null,
    policies: sortBy(
      relation.policies.map(({uses, ...policy}) => ({
        ...policy,
        roles: [...policy.roles].sort(compareCodePoints),
      })),
      (policy) => policy.name,
    ),
    partitionOf: parent === undefined ? null : show(parent),
    options: Object.fromEntries(sortBy(Object.entries(options), ([option]) => option)),
    grants: doubts.has('grants') ? null : explodeAcl(relation.acl),
    columnGrants: sortBy(columnGrants, (grant) => `${grant.column}\0${grant.grantee}\0${grant.privilege}`),
    extension: null,
    origin,
  }
}

/** Those that own something or hold something, and all that the folder makes or speaks of. */
function rolesIn(world: World): Role[] {
  const roles = new Map<string, Role>(world.roles)
  const add = (name: string | null) => {
    if (name !== null && name !== everyone && !roles.has(name)) {
      roles.set(name, {name, superuser: null, bypassRls: null})
    }
  }
  for (const schema of world.schemas.values()) add(schema.owner)
  for (const {owner, acl} of world.defaults.values())
    for (const name of [owner, ...acl.map((item) => item.grantee)]) add(name)
  for (const {owner} of [...world.routines.byOid.values(), ...world.relations.byOid.values()]) add(owner)
  return sortBy([...roles.values()], (role) => role.name)
}

/** Routines of the schemas that were left out as a platform's, though nobody asked for it. */
function factsOutside(world: World, leftOut: Coverage['leftOut']): Routine[] {
  const schemas = new Set(leftOut.filter(isPlatforms).map(({schema}) => schema))
  return [...world.routines.byOid.values()]
    .filter(({schema}) => schemas.has(schema))
    .map((routine) => factsOfRoutine(world, routine))
}

/** Every schema that is there or that something is in, and how many definers each may hold. */
function schemasIn(world: World): {name: string; definers: number}[] {
  const definers = new Map<string, number>([...world.schemas.keys()].map((name) => [name, 0]))
  for (const {schema} of world.relations.byOid.values()) definers.set(schema, definers.get(schema) ?? 0)
  for (const {schema, definer, doubts} of world.routines.byOid.values()) {
    const more = definer || doubts.has('securityDefiner') ? 1 : 0
    definers.set(schema, (definers.get(schema) ?? 0) + more)
  }
  definers.delete(temporary)
  return [...definers].map(([name, number]) => ({name, definers: number}))
}

function nothingApplied(applied: number, label: string): Unseen[] {
  if (applied > 0) return []
  return [{subject: label, why: 'no statement was applied: nothing was seen', location: null}]
}

function sortBy<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return [...items].sort((a, b) => compareCodePoints(key(a), key(b)))
}
