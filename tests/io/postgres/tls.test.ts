/** Who answers is verified, unless the URL says otherwise; what it says otherwise is told. */
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {readDatabase} from '../../../src/app/inventory/database.ts'
import {withDatabase} from '../../../src/io/postgres/database.ts'
import {Failure} from '../../../src/model/failure.ts'
import {catalogOptions, literal} from '../../support/catalog.ts'
import {type Certificate, makeCertificate} from '../../support/certificate.ts'
import type {Session} from '../../support/postgres.ts'
import {temporaryFolder} from '../../support/project.ts'
import {onEachServer} from '../../support/servers.ts'

/** The server writes its key itself: it may run as another user, and takes one that nobody else may read. */
async function install(session: Session, {certificate, key}: Certificate): Promise<void> {
  await session.run(`
    COPY (SELECT unnest(string_to_array(${literal(certificate)}, E'\\n'))) TO PROGRAM 'umask 077; cat > server.crt';
    COPY (SELECT unnest(string_to_array(${literal(key)}, E'\\n'))) TO PROGRAM 'umask 077; cat > server.key';`)
  await session.run('ALTER SYSTEM SET ssl = on')
  await session.run('SELECT pg_reload_conf()')
  const {rows} = await session.run('SHOW port')
  const url = `postgres://postgres:password@127.0.0.1:${rows[0]?.port}/postgres?sslmode=no-verify`
  for (let tries = 0; tries < 1000; tries++) if ((await attempt(url)) === 'unverified, encrypted') return
  throw new Error('The server does not offer TLS')
}

async function attempt(url: string): Promise<string> {
  try {
    const who = `SELECT ssl::pg_catalog.text FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()`
    return await withDatabase({url, env: {}}, async ({query, trust}) => {
      for await (const [ssl] of query(who, [])) return `${trust}, ${ssl === 'true' ? 'encrypted' : 'plain'}`
      return 'nothing'
    })
  } catch (error) {
    if (error instanceof Failure) return error.message.replace(/^.*?\/postgres: /, '')
    throw error
  }
}

/** A reload takes effect when the server gets to it. */
async function untilEncrypted(url: string, certificate: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if ((await attempt(`${url}&sslrootcert=${encodeURIComponent(certificate)}`)) === 'verified, encrypted')
      return
  }
  throw new Error('The server does not offer TLS with its new certificate')
}

const untrusted = 'nobody whom this machine trusts vouches for the server’s certificate'

onEachServer((session) => {
  it('verifies a certificate and its name', async () => {
    const folder = temporaryFolder()
    const save = (name: string, {certificate}: Certificate) => {
      writeFileSync(join(folder, name), certificate)
      return join(folder, name)
    }
    const own = makeCertificate('localhost')
    const issuer = save('own.pem', own)
    const stranger = save('other.pem', makeCertificate('localhost'))
    await install(session, own)
    const {rows} = await session.run('SHOW port')
    const at = (host: string) => `postgres://postgres:password@${host}:${rows[0]?.port}/postgres`
    await untilEncrypted(`${at('localhost')}?sslmode=verify-full`, issuer)

    const root = `&sslrootcert=${encodeURIComponent(issuer)}`
    const cases: readonly [url: string, answer: string][] = [
      [`${at('localhost')}?sslmode=require${root}`, 'verified, encrypted'],
      [`${at('localhost')}?sslmode=verify-full${root}`, 'verified, encrypted'],
      [`${at('localhost')}?ssl=true${root}`, 'verified, encrypted'],
      [`${at('localhost')}?sslmode=require`, untrusted],
      [`${at('localhost')}?sslmode=verify-full`, untrusted],
      [`${at('localhost')}?sslmode=verify-full&sslrootcert=system`, untrusted],
      [`${at('localhost')}?sslmode=require&uselibpqcompat=true`, untrusted],
      [`${at('localhost')}?sslmode=require&sslrootcert=${encodeURIComponent(stranger)}`, untrusted],
      [`${at('127.0.0.1')}?sslmode=verify-full${root}`, 'the certificate is not for 127.0.0.1'],
      [`${at('127.0.0.1')}?sslmode=verify-ca${root}`, 'verified, encrypted'],
      [`${at('127.0.0.1')}?sslmode=verify-ca&sslrootcert=${encodeURIComponent(stranger)}`, untrusted],
      [`${at('127.0.0.1')}?sslmode=no-verify`, 'unverified, encrypted'],
      [at('127.0.0.1'), 'none, plain'],
      [`${at('localhost')}?sslmode=disable`, 'none, plain'],
    ]
    const answers: [string, string][] = []
    for (const [url] of cases) answers.push([url, await attempt(url)])
    expect(answers).toEqual(cases)
  })

  it('tells of a reading that nobody vouches for', async () => {
    await install(session, makeCertificate('localhost'))
    const {rows} = await session.run('SHOW port')
    const url = `postgres://postgres:password@127.0.0.1:${rows[0]?.port}/postgres?sslmode=no-verify`
    const {schemas, apiRoles} = catalogOptions
    const {coverage} = await readDatabase({url, env: {}, schemas, apiRoles})
    expect(coverage.unknowns.map(({why}) => why)).toContain(
      'It was not verified who answered: sslmode=no-verify',
    )
  })

  it('refuses a certificate that has run out, whoever vouches for it', async () => {
    const old = makeCertificate('localhost', 1)
    const issuer = join(temporaryFolder(), 'old.pem')
    writeFileSync(issuer, old.certificate)
    await install(session, old)
    const {rows} = await session.run('SHOW port')
    const url = `postgres://postgres:password@localhost:${rows[0]?.port}/postgres?sslmode=verify-full`
    const said = new Set<string>()
    for (let tries = 0; tries < 1000 && !said.has('the server’s certificate is not valid today'); tries++) {
      said.add(await attempt(`${url}&sslrootcert=${encodeURIComponent(issuer)}`))
    }
    expect([...said]).toContain('the server’s certificate is not valid today')
    expect([...said]).not.toContain('verified, encrypted')
  })
}, '18')
