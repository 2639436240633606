/** What must never be read as a smaller or a cleaner database: it is refused, or told as unknown. */
import {describe, expect, it} from 'vitest'
import type {Query} from '../../../src/inventory/catalog/query.ts'
import {type CatalogOptions, readInventory} from '../../../src/inventory/catalog/read-inventory.ts'
import {Failure} from '../../../src/model/failure.ts'
import type {Inventory} from '../../../src/model/inventory.ts'
import {catalogOptions} from '../../support/catalog.ts'
import {
  type Answers,
  answers,
  fakeQuery as fakeCatalog,
  policyRow,
  relationRow,
  routineRow,
  schemaRow,
} from '../../support/fake-catalog.ts'

/** The catalogue that answers from lists, with these rows of `pg_auth_members`. */
function fakeQuery(
  changes: Partial<Answers> = {},
  sqls: string[] = [],
  members: readonly object[] = [],
): Query {
  const others = fakeCatalog(changes, sqls)
  return async function* (sql, parameters) {
    if (!sql.includes('FROM pg_catalog.pg_auth_members')) return yield* others(sql, parameters)
    sqls.push(sql)
    for (const row of members) yield [JSON.stringify(row)]
  }
}

function read(changes: Partial<Answers> = {}, options: Partial<CatalogOptions> = {}): Promise<Inventory> {
  return readInventory(fakeQuery(changes), {...catalogOptions, ...options})
}

const choice = catalogOptions.schemas

describe('a row of another shape', () => {
  const cases: readonly {what: string; changes: Partial<Answers>; message: RegExp}[] = [
    {what: 'a kind', changes: {routines: [routineRow({kind: 'x'})]}, message: /kind/},
    {what: 'a volatility', changes: {routines: [routineRow({volatility: '?'})]}, message: /volatility/},
    {what: 'a field too many', changes: {routines: [routineRow({more: 1})]}, message: /more/},
    {what: 'a field too few', changes: {roles: [{oid: '1', name: 'r'}]}, message: /superuser/},
    {what: 'a truth value', changes: {routines: [routineRow({definer: null})]}, message: /definer/},
    {what: 'a privilege', changes: {routines: [routineRow({grants: [['0', 'EXECUTE']]})]}, message: /grants/},
    {
      what: 'a setting',
      changes: {routines: [routineRow({settings: ['search_path']})]},
      message: /name=value/,
    },
    {what: 'an option', changes: {relations: [relationRow({options: ['=on']})]}, message: /name=value/},
    {
      what: 'a command',
      changes: {relations: [relationRow({policies: [policyRow({command: 'x'})]})]},
      message: /policies/,
    },
  ]
  it.each(cases)('is a bug that keeps its stack: $what', async ({changes, message}) => {
    const reading = read(changes)
    await expect(reading).rejects.toThrow(message)
    await expect(reading).rejects.not.toBeInstanceOf(Failure)
  })
})

describe('rows that did not arrive', () => {
  it.each([
    {routines: [], message: 'Unexpected number of routines: 0, expected 1'},
    {
      routines: [routineRow(), routineRow({oid: '3', name: 'g'})],
      message: 'Unexpected number of routines: 2, expected 1',
    },
    {relations: [], message: 'Unexpected number of relations: 0, expected 1'},
    {server: undefined, message: 'The server did not say what it is'},
  ])('are missed: $message', async ({message, ...changes}) => {
    const query = fakeQuery({...('server' in changes ? {} : changes)})
    const silent: typeof query = async function* (sql, parameters) {
      if ('server' in changes && sql.includes('server_version_num')) return
      yield* query(sql, parameters)
    }
    await expect(readInventory(silent, catalogOptions)).rejects.toThrow(message)
  })
})

describe('a database that changes meanwhile', () => {
  it.each([
    {what: 'a type is gone', changes: {routines: [routineRow({types: ['???']})]}},
    {what: 'a function is gone', changes: {routines: [routineRow({returns: null})]}},
    {what: 'a body is gone', changes: {routines: [routineRow({hasAtomicBody: true, source: ''})]}},
    {
      what: 'a policy is gone',
      changes: {relations: [relationRow({policies: [policyRow({hasUsing: true})]})]},
    },
    {what: 'a check is gone', changes: {relations: [relationRow({policies: [policyRow({hasCheck: true})]})]}},
    {what: 'a schema is gone', changes: {schemas: [schemaRow('gone', {usage: null}), ...answers.schemas]}},
  ])('cannot be read: $what', async ({changes}) => {
    const reading = read(changes)
    await expect(reading).rejects.toBeInstanceOf(Failure)
    await expect(reading).rejects.toMatchObject({
      message: expect.stringContaining('The database changed while it was read'),
      hint: 'Run it again.',
    })
  })

  it('may have types of such a name', async () => {
    const {routines} = await read({routines: [routineRow({types: ['public."???"']})]})
    expect(routines.map(({id}) => id)).toEqual(['app.f(public."???")'])
  })
})

