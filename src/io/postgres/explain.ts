/** What a driver or a server reports → words, and what to do next. */
import {Failure} from '../../model/failure.ts'
import {type Connection, labelOf} from './connection.ts'
import {codeOf, redact, redactError} from './redact.ts'

type Explanation = readonly [what: string, hint: string]

/**
 * @returns A failure if it is the surroundings that are at fault, else the error without the password: then it is
 * our statement that is wrong, and its stack tells where.
 */
export function explain(error: unknown, connection: Connection): Error {
  const cause = redactError(error, connection.password)
  const found = explanationOf(codeOf(error) ?? '', cause.message, connection)
  if (found === undefined) return cause
  const [what, hint] = found
  return new Failure(`Cannot read ${labelOf(connection)}: ${redactedWhat(what, connection)}`, {hint, cause})
}

/** Server messages are quoted; host, database and user are our own words and stay readable. */
function redactedWhat(what: string, {password}: Connection): string {
  return what.startsWith('the server says: ') ? redact(what, password) : what
}

function explanationOf(code: string, message: string, connection: Connection): Explanation | undefined {
  return (
    network(code, connection) ??
    encryption(code, message, connection) ??
    login(code, message, connection) ??
    ending(code, message) ??
    other(code, message)
  )
}

function network(code: string, {host, port}: Connection): Explanation | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return [`nothing listens on port ${port} of ${host}`, 'Start the server, or correct host and port.']
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [`no host of the name ${host} is known`, 'Correct the host, or look at the network.']
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return [`${host} cannot be reached`, 'Look at the network, and at what a firewall lets through.']
    case 'ENOENT':
    case 'EACCES':
      return [`no socket can be opened in ${host}`, 'Start the server, or correct the folder of its socket.']
    default:
      return undefined
  }
}

function encryption(code: string, message: string, {host, tls}: Connection): Explanation | undefined {
  if (/does not support SSL|error establishing an SSL connection/.test(message)) {
    const hint = 'If the way to the server is safe without TLS, say so: sslmode=disable.'
    return ['the server does not offer TLS', hint]
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [
      `the certificate is not for ${host}`,
      'Connect by the name in the certificate, or set sslmode=verify-ca.',
    ]
  }
  if (/^CERT_HAS_EXPIRED$|^CERT_NOT_YET_VALID$/.test(code)) {
    return ['the server’s certificate is not valid today', 'Renew it, or correct the clock of this machine.']
  }
  if (/CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code)) {
    const hint =
      'Give the certificate of its issuer by sslrootcert=PATH. To read without knowing who answers: sslmode=no-verify.'
    return ['nobody whom this machine trusts vouches for the server’s certificate', hint]
  }
  if (tls.options !== false && /^(?:ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO)/.test(code)) {
    return ['the encrypted connection could not be made', 'Look at the TLS settings of the server.']
  }
  return undefined
}

function login(code: string, message: string, {user, database}: Connection): Explanation | undefined {
  if (/password must be a (?:non-empty )?string/.test(message)) {
    return [`no password was given for ${user}`, 'Set PGPASSWORD, or put it into a password file.']
  }
  switch (code) {
    case '28P01':
      return [`the password for ${user} is wrong, or there is no such user`, 'Correct user and password.']
    case '28000':
      return [`${user} may not log in here: the server says no`, 'Look at pg_hba.conf; it may ask for TLS.']
    case '3D000':
      return [`there is no database ${database}`, 'Correct the name of the database.']
    case '42501':
      return [`the server says: ${message}`, 'Read as a role that may see pg_catalog.']
    default:
      return undefined
  }
}

function ending(code: string, message: string): Explanation | undefined {
  if (code === '57014' && !message.includes('statement timeout')) {
    return ['the statement was cancelled', 'Run it again.']
  }
  if (code === '57014' || message === 'Query read timeout') {
    return ['a statement took too long', 'Run it again when the server is less busy, or allow more time.']
  }
  if (code === '55P03' || code === '40P01') {
    return ['somebody holds a lock on a table that a body or a policy names', 'Run it again later.']
  }
  if (/^timeout expired$|timeout exceeded when trying to connect/.test(message)) {
    return [
      'the server did not answer in time',
      'Look at the network, or allow more time: connect_timeout=SECONDS.',
    ]
  }
  if (code === '57P03') return ['the server is not ready yet', 'Run it again when it has started.']
  const isDropped = /^(?:08|57P|25P0[34])/.test(code) || code === 'ECONNRESET' || code === 'EPIPE'
  if (isDropped || /^Connection terminated|not queryable|Connection ended/.test(message)) {
    return ['the connection was dropped', 'Run it again.']
  }
  return undefined
}

function other(code: string, message: string): Explanation | undefined {
  if (/^53/.test(code)) return [`the server says: ${message}`, 'Run it again when the server is less busy.']
  if (code === '40001') {
    const hint = 'Run it again, or read the primary.'
    return ['the replica needed to move on', hint]
  }
  if (/^(?:58|XX00[12])/.test(code)) return [`the server says: ${message}`, 'Look at the log of the server.']
  if (code === '22P05' || code === '22021') {
    return [`the server says: ${message}`, 'The database holds text that is none in its own encoding.']
  }
  return undefined
}
