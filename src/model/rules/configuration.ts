/** Rules about the configuration. */
import {rule} from './rule.ts'

export const configurationRules = {
  'config-syntax': rule<{reason: string}>({
    severity: 'fatal',
    title: 'A configuration that does not parse',
    message: ({reason}) => `Unexpected text in the configuration, ${reason}`,
    mend: () => 'Mend the JSON; it has no comments and no trailing commas.',
    why: 'A configuration that is half-read would look at another document than the one that is meant.',
  }),
  'config-unknown-key': rule<{actual: string; suggestion: string | undefined; elsewhere?: string}>({
    severity: 'fatal',
    title: 'A key that the configuration does not have',
    message: ({actual}) => `Unexpected key ${actual}`,
    mend: ({suggestion, elsewhere}) => {
      if (elsewhere !== undefined) return `It belongs into ${elsewhere}.`
      if (suggestion !== undefined) return `Did you mean \`${suggestion}\`?`
      return 'Remove it; docs/configuration.md of secdef lists the keys.'
    },
    why: 'A mistyped key is a setting that is not in force.',
  }),
  'config-invalid': rule<{at: string; reason: string; suggestion?: string}>({
    severity: 'fatal',
    title: 'A value that the configuration does not take',
    message: ({at, reason}) => `Unexpected value of ${at}: ${reason}`,
    mend: ({suggestion}) =>
      suggestion === undefined
        ? 'Correct it; docs/configuration.md of secdef lists what it takes.'
        : `Did you mean \`${suggestion}\`?`,
    why: 'A setting that cannot be understood is a setting that is not in force.',
  }),
}
