/** When a name and a signature of a row are those of an object. */
import {isCatalogType} from '../model/catalog-types.ts'

export type Named = {readonly schema: string; readonly name: string}

/** The same text for the same qualified name, and for no other. */
export function nameOf({schema, name}: Named): string {
  return JSON.stringify([schema, name])
}

/** Whether stated types are those of a routine; `undefined` where those are unknown. */
export function fits(stated: readonly string[], actual: readonly string[] | null): boolean | undefined {
  if (actual === null) return undefined
  return (
    stated.length === actual.length && stated.every((type, index) => isSameType(type, actual[index] ?? ''))
  )
}

/**
 * A type that was stated without its schema means one of that name in any, but never one that has the name of
 * PostgreSQL's own: who reviewed `f(uuid)` has not reviewed `f(app.uuid)`.
 */
function isSameType(stated: string, actual: string): boolean {
  if (stated === actual) return true
  return !stated.includes('.') && !isCatalogType(stated) && actual.endsWith(`.${stated}`)
}
