/** A search_path that names a schema by who calls. */
import {judgePaths} from '../judge-path.ts'
import {defineRule} from '../rule.ts'

export const searchPathUser = defineRule({
  id: 'search-path-user',
  group: 'definer',
  severity: 'error',
  title: 'A search_path that holds $user',
  why: [
    '`$user` is the schema that has the name of the current role: inside of a definer that of its owner. Whoever can',
    'create a schema can make it, and it comes before the schema that is meant.',
  ].join('\n'),
  resolve: 'Name the schemas that are meant.',
  yieldsTo: ['search-path-misquoted'],
  judge: (subject) =>
    judgePaths(subject, (path, routine) => {
      if (!path.includes('$user')) return undefined
      return {
        verdict: 'refuted',
        message: `Unexpected $user on the search_path of ${routine.id}, expected fixed schemas`,
      }
    }),
})
