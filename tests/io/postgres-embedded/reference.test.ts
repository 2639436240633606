/** The reference database: folded, replayed, and on real servers, it is one and the same. */
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {foldFolder} from '../../../src/app/inventory/fold.ts'
import {readMigrations} from '../../../src/app/inventory/folder.ts'
import {replayMigrations} from '../../../src/app/inventory/replay.ts'
import {audit} from '../../../src/audit/audit.ts'
import {findDifferences} from '../../../src/audit/differences.ts'
import {profiles} from '../../../src/inventory/profiles/profiles.ts'
import {filesOnDisk} from '../../../src/io/project-files.ts'
import type {Inventory} from '../../../src/model/inventory.ts'
import type {Registry} from '../../../src/model/registry.ts'
import {readRegistry} from '../../../src/source/registry.ts'
import {catalogOptions, readCatalog} from '../../support/catalog.ts'
import {sharedDataDir} from '../../support/data-dir.ts'
import type {Session} from '../../support/postgres.ts'
import {onEachServer} from '../../support/servers.ts'

const {schemas, apiRoles} = catalogOptions
const dataDir = sharedDataDir()
const folder = 'supabase/migrations'
const root = path.resolve(import.meta.dirname, '../../..')

const migrations = readMigrations(filesOnDisk(root), folder, undefined)

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
  it('is the same folded, replayed and on the server, and agrees with its document', async () => {
    const replayed = await replay()
    expect(replayed.coverage.statements?.failed).toBe(0)
    expect(replayed.coverage.statements?.applied).toBeGreaterThan(100)
    expect(replayed.routines.filter(({origin}) => origin === null)).toEqual([])
    expect(replayed.relations.filter(({origin}) => origin === null)).toEqual([])

    await session.run(
      'ALTER SCHEMA public OWNER TO pg_database_owner; GRANT ALL ON SCHEMA public TO pg_database_owner',
    )
    for (const {text} of migrations.files)
      await session.run(`RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; ${text}`)
    await session.run('RESET ROLE; RESET ALL')
    const live = await readCatalog(session)
    if ((await versionOf(session)) >= 17) expect(comparable(replayed)).toEqual(comparable(live))

    const folded = await foldFolder(migrations, {label: folder, profile: profiles.plain, schemas})
    const inventories = {folded, replayed, live}
    const named = Object.entries(inventories).map(([label, inventory]) => ({label, inventory}))
    expect(findDifferences(named)).toEqual([])
    for (const {inventory} of named) {
      expect(inventory.routines.map(({id}) => id)).toEqual(live.routines.map(({id}) => id))
      const {verdict, judgements, tallies} = audit([readDocument()], inventory)
      expect({verdict, judgements}).toEqual({verdict: 'verified', judgements: []})
      expect(tallies).toEqual({documented: 111, undocumented: 0, verified: 111, refuted: 0, unknown: 0})
    }
    await session.run(
      `DROP OWNED BY ${replayed.roles
        .map(({name}) => name)
        .filter((name) => name.startsWith('dragonfly_'))
        .join()}`,
    )
  })
})

it('is the same however often it is replayed', async () => {
  expect(await replay()).toEqual(await replay())
})

/** MAINTAIN is a privilege from 17 on, so that ALL is more there. */
async function versionOf(session: Session): Promise<number> {
  return Number((await session.run('SHOW server_version_num')).rows[0]?.server_version_num) / 10_000
}

function readDocument(): Registry {
  const file = 'docs/SECURITY_EXCEPTIONS.md'
  const text = readFileSync(path.join(root, file), 'utf8')
  return readRegistry(text, {path: file, today: '2025-12-31'}).registry
}
