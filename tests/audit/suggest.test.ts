/** What is suggested: every definer without a row, the most exposed first, with types where a name needs them. */
import {describe, expect, test} from 'vitest'
import {suggestRows} from '../../src/audit/suggest.ts'
import type {Routine} from '../../src/model/inventory.ts'
import {definer, facts, grant, owner} from './support/facts.ts'
import type {RowFields} from './support/registry.ts'

const execute = (...grantees: string[]) => [owner, ...grantees].map((grantee) => grant(grantee, 'EXECUTE'))

function suggested(routines: readonly Routine[], rows: readonly RowFields[] = [], apiRoles?: string[]) {
  const {registries, inventory} = facts({
    routines,
    rows,
    roles: [
      {name: 'root', superuser: true, bypassRls: true},
      {name: 'postgres', superuser: false, bypassRls: true},
    ],
  })
  return suggestRows(registries, inventory, apiRoles)
}

const names = (routines: readonly Routine[], apiRoles?: string[]) =>
  suggested(routines, [], apiRoles).map(({objectName}) => objectName)

test('suggests nothing where every definer has a row', () => {
  expect(suggested([])).toEqual([])
})

test('suggests definers and what may be one, and nothing else', () => {
  const found = names([
    definer('sure'),
    definer('unsure', {securityDefiner: null}),
    definer('invoker', {securityDefiner: false}),
    definer('of_extension', {extension: 'pgcrypto'}),
  ])
  expect(found).toEqual(['of_extension', 'sure', 'unsure'])
})

describe('the order', () => {
  test('goes by who may execute, and takes unknown for nearly PUBLIC', () => {
    const found = names([
      definer('a_nobody'),
      definer('b_other', {grants: execute('worker')}),
      definer('c_authenticated', {grants: execute('worker', 'authenticated')}),
      definer('d_anon', {grants: execute('authenticated', 'anon')}),
      definer('e_unknown', {grants: null}),
      definer('f_public', {grants: execute('anon', 'PUBLIC')}),
    ])
    expect(found).toEqual(['f_public', 'e_unknown', 'd_anon', 'c_authenticated', 'b_other', 'a_nobody'])
  })

  test('goes by the roles of the API that are named, in their order', () => {
    const routines = [
      definer('a', {grants: execute('anon')}),
      definer('b', {grants: execute('web')}),
      definer('c', {grants: execute('app')}),
    ]
    expect(names(routines, ['app', 'web'])).toEqual(['c', 'b', 'a'])
  })

  test('then by what can be done with it', () => {
    const grants = execute('PUBLIC')
    const open = (name: string, fields: Partial<Routine>) => definer(name, {grants, ...fields})
    const found = names([
      open('a_trigger', {returns: 'trigger', body: 'BEGIN EXECUTE new.x; END'}),
      open('b_plain', {}),
      open('c_no_path', {settings: []}),
      open('d_unknown_path', {settings: null}),
      open('e_bypass', {owner: 'postgres'}),
      open('f_unknown_owner', {owner: null}),
      open('g_superuser', {owner: 'root'}),
      open('h_opaque', {body: 'BEGIN EXECUTE other(); END'}),
      open('i_dynamic', {argumentNames: ['p_sql'], signature: ['text'], body: 'BEGIN EXECUTE p_sql; END'}),
    ])
    expect(found).toEqual([
      'i_dynamic',
      'h_opaque',
      'g_superuser',
      'f_unknown_owner',
      'e_bypass',
      'c_no_path',
      'd_unknown_path',
      'b_plain',
      'a_trigger',
    ])
  })

  test('is the same whatever the order of the facts', () => {
    const routines = ['b', 'a', 'C', 'ä', '\u{1f600}', '\ue000'].map((name) => definer(name))
    const {registries, inventory} = facts({routines})
    const turned = {...inventory, routines: inventory.routines.toReversed()}
    const ids = (list: ReturnType<typeof suggestRows>) => list.map(({routine}) => routine.name)
    expect(ids(suggestRows(registries, turned))).toEqual(['C', 'a', 'b', 'ä', '\ue000', '\u{1f600}'])
    expect(suggestRows(registries, turned)).toEqual(suggestRows(registries, inventory))
  })
})

describe('the name', () => {
  const twin = (type: string) => definer('twin', {signature: [type]})

  test('has types where another routine of the schema has it, a definer or not', () => {
    const other = definer('lone', {schema: 'other'})
    const invoker = definer('half', {signature: [], securityDefiner: false})
    expect(
      names([twin('integer'), twin('text[]'), definer('lone'), other, definer('half'), invoker]),
    ).toEqual(['half(integer)', 'lone', 'twin(integer)', 'twin(text[])', 'lone'])
  })

  test('has types where a row of that name is there, as the two must not stand side by side', () => {
    const rows = [{schema: 'app', name: 'twin', signature: ['uuid']}]
    expect(suggested([twin('text')], rows).map(({objectName}) => objectName)).toEqual(['twin(text)'])
  })

  test('is missing where it needs types that are unknown', () => {
    const routines = [twin('integer'), definer('twin', {signature: null}), definer('lone', {signature: null})]
    expect(names(routines)).toEqual(['lone', undefined, 'twin(integer)'])
  })

  test('is quoted where it has to be, and so is the schema', () => {
    const [one] = suggested([definer('Say "hi"', {schema: 'My|Schema'})])
    expect([one?.objectName, one?.schema]).toEqual(['"Say ""hi"""', '"My|Schema"'])
  })
})

test('scans what may be a definer for dynamic SQL, too', () => {
  const text = {argumentNames: ['p_sql'], signature: ['text'], body: 'BEGIN EXECUTE p_sql; END'}
  const [unsure, plain] = suggested([definer('unsure', {...text, securityDefiner: null}), definer('plain')])
  expect([unsure?.dynamicSql, plain?.dynamicSql]).toEqual(['of-the-caller', 'none'])
})

test('tells the callers but for the owner, the most exposed first', () => {
  const grants = [...execute('worker', 'PUBLIC', 'zed', 'authenticated', 'anon'), grant('ghost', 'OTHER')]
  const [one] = suggested([definer('open', {grants})])
  expect(one?.callers).toEqual(['PUBLIC', 'anon', 'authenticated', 'worker', 'zed'])
})
