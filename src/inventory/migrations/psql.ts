/** Commands of psql that a script may hold. */
import {type Fold, note} from './context.ts'
import {discardAll} from './session-statements.ts'

/** Those that run SQL of their own, or decide what is run. @see https://www.postgresql.org/docs/current/app-psql.html */
const unfollowed: Readonly<Record<string, string>> = {
  elif: 'what psql runs depends on a condition',
  else: 'what psql runs depends on a condition',
  gexec: 'it runs the result of a query as statements',
  i: 'it runs another file',
  if: 'what psql runs depends on a condition',
  include: 'it runs another file',
  include_relative: 'it runs another file',
  ir: 'it runs another file',
}

export function metaCommand(fold: Fold, command: string): void {
  const name = /^\\([a-z_]+)/.exec(command)?.[1] ?? ''
  if (name === 'c' || name === 'connect') {
    // A new session; as whom, and to which database, is not the folder's to say.
    discardAll(fold)
    if (/\s\S/.test(command)) note(fold, command, 'what follows runs in another database, or as another role')
    return
  }
  const why = unfollowed[name]
  if (why !== undefined) note(fold, command, why)
}
