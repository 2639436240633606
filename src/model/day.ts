/** The day against which dates are held. */

/**
 * The day where it is furthest on, as `YYYY-MM-DD`: an approval that somebody dated today, in whatever time
 * zone, is not in the future.
 */
export function latestDay(now: Date): string {
  const furthestHours = 14
  return new Date(now.getTime() + furthestHours * 3_600_000).toISOString().slice(0, 10)
}
