/** What roles reach by membership, held against a slow and plain reckoning. */
import fc from 'fast-check'
import {expect, it} from 'vitest'
import type {Membership} from '../../src/model/inventory.ts'
import {givesPrivileges, reachedFrom} from '../../src/model/membership.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f']
const role = fc.constantFrom(...names)
const option = fc.constantFrom(true, false, null)
const membership = fc.record<Membership>({
  role,
  member: role,
  inherits: option,
  canSet: option,
  isAdmin: option,
})
const memberships = fc.array(membership, {maxLength: 12})

/** Step by step: whoever reaches a member reaches its role, until nothing is new. */
function reaches(start: string, links: readonly Membership[], ends: readonly string[]): string[] {
  const found = new Set([start])
  for (let size = 0; size !== found.size; ) {
    size = found.size
    for (const {member, role: next, inherits, canSet, isAdmin} of links) {
      const isHarmless = inherits === false && canSet === false && isAdmin === false
      const isPassed = member === start || !ends.includes(member)
      if (!isHarmless && isPassed && found.has(member)) found.add(next)
    }
  }
  return [...found].filter((one) => one !== start)
}

it('reaches what a member of a member reaches, up to where it ends', () => {
  fc.assert(
    fc.property(
      memberships,
      fc.subarray(names),
      fc.subarray(names, {minLength: 1}),
      (links, ends, starts) => {
        const expected = names
          .map((name) => [name, starts.filter((start) => reaches(start, links, ends).includes(name)).sort()])
          .filter(([, from]) => from?.length !== 0)
        const actual = reachedFrom(starts.toReversed(), links, (name) => ends.includes(name))
        expect([...actual]).toEqual(expected)
      },
    ),
    {numRuns: 500},
  )
})

it('takes a membership for harmless only where nothing can be done with it for sure', () => {
  const nothing = {role: 'a', member: 'b', inherits: false, canSet: false, isAdmin: false}
  expect(givesPrivileges(nothing)).toBe(false)
  for (const name of ['inherits', 'canSet', 'isAdmin']) {
    expect(givesPrivileges({...nothing, [name]: true})).toBe(true)
    expect(givesPrivileges({...nothing, [name]: null})).toBe(true)
  }
})
