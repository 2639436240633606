/** Random histories come to the same in PostgreSQL and in the fold, and what PostgreSQL refuses is not applied. */
import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {loadParser, type Parser} from '../../../src/inventory/migrations/parser.ts'
import {compareHistory, difference} from '../../support/agreement.ts'
import {anyHistory} from '../../support/any-statement.ts'
import {hosts, type Session} from '../../support/postgres.ts'

let session: Session
let parser: Parser
beforeAll(async () => {
  const [pglite] = hosts
  if (pglite === undefined) throw new Error('No host')
  session = await pglite.start()
  parser = await loadParser()
})
afterAll(() => session.stop())

const runs = Number(process.env.SECDEF_FUZZ_RUNS ?? 60)

test('random histories', async () => {
  let passed = 0
  await fc.assert(
    fc.asyncProperty(anyHistory, async (history) => {
      const outcome = await compareHistory(session, parser, history, (sql) =>
        /^(?:DROP|GRANT|REVOKE).*,.*\b/.test(sql),
      )
      expect({
        difference: difference(outcome.expected, outcome.actual),
        overApplied: outcome.overApplied,
        refused: outcome.refused,
      }).toEqual({difference: [], overApplied: [], refused: []})
      passed += outcome.passed.length
    }),
    {numRuns: runs, seed: Number(process.env.SECDEF_FUZZ_SEED ?? 20250106), endOnFailure: false},
  )
  // A universe in which hardly anything succeeds would prove nothing.
  expect(passed).toBeGreaterThan(runs * 10)
})
