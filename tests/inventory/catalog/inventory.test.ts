/** Every field of the inventory, on a database that has one of everything. */
import {describe, expect, it} from 'vitest'
import type {Grant, Inventory, Relation, Routine} from '../../../src/model/inventory.ts'
import {readCatalog} from '../../support/catalog.ts'
import {dropSample, hostile, hostileQuoted, sample} from '../../support/catalog-sample.ts'
import {onEachHost, type Session} from '../../support/postgres.ts'

const hostileRole = `"secdef_${hostile.replaceAll('"', '""')}"`

async function readSample(session: Session, role?: string): Promise<Inventory> {
  await session.run(`${dropSample}${sample}`)
  return await readCatalog(session, {apiRoles: ['secdef_api', 'secdef_absent']}, role)
}

function routine(inventory: Inventory, id: string): Routine {
  const found = inventory.routines.find((one) => one.id === id)
  if (found === undefined) throw new Error(`No ${id} in ${inventory.routines.map((one) => one.id)}`)
  return found
}

function relation(inventory: Inventory, id: string): Relation {
  const found = inventory.relations.find((one) => one.id === id)
  if (found === undefined) throw new Error(`No ${id} in ${inventory.relations.map((one) => one.id)}`)
  return found
}

/** `grantee: privilege, privilege*`, a star for what may be granted on. */
function brief(grants: readonly Grant[] | null): string[] {
  const byGrantee = new Map<string, string[]>()
  for (const {grantee, privilege, grantable} of grants ?? []) {
    byGrantee.set(grantee, [...(byGrantee.get(grantee) ?? []), `${privilege}${grantable ? '*' : ''}`])
  }
  return [...byGrantee].map(([grantee, privileges]) => `${grantee}: ${privileges.join(', ')}`)
}

