/** Rows of the kinds definer-view, no-rls and grant excuse exactly what they name. */
import {describe, expect, it} from 'vitest'
import {audit} from '../../src/audit/audit.ts'
import {type Changes, definer, facts, grant, owner, table} from './support/facts.ts'
import {grantRow, type RowFields} from './support/registry.ts'

function judged(changes: Changes): string[] {
  const {inventory, registries} = facts(changes)
  return audit(registries, inventory).judgements.map(({rule, object}) => `${rule.id} ${object}`)
}

/** What is open, the row that excuses it, and rows that are nearly it: each of these excuses nothing. */
type Case = {
  readonly what: string
  readonly changes: Changes
  readonly rule: string
  readonly right: RowFields
  readonly wrong: readonly RowFields[]
}

const anon = (privilege: string) => ({grants: [grant(owner, privilege), grant('anon', privilege)]})
const job = {schema: 'app', name: 'job'}
const claim = {schema: 'app', name: 'send', signature: ['integer']}
const rlsOff = {rowSecurity: {enabled: false, forced: false}}

const cases: readonly Case[] = [
  {
    what: 'a privilege on a table',
    changes: {relations: [table('job', anon('SELECT'))]},
    rule: 'residual-grant app.job',
    right: grantRow(job, 'anon', 'SELECT'),
    wrong: [
      grantRow(job, 'authenticated', 'SELECT'),
      grantRow(job, 'PUBLIC', 'SELECT'),
      grantRow(job, 'anon', 'INSERT'),
      grantRow({...job, name: 'job2'}, 'anon', 'SELECT'),
      grantRow({...job, schema: 'other'}, 'anon', 'SELECT'),
      grantRow({...job, signature: []}, 'anon', 'SELECT'),
      {...job, kind: 'no-rls'},
    ],
  },
  {
    what: 'a privilege on a column',
    changes: {relations: [table('job', {columnGrants: [{...grant('anon', 'UPDATE'), column: 'note'}]})]},
    rule: 'residual-grant app.job',
    right: grantRow(job, 'anon', 'UPDATE'),
    wrong: [grantRow(job, 'anon', 'SELECT'), grantRow(job, 'PUBLIC', 'UPDATE')],
  },
  {
    what: 'a privilege on a definer',
    changes: {routines: [definer('send', anon('EXECUTE'))], rows: [claim]},
    rule: 'execute-open app.send(integer)',
    right: grantRow(claim, 'anon', 'EXECUTE'),
    wrong: [
      grantRow({...claim, signature: ['text']}, 'anon', 'EXECUTE'),
      grantRow({...claim, signature: []}, 'anon', 'EXECUTE'),
      grantRow(claim, 'authenticated', 'EXECUTE'),
      grantRow(claim, 'PUBLIC', 'EXECUTE'),
    ],
  },
  {
    what: 'a privilege on a schema',
    changes: {schemas: [{name: 'other', owner, ...anon('USAGE')}]},
    rule: 'residual-schema-grant USAGE on schema other to anon',
    right: grantRow({schema: 'other', name: 'other'}, 'anon', 'USAGE'),
    wrong: [
      grantRow({schema: 'other', name: 'other'}, 'PUBLIC', 'USAGE'),
      grantRow({schema: 'other', name: 'other'}, 'anon', 'CREATE'),
      grantRow({schema: 'app', name: 'other'}, 'anon', 'USAGE'),
    ],
  },
  {
    what: 'a materialised view',
    changes: {relations: [table('count', {kind: 'materialized-view', ...anon('SELECT')})]},
    rule: 'materialized-view-open app.count',
    right: grantRow({schema: 'app', name: 'count'}, 'anon', 'SELECT'),
    wrong: [
      {schema: 'app', name: 'count', kind: 'no-rls'},
      grantRow({schema: 'app', name: 'count'}, 'PUBLIC', 'SELECT'),
    ],
  },
  {
    what: 'a table without RLS',
    changes: {relations: [table('job', rlsOff)]},
    rule: 'rls-disabled app.job',
    right: {...job, kind: 'no-rls'},
    wrong: [
      {...job, name: 'job2', kind: 'no-rls'},
      {...job, schema: 'other', kind: 'no-rls'},
      {...job, kind: 'definer-view'},
    ],
  },
  {
    what: 'a partition without RLS, not its parent',
    changes: {relations: [table('part', {...rlsOff, partitionOf: 'app.job'})]},
    rule: 'partition-rls-disabled app.part',
    right: {schema: 'app', name: 'part', kind: 'no-rls'},
    wrong: [{...job, kind: 'no-rls'}],
  },
  {
    what: 'a view without security_invoker',
    changes: {relations: [table('list', {kind: 'view', options: {}})]},
    rule: 'definer-view app.list',
    right: {schema: 'app', name: 'list', kind: 'definer-view'},
    wrong: [
      {schema: 'app', name: 'list', kind: 'no-rls'},
      {schema: 'app', name: 'list2', kind: 'definer-view'},
    ],
  },
]

describe.each(cases)('$what', ({changes, rule, right, wrong}) => {
  const withRow = (row: RowFields): Changes => ({...changes, rows: [...(changes.rows ?? []), row]})

  it('is a finding without a row, and none with it', () => {
    expect(judged(changes)).toEqual([rule])
    expect(judged(withRow(right))).toEqual([])
  })

  it.each(wrong)('is not excused by $kind $schema.$name $signature $grant', (row) => {
    const [unused, ...others] = judged(withRow(row)).toSorted((a) =>
      a.startsWith('unused-exception') ? -1 : 1,
    )
    expect(unused).toMatch(/^unused-exception /)
    expect(others).toEqual([rule])
  })
})

it('takes a row with the name of a schema for the relation, where there is one', () => {
  const row = grantRow({schema: 'other', name: 'other'}, 'anon', 'USAGE')
  const schemas = [{name: 'other', owner, ...anon('USAGE')}]
  const sequence = table('other', {schema: 'other', kind: 'sequence', ...anon('USAGE')})
  expect(judged({schemas, relations: [sequence], rows: [row]})).toEqual([
    'residual-schema-grant USAGE on schema other to anon',
  ])
})

it('asks a row without types for them where the name is overloaded, once', () => {
  const open = anon('EXECUTE')
  const send = (type: string) => ({schema: 'app', name: 'send', signature: [type]})
  const changes: Changes = {
    routines: [
      definer('send', {signature: ['text'], ...open}),
      definer('send', {signature: ['uuid'], ...open}),
    ],
    rows: [send('text'), send('uuid')],
  }
  expect(
    judged({...changes, rows: [...(changes.rows ?? []), grantRow(send('text'), 'anon', 'EXECUTE')]}),
  ).toEqual(['execute-open app.send(uuid)'])
  const bare = grantRow({schema: 'app', name: 'send'}, 'anon', 'EXECUTE')
  expect(judged({...changes, rows: [...(changes.rows ?? []), bare]})).toEqual([
    'overloaded-name app.send to anon',
  ])
})
