/** Commands of psql that a script may hold. */
import {type Fold, note} from './context.ts'
import {discardAll} from './session-statements.ts'

/** Those that run SQL of their own, or decide what is run. @see https://www.postgresql.org/docs/current/app-psql.html */
const unfollowed: Readonly<Record<string, string>> = {
  '!': 'it runs a command of the shell',
  elif: 'what psql runs depends on a condition',
  else: 'what psql runs depends on a condition',
  gexec: 'it runs the result of a query as statements',
  i: 'it runs another file',
  if: 'what psql runs depends on a condition',
  include: 'it runs another file',
  include_relative: 'it runs another file',
  ir: 'it runs another file',
}

/** Without effect on what a database contains, with whatever words behind them. `\if` is told of, and `\endif` with it. */
const harmless =
  /^\\(?:a|conninfo|copyright|d\w*|echo|encoding|endif|errverbose|f|h|help|H|l|p|pset|qecho|restrict|sf|sv|t|T|timing|unrestrict|unset|warn|x|z)(?:[+S]*\s|[+S]*$)/

/** Variables that only say what psql prints, and where it stops. */
const harmlessSet =
  /^\\set\s*$|^\\set\s+(?!(?:AUTOCOMMIT|ON_ERROR_ROLLBACK|SINGLELINE|SINGLESTEP)\b)[A-Za-z_][A-Za-z_0-9]*(?:\s|$)/

/** Runs the query before it, as a semicolon does. */
const runsQuery = /^\\gx?\s*$|^\\gset(?:\s+\w+)?\s*$/

/** `\copy t (a, b) from …`: rows, into a table that is not of the catalogues. */
const copiesRows = /^\\copy\s+(?!"?pg_)[\w."]+\s*(?:\([\w\s,"]*\)\s*)?from\s/i

/**
 * Whether a command of psql changes nothing. Only what is known to is: another command, or SQL, may follow on the
 * line behind a backslash, and a shell's command runs within backquotes or behind a bar.
 */
export function isHarmlessCommand(command: string): boolean {
  if (/[\\`|]/.test(command.slice(1))) return false
  return [harmless, harmlessSet, runsQuery].some((pattern) => pattern.test(command)) || isCopyOfRows(command)
}

function isCopyOfRows(command: string): boolean {
  return copiesRows.test(command) && !/pg_catalog\b/i.test(command) && !/\bprogram\b/i.test(command)
}

export function metaCommand(fold: Fold, command: string): void {
  const name = /^\\([a-z_]+|!)/.exec(command)?.[1] ?? ''
  if (name === 'c' || name === 'connect') {
    // A new session; as whom, and to which database, is not the folder's to say.
    discardAll(fold)
    if (!/^\\\w+\s*$/.test(command))
      note(fold, command, 'what follows runs in another database, or as another role')
    return
  }
  if (isHarmlessCommand(command)) return
  note(
    fold,
    command,
    unfollowed[name] ?? 'a command of psql that is not followed, or not that alone on its line',
  )
}
