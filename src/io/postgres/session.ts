/** How a session is set up before a catalogue is read, on a server and in the embedded PostgreSQL. */

/**
 * What is printed must not depend on who connects: types and expressions come out with their schemas, constants in
 * one form. Two more are about speed: all rows are wanted, not the first; and compiling costs more than it saves.
 *
 * @see https://www.postgresql.org/docs/current/runtime-config-client.html
 */
export const readingSettings = `
  SET LOCAL search_path = '';
  SET LOCAL quote_all_identifiers = off;
  SET LOCAL standard_conforming_strings = on;
  SET LOCAL DateStyle = 'ISO, YMD';
  SET LOCAL IntervalStyle = 'postgres';
  SET LOCAL TimeZone = 'UTC';
  SET LOCAL extra_float_digits = 1;
  SET LOCAL bytea_output = 'hex';
  SET LOCAL cursor_tuple_fraction = 1;
  SET LOCAL jit = off;`

/** One snapshot for all statements, and nothing can be written. */
export const beginReading = 'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY'

export type Timeouts = {
  readonly statementMs: number
  readonly lockMs: number
  readonly idleMs: number
}

/** A reading waits behind nobody for long, so that nobody waits behind it. */
export const defaultTimeouts: Timeouts = {statementMs: 60_000, lockMs: 5_000, idleMs: 60_000}

export function timeoutSettings({statementMs, lockMs, idleMs}: Timeouts): string {
  const milliseconds = (value: number) => {
    if (Number.isSafeInteger(value) && value > 0) return `'${value}ms'`
    throw new RangeError(`Unexpected timeout ${value}, expected a number of milliseconds`)
  }
  return `
  SET LOCAL statement_timeout = ${milliseconds(statementMs)};
  SET LOCAL lock_timeout = ${milliseconds(lockMs)};
  SET LOCAL idle_in_transaction_session_timeout = ${milliseconds(idleMs)};`
}