describe('another server', () => {
  it.each([
    ['CockroachDB CCL v23.1', 130000, 'Unexpected server'],
    ['PostgreSQL 8.0.2 on i686, Redshift 1.0.56754', 80002, 'Unexpected server'],
    ['PostgreSQL 12.22 on x86_64', 120022, 'PostgreSQL 12 is too old'],
  ])('is refused: %s', async (product, version, message) => {
    const reading = read({server: {...answers.server, product, version}})
    await expect(reading).rejects.toBeInstanceOf(Failure)
    await expect(reading).rejects.toThrow(message)
  })

  it.each([{path: ['public']}, {quotesAll: true}])(
    'is a bug where ids would come out wrong: %j',
    async (fields) => {
      const reading = read({server: {...answers.server, ...fields}})
      await expect(reading).rejects.toThrow('Unexpected session')
      await expect(reading).rejects.not.toBeInstanceOf(Failure)
    },
  )

  it('with names in no encoding is in doubt', async () => {
    const {coverage} = await read({server: {...answers.server, encoding: 'SQL_ASCII'}})
    expect(coverage.unknowns.map(({subject}) => subject)).toEqual(['names'])
  })

  it('of version 13 is not asked for what came with 14', async () => {
    const sqls: string[] = []
    await readInventory(fakeQuery({server: {...answers.server, version: 130022}}, sqls), catalogOptions)
    expect(sqls.join()).not.toMatch(/sqlbody/)
    await readInventory(fakeQuery({}, sqls), catalogOptions)
    expect(sqls.join()).toMatch(/pg_get_function_sqlbody.*/)
  })

  it('of version 15 is not asked for what came with 16', async () => {
    const sqls: string[] = []
    await readInventory(fakeQuery({server: {...answers.server, version: 159999}}, sqls), catalogOptions)
    expect(sqls.join()).not.toMatch(/inherit_option|set_option/)
    await readInventory(fakeQuery({server: {...answers.server, version: 160000}}, sqls), catalogOptions)
    expect(sqls.join()).toMatch(/inherit_option[\s\S]*set_option/)
  })
})

describe('bodies', () => {
  const cFunction = {language: 'c', source: null}
  it.each([
    {what: 'of the project', fields: cFunction, unknown: true},
    {what: 'of an extension', fields: {...cFunction, extension: 'x', definer: false}, unknown: false},
    {what: 'of an extension’s definer', fields: {...cFunction, extension: 'x'}, unknown: true},
    {what: 'of an aggregate', fields: {...cFunction, kind: 'a', definer: false}, unknown: false},
  ])('that are no text are told: $what', async ({fields, unknown}) => {
    const {routines, coverage} = await read({routines: [routineRow(fields)]})
    expect(routines.map(({body}) => body)).toEqual([null])
    const expected = {
      subject: 'app.f(integer)',
      why: 'Its body is not text: it is written in c',
      location: null,
    }
    expect(coverage.unknowns).toEqual(unknown ? [expected] : [])
  })
})

describe('what several grantors granted', () => {
  it.each([
    [false, true],
    [true, false],
  ])('is one grant, which may be granted on if one of them may: %s, %s', async (...options) => {
    const grants = options.map((grantable) => ['0', 'EXECUTE', grantable])
    const {routines} = await read({routines: [routineRow({grants})]})
    expect(routines.map((one) => one.grants)).toEqual([
      [{grantee: 'PUBLIC', privilege: 'EXECUTE', grantable: true}],
    ])
  })
})

describe('roles that are gone', () => {
  it('own nothing that is known, and hold what they hold under their number', async () => {
    const fields = {owner: '77', grants: [['78', 'EXECUTE', false]]}
    const {routines, roles} = await read({routines: [routineRow(fields)]})
    expect(routines.map(({owner, grants}) => ({owner, grants}))).toEqual([
      {owner: null, grants: [{grantee: '78', privilege: 'EXECUTE', grantable: false}]},
    ])
    expect(roles.map(({name}) => name)).toEqual(['boss'])
  })
})

