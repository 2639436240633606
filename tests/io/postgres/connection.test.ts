/** A URL and the variables of libpq → where to connect, without ever showing the password. */
import {inspect} from 'node:util'
import {describe, expect, it} from 'vitest'
import {
  type Connection,
  type Environment,
  findConnection,
  labelOf,
} from '../../../src/io/postgres/connection.ts'
import {explain} from '../../../src/io/postgres/explain.ts'
import {loadPeer} from '../../../src/io/postgres/load-peer.ts'
import {redactError} from '../../../src/io/postgres/redact.ts'
import {timeoutSettings} from '../../../src/io/postgres/session.ts'
import {Failure} from '../../../src/model/failure.ts'

function find(url: string | undefined, env: Environment = {}): string {
  const {host, port, user, password, database, tls} = findConnection(url, env)
  return `${user}:${password ?? '-'} ${host} ${port} ${database} ${tls.trust}`
}

function failure(work: () => unknown): Failure {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('Expected a Failure')
}

describe('a connection', () => {
  it.each([
    ['postgres://u:p@db.example.org:6543/d', {}, 'u:p db.example.org 6543 d verified'],
    ['postgresql://u@db.example.org/d', {}, 'u:- db.example.org 5432 d verified'],
    ['postgres://u:p%40%3A%2F%3F%23%25@h/d%20e', {}, 'u:p@:/?#% h 5432 d e verified'],
    ['postgres://u:a:b@h', {}, 'u:a:b h 5432 u verified'],
    ['postgres://u@[::1]:77/d', {}, 'u:- ::1 77 d none'],
    ['postgres://u@%2Fvar%2Frun/d', {}, 'u:- /var/run 5432 d none'],
    ['postgres:///d?host=/tmp&user=u&password=p&port=9', {}, 'u:p /tmp 9 d none'],
    ['postgres://h/d?dbname=e', {PGUSER: 'v'}, 'v:- h 5432 e verified'],
    ['postgres://', {USER: 'me'}, 'me:- localhost 5432 me none'],
    ['postgres://u@h', {PGPASSWORD: 'q', PGHOST: 'i', PGPORT: '7', PGDATABASE: 'e'}, 'u:q h 7 e verified'],
    [undefined, {DATABASE_URL: 'postgres://u@h/d', PGUSER: 'v'}, 'u:- h 5432 d verified'],
    [undefined, {PGHOST: 'h', PGUSER: 'v', PGSSLMODE: 'disable'}, 'v:- h 5432 v none'],
    ['postgres://u@h/d?sslmode=verify-full', {PGSSLMODE: 'disable'}, 'u:- h 5432 d verified'],
  ])('is found: %s %j', (url, env, expected) => {
    expect(find(url, env)).toBe(expected)
  })

  it.each([
    ['none said', '', 'verified'],
    ['allow', '?sslmode=allow', 'verified'],
    ['prefer', '?sslmode=prefer', 'verified'],
    ['require', '?sslmode=require', 'verified'],
    ['require as in libpq', '?sslmode=require&uselibpqcompat=true', 'verified'],
    ['disable', '?sslmode=disable', 'none'],
    ['no-verify', '?sslmode=no-verify', 'unverified'],
    ['ssl', '?ssl=true', 'verified'],
    ['no ssl', '?ssl=0', 'none'],
    ['ssl without a check', '?ssl=no-verify', 'unverified'],
  ])('across a network is verified unless the URL says otherwise: %s', (_, query, trust) => {
    const {tls} = findConnection(`postgres://u@db.example.org/d${query}`, {})
    expect(tls.trust).toBe(trust)
    const checks = tls.options === false ? 'none' : tls.options.rejectUnauthorized
    expect(checks).toBe(trust === 'none' ? 'none' : trust === 'verified')
  })

  it.each(['localhost.example.org', '128.0.0.1', '127.0.0.1.example.org'])(
    'to %s is across a network',
    (host) => {
      expect(findConnection(`postgres://u@${host}/d`, {}).tls.trust).toBe('verified')
    },
  )

  it.each([
    [undefined, {}, 'No database is named'],
    ['', {DATABASE_URL: ''}, 'No database is named'],
    ['postgres://h/d', {}, 'No user to connect as'],
    ['postgres://u@a,b/d', {}, 'several hosts'],
    ['postgres://u@h:0/d', {}, 'Unexpected port'],
    ['postgres://u@h:70000/d', {}, 'Unexpected port'],
    ['postgres://u@h/d?sslmode=verify', {}, 'Unexpected sslmode'],
    ['postgres://u@h/d?sslmode=verify-ca', {}, 'any certificate would do'],
    ['postgres://u@h/d?sslmode=verify-ca&sslrootcert=system', {}, 'any certificate would do'],
    ['postgres://u@h/d?sslrootcert=/nowhere.pem', {}, 'Cannot read sslrootcert: /nowhere.pem'],
    ['postgres://u@h/d?sslcrl=x', {}, 'Unexpected parameter about TLS'],
    ['postgres://u@h/d?require_auth=none', {}, 'Unexpected parameter about TLS'],
    ['postgres://u@h/d?sslmode=disable&channel_binding=require', {}, 'channel_binding=require'],
    ['postgres://u@h/d?connect_timeout=soon', {}, 'Unexpected connect_timeout'],
  ])('is refused: %s %j', (url, env, message) => {
    expect(failure(() => find(url, env)).message).toContain(message)
  })

  it.each([
    'postgres://u:Geheim@1@h/d',
    'postgres://u:12#Geheim@h/d',
    'postgres://u:12/Geheim@h/d',
    'postgres://u:12?Geheim@h/d',
    'postgres://u:Geheim[@h/d',
    'postgres://u:Geheim%ZZ@h/d',
    'postgres://u:12?x=%ZZGeheim',
    'mysql://u:Geheim@h/d',
    'host=h password=Geheim',
    'postgres://u:Geheim@h:port/d',
    'postgres://u:Geheim@h/d?sslmode=Geheim',
    'postgres://u:Geheim@h/d?sslGeheim=1',
    'postgres://u:Geheim@a,b/d',
  ])('is refused without being shown: %s', (url) => {
    const error = failure(() => find(url, {USER: 'me'}))
    expect(inspect(error, {depth: 9, showHidden: true}).replaceAll(/^\s+at .*$/gm, '')).not.toContain(
      'Geheim',
    )
  })

  it.each([
    ['postgres://u:p@h/d', 'h/d'],
    ['postgres://u:p@h:77/d', 'h:77/d'],
    ['postgres://u:p@[::1]/d', '[::1]/d'],
  ])('has a name without the login: %s', (url, label) => {
    expect(labelOf(findConnection(url, {}))).toBe(label)
  })
})

