/** What rows of the kinds `definer-view`, `no-rls` and `grant` excuse: exactly what they name. */

import {groupBy} from '../model/group-by.ts'
import type {Inventory, Relation, Routine} from '../model/inventory.ts'
import type {LocatedEntry} from './match.ts'
import {fits, nameOf} from './naming.ts'

export type Excuses = {
  readonly isExcused: (kind: 'definer-view' | 'no-rls', relation: Relation) => boolean
  /** Whether a row excuses that a role holds a privilege on a relation, or on its columns. */
  readonly ofRelation: (relation: Relation, grantee: string, privilege: string) => boolean
  readonly ofRoutine: (routine: Routine, grantee: string, privilege: string) => boolean
  /** A row names a schema by having its name in both cells, where nothing in the schema has that name. */
  readonly ofSchema: (schema: string, grantee: string, privilege: string) => boolean
  /** The objects that a row names, of whatever class. */
  readonly namedBy: (row: LocatedEntry) => NamedObjects
}

export type NamedObjects = {
  readonly relation: Relation | undefined
  /** Those whose types fit, or may fit. */
  readonly routines: readonly Routine[]
  readonly schema: string | undefined
}

export function collectExcuses(entries: readonly LocatedEntry[], inventory: Inventory): Excuses {
  const rows = groupBy(
    entries.filter(({value}) => value.kind !== 'security-definer'),
    ({value}) => nameOf(value),
  )
  const relations = new Map(inventory.relations.map((relation) => [nameOf(relation), relation]))
  const routines = groupBy(inventory.routines, nameOf)
  const schemas = new Set(inventory.schemas.map(({name}) => name))
  const isFree = (name: string) => !relations.has(name) && !routines.has(name)
  const grants = (name: string, grantee: string, privilege: string) =>
    (rows.get(name) ?? []).filter(
      ({value: {grant}}) => grant?.grantee === grantee && grant.privileges.includes(privilege),
    )

  return {
    isExcused: (kind, relation) =>
      rows.get(nameOf(relation))?.some(({value}) => value.kind === kind) ?? false,
    ofRelation: (relation, grantee, privilege) =>
      grants(nameOf(relation), grantee, privilege).some(({value}) => value.signature === null),
    ofRoutine: (routine, grantee, privilege) =>
      grants(nameOf(routine), grantee, privilege).some(
        ({value: {signature}}) => signature === null || fits(signature, routine.signature) === true,
      ),
    ofSchema(schema, grantee, privilege) {
      const name = nameOf({schema, name: schema})
      const found = grants(name, grantee, privilege)
      return isFree(name) && found.some(({value}) => value.signature === null)
    },
    namedBy({value}) {
      const name = nameOf(value)
      const {signature} = value
      const isSchema = value.schema === value.name && schemas.has(value.name) && isFree(name)
      const overloads = routines.get(name) ?? []
      return {
        relation: signature === null ? relations.get(name) : undefined,
        routines:
          signature === null
            ? overloads
            : overloads.filter((one) => fits(signature, one.signature) !== false),
        schema: isSchema && signature === null ? value.schema : undefined,
      }
    },
  }
}
