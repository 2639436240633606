/** Names of types: which type is meant, whether two are the same, how PostgreSQL prints it. */
import type {TypeName} from 'libpg-query'
import {catalogTypes} from '../../model/catalog-types.ts'
import {catalogType, showTypeName} from '../../model/type-name.ts'
import type {Fold} from './context.ts'
import {extensionTypes} from './extension-types.ts'
import {lookupPath, words} from './names.ts'
import {find, type TypeRef, type World} from './world.ts'

/** Modifiers such as `(10)` are no part of a signature, and of array dimensions only that there are any. */
export function typeRef(fold: Fold, type: TypeName | undefined): TypeRef {
  const names = words(type?.names)
  if (type?.pct_type) return {kind: 'column', text: `${names.map(showTypeName).join('.')}%TYPE`, array: false}
  const array = (type?.arrayBounds?.length ?? 0) > 0
  const written = names.at(-1) ?? ''
  const schema = names.at(-2) ?? null
  if (schema === null || schema === 'pg_catalog') {
    const name = written.startsWith('_') && catalogTypes.has(written.slice(1)) ? written.slice(1) : written
    if (catalogTypes.has(name) || name.startsWith('pg_')) {
      return {
        kind: 'builtin',
        name: catalogType(name) ?? showTypeName(name),
        array: array || name !== written,
      }
    }
  }
  const own = ownType(fold, schema, written)
  if (own !== undefined) return {kind: 'own', oid: own, array}
  return {kind: 'foreign', schema: schema ?? extensionSchema(fold.world, written), name: written, array}
}

/** A type that the folder made: by CREATE TYPE or DOMAIN, or as the row of a relation. */
export function ownType(fold: Fold, schema: string | null, name: string): number | undefined {
  for (const place of lookupPath(fold, {schema, name})) {
    const found = find(fold.world.types, place, name) ?? find(fold.world.relations, place, name)
    if (found !== undefined) return found.oid
  }
  return undefined
}

/** The schema of a type of an extension, where CREATE EXTENSION said it. */
function extensionSchema(world: World, type: string): string | null {
  for (const [extension, schema] of world.extensions) {
    if (schema !== null && extensionTypes[extension]?.includes(type)) return schema
  }
  return null
}

/** As `format_type` prints it with an empty search_path. What is not known is shown as it is written. */
export function showType(world: World, type: TypeRef): string {
  return `${showElement(world, type)}${type.array ? '[]' : ''}`
}

function showElement(world: World, type: TypeRef): string {
  switch (type.kind) {
    case 'builtin':
      return type.name
    case 'column':
      return type.text
    case 'own': {
      const found = world.types.byOid.get(type.oid) ?? world.relations.byOid.get(type.oid)
      return found === undefined ? '?' : `${showTypeName(found.schema)}.${showTypeName(found.name)}`
    }
    case 'foreign':
      return type.schema === null
        ? showTypeName(type.name)
        : `${showTypeName(type.schema)}.${showTypeName(type.name)}`
  }
}

/** Whether PostgreSQL would print exactly this. */
export function isKnownType(type: TypeRef): boolean {
  return type.kind === 'builtin' || type.kind === 'own' || (type.kind === 'foreign' && type.schema !== null)
}

/** Whether two name the same type: `undefined` where that cannot be said. */
export function sameType(world: World, a: TypeRef, b: TypeRef): boolean | undefined {
  if (showType(world, a) === showType(world, b)) return true
  if (a.kind === 'column' || b.kind === 'column') return undefined
  if (isKnownType(a) && isKnownType(b)) return false
  return a.array === b.array && bareName(world, a) === bareName(world, b) ? undefined : false
}

function bareName(world: World, type: TypeRef): string {
  return showElement(world, type).split('.').at(-1) ?? ''
}

/** The same for lists of arguments. */
export function sameTypes(world: World, a: readonly TypeRef[], b: readonly TypeRef[]): boolean | undefined {
  if (a.length !== b.length) return false
  const answers = a.map((type, index) => {
    const other = b[index]
    return other === undefined ? false : sameType(world, type, other)
  })
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}
