/** Which files each tool applies, and in which order. */
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {fileDate} from '../../../src/inventory/migrations/file-date.ts'
import {orderMigrations} from '../../../src/inventory/migrations/order.ts'
import {fold, showUnknowns} from '../../support/fold-sql.ts'

const names = (paths: readonly {readonly path: string}[]) => paths.map((one) => one.path)

type Case = {
  readonly tool: string
  readonly paths: readonly string[]
  readonly order: readonly string[]
  readonly leftOut?: readonly string[]
  readonly doubts?: readonly string[]
}

const cases: Readonly<Record<string, Case>> = {
  'Supabase CLI': {
    tool: 'supabase',
    paths: [
      'm/20250201000000_b.sql',
      'm/20250101000000_a.sql',
      'm/README.md',
      'm/seed.sql',
      'm/20250301000000.sql',
      'm/20250401000000-x.sql',
      'm/20250501000000_.sql',
      'm/old/20240101000000_c.sql',
    ],
    order: ['m/20250101000000_a.sql', 'm/20250201000000_b.sql', 'm/20250501000000_.sql'],
    leftOut: [
      'm/20250301000000.sql',
      'm/20250401000000-x.sql',
      'm/README.md',
      'm/old/20240101000000_c.sql',
      'm/seed.sql',
    ],
    doubts: ['m/20250301000000.sql', 'm/20250401000000-x.sql', 'm/old/20240101000000_c.sql', 'm/seed.sql'],
  },
  'the folder of the Supabase CLI, which is nobody else’s': {
    tool: 'supabase',
    paths: ['supabase/migrations/20250101000000_a.sql', 'supabase/migrations/seed.sql'],
    order: ['supabase/migrations/20250101000000_a.sql'],
    leftOut: ['supabase/migrations/seed.sql'],
  },
  'Supabase CLI, with files to undo and to test, which it would apply': {
    tool: 'supabase',
    paths: ['20250101000000_a.sql', '20250101000000_a.down.sql', '20250102000000_a.test.sql'],
    order: ['20250101000000_a.sql'],
    leftOut: ['20250101000000_a.down.sql', '20250102000000_a.test.sql'],
    doubts: ['20250101000000_a.down.sql', '20250102000000_a.test.sql'],
  },
  'pairs of another tool, with versions like those of the Supabase CLI': {
    tool: 'supabase',
    paths: ['20250101000000_a.up.sql', '20250101000000_a.down.sql'],
    order: ['20250101000000_a.up.sql'],
    leftOut: ['20250101000000_a.down.sql'],
  },
  'the same version twice': {
    tool: 'supabase',
    paths: ['20250101000000_b.sql', '20250101000000_a.sql'],
    order: ['20250101000000_a.sql', '20250101000000_b.sql'],
    doubts: ['20250101000000_b.sql'],
  },
  'versions of unequal length': {
    tool: 'supabase',
    paths: ['20250101000000_a.sql', '20250102000000_b.sql', '3_c.sql'],
    order: ['20250101000000_a.sql', '20250102000000_b.sql', '3_c.sql'],
    doubts: ['20250101000000_a.sql'],
  },
  'plain numbers': {
    tool: 'numbered',
    paths: ['9_a.sql', '10_b.sql', '001_c.sql', '1000000000000000000000_d.sql'],
    order: ['001_c.sql', '9_a.sql', '10_b.sql', '1000000000000000000000_d.sql'],
  },
  'numbers alone, and a file without': {
    tool: 'numbered',
    paths: ['2.sql', '1.sql', 'views.sql'],
    order: ['1.sql', '2.sql'],
    leftOut: ['views.sql'],
    doubts: ['views.sql'],
  },
  'dates with dashes, as Laravel and others write them': {
    tool: 'numbered',
    paths: ['2025_01_02_000000_b.sql', '2024_12_31_000000_a.sql', '2025_01_02_000001_c.sql'],
    order: ['2024_12_31_000000_a.sql', '2025_01_02_000000_b.sql', '2025_01_02_000001_c.sql'],
  },
  Drizzle: {
    tool: 'numbered',
    paths: [
      'drizzle/0001_b.sql',
      'drizzle/0000_a.sql',
      'drizzle/meta/_journal.json',
      'drizzle/meta/0000_snapshot.json',
    ],
    order: ['drizzle/0000_a.sql', 'drizzle/0001_b.sql'],
    leftOut: ['drizzle/meta/0000_snapshot.json', 'drizzle/meta/_journal.json'],
  },
  'golang-migrate': {
    tool: 'numbered',
    paths: ['2_b.up.sql', '2_b.down.sql', '1_a.up.sql', '1_a.down.sql', '10_c.up.sql'],
    order: ['1_a.up.sql', '2_b.up.sql', '10_c.up.sql'],
    leftOut: ['1_a.down.sql', '2_b.down.sql'],
  },
  'graphile-migrate': {
    tool: 'numbered',
    paths: ['committed/000002.sql', 'committed/000001-a.sql', 'current.sql'],
    order: ['committed/000001-a.sql', 'committed/000002.sql'],
    leftOut: ['current.sql'],
    doubts: ['current.sql'],
  },
  Flyway: {
    tool: 'flyway',
    paths: [
      'V1.10__x.sql',
      'V1.9__x.sql',
      'V2__b.sql',
      'V10__c.sql',
      'V1_9_1__y.sql',
      'R__views.sql',
      'R__a.sql',
      'U2__b.sql',
      'V3_bad.sql',
      'B1__base.sql',
      'afterMigrate.sql',
    ],
    order: [
      'B1__base.sql',
      'V1.9__x.sql',
      'V1_9_1__y.sql',
      'V1.10__x.sql',
      'V2__b.sql',
      'V10__c.sql',
      'R__a.sql',
      'R__views.sql',
    ],
    leftOut: ['U2__b.sql', 'V3_bad.sql', 'afterMigrate.sql'],
    doubts: ['V3_bad.sql', 'afterMigrate.sql'],
  },
  Prisma: {
    tool: 'prisma',
    paths: [
      'prisma/migrations/20250201_b/migration.sql',
      'prisma/migrations/20250101_a/migration.sql',
      'prisma/migrations/20250101_a/down.sql',
      'prisma/migrations/migration_lock.toml',
    ],
    order: ['prisma/migrations/20250101_a/migration.sql', 'prisma/migrations/20250201_b/migration.sql'],
    leftOut: ['prisma/migrations/20250101_a/down.sql', 'prisma/migrations/migration_lock.toml'],
    doubts: ['prisma/migrations/20250101_a/down.sql'],
  },
  'a single migration of Prisma': {
    tool: 'prisma',
    paths: ['prisma/migrations/20250101_a/migration.sql'],
    order: ['prisma/migrations/20250101_a/migration.sql'],
  },
  'no numbers at all': {
    tool: 'alphabetical',
    paths: ['b.sql', 'a.sql', 'é.sql', 'Z.sql'],
    order: ['Z.sql', 'a.sql', 'b.sql', 'é.sql'],
  },
}

