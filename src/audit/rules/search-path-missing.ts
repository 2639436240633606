/** A definer whose names mean what its caller wants. */
import {searchPathOf} from '../path.ts'
import {defineRule, type Judgement} from '../rule.ts'
import {writersOf} from '../schema-writers.ts'
import {setPathSql, statementOr} from '../sql.ts'

export const searchPathMissing = defineRule({
  id: 'search-path-missing',
  group: 'definer',
  severity: 'error',
  title: 'A SECURITY DEFINER routine without a search_path',
  why: [
    'Names without a schema are looked up on the `search_path` of whoever calls, operators and functions too: the',
    'caller puts a schema of its own first, and its functions run as the owner. `CREATE OR REPLACE FUNCTION` drops',
    'every `SET` that the new text does not repeat.',
  ].join('\n'),
  resolve: [
    'Give it a path of trusted schemas with `pg_temp` at the end, and qualify names that are elsewhere. The statement',
    'that is offered names the schema of the routine, if nobody else may create objects there.',
  ].join('\n'),
  judge: (subject) =>
    subject.definers.flatMap((routine): Judgement[] => {
      const path = searchPathOf(routine)
      if (Array.isArray(path)) return []
      const isTrusted = routine.schema !== '$user' && writersOf(routine.schema, subject)?.length === 0
      const trusted = [isTrusted ? routine.schema : 'pg_catalog', 'pg_temp']
      return [
        {
          verdict: path === null ? 'unknown' : 'refuted',
          object: routine.id,
          message:
            path === null
              ? `Could not establish the search_path of SECURITY DEFINER ${routine.kind} ${routine.id}`
              : `Unexpected SECURITY DEFINER ${routine.kind} ${routine.id} without a search_path, expected a fixed one`,
          mend: statementOr(setPathSql(routine, trusted), `Set the search_path of ${routine.id}.`),
          origin: routine.origin,
          routines: [routine],
        },
      ]
    }),
})
