/** Schemas, types and extensions: made. */
import type {CreateExtensionStmt, CreateSchemaStmt, Node} from 'libpg-query'
import {isPlatformSchema} from '../../model/platform-schemas.ts'
import {type Fold, note} from './context.ts'
import {defElements} from './def-elements.ts'
import {initialAcl} from './default-privileges.ts'
import {knownExtensions} from './extension-types.ts'
import {creationSchema, type Name, show, stringOf} from './names.ts'
import {Refusal} from './refusal.ts'
import {knowRole, roleOf} from './roles-named.ts'
import {changeSettings, type Session} from './session.ts'
import {deleteEntry, find, put, setEntry, setSession} from './world.ts'

/**
 * CREATE SCHEMA, with what is listed in it. It belongs to the role after AUTHORIZATION.
 *
 * @param apply How to apply what is listed.
 * @see https://www.postgresql.org/docs/current/sql-createschema.html
 */
export function createSchema(fold: Fold, statement: CreateSchemaStmt, apply: (node: Node) => void): void {
  const owner = roleOf(fold, statement.authrole)
  const name = statement.schemaname ?? owner
  const old = fold.world.schemas.get(name)
  if (old !== undefined && !old.assumed) {
    if (statement.if_not_exists) return
    throw new Refusal('the schema exists already', name)
  }
  knowRole(fold.world, owner)
  // A platform's own schema is there already, with an owner and privileges that the folder does not say.
  const foreign = statement.if_not_exists === true && isPlatformSchema(name)
  const acl = initialAcl(fold, 'schema', owner, null)
  deleteEntry(fold.world, fold.world.gone, name)
  const facts = foreign ? {owner: null, acl: null} : {owner, acl}
  setEntry(fold.world, fold.world.schemas, name, {name, ...facts, assumed: false})
  if (statement.schemaElts === undefined) return
  const before: Session = fold.world.session
  const path = before.now.path === null ? null : [name, ...before.now.path]
  setSession(fold.world, changeSettings(before, {role: owner, path}, true))
  for (const element of statement.schemaElts) apply(element)
  setSession(fold.world, before)
}

/** CREATE TYPE and CREATE DOMAIN. Only the name matters: it stands in signatures. */
export function createType(fold: Fold, name: Name): void {
  const schema = creationSchema(fold, name)
  const taken = find(fold.world.types, schema, name.name) ?? find(fold.world.relations, schema, name.name)
  if (taken !== undefined) throw new Refusal('it exists already', show(taken))
  const owner = fold.world.session.now.role
  put(fold.world, fold.world.types, {
    oid: fold.world.nextOid++,
    schema,
    name: name.name,
    owner,
    extension: null,
  })
}

/** CREATE EXTENSION. What it brings is not in the folder. */
export function createExtension(fold: Fold, statement: CreateExtensionStmt): void {
  const name = statement.extname ?? ''
  if (fold.world.extensions.has(name)) {
    if (statement.if_not_exists) return
    throw new Refusal('the extension exists already', name)
  }
  const option = defElements(statement.options).find((element) => element.defname === 'schema')
  const schema = option === undefined ? null : stringOf(option.arg)
  setEntry(fold.world, fold.world.extensions, name, schema)
  // PL/pgSQL is there from the start.
  if (name === 'plpgsql') return
  if (knownExtensions.has(name) && schema !== null && isPlatformSchema(schema)) return
  note(fold, `extension ${name}`, 'what it creates is not in the folder', 'extension')
}
