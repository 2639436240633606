/** Which database, as whom, and how: from a URL and the environment variables of libpq. */
import {Failure} from '../../model/failure.ts'
import {parseUrl, type UrlParts} from './parse-url.ts'
import {chooseTls, type Tls} from './tls.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export type Connection = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string | undefined
  readonly database: string
  readonly tls: Tls
  readonly directTls: boolean
  readonly channelBinding: boolean
  /** Options for the server's start, such as `-c role=reader`. */
  readonly startup: string | undefined
  readonly connectTimeoutMs: number
}

const name = 'Give its URL, or set DATABASE_URL or PGHOST, PGUSER, PGPASSWORD and PGDATABASE.'
const connectTimeoutSeconds = 15

/** Parameters about trust that we know. Any other one would be a demand that is not met. */
const trustParameters = new Set(['ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslnegotiation'])

/**
 * What the URL leaves open comes from the variables, as in libpq. Without a password, a password file is looked into
 * when the connection is made.
 *
 * @param url Instead of `DATABASE_URL`.
 * @throws Failure, which never holds the password.
 * @see https://www.postgresql.org/docs/current/libpq-envars.html
 */
export function findConnection(url: string | undefined, env: Environment): Connection {
  const parts = locate(url ?? env.DATABASE_URL, env)
  const parameter = (key: string, variable: string) =>
    filled(parts.parameters.get(key)) ?? filled(env[variable])
  for (const key of parts.parameters.keys()) {
    if (/^(?:ssl|require)/.test(key) && !trustParameters.has(key)) {
      throw new Failure('Unexpected parameter about TLS in the connection URL', {
        hint: `These are known: ${[...trustParameters].join(', ')}.`,
      })
    }
  }
  const host = parts.parameters.get('host') ?? parts.host ?? filled(env.PGHOST) ?? 'localhost'
  const user = parts.parameters.get('user') ?? parts.user ?? filled(env.PGUSER) ?? env.USER ?? env.USERNAME
  if (user === undefined) throw new Failure('No user to connect as', {hint: name})
  const tls = chooseTls({
    host,
    mode: modeOf(parts.parameters.get('ssl')) ?? parameter('sslmode', 'PGSSLMODE'),
    rootCertificate: parameter('sslrootcert', 'PGSSLROOTCERT'),
    certificate: parameter('sslcert', 'PGSSLCERT'),
    key: parameter('sslkey', 'PGSSLKEY'),
  })
  return {
    host,
    port: portOf(parts.parameters.get('port') ?? parts.port ?? filled(env.PGPORT) ?? '5432'),
    user,
    password: parts.parameters.get('password') ?? parts.password ?? filled(env.PGPASSWORD),
    database: parts.parameters.get('dbname') ?? parts.database ?? filled(env.PGDATABASE) ?? user,
    tls,
    directTls: tls.options !== false && parameter('sslnegotiation', 'PGSSLNEGOTIATION') === 'direct',
    channelBinding: bindsChannel(parameter('channel_binding', 'PGCHANNELBINDING'), tls),
    startup: parameter('options', 'PGOPTIONS'),
    connectTimeoutMs: secondsOf(parameter('connect_timeout', 'PGCONNECT_TIMEOUT')) * 1000,
  }
}

function locate(url: string | undefined, env: Environment): UrlParts {
  if (url !== undefined && url !== '') return parseUrl(url)
  if (filled(env.PGHOST) ?? filled(env.PGDATABASE) ?? filled(env.PGUSER)) return {parameters: new Map()}
  throw new Failure('No database is named', {hint: name})
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

/** `ssl=true` and the like, as drivers other than libpq write it. */
function modeOf(ssl: string | undefined): string | undefined {
  if (ssl === undefined) return undefined
  if (ssl === 'true' || ssl === '1' || ssl === '') return 'verify-full'
  return ssl === 'false' || ssl === '0' ? 'disable' : ssl
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port > 0 && port < 65536) return port
  throw new Failure('Unexpected port of the database, expected a number up to 65535')
}

function secondsOf(text: string | undefined): number {
  if (text === undefined) return connectTimeoutSeconds
  if (/^\d+$/.test(text)) return Number(text)
  throw new Failure('Unexpected connect_timeout, expected a number of seconds')
}

function bindsChannel(wish: string | undefined, {trust}: Tls): boolean {
  if (wish !== 'require' || trust === 'verified') return wish === 'require' || wish === 'prefer'
  throw new Failure('Unexpected channel_binding=require without a verified connection', {
    hint: 'Set sslmode=verify-full.',
  })
}

/** What to call it in a message: nothing secret. */
export function labelOf({host, port, database}: Connection): string {
  const bare = host.includes(':') ? `[${host}]` : host
  return `${bare}${port === 5432 ? '' : `:${port}`}/${database}`
}
