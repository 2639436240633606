/** Rules about the configuration. */
import {rule} from './rule.ts'

export const configurationRules = {
  'config-syntax': rule<{reason: string}>({
    severity: 'fatal',
    title: 'A configuration that does not parse',
    message: ({reason}) => `Unexpected text in the configuration: ${reason}`,
    mend: () => 'Mend the JSON; comments and trailing commas are not JSON.',
    why: 'A configuration that is half-read would look at another document than the one that is meant.',
  }),
  'config-unknown-key': rule<{actual: string; suggestion: string | undefined}>({
    severity: 'fatal',
    title: 'A key that the configuration does not have',
    message: ({actual}) => `Unexpected key ${actual}`,
    mend: ({suggestion}) =>
      suggestion === undefined
        ? 'Remove it; docs/configuration.md lists the keys.'
        : `Did you mean \`${suggestion}\`?`,
    why: 'A mistyped key is a setting that is not in force.',
  }),
  'config-invalid': rule<{at: string; reason: string}>({
    severity: 'fatal',
    title: 'A value that the configuration does not take',
    message: ({at, reason}) => `Unexpected value of ${at}: ${reason}`,
    mend: () => 'See docs/configuration.md for the values that it takes.',
    why: 'A setting that cannot be understood is a setting that is not in force.',
  }),
}
