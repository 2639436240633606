/** A routine's `search_path`: what is on it, what is wrong with it, and the path that would be right. */
import type {Routine} from '../model/inventory.ts'
import {isPlatformSchema} from '../model/platform-schemas.ts'
import {setPathSql, statementOr} from './sql.ts'
import type {Subject} from './subject.ts'

/** Schemas in order, as identifiers mean them; `undefined` where the routine has no path of its own. */
export type SearchPath = readonly string[]

/** `null` where the settings are unknown. */
export function searchPathOf({settings}: Routine): SearchPath | undefined | null {
  if (settings === null) return null
  const setting = settings.findLast(({name}) => name === 'search_path')
  return setting && parsePath(setting.value)
}

const elementPattern = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/y

/** As `SplitIdentifierString` reads it: unquoted names are folded. `""`, the empty path, yields nothing. */
export function parsePath(value: string): string[] {
  const elements: string[] = []
  elementPattern.lastIndex = 0
  while (elementPattern.lastIndex < value.length) {
    const match = elementPattern.exec(value)
    if (match === null) return [...elements, value]
    elements.push(match[1]?.replaceAll('""', '"') ?? (match[2] ?? '').trim().toLowerCase())
  }
  return elements.filter((element) => element !== '')
}

/** Whether a schema exists, or whoever may create one can bring it into being. */
export function schemaExists(schema: string, {schemas, inventory}: Subject): boolean | undefined {
  if (schemas.has(schema) || inventory.coverage.schemas.includes(schema)) return true
  if (schema.startsWith('pg_') || schema === 'information_schema') return true
  if (inventory.coverage.leftOut.some((left) => left.schema === schema)) return true
  return isPlatformSchema(schema) ? undefined : false
}

/** A list in quotes, which PostgreSQL takes for one strange name. */
export function isMisquoted(element: string, subject: Subject): boolean {
  return element.includes(',') && schemaExists(element, subject) !== true
}

/**
 * The same path without what is wrong with it: lists in quotes taken apart, `$user` and what does not exist dropped,
 * the temporary schema at the end, where nothing of the caller's can win.
 */
export function mendPath(path: SearchPath, subject: Subject): string[] {
  const elements = path
    .flatMap((element) => (isMisquoted(element, subject) ? parsePath(element) : [element]))
    .filter((element) => element !== '$user' && element !== 'pg_temp')
    .filter((element) => schemaExists(element, subject) !== false)
  return elements.length === 0 ? ['pg_catalog', 'pg_temp'] : [...elements, 'pg_temp']
}

export function mendPathSql(routine: Routine, path: SearchPath, subject: Subject) {
  const mended = mendPath(path, subject)
  return statementOr(
    setPathSql(routine, mended),
    `Set the search_path of ${routine.id} to ${mended.join(', ')}.`,
  )
}

export function showPath(path: SearchPath): string {
  return path.length === 0 ? "''" : path.map((element) => `"${element}"`).join(', ')
}
