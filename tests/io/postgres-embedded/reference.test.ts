/** The reference database, replayed: as often as you like, and as a real server has it. */
import path from 'node:path'
import {expect, it} from 'vitest'
import {readMigrations} from '../../../src/app/inventory/folder.ts'
import {replayMigrations} from '../../../src/app/inventory/replay.ts'
import {profiles} from '../../../src/inventory/profiles/profiles.ts'
import type {Inventory} from '../../../src/model/inventory.ts'
import {catalogOptions, readCatalog} from '../../support/catalog.ts'
import {sharedDataDir} from '../../support/data-dir.ts'
import {onEachServer} from '../../support/servers.ts'

const {schemas, apiRoles} = catalogOptions
const dataDir = sharedDataDir()
const folder = 'supabase/migrations'
const root = path.resolve(import.meta.dirname, '../../..')

const migrations = readMigrations(root, folder, undefined)

function replay(): Promise<Inventory> {
  return replayMigrations(migrations, {
    label: folder,
    profile: profiles.plain,
    schemas,
    apiRoles,
    dataDir: dataDir(),
  })
}

/** Without what only one of the two can know. */
function comparable({routines, relations, schemas, defaultPrivileges, roles, coverage}: Inventory): unknown {
  return {
    routines: routines.map((routine) => ({...routine, origin: null})),
    relations: relations.map((relation) => ({...relation, origin: null})),
    schemas,
    defaultPrivileges,
    roles,
    schemasSeen: coverage.schemas,
    leftOut: coverage.leftOut,
    unknowns: coverage.unknowns,
  }
}

onEachServer((session) => {
  it('is the same in the embedded PostgreSQL and on the server', async () => {
    const replayed = await replay()
    expect(replayed.coverage.statements?.failed).toBe(0)
    expect(replayed.coverage.statements?.applied).toBeGreaterThan(100)
    expect(replayed.routines.filter(({origin}) => origin === null)).toEqual([])
    expect(replayed.relations.filter(({origin}) => origin === null)).toEqual([])
    expect(await replay()).toEqual(replayed)

    await session.run(
      'ALTER SCHEMA public OWNER TO pg_database_owner; GRANT ALL ON SCHEMA public TO pg_database_owner',
    )
    for (const {text} of migrations.files)
      await session.run(`RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; ${text}`)
    await session.run('RESET ROLE; RESET ALL')
    expect(comparable(replayed)).toEqual(comparable(await readCatalog(session)))
    await session.run(
      `DROP OWNED BY ${replayed.roles
        .map(({name}) => name)
        .filter((name) => name.startsWith('dragonfly_'))
        .join()}`,
    )
  })
}, '18')
