/** Approved By cells and dates: who, a day that exists and has come, and for how long it holds. */
import type {ApprovalsConfig} from '../model/config.ts'
import type {Place} from '../model/place.ts'
import type {Report} from '../model/rules.ts'
import {suggest} from '../model/suggest.ts'
import {shorten} from './shorten.ts'

export type Approval = {readonly by: string; readonly date: string}

/** `who - YYYY-MM` or `who - YYYY-MM-DD`; word processors turn the hyphen into a dash. */
export function parseApproval(text: string): Approval | undefined {
  const match = /^(?<by>\S(?:[^\n]*\S)?)\s+[-–—]\s+(?<date>\d{4}-\d{2}(?:-\d{2})?)$/u.exec(text)
  const {by, date} = match?.groups ?? {}
  return by === undefined || date === undefined ? undefined : {by, date}
}

/**
 * Report a date that no calendar has, or that lies in the future.
 *
 * @param date `YYYY-MM` or `YYYY-MM-DD`.
 * @param today `YYYY-MM-DD`, where the day is furthest on.
 * @returns Whether the date holds.
 */
export function checkDate(date: string, today: string, place: Place, report: Report): boolean {
  if (!isRealDate(date)) {
    report('invalid-date', place, {actual: date, expected: 'a date of the calendar'})
    return false
  }
  if (date > today.slice(0, date.length)) {
    report('future-date', place, {actual: date, today: today.slice(0, date.length)})
    return false
  }
  return true
}

export function isRealDate(date: string): boolean {
  const day = date.length === 7 ? `${date}-01` : date
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

const defaultWarnMonths = 1

/**
 * The last day on which an approval is no older than so many months. One that names a month counts from its end;
 * a day that a shorter month does not have is its last one.
 *
 * @param date `YYYY-MM` or `YYYY-MM-DD`, a real one.
 * @returns `YYYY-MM-DD`.
 */
export function lastDay(date: string, months: number): string {
  const [year = 0, month = 1, day] = date.split('-').map(Number)
  const index = year * 12 + month - 1 + months
  const end = new Date(0)
  end.setUTCFullYear(Math.floor(index / 12), (index % 12) + 1, 0)
  if (day !== undefined) end.setUTCDate(Math.min(day, end.getUTCDate()))
  return end.toISOString().slice(0, 10)
}

export type Validity = {readonly until: string; readonly state: 'holds' | 'expiring' | 'expired'}

/** For how long an approval holds; `undefined` where the project sets no age. */
export function validityOf(date: string, today: string, policy: ApprovalsConfig): Validity | undefined {
  const {maxAgeMonths, warnMonths = defaultWarnMonths} = policy
  if (maxAgeMonths === undefined) return undefined
  const until = lastDay(date, maxAgeMonths)
  if (today > until) return {until, state: 'expired'}
  return {until, state: today > lastDay(date, maxAgeMonths - warnMonths) ? 'expiring' : 'holds'}
}

/** Report an approval that the project does not accept, or soon will not. The row stays a row. */
export function judgeApproval(
  {by, date}: Approval,
  {today, policy}: {readonly today: string; readonly policy: ApprovalsConfig},
  place: Place,
  report: Report,
): void {
  const {roster, maxAgeMonths = 0} = policy
  if (roster !== undefined && !roster.includes(by))
    report('unknown-approver', place, {actual: shorten(by), suggestion: suggest(by, roster), roster})
  const validity = validityOf(date, today, policy)
  if (validity?.state === 'expired')
    report('approval-expired', place, {actual: date, until: validity.until, maxAgeMonths})
  if (validity?.state === 'expiring')
    report('approval-expiring', place, {actual: date, until: validity.until})
}
