/** A search_path that names a schema which does not exist. */
import {judgePaths} from '../judge-path.ts'
import {schemaExists} from '../path.ts'
import {defineRule} from '../rule.ts'

export const searchPathUnknownSchema = defineRule({
  id: 'search-path-unknown-schema',
  group: 'definer',
  severity: 'error',
  title: 'A search_path with a schema that does not exist',
  why: [
    'PostgreSQL passes over it without a word. Whoever may create a schema in the database can make it later, and',
    'then decides what the names in the routine mean.',
  ].join('\n'),
  resolve: 'Correct the name, or take it off the path.',
  yieldsTo: ['search-path-misquoted', 'search-path-user'],
  judge: (subject) =>
    judgePaths(subject, (path, routine) => {
      const named = path.filter((element) => element !== '$user')
      const missing = named.find((element) => schemaExists(element, subject) === false)
      if (missing !== undefined) {
        const message = `Unexpected schema ${missing} on the search_path of ${routine.id}, which does not exist`
        return {verdict: 'refuted', message}
      }
      const unsure = named.find((element) => schemaExists(element, subject) === undefined)
      if (unsure === undefined) return undefined
      const message = `Could not establish whether schema ${unsure} on the search_path of ${routine.id} exists`
      return {verdict: 'unknown', message}
    }),
})
