/** The settings of the session that the migrations run in: who acts, and where names are looked for. */

export type Settings = {
  /** `current_user`: what is created is his. */
  readonly role: string
  /** `session_user`: who RESET ROLE leads back to. */
  readonly sessionRole: string
  /** `search_path` as written, `$user` not yet replaced; `null` when it is not known. */
  readonly path: readonly string[] | null
}

export type Session = {
  readonly now: Settings
  /** What holds again when the transaction ends: SET LOCAL does not change it. */
  readonly lasting: Settings
  /** Where RESET leads back to. */
  readonly initial: Settings
  readonly transaction: Transaction | null
}

/** An open transaction, and how much of the history to take back on ROLLBACK. */
export type Transaction = {
  readonly mark: number
  readonly savepoints: readonly {readonly name: string; readonly mark: number}[]
}

/** @param path PostgreSQL's own default is `"$user", public`. */
export function startSession(role: string, path: readonly string[]): Session {
  const settings: Settings = {role, sessionRole: role, path}
  return {now: settings, lasting: settings, initial: settings, transaction: null}
}

/** SET, or SET LOCAL, of some settings. */
export function changeSettings(session: Session, changes: Partial<Settings>, local: boolean): Session {
  const now = {...session.now, ...changes}
  return {...session, now, lasting: local ? session.lasting : {...session.lasting, ...changes}}
}

/** The search path with `$user` replaced, without what can hold none of the objects followed here. */
export function pathOf(settings: Settings): readonly string[] | null {
  return settings.path?.map((name) => (name === '$user' ? settings.role : name)) ?? null
}