describe('an error', () => {
  const connection: Connection = findConnection('postgres://u:geh%2Feim@h/d', {})

  it('loses the password, in causes and stacks and as it stands in a URL', () => {
    const inner = Object.assign(new Error('postgres://u:geh%2Feim@h'), {code: '53300', password: 'geh/eim'})
    const shown = (error: unknown) => inspect(error, {depth: 9, showHidden: true})
    const explained = explain(
      Object.assign(new Error('full: geh/eim', {cause: inner}), {code: '53300'}),
      connection,
    )
    expect(explained).toBeInstanceOf(Failure)
    expect(explained.message).toBe('Cannot read h/d: the server says: full: ***')
    expect(shown(explained)).not.toMatch(/geh(?:\/|%2F)eim/)
    expect(shown(redactError(inner, connection.password))).not.toMatch(/geh(?:\/|%2F)eim/)
  })

  it('that is ours stays what it is', () => {
    const ours = explain(Object.assign(new Error('syntax error'), {code: '42601'}), connection)
    expect(ours).not.toBeInstanceOf(Failure)
    expect(ours).toMatchObject({message: 'syntax error', code: '42601'})
    expect(ours.stack).toContain('connection.test.ts')
  })

  it.each([
    ['ETIMEDOUT', '', /h cannot be reached/],
    ['', 'timeout expired', /did not answer in time/],
    ['', 'Query read timeout', /took too long/],
    ['57014', 'canceling statement due to user request', /was cancelled/],
    ['40001', '', /the replica needed to move on/],
    ['28000', '', /may not log in here/],
    ['42501', 'permission denied for table pg_proc', /permission denied for table pg_proc/],
    ['', 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', /no password was given for u/],
    ['58030', 'could not read block', /could not read block/],
    ['22P05', 'no equivalent', /no equivalent/],
    ['57P03', 'the database system is starting up', /not ready/],
    ['57P01', 'terminating connection', /dropped/],
    ['EPROTO', '', /encrypted connection could not be made/],
  ])('is told in words: %s %s', (code, message, says) => {
    const told = explain(Object.assign(new Error(message), {code}), connection)
    expect(told).toBeInstanceOf(Failure)
    expect(told.message).toMatch(says)
  })
})

describe('a package that is not installed', () => {
  const missing = 'secdef-package-that-is-not-there'

  it('is named with the command to install it', async () => {
    const loading = loadPeer(missing, 'Reading a database', () => import(/* @vite-ignore */ missing))
    await expect(loading).rejects.toBeInstanceOf(Failure)
    await expect(loading).rejects.toMatchObject({
      message: `Reading a database needs the package ${missing}, which is not installed`,
      hint: `npm install --save-dev ${missing}`,
    })
  })

  it('is not blamed for what another one lacks', async () => {
    const loading = loadPeer('pg', 'Reading a database', () => import(/* @vite-ignore */ missing))
    await expect(loading).rejects.not.toBeInstanceOf(Failure)
  })
})

it.each([0, -1, 1.5, Number.NaN])('takes no timeout of %d: it would be none at all', (lockMs) => {
  expect(() => timeoutSettings({statementMs: 1, lockMs, idleMs: 1})).toThrow(RangeError)
})
