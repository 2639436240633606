/** A search_path written as one string, which is one strange name. */
import {judgePaths} from '../judge-path.ts'
import {isMisquoted} from '../path.ts'
import {defineRule} from '../rule.ts'

export const searchPathMisquoted = defineRule({
  id: 'search-path-misquoted',
  group: 'definer',
  severity: 'error',
  title: 'A search_path whose list of schemas is in quotes',
  why: [
    '`SET search_path = \'public, pg_temp\'` names one schema, `"public, pg_temp"`, which does not exist. The path is as',
    'good as empty: `pg_temp` is not at its end, and the temporary objects of the caller come first.',
  ].join('\n'),
  resolve: 'Write the schemas without quotes, or each in quotes of its own.',
  judge: (subject) =>
    judgePaths(subject, (path, routine) => {
      const element = path.find((one) => isMisquoted(one, subject))
      if (element === undefined) return undefined
      const message = `Unexpected schema "${element}" on the search_path of ${routine.id}, expected a list without quotes`
      return {verdict: 'refuted', message}
    }),
})
