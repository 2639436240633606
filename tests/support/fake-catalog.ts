/** A catalogue that answers from lists: what no real server can be made to say. */
import type {Query} from '../../src/inventory/catalog/query.ts'

export type Answers = {
  server: object
  roles: readonly object[]
  schemas: readonly object[]
  routines: readonly object[]
  relations: readonly object[]
  defaults: readonly object[]
}

export const answers: Answers = {
  server: {
    product: 'PostgreSQL 17.0 on x',
    version: 170000,
    encoding: 'UTF8',
    path: [],
    quotesAll: false,
    role: 'me',
  },
  roles: [{oid: '10', name: 'boss', superuser: true, bypassRls: true}],
  schemas: [schemaRow('app', {routines: 1, definers: 1, relations: 1})],
  routines: [routineRow()],
  relations: [relationRow()],
  defaults: [],
}

export function schemaRow(name: string, fields: object = {}): object {
  return {name, owner: '10', grants: [], usage: true, routines: 0, definers: 0, relations: 0, ...fields}
}

export function routineRow(fields: object = {}): object {
  return {
    oid: '1',
    schema: 'app',
    name: 'f',
    kind: 'f',
    types: ['integer'],
    names: null,
    modes: null,
    returns: 'integer',
    language: 'sql',
    volatility: 'v',
    definer: true,
    settings: null,
    owner: '10',
    grants: [],
    hasAtomicBody: false,
    atomicBody: null,
    source: 'SELECT 1',
    extension: null,
    ...fields,
  }
}

export function relationRow(fields: object = {}): object {
  return {
    oid: '2',
    schema: 'app',
    name: 't',
    kind: 'r',
    owner: '10',
    rowSecurity: true,
    forced: false,
    policies: [],
    partitionOf: null,
    options: null,
    grants: [],
    columnGrants: [],
    extension: null,
    ...fields,
  }
}

export function policyRow(fields: object = {}): object {
  const expressions = {hasUsing: false, using: null, hasCheck: false, check: null}
  return {name: 'p', command: 'r', permissive: true, roles: ['0'], ...expressions, ...fields}
}

/** What each statement reads, known by its catalogue; `sqls` gets them in order. */
export function fakeQuery(changes: Partial<Answers> = {}, sqls: string[] = []): Query {
  const all = {...answers, ...changes}
  return async function* (sql) {
    sqls.push(sql)
    for (const row of rowsFor(sql, all)) yield [JSON.stringify(row)]
  }
}

function rowsFor(sql: string, all: Answers): readonly object[] {
  if (sql.includes('server_version_num')) return [all.server]
  if (sql.includes('FROM pg_catalog.pg_roles')) return all.roles
  if (sql.includes('FROM pg_catalog.pg_namespace AS')) return all.schemas
  if (sql.includes('FROM pg_catalog.pg_proc AS')) return all.routines
  if (sql.includes('FROM pg_catalog.pg_class AS relation')) return all.relations
  if (sql.includes('FROM pg_catalog.pg_default_acl')) return all.defaults
  throw new Error(`Unexpected statement: ${sql}`)
}
