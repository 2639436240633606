/** This repository's own reference database, folded: the functions that its document lists, and nothing unknown. */
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'
import {foldFolder} from '../../../src/app/inventory/fold.ts'
import {readMigrations} from '../../../src/app/inventory/folder.ts'
import {profiles} from '../../../src/inventory/profiles/profiles.ts'
import {filesOnDisk} from '../../../src/io/project-files.ts'
import {Failure} from '../../../src/model/failure.ts'
import {project} from '../../support/project.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const folder = 'supabase/migrations'

test.each([undefined, ...Object.values(profiles)])(
  '111 definers, each closed to PUBLIC and with a search_path, and no unknown: $name',
  async (profile) => {
    const inventory = await foldFolder(readMigrations(filesOnDisk(root), folder, undefined), {
      label: folder,
      profile,
      schemas: {include: [], exclude: [], documented: []},
    })
    const definers = inventory.routines.filter((routine) => routine.securityDefiner)
    expect(definers).toHaveLength(111)
    expect(inventory.coverage.unknowns).toEqual([])
    expect(inventory.coverage.statements?.failed).toBe(0)
    expect(definers.filter((routine) => routine.owner !== 'dragonfly_owner')).toEqual([])
    expect(
      definers.filter((routine) => routine.grants?.some((grant) => grant.grantee === 'PUBLIC') !== false),
    ).toEqual([])
    expect(
      definers.filter((routine) => routine.settings?.some(({name}) => name === 'search_path') !== true),
    ).toEqual([])
    expect(definers.filter((routine) => routine.origin?.date == null)).toEqual([])
  },
)

describe('a folder on the disk', () => {
  test('is read with the folders below it, SQL alone', () => {
    const files = {
      'db/2_b.sql': 'SELECT 2;',
      'db/more/1_a.sql': '\ufeffSELECT é;',
      'db/notes.bin': 'x',
      'other.sql': '',
    }
    const {tool, files: read, leftOut} = readMigrations(filesOnDisk(project(files)), 'db', undefined)
    expect(tool).toBe('numbered')
    expect(read.map(({path: file, text}) => [file, text])).toEqual([
      ['db/more/1_a.sql', '\ufeffSELECT é;'],
      ['db/2_b.sql', 'SELECT 2;'],
    ])
    expect(leftOut).toEqual([{path: 'db/notes.bin', why: 'it is no SQL file'}])
  })

  test('may hold what its tool leaves out, whatever its bytes', () => {
    const root = project({'db/20250101000000_a.sql': 'SELECT 1;', 'db/seed.sql': ''})
    writeFileSync(path.join(root, 'db/seed.sql'), new Uint8Array([0xff]))
    expect(readMigrations(filesOnDisk(root), 'db', undefined).files).toHaveLength(1)
  })

  test.each<[string, Record<string, string>, RegExp]>([
    ['that is not there', {'a.sql': ''}, /^No folder of migrations at db in /],
    ['that is a file', {db: ''}, /^No folder of migrations at db in /],
    ['without a migration', {'db/notes.md': ''}, /^No migrations in db: it is no SQL file$/],
  ])('%s is refused', (_, files, message) => {
    const read = () => readMigrations(filesOnDisk(project(files)), 'db', undefined)
    expect(read).toThrow(Failure)
    expect(read).toThrow(message)
  })

  test('with a migration that is not UTF-8 is refused', () => {
    const broken = project({'db/1_a.sql': ''})
    writeFileSync(path.join(broken, 'db/1_a.sql'), new Uint8Array([0x53, 0xff]))
    expect(() => readMigrations(filesOnDisk(broken), 'db', undefined)).toThrow(
      'Cannot read db/1_a.sql: it is not UTF-8',
    )
  })

  test('is read by the rules of the tool that was named', () => {
    const root = project({'db/20250101000000_a.sql': '', 'db/b.sql': ''})
    expect(readMigrations(filesOnDisk(root), 'db', undefined).files.map((file) => file.path)).toEqual([
      'db/20250101000000_a.sql',
    ])
    expect(readMigrations(filesOnDisk(root), 'db', 'alphabetical').files).toHaveLength(2)
  })
})
