/** A routine's search_path, as PostgreSQL stores it and reads it. */
import {describe, expect, it} from 'vitest'
import {mendPath, parsePath, schemaExists} from '../../src/audit/path.ts'
import {subjectOf} from '../../src/audit/subject.ts'
import {facts} from './support/facts.ts'

describe('a stored value', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['app, pg_temp', ['app', 'pg_temp']],
    ['App,PG_TEMP', ['app', 'pg_temp']],
    ['"App", "a""b", "c, d"', ['App', 'a"b', 'c, d']],
    ['"$user", public', ['$user', 'public']],
    ['""', []],
    ['"", pg_temp', ['pg_temp']],
    ['', []],
    [' a b ', ['a b']],
    ['a"b', ['a"b']],
  ]
  it.each(cases)('%s', (value, expected) => {
    expect(parsePath(value)).toEqual(expected)
  })
})

const {inventory, registries} = facts()
const subject = subjectOf(registries, inventory, undefined)

describe('the path that would be right', () => {
  const cases: readonly [readonly string[], readonly string[]][] = [
    [['app'], ['app', 'pg_temp']],
    [
      ['pg_temp', 'app'],
      ['app', 'pg_temp'],
    ],
    [
      ['$user', 'app', 'pg_temp'],
      ['app', 'pg_temp'],
    ],
    [['app, other'], ['app', 'other', 'pg_temp']],
    [['app, "$user", nowhere, pg_temp'], ['app', 'pg_temp']],
    [['nowhere'], ['pg_catalog', 'pg_temp']],
    [[], ['pg_catalog', 'pg_temp']],
    // Perhaps it exists; taking it away could break the routine.
    [
      ['extensions', 'auth'],
      ['extensions', 'auth', 'pg_temp'],
    ],
  ]
  it.each(cases)('%j', (path, expected) => {
    expect(mendPath(path, subject)).toEqual(expected)
  })
})

it('knows which schemas exist, which do not, and which may', () => {
  const known = ['app', 'auth', 'pg_catalog', 'information_schema', 'nowhere', 'extensions']
  expect(known.map((schema) => schemaExists(schema, subject))).toEqual([
    true,
    true,
    true,
    true,
    false,
    undefined,
  ])
})
