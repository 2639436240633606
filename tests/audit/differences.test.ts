/** Where sources contradict each other: every fact that two of them know, and nothing that one of them does not. */
import {describe, expect, it, test} from 'vitest'
import {findDifferences} from '../../src/audit/differences.ts'
import type {Inventory, Relation, Routine} from '../../src/model/inventory.ts'
import {type Changes, definer, facts, grant, owner, table} from './support/facts.ts'

/** `object: fact: one | other` */
function between(one: Changes, other: Changes): string[] {
  return compare(facts(one).inventory, facts(other).inventory)
}

function compare(...inventories: readonly Inventory[]): string[] {
  const sources = inventories.map((inventory, index) => ({label: `source ${index}`, inventory}))
  return findDifferences(sources).map(
    ({object, fact, values}) => `${object}: ${fact}: ${values.map(({value}) => value).join(' | ')}`,
  )
}

test('there is none between equals, and none of one source alone', () => {
  expect(between({}, {})).toEqual([])
  expect(compare(facts().inventory)).toEqual([])
})

const routineCases: readonly [Partial<Routine>, string][] = [
  [{securityDefiner: false}, 'SECURITY DEFINER: yes | no'],
  [{settings: []}, 'settings: search_path=app, pg_temp | none'],
  [{owner: 'worker'}, 'owner: owner | worker'],
  [{grants: [grant('PUBLIC', 'EXECUTE')]}, 'privileges: EXECUTE to owner | EXECUTE to PUBLIC'],
  [{grants: []}, 'privileges: EXECUTE to owner | none'],
  [
    {grants: [{...grant(owner, 'EXECUTE'), grantable: true}]},
    'privileges: EXECUTE to owner | EXECUTE to owner (grantable)',
  ],
  [{language: 'sql'}, 'language: plpgsql | sql'],
  [{volatility: 'stable'}, 'volatility: volatile | stable'],
  [{returns: 'integer'}, 'result: void | integer'],
  [{body: 'BEGIN END'}, 'body: BEGIN DELETE FROM app.job WHERE id = p_id; END | BEGIN END'],
]

describe('of a routine', () => {
  it.each(routineCases)('%o', (fields, fact) => {
    const changes = {routines: [definer('claim', fields)]}
    expect(between({}, changes)).toEqual([`function app.claim(integer): ${fact}`])
  })

  it.each<Partial<Routine>>([
    {securityDefiner: null},
    {settings: null},
    {owner: null},
    {grants: null},
    {returns: null},
    {body: null},
    {extension: 'some'},
    {origin: {path: 'a.sql', date: null}},
    {argumentNames: ['other']},
  ])('is none where one does not know, or it is no fact of the database: %o', (fields) => {
    expect(between({}, {routines: [definer('claim', fields)]})).toEqual([])
  })

  it('is none by the ends of lines alone', () => {
    const bodies = ['BEGIN\nEND', 'BEGIN\r\nEND'].map((body) => ({routines: [definer('claim', {body})]}))
    expect(between(bodies[0] ?? {}, bodies[1] ?? {})).toEqual([])
  })
})

const relationCases: readonly [Partial<Relation>, string][] = [
  [{owner: 'worker'}, 'owner: owner | worker'],
  [
    {rowSecurity: {enabled: true, forced: false}},
    'row level security: enabled, forced | enabled, not forced',
  ],
  [{policies: []}, 'policies: own ALL to PUBLIC | none'],
  [{grants: [grant('anon', 'SELECT')]}, 'privileges: none | SELECT to anon'],
  [
    {columnGrants: [{...grant('anon', 'SELECT'), column: 'id'}]},
    'privileges on columns: none | SELECT (id) to anon',
  ],
  [{options: {fillfactor: '70'}}, 'options: none | fillfactor=70'],
]

describe('of a table', () => {
  it.each(relationCases)('%o', (fields, fact) => {
    const before = {relations: [table('job', {grants: []})]}
    const after = {relations: [table('job', {grants: [], ...fields})]}
    expect(between(before, after)).toEqual([`table app.job: ${fact}`])
  })

  it('is none by what PostgreSQL 17 has added to ALL', () => {
    const with17 = {relations: [table('job', {grants: [grant(owner, 'SELECT'), grant(owner, 'MAINTAIN')]})]}
    const before = {relations: [table('job', {grants: [grant(owner, 'SELECT')]})]}
    expect(between(before, with17)).toEqual([])
  })
})

describe('existence', () => {
  const gone = {without: ['app.claim(integer)']}

  it('is told in both directions', () => {
    expect(between({}, gone)).toEqual(['function app.claim(integer): existence: exists | does not exist'])
    expect(between(gone, {})).toEqual(['function app.claim(integer): existence: does not exist | exists'])
  })

  it('is open where a schema was left out, a signature is unknown, or an extension may bring it', () => {
    const leftOut = {
      ...gone,
      coverage: {schemas: ['other'], leftOut: [{schema: 'app', why: 'one to exclude', definers: 0}]},
    }
    expect(between({}, leftOut).filter((line) => line.includes('existence'))).toEqual([])
    const unsure = {...gone, routines: [definer('claim', {id: 'app.claim(?)', signature: null})]}
    expect(between({}, unsure)).toEqual([])
    const extended = {
      ...gone,
      routines: [definer('claim', {id: 'app.claim(text)', signature: ['text'], extension: 'some'})],
    }
    expect(between({}, extended)).toEqual([])
  })

  it('is no matter of a schema that is not there at all', () => {
    const nowhere = {...gone, coverage: {schemas: ['other'], leftOut: []}}
    expect(between({}, nowhere)).toContain('function app.claim(integer): existence: exists | does not exist')
  })

  it('of three sources names those that know', () => {
    const sources = [
      {},
      {routines: [definer('claim', {owner: null})]},
      {routines: [definer('claim', {owner: 'worker'})]},
    ]
    const named = sources.map((changes, index) => ({label: `s${index}`, inventory: facts(changes).inventory}))
    expect(findDifferences(named)).toEqual([
      {
        object: 'function app.claim(integer)',
        fact: 'owner',
        values: [
          {source: 's0', value: 'owner'},
          {source: 's2', value: 'worker'},
        ],
      },
    ])
  })
})
