/** A connection URL → its parts, without ever showing it: it holds the password. */
import {Failure} from '../../model/failure.ts'

export type UrlParts = {
  readonly user?: string
  readonly password?: string
  readonly host?: string
  readonly port?: string
  readonly database?: string
  readonly parameters: ReadonlyMap<string, string>
}

const form = 'postgresql://user:password@host:5432/database'
const encode = 'Percent-encode what is special in a password: `@` is %40, `:` %3A, `/` %2F, `?` %3F, `#` %23.'

/**
 * Anything that is left over, such as a second `@`, could be half of a password, and would be taken for a host that
 * is then contacted and shown.
 */
const shape =
  /^postgres(?:ql)?:\/\/(?:(?<login>[^@/?#[\]]*)@)?(?<place>[^@/?#]*)(?:\/(?<database>[^@/?#]*))?(?:\?(?<query>[^@?#]*))?$/

/**
 * libpq's URLs, for one host.
 *
 * @throws Failure, which does not repeat the URL.
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
export function parseUrl(url: string): UrlParts {
  if (!/^postgres(?:ql)?:\/\//.test(url)) throw new Failure(`Unexpected connection URL, expected ${form}`)
  const groups = shape.exec(url.trim())?.groups
  if (groups === undefined) throw new Failure(`Unexpected connection URL, expected ${form}`, {hint: encode})
  const {login, place = '', database, query} = groups
  if (place.includes(',')) {
    throw new Failure('Unexpected connection URL with several hosts, expected one', {
      hint: 'Name the host to read.',
    })
  }
  const address = /^(?<host>\[[^\]]*\]|[^:[\]]*)(?::(?<port>\d*))?$/.exec(place)?.groups
  if (address === undefined) throw new Failure(`Unexpected connection URL, expected ${form}`, {hint: encode})
  const [user, password] = splitOnce(login ?? '', ':')
  return {
    ...named('user', user),
    ...named('password', password),
    ...named('host', address.host?.replace(/^\[|\]$/g, '')),
    ...named('port', address.port),
    ...named('database', database),
    parameters: new Map((query ?? '').split('&').filter(Boolean).map(parseParameter)),
  }
}

function named<Name extends string>(name: Name, text: string | undefined): {[key in Name]?: string} {
  if (text === undefined || text === '') return {}
  const part: {[key in Name]?: string} = {}
  part[name] = decode(text)
  return part
}

function parseParameter(text: string): [string, string] {
  const [name, value = ''] = splitOnce(text, '=')
  return [decode(name), decode(value)]
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // The error's message would not hold the text, but its stack might one day.
    throw new Failure('Unexpected `%` in the connection URL, expected it to be written as %25', {
      hint: encode,
    })
  }
}