describe('memberships', () => {
  const row = {role: '10', member: '77', inherits: false, canSet: false, isAdmin: false}
  const membershipsOf = async (...rows: object[]) =>
    (await readInventory(fakeQuery({}, [], rows), catalogOptions)).memberships

  it('of a role that is gone are kept under its number, with what is unknown of it', async () => {
    const {member, ...options} = row
    expect(await membershipsOf({...row, inherits: null})).toEqual([
      {...options, role: 'boss', member, inherits: null},
    ])
  })

  it.each([
    [true, false, true],
    [false, true, true],
    [true, null, true],
    [null, true, true],
    [false, null, null],
    [null, false, null],
    [false, false, false],
  ])('of several grantors let do what one of them lets do: %s, %s', async (one, other, expected) => {
    const found = await membershipsOf({...row, inherits: one}, {...row, inherits: other, canSet: true})
    expect(found.map(({inherits, canSet, isAdmin}) => [inherits, canSet, isAdmin])).toEqual([
      [expected, true, false],
    ])
  })

  it('of another shape are a bug', async () => {
    await expect(membershipsOf({...row, canSet: null})).rejects.toThrow(/canSet/)
  })
})

it('says which default privileges it does not know', async () => {
  const row = {owner: '10', schema: null, isGlobal: true, objects: 'L', grants: []}
  const {defaultPrivileges, coverage} = await read({defaults: [row]})
  expect(defaultPrivileges).toEqual([])
  expect(coverage.unknowns.map(({subject}) => subject)).toEqual([
    'default privileges of boss on large objects',
  ])
})

describe('schemas', () => {
  const names = ['app', 'auth', 'ops', 'pg_catalog', 'pg_toast', 'pg_temp_3']
  const rows = names.map((name) => schemaRow(name, {routines: 0, definers: name === 'pg_temp_3' ? 2 : 0}))
  const scope = async (schemas: Partial<CatalogOptions['schemas']>) => {
    const changes = {schemas: rows, routines: [], relations: []}
    const {coverage} = await read(changes, {schemas: {...choice, ...schemas}})
    const leftOut = coverage.leftOut.map(({schema, why, definers}) => `${schema}: ${why}, ${definers}`)
    const asked = coverage.unknowns.filter(({why}) => /^(?:There is no such|Schemas of)/.test(why))
    return {seen: coverage.schemas, leftOut, asked: asked.map(({subject}) => subject)}
  }
  const own = ['pg_catalog: PostgreSQL’s own, 0', 'pg_temp_3: PostgreSQL’s own, 2']

  it('of the platform are left out, and it is said', async () => {
    expect(await scope({})).toEqual({
      seen: ['app', 'ops'],
      leftOut: ['auth: of the platform, 0', ...own],
      asked: [],
    })
  })

  it('are those to include alone, of the platform too', async () => {
    expect(await scope({include: ['auth'], exclude: ['app']})).toEqual({
      seen: ['auth'],
      leftOut: ['app: not one to include, 0', 'ops: not one to include, 0', ...own],
      asked: [],
    })
  })

  it('are not those to exclude', async () => {
    expect(await scope({exclude: ['ops']})).toEqual({
      seen: ['app'],
      leftOut: ['auth: of the platform, 0', 'ops: one to exclude, 0', ...own],
      asked: [],
    })
  })

  it('that are documented are looked at whatever else is said', async () => {
    const {seen} = await scope({include: ['app'], exclude: ['ops'], documented: ['auth', 'ops']})
    expect(seen).toEqual(['app', 'auth', 'ops'])
  })

  it('that are asked for and cannot be read are told', async () => {
    const {asked, seen} = await scope({include: ['app', 'nope', 'pg_catalog'], documented: ['nada', 'nope']})
    expect({asked, seen}).toEqual({asked: ['nada', 'nope', 'pg_catalog'], seen: ['app']})
  })

  it('can be none, and it is told', async () => {
    const {coverage} = await read(
      {schemas: [schemaRow('app')], routines: [], relations: []},
      {schemas: {...choice, include: ['nope']}},
    )
    expect(coverage.unknowns.map(({why}) => why)).toEqual([
      'There is no such schema',
      'Not one schema was seen',
      'Not one routine was seen',
      'Not one relation was seen',
    ])
  })
})
