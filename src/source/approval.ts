/** Approved By cells and dates: who, and a day that exists and has come. */
import type {Place} from '../model/place.ts'
import type {Report} from '../model/rules.ts'

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

function isRealDate(date: string): boolean {
  const day = date.length === 7 ? `${date}-01` : date
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}
