/** This repository's own reference database, folded: the functions that its document lists, and nothing unknown. */
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {expect, test} from 'vitest'
import {foldMigrations} from '../../../src/inventory/migrations/fold.ts'
import {readMigrations} from '../../../src/io/migration-files.ts'
import {Failure} from '../../../src/model/failure.ts'
import {project} from '../../support/project.ts'

const root = path.resolve(import.meta.dirname, '../../..')

test('111 definers, each closed to PUBLIC and with a search_path, and no unknown', async () => {
  const inventory = await foldMigrations(readMigrations(root, 'supabase/migrations'), {
    label: 'supabase/migrations',
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
  expect(definers.filter((routine) => routine.origin?.date === null)).toEqual([])
})

test('a folder on the disk: SQL with its text, other files by name, folders below', () => {
  const files = {
    'db/b.sql': 'SELECT 2;',
    'db/a/migration.sql': '\ufeffSELECT é;',
    'db/notes.bin': 'x',
    'other.sql': '',
  }
  expect(readMigrations(project(files), 'db')).toEqual([
    {path: 'db/a/migration.sql', text: '\ufeffSELECT é;'},
    {path: 'db/b.sql', text: 'SELECT 2;'},
    {path: 'db/notes.bin', text: ''},
  ])
})

test('a folder that is not there, and a file that is not UTF-8', () => {
  expect(() => readMigrations(project({'a.sql': ''}), 'db')).toThrow(Failure)
  const broken = project({'db/a.sql': ''})
  writeFileSync(path.join(broken, 'db/a.sql'), new Uint8Array([0x53, 0xff]))
  expect(() => readMigrations(broken, 'db')).toThrow('Cannot read db/a.sql: it is not UTF-8')
})
