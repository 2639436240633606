/** One file of migrations, statement by statement, so that a bad one hides nothing else. */
import type {PGlite} from '@electric-sql/pglite'
import type {Place} from '../../model/place.ts'
import {codeOf} from '../postgres/redact.ts'
import {announce} from './recorder.ts'
import {withAuthorization} from './reset-authorization.ts'
import {preparesTransaction, transactionCommand} from './transaction-command.ts'

export type Piece = {
  readonly text: string
  readonly place: Place
  /** Why it is no statement that could be run, else `undefined`. */
  readonly broken: string | undefined
}

export type Fault = {readonly piece: Piece; readonly code: string; readonly message: string}

export type FileResult = {readonly applied: number; readonly faults: readonly Fault[]}

type Runner = {
  readonly database: PGlite
  /** Number of the file's first statement; each gets one of its own. */
  readonly first: number
  /** Whether the statements share a transaction, as long as they allow it. */
  readonly shared: boolean
}

/** Not in a transaction; not after what the transaction did; not that many objects in one. */
const wantsToBeAlone: ReadonlySet<string> = new Set(['25001', '55P04', '2D000', '53200', '3B001'])

/**
 * Run the statements in one transaction, as the Supabase CLI does, so that SET LOCAL holds to the end of the file;
 * one that fails is taken back alone. Where the transaction cannot be committed, each runs by itself instead.
 *
 * @throws {Error} if it is not a statement that failed but the database.
 */
export async function runFile(
  database: PGlite,
  pieces: readonly Piece[],
  first: number,
): Promise<FileResult> {
  try {
    return await runPieces({database, first, shared: true}, pieces)
  } catch (error) {
    if (!(error instanceof CommitError)) throw error
    return await runPieces({database, first, shared: false}, pieces)
  }
}

class CommitError extends Error {}

async function runPieces(runner: Runner, pieces: readonly Piece[]): Promise<FileResult> {
  const {shared} = runner
  let applied = 0
  const faults: Fault[] = []
  if (shared) await runner.database.exec('BEGIN')
  for (const [index, piece] of pieces.entries()) {
    const command = transactionCommand(piece.text)
    if (piece.broken !== undefined) faults.push({piece, code: '42601', message: piece.broken})
    else if (preparesTransaction(piece.text)) {
      // It would take the transaction of the file from under us.
      faults.push({
        piece,
        code: '0A000',
        message: 'Whether a prepared transaction is ever committed is not followed',
      })
    } else if (command !== undefined) await renew(runner, command)
    else {
      const fault = await runPiece(runner, piece, runner.first + index)
      if (fault === undefined) applied++
      else faults.push({piece, ...fault})
    }
  }
  if (shared) await commit(runner.database)
  return {applied, faults}
}

/** What stands before a file's own BEGIN is over by then; without a shared transaction there is none to end. */
async function renew({database, shared}: Runner, command: 'begin' | 'commit' | 'rollback'): Promise<void> {
  if (!shared) return
  if (command === 'rollback') await database.exec('ROLLBACK')
  else await commit(database)
  await database.exec('BEGIN')
}

async function commit(database: PGlite): Promise<void> {
  try {
    await database.exec('COMMIT')
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    throw new CommitError('The transaction of the file was taken back', {cause: error})
  }
}

async function runPiece(
  {database, shared}: Runner,
  piece: Piece,
  number: number,
): Promise<Omit<Fault, 'piece'> | undefined> {
  await database.exec(`${announce(number)}${shared ? '; SAVEPOINT secdef_replayed_statement' : ''}`)
  const fault = await attempt(database, piece.text)
  if (!shared) return fault
  if (fault === undefined) {
    await database.exec('RELEASE SAVEPOINT secdef_replayed_statement')
    return undefined
  }
  await database.exec(
    'ROLLBACK TO SAVEPOINT secdef_replayed_statement; RELEASE SAVEPOINT secdef_replayed_statement',
  )
  if (!wantsToBeAlone.has(fault.code)) return fault
  await commit(database)
  const again = await attempt(database, piece.text)
  await database.exec('BEGIN')
  return again
}

async function attempt(database: PGlite, text: string): Promise<Omit<Fault, 'piece'> | undefined> {
  try {
    await database.exec(withAuthorization(text))
    return undefined
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined || !(error instanceof Error)) throw error
    return {code, message: error.message}
  }
}
