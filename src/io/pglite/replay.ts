/** Migrations run in an embedded PostgreSQL, which then answers like a server. */
import type {PGlite} from '@electric-sql/pglite'
import {compareCodePoints} from '../../model/compare.ts'
import {quoteIdentifier} from '../../model/identifier.ts'
import type {Coverage, Origin, Unseen} from '../../model/inventory.ts'
import {readThroughCursor} from '../postgres/cursor.ts'
import {loadPeer} from '../postgres/load-peer.ts'
import {beginReading, readingSettings} from '../postgres/session.ts'
import {extensionsNamed, provideExtensions} from './extensions.ts'
import {startRecorder, stopRecorder} from './recorder.ts'
import {resetAuthorization} from './reset-authorization.ts'
import {type Fault, type Piece, runFile} from './run-file.ts'

export type MigrationFile = {readonly path: string; readonly text: string; readonly date: string | null}

export type ReplayOptions = {
  /** What stands before the first file, and what an unqualified name means at the start of each. */
  readonly profile: {readonly prelude: string; readonly searchPath: readonly string[]}
  readonly split: (text: string) => readonly Piece[]
  /** Called before each file. */
  readonly onFile?: (path: string, number: number, count: number) => void
  readonly signal?: AbortSignal
  /** A fresh data directory, packed by PGlite’s `dumpDataDir`: to unpack one is much quicker than to make one. */
  readonly dataDir?: Blob
}

export type Replayed = {
  readonly statements: NonNullable<Coverage['statements']>
  /** Every statement that failed, and every extension that is but a name. */
  readonly unknowns: readonly Unseen[]
  readonly origin: (catalogue: 'pg_proc' | 'pg_class', oid: string) => Origin | null
  /** Rows of one column of text, in batches. */
  readonly query: (sql: string, parameters: readonly string[]) => AsyncIterable<readonly string[]>
}

/**
 * Run the files in order, and read what they made.
 *
 * @throws Failure if the embedded PostgreSQL is not installed.
 */
export async function withReplay<Result>(
  files: readonly MigrationFile[],
  options: ReplayOptions,
  read: (replayed: Replayed) => Promise<Result>,
): Promise<Result> {
  const {prelude} = options.profile
  const {PGlite} = await loadPeer(
    '@electric-sql/pglite',
    'Replaying migrations',
    () => import('@electric-sql/pglite'),
  )
  const extensions = await provideExtensions(extensionsNamed([prelude, ...files.map(({text}) => text)]))
  let database: PGlite | undefined
  try {
    const {dataDir} = options
    database = await PGlite.create({
      extensions: {...extensions.modules},
      ...(dataDir !== undefined && {loadDataDir: dataDir}),
    })
    await database.exec(prelude)
    await startRecorder(database)
    const run = await runFiles(database, files, options)
    await resetSession(database)
    const made = await stopRecorder(database)
    const stubs = await stubsCreated(database, extensions.stubs)
    await database.exec(`${beginReading};${readingSettings}`)
    return await read({
      statements: run.statements,
      unknowns: [...run.unknowns, ...stubs],
      origin: (catalogue, oid) => run.origins[made(catalogue, oid) ?? -1] ?? null,
      query: queryOf(database),
    })
  } finally {
    extensions.release()
    await database?.close()
  }
}

async function runFiles(database: PGlite, files: readonly MigrationFile[], options: ReplayOptions) {
  const searchPath = options.profile.searchPath.map(quoteIdentifier).join(', ')
  const origins: Origin[] = []
  const unknowns: Unseen[] = []
  const reasons = new Map<string, number>()
  let applied = 0
  for (const [index, {path, text, date}] of files.entries()) {
    options.signal?.throwIfAborted()
    options.onFile?.(path, index + 1, files.length)
    await resetSession(database)
    await database.exec(`SET search_path = ${searchPath}; SET check_function_bodies = off;`)
    const pieces = options.split(text)
    const result = await runFile(database, pieces, origins.length)
    origins.push(...pieces.map(({place}) => ({path, place, date})))
    applied += result.applied
    for (const fault of result.faults) {
      reasons.set(fault.code, (reasons.get(fault.code) ?? 0) + 1)
      unknowns.push(toUnseen(fault, path))
    }
  }
  const statements = {applied, failed: unknowns.length}
  return {statements, origins, unknowns: [...summary(statements, reasons), ...unknowns]}
}

/** Every file begins as a new session would, whatever the last one left. */
async function resetSession(database: PGlite): Promise<void> {
  await database.exec(`${resetAuthorization}; RESET ALL`)
}

function toUnseen({piece, code, message}: Fault, path: string): Unseen {
  return {subject: firstLine(piece.text), why: `${code}: ${message}`, location: {path, place: piece.place}}
}

/** Enough of a statement to know it again. */
function firstLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}

/** A part must not pass for the whole. */
function summary({applied, failed}: Replayed['statements'], reasons: ReadonlyMap<string, number>): Unseen[] {
  if (applied === 0) return [{subject: 'replay', why: 'Not one statement was applied', location: null}]
  if (failed === 0) return []
  const counts = [...reasons].sort(([a, many], [b, few]) => few - many || compareCodePoints(a, b))
  const list = counts.map(([code, count]) => `${code} × ${count}`).join(', ')
  const why = `The replay is partial: ${failed} of ${applied + failed} statements failed (${list})`
  return [{subject: 'replay', why, location: null}]
}

async function stubsCreated(database: PGlite, stubs: readonly string[]): Promise<Unseen[]> {
  const {rows} = await database.query<{name: string}>(
    'SELECT extname::pg_catalog.text AS name FROM pg_catalog.pg_extension ORDER BY extname',
  )
  return rows
    .filter(({name}) => stubs.includes(name))
    .map(({name}) => ({
      subject: `extension ${name}`,
      why: 'Its objects are not here: only its name stands in',
      location: null,
    }))
}

function queryOf(database: PGlite): Replayed['query'] {
  return (sql, parameters) =>
    readThroughCursor(
      async (statement, values) => {
        const {rows} = await database.query<unknown[]>(statement, [...values], {rowMode: 'array'})
        return rows.map(([first]) => first)
      },
      sql,
      parameters,
    )
}
