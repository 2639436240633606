/** A search_path on which the caller's temporary objects win. */
import type {Routine} from '../../model/inventory.ts'
import {judgePaths, type PathFault} from '../judge-path.ts'
import {showPath} from '../path.ts'
import {defineRule} from '../rule.ts'
import {dynamicSql} from '../scan/dynamic-sql.ts'
import {tokenize} from '../scan/tokens.ts'
import {unqualifiedNames} from '../scan/unqualified.ts'

export const searchPathTemp = defineRule({
  id: 'search-path-temp',
  group: 'definer',
  severity: 'error',
  title: 'A search_path that does not end in pg_temp',
  why: [
    'Where `pg_temp` is not on the path PostgreSQL looks there first, for relations and for types: before',
    '`pg_catalog`, and with the empty path too. A temporary table of the caller takes the place of the one that is',
    'meant, and a temporary domain named `text`, whose CHECK calls a function, runs that function as the owner as soon',
    'as the body declares a `text` or casts to it. Functions and operators are never looked up there.',
    '',
    'A body that names every relation and every type with its schema gives the caller no hold, and neither do names',
    'that are grammar (`integer`, `boolean`) or a body that was parsed when it was created (`BEGIN ATOMIC`, `RETURN`).',
    'Where the body is dynamic SQL or in another language, what it names is unknown. Routines without a path of their',
    'own that it calls look their names up on the same path; they are not followed here, and only `pg_temp` at the end',
    'protects them too.',
  ].join('\n'),
  resolve: [
    'Put `pg_temp` at the end of the path. It takes nothing away: temporary tables that the routine makes are still',
    'found.',
  ].join('\n'),
  yieldsTo: ['search-path-misquoted', 'search-path-user', 'search-path-unknown-schema', 'untrusted-language'],
  judge: (subject) =>
    judgePaths(subject, (path, routine) => {
      if (path.indexOf('pg_temp') === path.length - 1 && path.length > 0) return undefined
      return faultOf(routine, showPath(path))
    }),
})

function faultOf({id, language, body}: Routine, path: string): PathFault | undefined {
  const unknown: PathFault = {
    verdict: 'unknown',
    message: `Could not establish what ${id} names without a schema, with search_path ${path}, which does not end in pg_temp`,
  }
  if (body === null || (language !== 'sql' && language !== 'plpgsql')) return unknown
  if (language === 'sql' && isParsed(body)) return undefined
  const tokens = tokenize(body)
  const [name, ...more] = unqualifiedNames(tokens)
  if (name !== undefined) {
    const others = more.length === 0 ? '' : ` and ${more.length} more`
    const message = `Unexpected search_path ${path} of ${id}, which names ${name}${others} without a schema, expected pg_temp at its end`
    return {verdict: 'refuted', message}
  }
  return dynamicSql(tokens, {names: [], types: null}).length > 0 ? unknown : undefined
}

/** The printed form of a body that is kept as a tree: its names were resolved for good. */
function isParsed(body: string): boolean {
  return /^\s*(?:begin\s+atomic|return)\b/i.test(body)
}
