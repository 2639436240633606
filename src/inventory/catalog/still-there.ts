/** Facts that PostgreSQL prints as of now while rows are as of the snapshot: gone in between is not "none". */
import {Failure} from '../../model/failure.ts'

/**
 * @param printed What one of PostgreSQL's functions printed for a row of the snapshot.
 * @throws Failure if the object was dropped while it was read: its facts would be those of no moment.
 */
export function stillThere<Value>(printed: Value | null, what: string): Value {
  // `???` is what format_type prints for a type that is gone; a type of that name would be in quotes.
  if (printed !== null && printed !== '???') return printed
  throw new Failure(`The database changed while it was read: ${what}`, {hint: 'Run it again.'})
}
