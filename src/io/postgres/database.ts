/** A live server, to be read and never written: one connection, one transaction. */
import {Socket} from 'node:net'
import type {Client} from 'pg'
import {type Connection, type Environment, findConnection, labelOf} from './connection.ts'
import {type RunStatement, readThroughCursor} from './cursor.ts'
import {explain} from './explain.ts'
import {loadPeer} from './load-peer.ts'
import {beginReading, defaultTimeouts, readingSettings, type Timeouts, timeoutSettings} from './session.ts'

export type DatabaseOptions = {
  /** Instead of `DATABASE_URL` and the variables of libpq. */
  readonly url?: string
  readonly env: Environment
  readonly timeouts?: Partial<Timeouts>
  /** Ends the reading at once: it then throws the signal's reason. */
  readonly signal?: AbortSignal
}

export type Database = {
  /** Host and database, nothing secret. */
  readonly label: string
  /** Whether we know who answers. */
  readonly trust: Connection['tls']['trust']
  /** Rows of one column of text, in batches; one statement at a time. */
  readonly query: (sql: string, parameters: readonly string[]) => AsyncIterable<readonly string[]>
}

/** The server's own timeout comes first; this one is for a network that swallows its answer. */
const graceMs = 10_000

/**
 * Connect, and work inside of a READ ONLY transaction that sees one snapshot. Several may run side by side.
 *
 * @throws Failure in words, without the password, if it cannot be reached, refuses us, or stops in the middle. What
 * `work` throws itself is passed on as it is.
 */
export async function withDatabase<Result>(
  options: DatabaseOptions,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const {url, env, signal} = options
  const connection = findConnection(url, env)
  const timeouts = {...defaultTimeouts, ...options.timeouts}
  const {default: pg} = await loadPeer('pg', 'Reading a database', () => import('pg'))
  signal?.throwIfAborted()

  const socket = new Socket()
  const client = new pg.Client(clientOptions(connection, timeouts, socket))
  const abort = () => socket.destroy()
  signal?.addEventListener('abort', abort, {once: true})
  const run = guardedRun(client, connection, signal)
  try {
    await run.connect()
    await run.script(`${beginReading};${readingSettings}${timeoutSettings(timeouts)}`)
    const query: Database['query'] = (sql, parameters) => readThroughCursor(run.statement, sql, parameters)
    const result = await work({label: labelOf(connection), trust: connection.tls.trust, query})
    await run.script('ROLLBACK')
    return result
  } finally {
    signal?.removeEventListener('abort', abort)
    await hangUp(client, socket)
  }
}

function clientOptions(connection: Connection, timeouts: Timeouts, socket: Socket) {
  const {host, port, user, password, database, tls, directTls, channelBinding, startup} = connection
  return {
    host,
    port,
    user,
    database,
    application_name: 'secdef',
    ssl: tls.options,
    sslnegotiation: directTls ? ('direct' as const) : ('postgres' as const),
    enableChannelBinding: channelBinding,
    connectionTimeoutMillis: connection.connectTimeoutMs,
    query_timeout: timeouts.statementMs + graceMs,
    keepAlive: true,
    stream: () => socket,
    ...(password !== undefined && {password}),
    ...(startup !== undefined && {options: startup}),
  }
}

/** Every call of the driver in one place, where its errors are turned into words. */
function guardedRun(client: Client, connection: Connection, signal: AbortSignal | undefined) {
  // A connection that ends between two statements must not end the process: the next statement is told of it.
  client.on('error', () => {})
  const guard = async <Answer>(answer: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await answer()
    } catch (error) {
      signal?.throwIfAborted()
      throw explain(error, connection)
    }
  }
  const statement: RunStatement = (text, values) =>
    guard(async () => {
      const {rows} = await client.query<unknown[]>({text, values: [...values], rowMode: 'array'})
      return rows.map(([first]) => first)
    })
  return {
    statement,
    connect: () => guard(() => client.connect()),
    script: (sql: string) => guard(() => client.query(sql)),
  }
}

/** The answer is known by now, or the error is: how the connection ends changes neither. */
async function hangUp(client: Client, socket: Socket): Promise<void> {
  try {
    if (!socket.destroyed) await client.end()
  } catch {
    // Nothing to tell: see above.
  } finally {
    socket.destroy()
  }
}
