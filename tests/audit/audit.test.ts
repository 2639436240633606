/** The audit as a whole: precedence, tallies, what a project decides, and fifty thousand routines. */
import {describe, expect, it} from 'vitest'
import {audit} from '../../src/audit/audit.ts'
import type {AuditOptions} from '../../src/audit/options.ts'
import {applyPrecedence} from '../../src/audit/precedence.ts'
import {auditRules} from '../../src/audit/rules.ts'
import {Failure} from '../../src/model/failure.ts'
import {type Changes, definer, facts, grant, owner, table} from './support/facts.ts'
import {registryWith} from './support/registry.ts'

function run(changes: Changes = {}, options: AuditOptions = {}) {
  const {inventory, registries} = facts(changes)
  return audit(registries, inventory, options)
}

const ids = (result: ReturnType<typeof run>) => result.judgements.map(({rule}) => rule.id)
const rlsOff = {relations: [table('job', {rowSecurity: {enabled: false, forced: false}})]}
const member = (role: string) => ({role, member: 'anon', inherits: true, canSet: true, isAdmin: false})
const reason = 'decided by the core team'

describe('rules', () => {
  it('have ids of their own, and words for a page', () => {
    expect(new Set(auditRules.map(({id}) => id)).size).toBe(auditRules.length)
    for (const {id, title, why, resolve} of auditRules) {
      expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
      expect(title).toMatch(/[^.]$/)
      for (const text of [why, resolve]) expect(text.length).toBeGreaterThan(20)
    }
  })

  it('give way to rules that exist, and never in a circle', () => {
    const yieldsTo = new Map(auditRules.map((rule) => [rule.id, rule.yieldsTo ?? []]))
    const reach = (id: string, seen: readonly string[]): void => {
      expect(seen).not.toContain(id)
      expect(yieldsTo.has(id)).toBe(true)
      for (const other of yieldsTo.get(id) ?? []) reach(other, [...seen, id])
    }
    for (const id of yieldsTo.keys()) reach(id, [])
  })
})

describe('precedence', () => {
  it('never lets what is refuted give way to what is unknown', () => {
    const ruling = (id: string, verdict: 'refuted' | 'unknown', object = 'app.f()') => {
      const rule = auditRules.find((one) => one.id === id)
      if (rule === undefined) throw new Error(`No rule ${id}`)
      return {rule, judgement: {verdict, object, message: 'Unexpected', mend: {advice: 'Mend.'}}}
    }
    const left = (general: 'refuted' | 'unknown', specific: 'refuted' | 'unknown', object?: string) =>
      applyPrecedence([
        ruling('trigger-function-open', specific, object),
        ruling('execute-open', general),
      ]).map(({rule}) => rule.id)
    const both = ['trigger-function-open', 'execute-open']
    expect(left('refuted', 'unknown')).toEqual(both)
    expect(left('refuted', 'refuted')).toEqual(['trigger-function-open'])
    expect(left('unknown', 'unknown')).toEqual(['trigger-function-open'])
    expect(left('unknown', 'refuted')).toEqual(['trigger-function-open'])
    expect(left('unknown', 'refuted', 'app.g()')).toEqual(both)
  })

  it('keeps several things broken on one object apart', () => {
    const routines = [definer('claim', {settings: [], grants: [grant('anon', 'EXECUTE')]})]
    expect(ids(run({routines}))).toEqual(['search-path-missing', 'execute-open'])
  })

  it('answers for CREATE alone where it is told of a schema on a path', () => {
    const grants = [grant('anon', 'USAGE'), grant('authenticated', 'CREATE'), grant('authenticated', 'USAGE')]
    const result = run({schemas: [{name: 'app', owner, grants}]})
    expect(result.judgements.map(({rule, object}) => `${rule.id} ${object}`)).toEqual([
      'search-path-writable CREATE on schema app to authenticated',
      'residual-schema-grant USAGE on schema app to authenticated',
    ])
  })

  it('judges nothing else where nothing was seen', () => {
    const result = run({...rlsOff, without: ['app.claim(integer)', 'app.plain(integer)', 'app.touch()']})
    expect(ids(result)).toEqual(['nothing-seen'])
    expect(result.verdict).toBe('unknown')
    expect(result.tallies).toMatchObject({verified: 0, unknown: 6})
    expect(result.judgements[0]?.severity).toBe('fatal')
  })
})

