/** The date in a migration's version. */

/**
 * `20250106090000` → `2025-01-06`; with `-` or `_` between the parts too.
 *
 * @returns `null` for a version that does not begin with a date that there was.
 */
export function fileDate(version: string): string | null {
  const match = /^((?:19|20)\d\d)([-_]?)(\d\d)\2(\d\d)/.exec(version)
  if (match === null) return null
  const [, year = '', , month = '', day = ''] = match
  const date = `${year}-${month}-${day}`
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? null : date
}
