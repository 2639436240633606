/** Why a reviewer should look at a change, and how closely. */

/** The gravest first. */
export const levels = ['danger', 'review', 'note'] as const

/**
 * `danger`: something is excused that nobody has approved as it stands, or a record is gone. `review`: an approval
 * is claimed that the reviewer can confirm. `note`: nothing more is excused than before.
 */
export type Level = (typeof levels)[number]

/** The gravest first; that is the order in which changes are told. `says` is read after the name of the entry. */
export const concerns = {
  'statement-unapproved': {
    level: 'danger',
    says: 'what it states has changed, and its approval has not',
  },
  'object-unapproved': {
    level: 'danger',
    says: 'it excuses something else than before, and its approval has not changed',
  },
  'approval-older': {
    level: 'danger',
    says: 'its approval is older than the commit that the change starts from',
  },
  'approval-backdated': {level: 'danger', says: 'its approval went back in time'},
  'shared-risks': {
    level: 'danger',
    says: 'entries that state these risks by “Same as” have not been approved anew',
  },
  'history-removed': {level: 'danger', says: 'the record of an audit is gone'},
  'risks-shortened': {level: 'review', says: 'words were taken from its risks, and none were added'},
  added: {level: 'review', says: 'a new exception'},
  'object-changed': {level: 'review', says: 'it excuses something else than before, approved anew'},
  'statement-changed': {level: 'review', says: 'what it states has changed, approved anew'},
  reapproved: {level: 'review', says: 'approved anew'},
  'extra-changed': {level: 'review', says: 'a column of the project’s own has changed'},
  removed: {level: 'note', says: 'it is no longer excused'},
  moved: {level: 'note', says: 'it stands in another section'},
  audited: {level: 'note', says: 'an audit was recorded'},
} as const satisfies Readonly<Record<string, {readonly level: Level; readonly says: string}>>

export type ConcernId = keyof typeof concerns

const order = Object.keys(concerns) as ConcernId[]

/** 0 for the gravest. */
export function rankOf(concern: ConcernId): number {
  return order.indexOf(concern)
}

/** Whether a level is as grave as another, or graver. */
export function reaches(level: Level, limit: Level): boolean {
  return levels.indexOf(level) <= levels.indexOf(limit)
}
