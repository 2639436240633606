/** Facts of a small database that keeps every rule, and what a test changes about it. */
import type {
  Coverage,
  DefaultPrivilege,
  Grant,
  Inventory,
  Relation,
  Role,
  Routine,
  SchemaFacts,
} from '../../../src/model/inventory.ts'
import type {Registry} from '../../../src/model/registry.ts'
import {grantRow, type RowFields, registryWith} from './registry.ts'

export type Changes = {
  /** Added, or in place of those of the same id or name. */
  readonly routines?: readonly Routine[]
  readonly relations?: readonly Relation[]
  readonly schemas?: readonly SchemaFacts[]
  readonly roles?: readonly Role[]
  readonly memberships?: Inventory['memberships']
  readonly defaultPrivileges?: readonly DefaultPrivilege[]
  readonly idleRevokes?: NonNullable<Inventory['idleRevokes']>
  readonly coverage?: Partial<Coverage>
  /** Ids of routines and relations, names of schemas and roles that are not there. */
  readonly without?: readonly string[]
  readonly rows?: readonly RowFields[]
  /** Ids of rows that are not there. */
  readonly withoutRows?: readonly string[]
}

export const owner = 'owner'

export function grant(grantee: string, privilege: string): Grant {
  return {grantee, privilege, grantable: false}
}

/** A definer that keeps every rule, but for the fields given. */
export function definer(name: string, fields: Partial<Routine> = {}): Routine {
  const {schema = 'app', signature = ['integer']} = fields
  return {
    id: `${schema}.${name}(${signature?.join(', ') ?? '?'})`,
    schema,
    name,
    kind: 'function',
    signature,
    argumentNames: ['p_id'],
    returns: 'void',
    language: 'plpgsql',
    volatility: 'volatile',
    securityDefiner: true,
    settings: [{name: 'search_path', value: 'app, pg_temp'}],
    owner,
    grants: [grant(owner, 'EXECUTE')],
    body: 'BEGIN DELETE FROM app.job WHERE id = p_id; END',
    extension: null,
    origin: null,
    ...fields,
  }
}

/** A table that keeps every rule, but for the fields given. */
export function table(name: string, fields: Partial<Relation> = {}): Relation {
  const {schema = 'app', kind = 'table'} = fields
  const isTable = kind === 'table' || kind === 'partitioned-table'
  return {
    id: `${schema}.${name}`,
    schema,
    name,
    kind,
    owner,
    rowSecurity: isTable ? {enabled: true, forced: true} : null,
    policies: isTable
      ? [{name: 'own', command: 'ALL', permissive: true, roles: ['PUBLIC'], using: 'true', check: null}]
      : [],
    partitionOf: null,
    options: kind === 'view' ? {security_invoker: 'true'} : {},
    grants: [grant(owner, 'SELECT')],
    columnGrants: [],
    extension: null,
    origin: null,
    ...fields,
  }
}

const routines: readonly Routine[] = [
  definer('claim'),
  definer('plain', {securityDefiner: false, settings: []}),
  definer('touch', {signature: [], argumentNames: [], returns: 'trigger', body: 'BEGIN RETURN new; END'}),
]

const relations: readonly Relation[] = [
  table('all_job', {kind: 'view', options: {}}),
  table('code', {rowSecurity: {enabled: false, forced: false}, grants: [grant('anon', 'SELECT')]}),
  table('count', {kind: 'materialized-view'}),
  table('job'),
  table('remote', {kind: 'foreign-table'}),
  table('ticket', {kind: 'sequence'}),
]

const rows: readonly RowFields[] = [
  {schema: 'app', name: 'claim'},
  {schema: 'app', name: 'touch', signature: []},
  {schema: 'app', name: 'all_job', kind: 'definer-view'},
  {schema: 'app', name: 'code', kind: 'no-rls'},
  grantRow({schema: 'app', name: 'code'}, 'anon', 'SELECT'),
  grantRow({schema: 'app', name: 'app'}, 'anon', 'USAGE'),
]

export function facts(changes: Changes = {}): {inventory: Inventory; registries: Registry[]} {
  const {without = [], withoutRows = []} = changes
  const merge = <Item>(
    own: readonly Item[],
    more: readonly Item[] = [],
    key: (item: Item) => string,
  ): Item[] => {
    const all = new Map([...own, ...more].map((item) => [key(item), item]))
    return [...all.values()].filter((item) => !without.includes(key(item)))
  }
  const id = (item: {readonly id: string}) => item.id
  const name = (item: {readonly name: string}) => item.name
  const schemas: SchemaFacts[] = [
    {name: 'app', owner, grants: [grant(owner, 'CREATE'), grant(owner, 'USAGE'), grant('anon', 'USAGE')]},
    {name: 'other', owner, grants: [grant(owner, 'CREATE'), grant(owner, 'USAGE')]},
  ]
  const roles: Role[] = ['anon', 'authenticated', owner, 'worker'].map((role) => {
    return {name: role, superuser: false, bypassRls: false}
  })
  const seen = merge(schemas, changes.schemas, name)
  const registry = registryWith([...rows, ...(changes.rows ?? [])])
  const entries = registry.entries.filter(({value}) => !withoutRows.includes(value.id))
  return {
    registries: [{...registry, entries}],
    inventory: {
      source: {kind: 'migrations', label: 'migrations'},
      routines: merge(routines, changes.routines, id),
      relations: merge(relations, changes.relations, id),
      schemas: seen,
      defaultPrivileges: changes.defaultPrivileges ?? [closedFunctions],
      ...(changes.idleRevokes && {idleRevokes: changes.idleRevokes}),
      roles: merge(roles, changes.roles, name),
      memberships: changes.memberships ?? [],
      coverage: {
        schemas: seen.map(name),
        leftOut: [{schema: 'auth', why: 'of the platform', definers: 3}],
        statements: {applied: 20, failed: 0},
        unknowns: [],
        ...changes.coverage,
      },
    },
  }
}

export const closedFunctions: DefaultPrivilege = {
  owner,
  schema: null,
  objects: 'functions',
  grants: [grant(owner, 'EXECUTE')],
  origin: null,
}
