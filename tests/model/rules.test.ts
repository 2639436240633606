/** Every rule's example gives that finding, alone; the mended one gives none. */
import {describe, expect, test} from 'vitest'
import type {Rule} from '../../src/model/rules/rule.ts'
import {type RuleId, rules} from '../../src/model/rules.ts'
import {read} from '../support/read.ts'

const withExample = Object.entries(rules).flatMap(([id, rule]) => {
  const {example} = rule as Rule<never>
  return example ? [{id: id as RuleId, ...example}] : []
})

/** These are not about text: a document cannot show them. Their own tests do. */
const withoutExample = Object.keys(rules).filter((id) => !withExample.some((rule) => rule.id === id))

describe('the example of a rule', () => {
  test.each(withExample)('$id: the bad document breaks this rule and no other', ({id, bad, asked}) => {
    expect([...new Set(read(bad, asked).findings.map(({ruleId}) => ruleId))]).toEqual([id])
  })

  test.each(withExample)('$id: the good document breaks none and has entries', ({good, asked}) => {
    const {findings, registry} = read(good, asked)
    expect(findings).toEqual([])
    expect(registry.entries.length).toBeGreaterThan(0)
  })

  test('is missing only where a document cannot show it', () => {
    expect(
      withoutExample.filter((id) => !/^(output|region|config|interrupted|invalid-utf8)/.test(id)),
    ).toEqual([])
  })
})