onEachHost((session) => {
  describe('routines', () => {
    it('are told apart by the types of their arguments, in order', async () => {
      const inventory = await readSample(session)
      expect(inventory.routines.map(({id}) => id)).toEqual([
        `app."${hostile.replaceAll('"', '""')}"(integer)`,
        'app.atomic(integer)',
        'app.f()',
        'app.f(integer, text)',
        'app.f(public.mood, public."select"[], character[])',
        'app.internal_one(text)',
        'app.outs(integer, text, integer)',
        'app.proc(integer, text)',
        'app.rows(integer)',
        'app.sum_up(integer)',
        'other.closed()',
        'other.granted()',
      ])
      expect(routine(inventory, 'app.f(integer, text)')).toEqual({
        id: 'app.f(integer, text)',
        schema: 'app',
        name: 'f',
        kind: 'function',
        signature: ['integer', 'text'],
        argumentNames: ['a', ''],
        returns: 'text',
        language: 'sql',
        volatility: 'stable',
        securityDefiner: true,
        settings: [
          {name: 'search_path', value: '""'},
          {name: 'my.setting', value: 'a=b'},
          {name: 'statement_timeout', value: '1s'},
        ],
        owner: 'postgres',
        grants: [
          {grantee: 'PUBLIC', privilege: 'EXECUTE', grantable: false},
          {grantee: 'postgres', privilege: 'EXECUTE', grantable: false},
        ],
        body: 'SELECT $2',
        extension: null,
        origin: null,
      })
    })

    it('have kinds, arguments, results and bodies', async () => {
      const inventory = await readSample(session)
      const facts = ({kind, argumentNames, returns, language, volatility, body}: Routine) => {
        return {
          kind,
          argumentNames,
          returns,
          language,
          volatility,
          body: body?.replace(/\s+/g, ' ').trim() ?? null,
        }
      }
      expect(Object.fromEntries(inventory.routines.map((one) => [one.id, facts(one)]))).toEqual({
        [`app.${hostileQuoted}(integer)`]: {
          kind: 'function',
          argumentNames: [hostile],
          returns: 'integer',
          language: 'sql',
          volatility: 'volatile',
          body: 'SELECT 1',
        },
        'app.atomic(integer)': {
          kind: 'function',
          argumentNames: ['p_id'],
          returns: 'bigint',
          language: 'sql',
          volatility: 'volatile',
          body: expect.stringMatching(
            /^BEGIN ATOMIC SELECT count\(\*\) AS count FROM pg_class WHERE \(pg_class\.oid = \(atomic\.p_id\)::oid\); END$/,
          ),
        },
        'app.f()': {
          kind: 'function',
          argumentNames: [],
          returns: 'integer',
          language: 'sql',
          volatility: 'volatile',
          body: 'SELECT 1',
        },
        'app.f(integer, text)': {
          kind: 'function',
          argumentNames: ['a', ''],
          returns: 'text',
          language: 'sql',
          volatility: 'stable',
          body: 'SELECT $2',
        },
        'app.f(public.mood, public."select"[], character[])': {
          kind: 'function',
          argumentNames: ['', '', 'rest'],
          returns: 'SETOF record',
          language: 'sql',
          volatility: 'immutable',
          body: 'SELECT 1, 2',
        },
        'app.internal_one(text)': {
          kind: 'window',
          argumentNames: [''],
          returns: 'integer',
          language: 'internal',
          volatility: 'volatile',
          body: null,
        },
        'app.outs(integer, text, integer)': {
          kind: 'function',
          argumentNames: ['a', 'c', 'd'],
          returns: 'record',
          language: 'sql',
          volatility: 'volatile',
          body: 'SELECT 1, c',
        },
        'app.proc(integer, text)': {
          kind: 'procedure',
          argumentNames: ['a', 'b'],
          returns: null,
          language: 'plpgsql',
          volatility: 'volatile',
          body: 'BEGIN NULL; END',
        },
        'app.rows(integer)': {
          kind: 'function',
          argumentNames: ['n'],
          returns: 'TABLE(x integer, y public.mood)',
          language: 'plpgsql',
          volatility: 'volatile',
          body: "BEGIN RETURN QUERY SELECT 1, 'a'::public.mood; END",
        },
        'app.sum_up(integer)': {
          kind: 'aggregate',
          argumentNames: [''],
          returns: 'integer',
          language: 'internal',
          volatility: 'immutable',
          body: null,
        },
        'other.closed()': {
          kind: 'function',
          argumentNames: [],
          returns: 'integer',
          language: 'sql',
          volatility: 'volatile',
          body: 'SELECT 1',
        },
        'other.granted()': {
          kind: 'function',
          argumentNames: [],
          returns: 'integer',
          language: 'sql',
          volatility: 'volatile',
          body: 'SELECT 1',
        },
      })
    })

    it('are definers, owned and open to whom the catalogue says', async () => {
      const inventory = await readSample(session)
      const definers = inventory.routines.filter((one) => one.securityDefiner).map(({id}) => id)
      expect(definers).toEqual([
        `app.${hostileQuoted}(integer)`,
        'app.f(integer, text)',
        'app.outs(integer, text, integer)',
        'app.proc(integer, text)',
      ])
      expect(routine(inventory, 'app.outs(integer, text, integer)').owner).toBe('secdef_owner')
      expect(routine(inventory, 'app.f()').settings).toEqual([])
      expect(brief(routine(inventory, 'app.f()').grants)).toEqual(['PUBLIC: EXECUTE', 'postgres: EXECUTE'])
      expect(routine(inventory, 'other.closed()').grants).toEqual([])
      expect(brief(routine(inventory, 'other.granted()').grants)).toEqual([
        'postgres: EXECUTE',
        'secdef_caller: EXECUTE*',
        'secdef_idle: EXECUTE*',
      ])
    })
  })

  describe('relations', () => {
    it('have kinds, row security, parents and options', async () => {
      const inventory = await readSample(session)
      const facts = ({kind, rowSecurity, partitionOf, options}: Relation) => {
        const security =
          rowSecurity && `${rowSecurity.enabled ? 'on' : 'off'}${rowSecurity.forced ? ', forced' : ''}`
        return {kind, security, partitionOf, options}
      }
      const plain = {security: null, partitionOf: null, options: {}}
      expect(Object.fromEntries(inventory.relations.map((one) => [one.id, facts(one)]))).toEqual({
        'app.child': {...plain, kind: 'table', security: 'off'},
        'app.definer_view': {...plain, kind: 'view'},
        'app.enabled': {...plain, kind: 'table', security: 'on'},
        'app.forced': {...plain, kind: 'table', security: 'off, forced'},
        'app.m': {...plain, kind: 'materialized-view'},
        'app.own': {...plain, kind: 'sequence'},
        'app.parted': {...plain, kind: 'partitioned-table', security: 'off'},
        'app.remote': {...plain, kind: 'foreign-table'},
        'app.s': {...plain, kind: 'sequence'},
        'app.t': {...plain, kind: 'table', security: 'on, forced'},
        'app.v': {...plain, kind: 'view', options: {security_invoker: 'true', security_barrier: 'true'}},
        'other.part': {
          kind: 'table',
          security: 'off',
          partitionOf: 'app.parted',
          options: {fillfactor: '70'},
        },
      })
      expect(inventory.relations.map(({id}) => id)).toEqual(inventory.relations.map(({id}) => id).toSorted())
      const {schema, name, owner, extension, origin} = relation(inventory, 'app.t')
      const identity = {schema: 'app', name: 't', owner: 'secdef_owner', extension: null, origin: null}
      expect({schema, name, owner, extension, origin}).toEqual(identity)
    })

    it('have policies', async () => {
      const inventory = await readSample(session)
      expect(relation(inventory, 'app.t').policies).toEqual([
        {name: 'all', command: 'ALL', permissive: true, roles: ['PUBLIC'], using: '(a > 0)', check: null},
        {name: hostile, command: 'INSERT', permissive: true, roles: ['PUBLIC'], using: null, check: 'true'},
        {
          name: 'z_own',
          command: 'UPDATE',
          permissive: false,
          roles: ['secdef_caller', 'secdef_owner'],
          using: '(a = 1)',
          check: expect.stringMatching(
            /^\(b IN \( SELECT \(pg_class\.relname\)::text AS relname\s+FROM pg_class\)\)$/,
          ),
        },
      ])
      expect(relation(inventory, 'app.child').policies).toEqual([])
    })

    it('are open to whom the catalogue says, down to columns', async () => {
      const inventory = await readSample(session)
      expect(brief(relation(inventory, 'app.t').grants)).toEqual(['PUBLIC: SELECT'])
      expect(relation(inventory, 'app.t').columnGrants).toEqual([
        {grantee: 'secdef_caller', privilege: 'SELECT', grantable: true, column: 'a'},
        {grantee: 'secdef_caller', privilege: 'UPDATE', grantable: true, column: 'a'},
        {grantee: 'PUBLIC', privilege: 'SELECT', grantable: false, column: 'ctid'},
        {grantee: 'PUBLIC', privilege: 'SELECT', grantable: false, column: hostile},
      ])
      expect(brief(relation(inventory, 'app.own').grants)).toEqual(['postgres: SELECT, UPDATE, USAGE'])
      expect(brief(relation(inventory, 'app.s').grants)).toEqual([
        'postgres: SELECT, UPDATE, USAGE',
        'secdef_caller: USAGE',
      ])
      const [view] = brief(relation(inventory, 'app.v').grants)
      expect(view).toMatch(
        /^postgres: DELETE, INSERT, (?:MAINTAIN, )?REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE$/,
      )
    })
  })

  it('tells schemas, default privileges and roles', async () => {
    const inventory = await readSample(session)
    const schemas = inventory.schemas.map(({name, owner, grants}) => ({name, owner, grants: brief(grants)}))
    expect(schemas).toEqual([
      {
        name: 'app',
        owner: 'secdef_owner',
        grants: ['secdef_caller: USAGE*', 'secdef_owner: CREATE, USAGE'],
      },
      // Left out, but a path may name it.
      {name: 'auth', owner: 'postgres', grants: ['postgres: CREATE, USAGE']},
      {name: 'empty', owner: 'postgres', grants: ['postgres: CREATE, USAGE']},
      {name: 'other', owner: 'postgres', grants: ['postgres: CREATE, USAGE', 'secdef_caller: USAGE']},
      {name: 'public', owner: 'postgres', grants: ['PUBLIC: USAGE', 'postgres: CREATE, USAGE']},
    ])
    const defaults = inventory.defaultPrivileges.map(({grants, ...rest}) => ({
      ...rest,
      grants: brief(grants),
    }))
    const everywhere = {owner: 'secdef_owner', schema: null, origin: null}
    expect(defaults).toEqual([
      {...everywhere, objects: 'functions', grants: ['secdef_owner: EXECUTE']},
      {...everywhere, objects: 'schemas', grants: ['secdef_caller: USAGE', 'secdef_owner: CREATE, USAGE']},
      {
        ...everywhere,
        objects: 'sequences',
        grants: ['secdef_idle: USAGE*', 'secdef_owner: SELECT, UPDATE, USAGE'],
      },
      {...everywhere, objects: 'types', grants: []},
      {...everywhere, schema: 'app', objects: 'tables', grants: ['secdef_caller: SELECT']},
    ])
    expect(inventory.roles).toEqual([
      {name: 'postgres', superuser: true, bypassRls: true},
      {name: 'secdef_api', superuser: false, bypassRls: false},
      {name: 'secdef_caller', superuser: false, bypassRls: true},
      {name: 'secdef_idle', superuser: false, bypassRls: false},
      {name: 'secdef_owner', superuser: false, bypassRls: false},
    ])
  })

  describe('memberships', () => {
    const plain = {inherits: true, canSet: true, isAdmin: false}
    const membersOf = async (apiRoles: string[], role?: string) => {
      const {memberships, roles} = await readCatalog(session, {apiRoles}, role)
      return {
        memberships: memberships.filter(({member}) => member.startsWith('secdef_')),
        roles: roles.map(({name}) => name).filter((name) => name !== 'postgres'),
      }
    }

    it('are told with what they let do, and the roles that an API role reaches', async () => {
      await session.run(`
        CREATE ROLE secdef_api; CREATE ROLE secdef_team; CREATE ROLE ${hostileRole}; CREATE ROLE secdef_idle NOINHERIT;
        GRANT secdef_team TO secdef_api; GRANT ${hostileRole} TO secdef_team;
        GRANT secdef_team TO secdef_idle WITH ADMIN OPTION; GRANT secdef_api TO secdef_idle; GRANT pg_monitor TO secdef_idle`)
      const idle = {...plain, member: 'secdef_idle', inherits: false}
      const expected = [
        {...plain, member: 'secdef_api', role: 'secdef_team'},
        {...idle, role: 'pg_monitor'},
        {...idle, role: 'secdef_api'},
        {...idle, role: 'secdef_team', isAdmin: true},
        {...plain, member: 'secdef_team', role: `secdef_${hostile}`},
      ]
      const reached = ['secdef_api', 'secdef_team', `secdef_${hostile}`]
      expect(await membersOf(['secdef_api'])).toEqual({memberships: expected, roles: reached})
      expect(await membersOf(['secdef_api'], 'secdef_idle')).toEqual({memberships: expected, roles: reached})
      expect((await membersOf([])).roles).toEqual([])
    })

    it('are of the options that each was granted with, from PostgreSQL 16 on', async () => {
      const {rows} = await session.run('SHOW server_version_num')
      const hasOptions = Number(rows[0]?.server_version_num) >= 160000
      await session.run(`
        CREATE ROLE secdef_api NOINHERIT; CREATE ROLE secdef_team; GRANT secdef_team TO secdef_api;
        ALTER ROLE secdef_api INHERIT`)
      const own = {...plain, member: 'secdef_api', role: 'secdef_team'}
      expect((await membersOf([])).memberships).toEqual([{...own, inherits: !hasOptions}])
      if (!hasOptions) return
      await session.run('GRANT secdef_team TO secdef_api WITH INHERIT FALSE, SET FALSE')
      expect((await membersOf([])).memberships).toEqual([{...own, inherits: false, canSet: false}])
      await session.run(`
        CREATE ROLE secdef_admin; GRANT secdef_team TO secdef_admin WITH ADMIN OPTION;
        GRANT secdef_team TO secdef_api WITH INHERIT TRUE, SET FALSE GRANTED BY secdef_admin`)
      const {memberships} = await membersOf([])
      expect(memberships.filter(({member}) => member === 'secdef_api')).toEqual([{...own, canSet: false}])
    })
  })

  it('tells what it left out, and what is no text', async () => {
    const {source, coverage} = await readSample(session)
    expect(source).toEqual({kind: 'database', label: 'test'})
    expect(coverage).toEqual({
      schemas: ['app', 'empty', 'other', 'public'],
      leftOut: [
        {schema: 'auth', why: 'of the platform', definers: 1},
        {schema: 'information_schema', why: 'PostgreSQL’s own', definers: 0},
        {schema: 'pg_catalog', why: 'PostgreSQL’s own', definers: 0},
      ],
      statements: null,
      unknowns: [
        {
          subject: 'app.internal_one(text)',
          why: 'Its body is not text: it is written in internal',
          location: null,
        },
      ],
    })
  })

  it('tells a role without any privilege the same facts, and which schemas it may not enter', async () => {
    const all = await readSample(session)
    const seen = await readCatalog(session, {apiRoles: ['secdef_api']}, 'secdef_idle')
    expect({...seen, coverage: {...seen.coverage, unknowns: []}}).toEqual({
      ...all,
      coverage: {...all.coverage, unknowns: []},
    })
    const why = 'This role has no USAGE on the schema'
    expect(seen.coverage.unknowns).toEqual([
      {subject: 'app', why, location: null},
      {subject: 'empty', why, location: null},
      {subject: 'other', why, location: null},
      ...all.coverage.unknowns,
    ])
  })

  it('is the same twice', async () => {
    expect(await readSample(session)).toEqual(await readCatalog(session, {apiRoles: ['secdef_api']}))
  })

  it('says that there was nothing to see', async () => {
    const {coverage, routines, relations} = await readCatalog(session)
    expect({routines, relations, schemas: coverage.schemas}).toEqual({
      routines: [],
      relations: [],
      schemas: ['public'],
    })
    expect(coverage.unknowns).toEqual([
      {subject: 'routines', why: 'Not one routine was seen', location: null},
      {subject: 'relations', why: 'Not one relation was seen', location: null},
    ])
  })

  it('counts a definer that hides in a temporary schema', async () => {
    await session.run('CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS $$SELECT 1$$')
    const {coverage} = await readCatalog(session)
    expect(coverage.leftOut.filter(({definers}) => definers > 0)).toEqual([
      {schema: expect.stringMatching(/^pg_temp_\d+$/), why: 'PostgreSQL’s own', definers: 1},
    ])
    await session.run('DROP FUNCTION pg_temp.f()')
  })
})
