/** Policies of row level security. */
import type {AlterPolicyStmt, CreatePolicyStmt, Node} from 'libpg-query'
import type {Policy} from '../../model/inventory.ts'
import {type Fold, originOf} from './context.ts'
import {findRelation, isForeign, missing, type Name, rangeName, show} from './names.ts'
import {Refusal} from './refusal.ts'
import {knowRole, rolesOf} from './roles-named.ts'
import {sliceOfClause} from './slices.ts'
import {usesOf} from './uses.ts'
import {type PolicyState, put, type RelationState} from './world.ts'

const commands: Readonly<Record<string, Policy['command']>> = {
  all: 'ALL',
  select: 'SELECT',
  insert: 'INSERT',
  update: 'UPDATE',
  delete: 'DELETE',
}

/** @see https://www.postgresql.org/docs/current/sql-createpolicy.html */
export function createPolicy(fold: Fold, statement: CreatePolicyStmt): void {
  const table = tableOf(fold, rangeName(statement.table), false)
  if (table === undefined) return
  const name = statement.policy_name ?? ''
  if (table.kind !== 'table' && table.kind !== 'partitioned-table')
    throw new Refusal('it is no table', show(table))
  if (table.policies.some((policy) => policy.name === name)) {
    throw new Refusal(`it has a policy ${name} already`, show(table))
  }
  const policy: PolicyState = {
    name,
    command: commands[statement.cmd_name ?? 'all'] ?? 'ALL',
    permissive: statement.permissive === true,
    roles: policyRoles(fold, statement.roles),
    using: statement.qual === undefined ? null : sliceOfClause(fold.source, 'using'),
    check: statement.with_check === undefined ? null : sliceOfClause(fold.source, 'check'),
    uses: usesOf(fold, [statement.qual, statement.with_check]),
  }
  putPolicies(fold, table, [...table.policies, policy])
}

/** What is not said stays as it was. @see https://www.postgresql.org/docs/current/sql-alterpolicy.html */
export function alterPolicy(fold: Fold, statement: AlterPolicyStmt): void {
  const table = tableOf(fold, rangeName(statement.table), false)
  if (table === undefined) return
  const old = needPolicy(table, statement.policy_name ?? '')
  const changed: PolicyState = {
    ...old,
    roles: statement.roles === undefined ? old.roles : policyRoles(fold, statement.roles),
    using: statement.qual === undefined ? old.using : sliceOfClause(fold.source, 'using'),
    check: statement.with_check === undefined ? old.check : sliceOfClause(fold.source, 'check'),
    uses: new Set([...old.uses, ...usesOf(fold, [statement.qual, statement.with_check])]),
  }
  putPolicies(
    fold,
    table,
    table.policies.map((policy) => (policy === old ? changed : policy)),
  )
}

export function renamePolicy(fold: Fold, name: Name, from: string, to: string, missingOk: boolean): void {
  const table = tableOf(fold, name, missingOk)
  if (table === undefined) return
  const old = needPolicy(table, from)
  if (table.policies.some((policy) => policy.name === to))
    throw new Refusal(`it has a policy ${to}`, show(table))
  putPolicies(
    fold,
    table,
    table.policies.map((policy) => (policy === old ? {...policy, name: to} : policy)),
  )
}

/** @param name Of the table, with the policy's own. */
export function dropPolicy(fold: Fold, name: Name, policyName: string, missingOk: boolean): void {
  const table = tableOf(fold, name, missingOk)
  const there = table?.policies.some((policy) => policy.name === policyName)
  if (table === undefined || (!there && missingOk)) return
  const old = needPolicy(table, policyName)
  putPolicies(
    fold,
    table,
    table.policies.filter((policy) => policy !== old),
  )
}

function putPolicies(fold: Fold, table: RelationState, policies: readonly PolicyState[]): void {
  put(fold.world, fold.world.relations, {...table, policies, origin: originOf(fold)})
}

function tableOf(fold: Fold, name: Name, missingOk: boolean): RelationState | undefined {
  const table = findRelation(fold, name)
  if (table === undefined && !missingOk && !isForeign(fold, name)) throw missing('table', name)
  return table
}

function needPolicy(table: RelationState, name: string): PolicyState {
  const found = table.policies.find((policy) => policy.name === name)
  if (found === undefined) throw new Refusal(`it has no policy ${name}`, show(table))
  return found
}

/** PUBLIC beside other roles stands for all of them: PostgreSQL keeps it alone. */
function policyRoles(fold: Fold, nodes: readonly Node[] | undefined): string[] {
  const roles = [...new Set(rolesOf(fold, nodes))]
  for (const role of roles) knowRole(fold.world, role)
  return roles.length === 0 || roles.includes('PUBLIC') ? ['PUBLIC'] : roles
}
