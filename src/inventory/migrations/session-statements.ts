/** SET, RESET, and transactions. */
import type {TransactionStmt, VariableSetStmt} from 'libpg-query'
import {type Fold, note} from './context.ts'
import {Refusal} from './refusal.ts'
import {changeSettings, type Settings} from './session.ts'
import {settingArguments, splitPath} from './setting-value.ts'
import {rollBack, setSession} from './world.ts'

/** Only what decides where things go and whose they are. @see https://www.postgresql.org/docs/current/sql-set.html */
export function setVariable(fold: Fold, statement: VariableSetStmt): void {
  const {initial, now} = fold.world.session
  const local = statement.is_local === true
  if (statement.kind === 'VAR_RESET_ALL') {
    change(fold, {path: initial.path}, local)
    return
  }
  const name = (statement.name ?? '').toLowerCase()
  if (name !== 'search_path' && name !== 'role' && name !== 'session_authorization') return
  if (statement.kind === 'VAR_SET_CURRENT') return
  const values = statement.kind === 'VAR_SET_VALUE' ? settingArguments(statement) : undefined
  const [first] = values ?? []
  if (name === 'search_path') {
    const path = values?.every((value) => value !== undefined) ? values : null
    change(fold, {path: values === undefined ? initial.path : path}, local)
  } else if (name === 'role') {
    change(fold, {role: first === undefined || first === 'none' ? now.sessionRole : first}, local)
  } else {
    const role = first ?? initial.sessionRole
    change(fold, {role, sessionRole: role}, local)
  }
}

function change(fold: Fold, changes: Partial<Settings>, local: boolean): void {
  if (local && fold.world.session.transaction === null) {
    if (fold.fileInTransaction === false) return
    if (fold.fileInTransaction === undefined) {
      note(
        fold,
        'SET LOCAL',
        'it has an effect only if the tool runs the file in a transaction, as was assumed',
      )
    }
  }
  setSession(fold.world, changeSettings(fold.world.session, changes, local))
}

/** `set_config(name, value, is_local)`. @param value `undefined` if it is no constant. */
export function setConfig(fold: Fold, name: string, value: string | undefined, local: boolean): void {
  if (name === 'search_path') {
    const path = value === undefined ? null : (splitPath(value) ?? null)
    if (path === null) note(fold, 'search_path', 'it is set to what only the server knows')
    change(fold, {path}, local)
  } else if (name === 'role' && value !== undefined) {
    change(fold, {role: value === 'none' ? fold.world.session.now.sessionRole : value}, local)
  } else if (name === 'role') note(fold, 'role', 'it is set to what only the server knows')
  else if (name === 'session_authorization')
    note(fold, name, 'it is set by set_config, which was not followed')
}

/** DISCARD ALL: the settings and the role of the start. */
export function discardAll(fold: Fold): void {
  const {initial} = fold.world.session
  setSession(fold.world, {...fold.world.session, now: initial, lasting: initial})
}

/** @see https://www.postgresql.org/docs/current/sql-begin.html */
export function transact(fold: Fold, statement: TransactionStmt): void {
  const {world} = fold
  const {session} = world
  const {transaction} = session
  const name = statement.savepoint_name ?? ''
  switch (statement.kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      if (transaction === null) {
        setSession(world, {...session, transaction: {mark: world.undo.length, savepoints: []}})
      }
      return
    case 'TRANS_STMT_COMMIT':
      if (transaction !== null) endTransaction(fold, statement.chain === true)
      return
    case 'TRANS_STMT_ROLLBACK':
      if (transaction === null) {
        note(fold, 'ROLLBACK', 'outside of a transaction: if the tool opened one for the file, it is undone')
        return
      }
      rollBack(world, transaction.mark)
      if (statement.chain) {
        setSession(world, {...world.session, transaction: {mark: world.undo.length, savepoints: []}})
      }
      return
    case 'TRANS_STMT_SAVEPOINT':
      if (transaction === null) throw new Refusal('SAVEPOINT outside of a transaction')
      setSession(world, {
        ...session,
        transaction: {
          ...transaction,
          savepoints: [...transaction.savepoints, {name, mark: world.undo.length}],
        },
      })
      return
    case 'TRANS_STMT_ROLLBACK_TO':
    case 'TRANS_STMT_RELEASE': {
      const index = transaction?.savepoints.findLastIndex((savepoint) => savepoint.name === name) ?? -1
      const savepoint = transaction?.savepoints[index]
      if (transaction === null || savepoint === undefined) throw new Refusal(`there is no savepoint ${name}`)
      const back = statement.kind === 'TRANS_STMT_ROLLBACK_TO'
      if (back) rollBack(world, savepoint.mark)
      const savepoints = transaction.savepoints.slice(0, back ? index + 1 : index)
      setSession(world, {...world.session, transaction: {...transaction, savepoints}})
      return
    }
    default:
      note(fold, 'PREPARE TRANSACTION', 'whether it is ever committed is not in the folder')
  }
}

function endTransaction(fold: Fold, chain: boolean): void {
  const {world} = fold
  const transaction = chain ? {mark: world.undo.length, savepoints: []} : null
  setSession(world, {...world.session, now: world.session.lasting, transaction})
}