test.each(Object.entries(cases))('%s', (_, {tool, paths, order, leftOut = [], doubts = []}) => {
  const result = orderMigrations(paths)
  expect(result.tool).toBe(tool)
  expect(names(result.files)).toEqual(order)
  expect(names(result.leftOut)).toEqual(leftOut)
  expect(names(result.doubts)).toEqual(doubts)
  expect(orderMigrations([...paths].reverse())).toEqual(result)
})

test('the tool that the caller names holds', () => {
  expect(names(orderMigrations(['1_a.sql', 'b.sql'], 'alphabetical').files)).toEqual(['1_a.sql', 'b.sql'])
  expect(names(orderMigrations(['10_a.sql', '9_b.sql'], 'supabase').files)).toEqual(['10_a.sql', '9_b.sql'])
})

test('every path is applied or left out, once', () => {
  const word = fc.constantFrom(
    '1',
    '02',
    '20250101000000',
    'V1',
    'V1.2',
    'U1',
    'R',
    '_',
    '__',
    'a',
    '.down',
    '.test',
    '.sql',
    '/',
    'migration',
  )
  const path = fc.array(word, {minLength: 1, maxLength: 6}).map((words) => words.join(''))
  fc.assert(
    fc.property(fc.uniqueArray(path), (paths) => {
      const {files, leftOut} = orderMigrations(paths)
      expect([...names(files), ...names(leftOut)].sort()).toEqual([...paths].sort())
    }),
  )
})

