/** Every case on PGlite, and that there is one for every rule. */
import {expect, it} from 'vitest'
import {auditRules} from '../../src/audit/rules.ts'
import {hosts} from '../support/postgres.ts'
import {breakCases} from './cases.ts'
import {proveCases} from './support/prove-cases.ts'

proveCases(hosts.filter(({name}) => name === 'PGlite'))

it('has a case for every rule that a database can break', () => {
  const broken = new Set(breakCases.map(({rule}) => rule))
  // These are about where the facts come from, and what is asked for: three are proven beside the cases.
  const elsewhere = [
    ...['nothing-seen', 'unseen', 'failed-statements', 'absent-api-role', 'stale-approval', 'idle-revoke'],
  ]
  expect(auditRules.map(({id}) => id).filter((id) => !broken.has(id))).toEqual(elsewhere)
})
