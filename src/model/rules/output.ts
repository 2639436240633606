/** Rules about the generated files. */
import {grouped} from '../words.ts'
import {rule} from './rule.ts'

export const outputRules = {
  'output-stale': rule<{added: number; removed: number}>({
    severity: 'error',
    title: 'A generated file that no longer says what the document says',
    message: ({added, removed}) => `Unexpected stale output: ${difference(added, removed)}`,
    mend: () => 'Run `secdef generate` and commit what it writes.',
    why: 'Tests and databases follow the generated files; a stale one allows what the document no longer does.',
  }),
  'output-missing': rule<Record<never, never>>({
    severity: 'error',
    title: 'A generated file that is not there',
    message: () => 'Unexpected missing output, expected a generated file',
    mend: () => 'Run `secdef generate` and commit what it writes.',
    why: 'A test that imports a missing whitelist fails for the wrong reason, or is skipped.',
  }),
  'output-orphan': rule<{source: string}>({
    severity: 'error',
    title: 'A generated file that no configured output makes',
    message: ({source}) =>
      `Unexpected file generated from ${source}, which no configured output makes any more`,
    mend: () => 'Run `secdef generate`, which removes it, or configure the output again.',
    why: 'Nothing keeps it fresh: whoever still imports it reads a whitelist of the past.',
  }),
  'output-not-generated': rule<Record<never, never>>({
    severity: 'error',
    title: 'A file of somebody else’s where an output should go',
    message: () => 'Unexpected file that is not generated, expected one with the banner of `secdef generate`',
    mend: () => 'Move or delete the file, or give the output another path in the configuration.',
    why: 'It was written by hand, or its banner was removed: overwriting it would lose work.',
  }),
  'region-missing': rule<{region: string}>({
    severity: 'error',
    title: 'A file without the region that an output goes into',
    message: ({region}) => `Unexpected file without a region ${region}, expected its two marks`,
    mend: ({region}) =>
      `Add two comment lines that hold \`secdef:begin ${region}\` and \`secdef:end ${region}\` where it should go.`,
    why: 'An output that goes into a region replaces what stands between its marks, and nothing else.',
  }),
  'region-damaged': rule<{region: string; reason: string}>({
    severity: 'error',
    title: 'A region whose marks do not pair',
    message: ({region, reason}) => `Unexpected marks of region ${region}: ${reason}`,
    mend: ({region}) =>
      `Leave exactly one \`secdef:begin ${region}\`, followed by one \`secdef:end ${region}\`.`,
    why: 'Without a clear end, replacing the region would swallow what somebody wrote behind it.',
  }),
  'interrupted-write': rule<Record<never, never>>({
    severity: 'error',
    title: 'A set of outputs that was being written when the process died',
    message: () => 'Unexpected journal of an interrupted `secdef generate`',
    mend: () => 'Run `secdef generate`, which finishes what was begun.',
    why: 'Some outputs may be new and some old. The journal holds what it takes to finish.',
  }),
}

/** In words: `3 lines are missing and 1 is too many`. */
function difference(added: number, removed: number): string {
  const verb = (number: number, one: string, many: string) => (number === 1 ? one : many)
  const lines = (number: number) => `${grouped(number)} ${verb(number, 'line', 'lines')}`
  if (added === removed) return `${lines(added)} ${verb(added, 'differs', 'differ')}`
  const missing = `${lines(added)} ${verb(added, 'is', 'are')} missing`
  if (removed === 0) return missing
  if (added === 0) return `${lines(removed)} ${verb(removed, 'is', 'are')} too many`
  return `${missing} and ${grouped(removed)} ${verb(removed, 'is', 'are')} too many`
}
