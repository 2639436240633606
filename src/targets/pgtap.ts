/** A pgTAP test: the database has the documented exceptions, and no other. */
import {platformSchemas} from '../model/platform-schemas.ts'
import {sqlText, sqlTextArray} from './sql-literal.ts'
import {matching, routineColumns, routineEntries} from './sql-routines.ts'
import type {Target} from './target.ts'

/**
 * A whole transaction that is rolled back, for `supabase test db` and `pg_prove`. It needs pgTAP installed in some
 * schema of the session's search_path, and leaves nothing behind.
 */
export const pgtap: Target = {
  id: 'pgtap',
  file: 'security-exceptions.pgtap.sql',
  template: 'pgtap',
  comment: '--',
  prologue: ['-- noqa: disable=all', '/* sql-formatter-disable */'],
  view: ({source, entries, options}) => ({
    tests: titles(source).map((title, index) => ({number: String(index + 1), title: sqlText(title)})),
    matching,
    rows: routineEntries(entries).map(routineColumns),
    include: sqlTextArray(options.schemas.include),
    exclude: sqlTextArray(options.schemas.exclude),
    platformNames: sqlTextArray(platformSchemas.names),
    platformPrefixes: sqlTextArray(platformSchemas.prefixes),
  }),
}

/** What each test says, in the order of the numbers that the template's findings carry. */
function titles(source: string): string[] {
  return [
    `every SECURITY DEFINER routine is documented in ${source}`,
    'every documented routine exists',
    'every documented routine is SECURITY DEFINER',
    'every documented name means exactly one SECURITY DEFINER routine',
    'the schemas to look at exist and hold routines',
  ]
}
