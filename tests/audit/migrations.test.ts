/** Every case on migrations that are folded: what breaks it, and what mends it, are further files. */
import {expect, it} from 'vitest'
import {type Audit, audit} from '../../src/audit/audit.ts'
import {foldWith} from '../../src/inventory/migrations/fold.ts'
import {loadParser} from '../../src/inventory/migrations/parser.ts'
import {inOrder} from '../support/fold-sql.ts'
import {type BreakCase, breakCases} from './cases.ts'
import {brief, mendOf} from './support/prove-cases.ts'
import {registryWith} from './support/registry.ts'
import {apiRoles, world, worldRows} from './support/world.ts'

const parser = await loadParser()

function auditOf(...texts: readonly string[]): Audit {
  const files = texts.map((text, index) => ({path: `migrations/${index + 1}_x.sql`, text}))
  const choice = {include: [], exclude: [], documented: ['app']}
  const inventory = foldWith(parser, inOrder(files), {label: 'migrations', prelude: '', choice})
  return audit([registryWith(worldRows)], inventory, {apiRoles})
}

it('finds nothing in what keeps every rule', () => {
  expect(brief(auditOf(world))).toEqual([])
})

/** What a database keeps no trace of. */
const onlyHere: readonly BreakCase[] = [
  {
    what: 'a revoke in a schema of what holds everywhere',
    breaking: `ALTER DEFAULT PRIVILEGES FOR ROLE secdef_worker IN SCHEMA app REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`,
    rule: 'idle-revoke',
    object: 'functions of secdef_worker',
  },
  {
    what: 'a revoke in a schema of what was granted everywhere',
    breaking: `ALTER DEFAULT PRIVILEGES FOR ROLE secdef_worker GRANT SELECT ON TABLES TO secdef_worker;
      ALTER DEFAULT PRIVILEGES FOR ROLE secdef_worker IN SCHEMA app REVOKE ALL ON FUNCTIONS FROM PUBLIC`,
    rule: 'idle-revoke',
    object: 'functions of secdef_worker',
  },
]

it.each([...breakCases, ...onlyHere])('$what', (one) => {
  const broken = auditOf(world, one.breaking)
  expect(brief(broken)).toEqual([`${one.rule} ${one.verdict ?? 'refuted'} ${one.object}`])
  expect(broken.judgements[0]?.origin?.path ?? 'migrations/2_x.sql').toMatch(/^migrations\/[12]_x\.sql$/)
  expect(brief(auditOf(world, one.breaking, mendOf(broken, one)))).toEqual([])
})

it('says nothing of a revoke in a schema that took something away, or of what is closed everywhere', () => {
  const inSchema = 'ALTER DEFAULT PRIVILEGES FOR ROLE secdef_worker IN SCHEMA app'
  const granted = `${inSchema} GRANT SELECT ON TABLES TO secdef_anon; ${inSchema} REVOKE ALL ON TABLES FROM secdef_anon;`
  const closed = `${inSchema} REVOKE ALL ON FUNCTIONS FROM PUBLIC;
    ALTER DEFAULT PRIVILEGES FOR ROLE secdef_worker REVOKE ALL ON FUNCTIONS FROM PUBLIC;`
  expect(brief(auditOf(world, granted))).toEqual([])
  expect(brief(auditOf(world, closed))).toEqual([])
  expect(brief(auditOf(world, `${inSchema} REVOKE ALL ON TABLES FROM secdef_anon, secdef_worker;`))).toEqual(
    [],
  )
})