test.each([
  ['20250106090000', '2025-01-06'],
  ['20250106', '2025-01-06'],
  ['2025_01_06_000000', '2025-01-06'],
  ['2025-01-06', '2025-01-06'],
  ['20250230', null],
  ['20251301', null],
  ['00010101', null],
  ['1700000000000', null],
  ['1', null],
  ['2025-0106', null],
])('the date of version %s is %s', (version, date) => {
  expect(fileDate(version)).toBe(date)
})

describe('a folder that is folded', () => {
  test('files are applied in the order of the tool, whatever order they come in', async () => {
    const files = {
      'V10__c.sql': 'ALTER TABLE t RENAME TO last;',
      'V2__b.sql': 'ALTER TABLE a RENAME TO t;',
      'V1__a.sql': 'CREATE TABLE a ();',
      'U1__a.sql': 'DROP TABLE a;',
      'R__v.sql': 'CREATE VIEW v AS SELECT 1;',
    }
    const inventory = await fold(files)
    expect(inventory.relations.map((one) => one.id)).toEqual(['public.last', 'public.v'])
    expect(inventory.coverage.statements).toEqual({applied: 4, failed: 0})
    expect(inventory.coverage.leftOutFiles).toEqual([
      {path: 'db/U1__a.sql', why: 'Flyway applies it only to undo'},
    ])
    const reversed = await fold(Object.fromEntries(Object.entries(files).reverse()))
    expect(reversed).toEqual(inventory)
  })

  test('what makes the order unsure is said', async () => {
    const inventory = await fold({'1_a.sql': 'SELECT 1;', '1_b.sql': 'SELECT 1;', 'c.sql': 'SELECT 1;'})
    expect(showUnknowns(inventory)).toEqual([
      expect.stringContaining('-: db/1_b.sql: the version 1 is that of db/1_a.sql too'),
      expect.stringContaining('-: db/c.sql: it has no version'),
    ])
  })

  test.each([
    [
      'goose',
      '-- +goose Up\nCREATE TABLE t ();\n-- +goose StatementBegin\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$SELECT 1;$$;\n-- +goose StatementEnd\n-- +goose Down\nDROP FUNCTION f();\nDROP TABLE t;\n',
    ],
    [
      'dbmate',
      "-- migrate:up transaction:false\nCREATE TABLE t ();\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS '';\n\n-- migrate:down\nDROP TABLE t;",
    ],
    [
      'node-pg-migrate',
      "-- Up Migration\r\nCREATE TABLE t ();\r\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS '';\r\n-- Down Migration\r\nDROP TABLE t;",
    ],
    [
      'sql-migrate, down first',
      "-- +migrate Down\nDROP TABLE t;\n-- +migrate Up\nCREATE TABLE t ();\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS '';",
    ],
    [
      'Drizzle, without semicolons',
      "CREATE TABLE t ()\n--> statement-breakpoint\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS '';--> statement-breakpoint\n",
    ],
  ])('%s: only what is applied', async (_, text) => {
    const inventory = await fold({'1_one.sql': text})
    expect([...inventory.relations, ...inventory.routines].map((one) => one.id)).toEqual([
      'public.t',
      'public.f()',
    ])
    expect(inventory.coverage.statements).toEqual({applied: 2, failed: 0})
    expect(inventory.coverage.unknowns).toEqual([])
  })

  test('a section to undo in a file with none to apply is said', async () => {
    expect(showUnknowns(await fold('CREATE TABLE t ();\n-- +goose Down\nSELECT 1;'))).toEqual([
      expect.stringMatching(/^2: db\/.*a section that undoes/),
    ])
  })

  test('a placeholder that nobody fills in is a statement that does not parse', async () => {
    const inventory = await fold(
      "CREATE TABLE t ();\nGRANT SELECT ON t TO :DATABASE_VISITOR;\nGRANT SELECT ON t TO :'role';\nCREATE TABLE u ();",
    )
    expect(inventory.relations.map((one) => one.id)).toEqual(['public.t', 'public.u'])
    expect(inventory.coverage.statements).toEqual({applied: 2, failed: 2})
    expect(showUnknowns(inventory)).toEqual([
      expect.stringMatching(/^2: GRANT/),
      expect.stringMatching(/^3: GRANT/),
    ])
  })
})
