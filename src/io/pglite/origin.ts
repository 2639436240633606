/** When a migration was written, from its file's name. */

/**
 * @returns `YYYY-MM-DD` if the version at the start of the name begins with a real date, else `null`.
 */
export function dateOfVersion(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const digits = /^V?(\d{4})[-_]?(\d{2})[-_]?(\d{2})/.exec(name)
  if (digits === null) return null
  const date = `${digits[1]}-${digits[2]}-${digits[3]}`
  const parsed = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : null
}