describe('tallies', () => {
  const cases: readonly {what: string; changes: Changes; tallies: ReturnType<typeof run>['tallies']}[] = [
    {
      what: 'all is well',
      changes: {},
      tallies: {documented: 6, undocumented: 0, verified: 6, refuted: 0, unknown: 0},
    },
    {
      what: 'a definer has no row',
      changes: {routines: [definer('more')]},
      tallies: {documented: 6, undocumented: 1, verified: 6, refuted: 1, unknown: 0},
    },
    {
      what: 'a documented definer breaks a rule',
      changes: {routines: [definer('claim', {settings: []})]},
      tallies: {documented: 6, undocumented: 0, verified: 5, refuted: 1, unknown: 0},
    },
    {
      what: 'a documented definer is unknown in one way and broken in another',
      changes: {routines: [definer('claim', {settings: [], grants: null})]},
      tallies: {documented: 6, undocumented: 0, verified: 5, refuted: 1, unknown: 0},
    },
    {
      what: 'a documented definer is unknown',
      changes: {routines: [definer('claim', {grants: null})]},
      tallies: {documented: 6, undocumented: 0, verified: 5, refuted: 0, unknown: 1},
    },
    {
      what: 'something about a documented definer was not seen',
      changes: {coverage: {unknowns: [{subject: 'app.claim(integer)', why: 'DO block', location: null}]}},
      tallies: {documented: 6, undocumented: 0, verified: 5, refuted: 0, unknown: 1},
    },
    {
      what: 'a routine moved',
      changes: {rows: [{schema: 'app', name: 'more'}], routines: [definer('more', {schema: 'other'})]},
      tallies: {documented: 7, undocumented: 0, verified: 6, refuted: 1, unknown: 0},
    },
    {
      what: 'a schema on the path of two definers is open',
      changes: {schemas: [{name: 'app', owner, grants: [grant('anon', 'USAGE'), grant('PUBLIC', 'CREATE')]}]},
      tallies: {documented: 6, undocumented: 0, verified: 4, refuted: 2, unknown: 0},
    },
    {
      what: 'an owner is warned of',
      changes: {roles: [{name: owner, superuser: false, bypassRls: true}]},
      tallies: {documented: 6, undocumented: 0, verified: 6, refuted: 0, unknown: 0},
    },
    {
      what: 'an owner is unknown',
      changes: {roles: [{name: owner, superuser: false, bypassRls: null}]},
      tallies: {documented: 6, undocumented: 0, verified: 4, refuted: 0, unknown: 2},
    },
    {
      what: 'an API role is a member of the owner of all definers',
      changes: {memberships: [member(owner)]},
      tallies: {documented: 6, undocumented: 0, verified: 4, refuted: 2, unknown: 0},
    },
    {
      what: 'an API role is a member of the owner of a schema on the path of one definer',
      changes: {
        memberships: [member('worker')],
        schemas: [{name: 'other', owner: 'worker', grants: []}],
        routines: [definer('claim', {settings: [{name: 'search_path', value: 'other, app, pg_temp'}]})],
      },
      tallies: {documented: 6, undocumented: 0, verified: 5, refuted: 1, unknown: 0},
    },
    {
      what: 'an API role is a member of a superuser',
      changes: {memberships: [member('root')], roles: [{name: 'root', superuser: true, bypassRls: false}]},
      tallies: {documented: 6, undocumented: 0, verified: 4, refuted: 2, unknown: 0},
    },
    {
      what: 'an API role is a member of a role of unknown attributes',
      changes: {memberships: [member('root')], roles: [{name: 'root', superuser: null, bypassRls: false}]},
      tallies: {documented: 6, undocumented: 0, verified: 4, refuted: 0, unknown: 2},
    },
  ]
  it.each(cases)('add up when $what', ({changes, tallies}) => {
    const result = run(changes)
    expect(result.tallies).toEqual(tallies)
    const {documented, undocumented, verified, refuted, unknown} = result.tallies
    expect(verified + refuted + unknown).toBe(documented + undocumented)
  })
})

describe('what a project decides', () => {
  it('changes a severity with a reason', () => {
    const severities = {'rls-disabled': {severity: 'warning', reason}} as const
    const result = run(rlsOff, {severities})
    expect(result.judgements.map(({rule, severity}) => [rule.id, severity])).toEqual([
      ['rls-disabled', 'warning'],
    ])
    expect(result.verdict).toBe('verified')
    expect(run(rlsOff).verdict).toBe('refuted')
  })

  it('cannot make what is unknown clean', () => {
    const severities = {'execute-open': {severity: 'info', reason}} as const
    expect(run({routines: [definer('claim', {grants: null})]}, {severities}).verdict).toBe('unknown')
  })

  const refused: readonly {what: string; options: AuditOptions}[] = [
    {what: 'a rule that does not exist', options: {severities: {'rls-disable': {severity: 'info', reason}}}},
    {
      what: 'a rule by the name of a method',
      options: {severities: {constructor: {severity: 'info', reason} as const}},
    },
    {
      what: 'a severity without a reason',
      options: {severities: {'rls-disabled': {severity: 'info', reason: ' '}}},
    },
    {what: 'to have nothing seen pass', options: {severities: {'nothing-seen': {severity: 'info', reason}}}},
    {what: 'a role without a name', options: {apiRoles: ['']}},
  ]
  it.each(refused)('is refused: $what', ({options}) => {
    expect(() => run({}, options)).toThrow(Failure)
  })

  it('takes its own API roles, and PUBLIC always', () => {
    const relations = ['anon', 'worker', 'PUBLIC'].map((role) =>
      table(`of_${role}`, {grants: [grant(role, 'SELECT')]}),
    )
    const objects = run({relations}, {apiRoles: ['worker']}).judgements.map(({object}) => object)
    expect(objects).toEqual(['app.of_worker', 'app.of_PUBLIC'])
  })
})

describe('rows and routines', () => {
  it('take a routine of another schema once each', () => {
    const rows = [
      {schema: 'app', name: 'more'},
      {schema: 'third', name: 'more'},
    ]
    const result = run({rows, routines: [definer('more', {schema: 'other'})]})
    expect(result.judgements.map(({rule, object}) => `${rule.id} ${object}`)).toEqual([
      'wrong-schema app.more',
      'absent-routine third.more',
    ])
  })

  it('match a type without its schema, and every registry counts', () => {
    const {inventory, registries} = facts({routines: [definer('more', {signature: ['app.role[]', '"a.B"']})]})
    const second = registryWith([{schema: 'app', name: 'more', signature: ['role[]', '"a.B"']}])
    expect(audit([...registries, second], inventory).judgements).toEqual([])
  })

  it('go by the types that are known where those of an overload are not', () => {
    const rows = [{schema: 'app', name: 'more', signature: ['integer']}]
    const routines = [definer('more'), definer('more', {signature: null})]
    expect(ids(run({rows, routines}))).toEqual(['undocumented-definer'])
  })
})

it('keeps no state, and judges the same facts the same', () => {
  const changes = {routines: [definer('more', {settings: null})]}
  expect(run(changes)).toEqual(run(changes))
  expect(ids(run())).toEqual([])
})
