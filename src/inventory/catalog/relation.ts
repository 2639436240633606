/** A row of pg_class → a relation. */
import {compareCodePoints} from '../../model/compare.ts'
import {showIdentifier} from '../../model/identifier.ts'
import type {Origin, Policy, Relation} from '../../model/inventory.ts'
import type {RelationRow} from './queries/relations.ts'
import type {Roles} from './roles.ts'
import {stillThere} from './still-there.ts'

const kinds = {
  r: 'table',
  p: 'partitioned-table',
  v: 'view',
  m: 'materialized-view',
  f: 'foreign-table',
  S: 'sequence',
} as const
const commands = {'*': 'ALL', r: 'SELECT', a: 'INSERT', w: 'UPDATE', d: 'DELETE'} as const

export function toRelation(row: RelationRow, roles: Roles, origin: Origin | null): Relation {
  const id = relationId(row)
  const isTable = row.kind === 'r' || row.kind === 'p'
  return {
    id,
    schema: row.schema,
    name: row.name,
    kind: kinds[row.kind],
    owner: roles.owner(row.owner),
    rowSecurity: isTable ? {enabled: row.rowSecurity, forced: row.forced} : null,
    policies: row.policies
      .map((policy) => toPolicy(policy, id, roles))
      .sort((a, b) => compareCodePoints(a.name, b.name)),
    partitionOf: row.partitionOf && relationId(row.partitionOf),
    options: Object.fromEntries((row.options ?? []).map(splitOption)),
    grants: roles.grants(row.grants),
    columnGrants: row.columnGrants
      .toSorted((a, b) => compareCodePoints(a.column, b.column))
      .flatMap(({column, grants}) => roles.grants(grants).map((grant) => ({...grant, column}))),
    extension: row.extension,
    origin,
  }
}

function relationId({schema, name}: {readonly schema: string; readonly name: string}): string {
  return `${showIdentifier(schema)}.${showIdentifier(name)}`
}

function toPolicy(row: RelationRow['policies'][number], table: string, roles: Roles): Policy {
  return {
    name: row.name,
    command: commands[row.command],
    permissive: row.permissive,
    roles: row.roles.map(roles.grantee).sort(compareCodePoints),
    using: row.hasUsing ? stillThere(row.using, table) : null,
    check: row.hasCheck ? stillThere(row.check, table) : null,
  }
}

/** An option without a value does not exist: PostgreSQL writes `=true` for it. */
function splitOption(option: string): [string, string] {
  const at = option.indexOf('=')
  if (at < 1) throw new Error(`Unexpected option of a relation, expected name=value: ${option}`)
  return [option.slice(0, at).toLowerCase(), option.slice(at + 1)]
}
