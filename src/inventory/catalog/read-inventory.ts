/** A connection → the inventory of what is there. */
import {compareCodePoints} from '../../model/compare.ts'
import {showIdentifier} from '../../model/identifier.ts'
import type {Coverage, Inventory, Origin, Routine, Unseen} from '../../model/inventory.ts'
import {reachedFrom} from '../../model/membership.ts'
import {chooseSchemas, hiddenDefiners, isPlatforms, isSystem, type SchemaChoice} from '../scope.ts'
import {toDefaultPrivileges} from './default-privilege.ts'
import {toMemberships} from './membership.ts'
import {defaultPrivileges} from './queries/default-privileges.ts'
import {memberships} from './queries/memberships.ts'
import {relations} from './queries/relations.ts'
import {roles as roleQuery} from './queries/roles.ts'
import {routines} from './queries/routines.ts'
import {type SchemaRow, schemas} from './queries/schemas.ts'
import {server} from './queries/server.ts'
import {type Query, rowsOf} from './query.ts'
import {toRelation} from './relation.ts'
import {resolveRoles} from './roles.ts'
import {toRoutine} from './routine.ts'
import {checkServer} from './server.ts'
import {stillThere} from './still-there.ts'

export type CatalogOptions = {
  readonly source: Inventory['source']
  readonly schemas: SchemaChoice
  /** Roles to be told of even where they own and hold nothing, with those that they are members of. */
  readonly apiRoles: readonly string[]
  /** Called now and then with the number of routines and relations read so far. */
  readonly onRows?: (count: number) => void
  /** What ran before, where it was replayed; a live server has no statements. */
  readonly replayed?: {
    readonly statements: NonNullable<Coverage['statements']>
    readonly unknowns: readonly Unseen[]
    readonly origin: (catalogue: 'pg_proc' | 'pg_class', oid: string) => Origin | null
  }
}

/** Rows between two signs of life. */
const toldEvery = 500

/**
 * Read every fact of the schemas chosen. Works as any role that may log in, on PostgreSQL 13 and newer.
 *
 * @throws Failure if this is no PostgreSQL, or it changed under our hands.
 * @throws {Error} if rows are missing or have another shape than the catalogues': never a part for the whole.
 */
export async function readInventory(query: Query, options: CatalogOptions): Promise<Inventory> {
  const [about] = await collect(rowsOf(query, server))
  if (about === undefined) throw new Error('The server did not say what it is')
  const warnings = checkServer(about)
  const roles = resolveRoles(await collect(rowsOf(query, roleQuery)))
  const allSchemas = await collect(rowsOf(query, schemas))
  for (const {name, usage} of allSchemas) stillThere(usage, showIdentifier(name))
  const {seen, leftOut, unknowns} = chooseSchemas(allSchemas, options.schemas)
  const names = [JSON.stringify(seen.map(({name}) => name))]
  const originOf = options.replayed?.origin ?? (() => null)

  const foundRoutines: Routine[] = []
  for await (const row of rowsOf(query, routines(about.version), names)) {
    foundRoutines.push(toRoutine(row, roles, originOf('pg_proc', row.oid)))
    if (foundRoutines.length % toldEvery === 0) options.onRows?.(foundRoutines.length)
  }
  const foundRelations: Inventory['relations'][number][] = []
  for await (const row of rowsOf(query, relations, names)) {
    foundRelations.push(toRelation(row, roles, originOf('pg_class', row.oid)))
    if (foundRelations.length % toldEvery === 0)
      options.onRows?.(foundRoutines.length + foundRelations.length)
  }
  expectAll(foundRoutines.length, seen, 'routines')
  const outside: Routine[] = []
  const platforms = leftOut.filter((one) => isPlatforms(one) && one.definers > 0)
  if (options.replayed !== undefined && platforms.length > 0) {
    const theirs = [JSON.stringify(platforms.map(({schema}) => schema))]
    for await (const row of rowsOf(query, routines(about.version), theirs)) {
      outside.push(toRoutine(row, roles, originOf('pg_proc', row.oid)))
    }
  }
  expectAll(foundRelations.length, seen, 'relations')
  const seenNames = seen.map(({name}) => name)
  const standing = toDefaultPrivileges(
    await collect(rowsOf(query, defaultPrivileges)),
    new Set(seenNames),
    roles,
  )
  const members = toMemberships(await collect(rowsOf(query, memberships(about.version))), roles.nameOf)
  const schemaFacts = allSchemas
    .filter(({name}) => !isSystem(name))
    .map(({name, owner, grants}) => ({name, owner: roles.owner(owner), grants: roles.grants(grants)}))
    .sort((a, b) => compareCodePoints(a.name, b.name))
  return {
    source: options.source,
    routines: foundRoutines.sort(byId),
    relations: foundRelations.sort(byId),
    schemas: schemaFacts,
    defaultPrivileges: standing.known,
    roles: roles.met([...options.apiRoles, ...reachedFrom(options.apiRoles, members).keys()]),
    memberships: members,
    coverage: {
      schemas: seenNames,
      leftOut,
      statements: options.replayed?.statements ?? null,
      unknowns: [
        ...(options.replayed?.unknowns ?? []),
        ...warnings,
        ...unknowns,
        ...nothingSeen('schema', seen.length),
        ...nothingSeen('routine', foundRoutines.length),
        ...nothingSeen('relation', foundRelations.length),
        ...hiddenDefiners(outside),
        ...foundRoutines.filter(isOpaque).map(opaque),
        ...standing.unknowns,
      ],
    },
  }
}

async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = []
  for await (const row of rows) all.push(row)
  return all
}

function byId(a: {readonly id: string}, b: {readonly id: string}): number {
  return compareCodePoints(a.id, b.id)
}

/** The server counted before it told: a connection that loses a batch must not pass for a smaller database. */
function expectAll(found: number, seen: readonly SchemaRow[], what: 'routines' | 'relations'): void {
  const expected = seen.reduce((sum, row) => sum + row[what], 0)
  if (found !== expected) throw new Error(`Unexpected number of ${what}: ${found}, expected ${expected}`)
}

function nothingSeen(what: string, count: number): Unseen[] {
  return count > 0 ? [] : [{subject: `${what}s`, why: `Not one ${what} was seen`, location: null}]
}

/** An extension's own C functions are many, and its concern, unless they are run with somebody else's rights. */
function isOpaque({kind, body, extension, securityDefiner}: Routine): boolean {
  return body === null && kind !== 'aggregate' && (extension === null || securityDefiner === true)
}

function opaque({id, language}: Routine): Unseen {
  return {subject: id, why: `Its body is not text: it is written in ${language}`, location: null}
}
