/** A new relation in the world, as every statement that makes one makes it. */
import type {RangeVar} from 'libpg-query'
import {type Fold, originOf} from './context.ts'
import {initialAcl} from './default-privileges.ts'
import {creationSchema, rangeName, show, temporary} from './names.ts'
import {Refusal} from './refusal.ts'
import {find, put, type RelationState} from './world.ts'

/** @returns `undefined` if it is there already, and IF NOT EXISTS said so. */
export function establish(
  fold: Fold,
  range: RangeVar | undefined,
  ifNotExists: boolean,
  about: Partial<RelationState> & {readonly kind: RelationState['kind']},
): RelationState | undefined {
  const name = rangeName(range)
  const schema = creationSchema(fold, name)
  const owner = about.owner ?? fold.world.session.now.role
  const taken = find(fold.world.relations, schema, name.name) ?? find(fold.world.types, schema, name.name)
  if (taken !== undefined) {
    if (ifNotExists) return undefined
    throw new Refusal('it exists already', show(taken))
  }
  const acl = initialAcl(fold, about.kind === 'sequence' ? 'sequence' : 'table', owner, schema)
  const relation: RelationState = {
    oid: fold.world.nextOid++,
    schema,
    name: name.name,
    owner,
    acl: schema === temporary ? [] : acl,
    columnAcls: new Map(),
    columns: null,
    enabled: false,
    forced: false,
    policies: [],
    partitionOf: null,
    inherits: [],
    ownedBy: null,
    defaultOf: null,
    options: {},
    uses: new Set(),
    doubts: new Set(),
    origin: originOf(fold),
    ...about,
  }
  put(fold.world, fold.world.relations, relation)
  return relation
}
