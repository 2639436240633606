/** Something that may have changed the facts and could not be followed. */
import {defineRule} from '../rule.ts'

export const unseen = defineRule({
  id: 'unseen',
  group: 'coverage',
  severity: 'error',
  title: 'Something that could not be followed',
  why: [
    'A `DO` block, dynamic SQL or a statement that failed may have made, opened or changed any object. What it did is',
    'not in the facts, so that everything else that is said here may be wrong.',
  ].join('\n'),
  resolve: [
    'Write the statement out where it hides in a `DO` block, mend what fails, or audit by replay or a live database,',
    'which see what really came of it.',
  ].join('\n'),
  // They know what it means for the row, the routine or the whole.
  yieldsTo: ['nothing-seen', 'wrong-schema', 'absent-routine', 'unused-exception', 'untrusted-language'],
  judge({inventory}) {
    return inventory.coverage.unknowns.map(({subject, why, location}) => ({
      verdict: 'unknown',
      object: subject,
      message: `Could not follow ${subject}: ${why}`,
      mend: {advice: 'Write it out so that it can be followed, or audit a database in which it has run.'},
      origin: location,
    }))
  },
})
