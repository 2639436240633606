/** What `sslmode` means here: encrypted is verified, unless somebody wrote down that it is not. */
import {readFileSync} from 'node:fs'
import {Failure} from '../../model/failure.ts'

/** As the `ssl` of `pg` takes it. */
export type TlsOptions = {
  /** Always stated: an environment variable of Node could turn it off for everything. */
  readonly rejectUnauthorized: boolean
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly checkServerIdentity?: () => undefined
}

export type Tls = {
  /** Whether we know who answered: to be told wherever it is not `verified`. */
  readonly trust: 'verified' | 'unverified' | 'none'
  readonly options: TlsOptions | false
}

export type TlsRequest = {
  readonly host: string
  readonly mode: string | undefined
  /** Paths of PEM files; `system` for Node’s own certificates. */
  readonly rootCertificate: string | undefined
  readonly certificate: string | undefined
  readonly key: string | undefined
}

/**
 * | `sslmode` | here | in libpq |
 * | --- | --- | --- |
 * | none, `allow`, `prefer` | `verify-full`; on this machine `disable` | encrypts if the server offers it, never verifies |
 * | `disable` | no TLS | the same |
 * | `require`, `verify-full` | certificate and name are verified | `require` verifies nothing without a root certificate |
 * | `verify-ca` | the certificate is, its name is not; `sslrootcert` must be given | the same |
 * | `no-verify` | encrypted, nothing is verified | unknown |
 *
 * Stricter than libpq wherever it differs: an URL that works there may be refused here, and says how to go on.
 *
 * @throws Failure for another mode, or a file that cannot be read.
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
 */
export function chooseTls(request: TlsRequest): Tls {
  const {mode = 'prefer', rootCertificate} = request
  switch (mode) {
    case 'disable':
      return {trust: 'none', options: false}
    case 'allow':
    case 'prefer':
      if (isThisMachine(request.host)) return {trust: 'none', options: false}
      return {trust: 'verified', options: {rejectUnauthorized: true, ...certificates(request)}}
    case 'require':
    case 'verify-full':
      return {trust: 'verified', options: {rejectUnauthorized: true, ...certificates(request)}}
    case 'verify-ca':
      if (rootCertificate === undefined || rootCertificate === 'system') {
        throw new Failure('Unexpected sslmode=verify-ca without sslrootcert: any certificate would do', {
          hint: 'Give sslrootcert=PATH, or sslmode=verify-full.',
        })
      }
      return {
        trust: 'verified',
        options: {rejectUnauthorized: true, ...certificates(request), checkServerIdentity: () => undefined},
      }
    case 'no-verify':
      return {trust: 'unverified', options: {rejectUnauthorized: false, ...certificates(request)}}
    default:
      throw new Failure('Unexpected sslmode, expected verify-full, verify-ca, require, no-verify or disable')
  }
}

/** Nothing leaves it: a local server seldom has a certificate. */
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host) || host.startsWith('/')
}

function certificates({rootCertificate, certificate, key}: TlsRequest): Partial<TlsOptions> {
  const root = rootCertificate === 'system' ? undefined : rootCertificate
  return {
    ...(root !== undefined && {ca: readPem('sslrootcert', root)}),
    ...(certificate !== undefined && {cert: readPem('sslcert', certificate)}),
    ...(key !== undefined && {key: readPem('sslkey', key)}),
  }
}

function readPem(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Failure(`Cannot read ${name}: ${path}`, {hint: 'Give the path of a PEM file.', cause: error})
  }
}
