/** One statement → what it changes: the table of all that is followed. */
import type {InsertStmt, Node, VariableSetStmt} from 'libpg-query'
import {alterSequence, alterTable} from './alter-table.ts'
import {attach} from './attached.ts'
import {noteCalls} from './calls.ts'
import {concernOf, tagOf} from './concerns.ts'
import {type Fold, note} from './context.ts'
import {alterDefaultPrivileges} from './default-privileges.ts'
import {createEventTrigger, doBlock} from './do-blocks.ts'
import {drop} from './drop.ts'
import {grant} from './grants.ts'
import {type Name, nameOf, rangeName, show} from './names.ts'
import {reassignOwned, setOwner} from './owner.ts'
import {alterPolicy, createPolicy} from './policies.ts'
import {createFromQuery, createSequence, createTable, createTableAs, createView} from './relations.ts'
import {rename, setSchema} from './rename.ts'
import {alterRole, createRole, dropRole, grantRole} from './roles.ts'
import {rolesOf} from './roles-named.ts'
import {alterFunction, createAggregate, createFunction} from './routines.ts'
import {createExtension, createSchema, createType} from './schemas.ts'
import {discardAll, setConfig, setVariable, transact} from './session-statements.ts'
import {constantOf} from './setting-value.ts'
import {ownType} from './types.ts'
import {nodesNamed} from './uses.ts'

/** @throws Refusal where PostgreSQL would refuse it, or where its object is not there. */
export function applyStatement(fold: Fold, node: Node): void {
  const apply = (inner: Node) => applyStatement(fold, inner)
  attach(fold, node)
  if (concernOf(node) === 'nothing' && !('AlterTableStmt' in node) && !('DropStmt' in node)) return
  if ('CreateFunctionStmt' in node) createFunction(fold, node.CreateFunctionStmt)
  else if ('AlterFunctionStmt' in node) alterFunction(fold, node.AlterFunctionStmt)
  else if ('DefineStmt' in node) {
    const {kind, defnames} = node.DefineStmt
    if (kind === 'OBJECT_AGGREGATE') createAggregate(fold, node.DefineStmt)
    else if (kind === 'OBJECT_TYPE')
      createBaseType(fold, nameOf(defnames), node.DefineStmt.definition !== undefined)
  } else if ('GrantStmt' in node) grant(fold, node.GrantStmt)
  else if ('AlterDefaultPrivilegesStmt' in node) alterDefaultPrivileges(fold, node.AlterDefaultPrivilegesStmt)
  else if ('CreateStmt' in node) createTable(fold, node.CreateStmt, false)
  else if ('CreateForeignTableStmt' in node) createTable(fold, node.CreateForeignTableStmt.base ?? {}, true)
  else if ('CreateTableAsStmt' in node) createTableAs(fold, node.CreateTableAsStmt)
  else if ('ViewStmt' in node) createView(fold, node.ViewStmt)
  else if ('CreateSeqStmt' in node) createSequence(fold, node.CreateSeqStmt)
  else if ('AlterSeqStmt' in node) alterSequence(fold, node.AlterSeqStmt)
  else if ('AlterTableStmt' in node) alterTable(fold, node.AlterTableStmt)
  else if ('CreatePolicyStmt' in node) createPolicy(fold, node.CreatePolicyStmt)
  else if ('AlterPolicyStmt' in node) alterPolicy(fold, node.AlterPolicyStmt)
  else if ('DropStmt' in node) drop(fold, node.DropStmt)
  else if ('RenameStmt' in node) rename(fold, node.RenameStmt)
  else if ('AlterObjectSchemaStmt' in node) setSchema(fold, node.AlterObjectSchemaStmt)
  else if ('AlterOwnerStmt' in node) setOwner(fold, node.AlterOwnerStmt)
  else if ('ReassignOwnedStmt' in node) reassignOwned(fold, node.ReassignOwnedStmt)
  else if ('CreateSchemaStmt' in node) createSchema(fold, node.CreateSchemaStmt, apply)
  else if ('CreateExtensionStmt' in node) createExtension(fold, node.CreateExtensionStmt)
  else if ('CreateEnumStmt' in node) createType(fold, nameOf(node.CreateEnumStmt.typeName))
  else if ('CreateDomainStmt' in node) createType(fold, nameOf(node.CreateDomainStmt.domainname))
  else if ('CompositeTypeStmt' in node) createType(fold, rangeName(node.CompositeTypeStmt.typevar))
  else if ('CreateRangeStmt' in node) createType(fold, nameOf(node.CreateRangeStmt.typeName))
  else if ('CreateRoleStmt' in node) createRole(fold, node.CreateRoleStmt)
  else if ('AlterRoleStmt' in node) alterRole(fold, node.AlterRoleStmt)
  else if ('DropRoleStmt' in node) dropRole(fold, node.DropRoleStmt)
  else if ('GrantRoleStmt' in node) grantRole(fold, node.GrantRoleStmt)
  else if ('VariableSetStmt' in node) setVariable(fold, node.VariableSetStmt)
  else if ('TransactionStmt' in node) transact(fold, node.TransactionStmt)
  else if ('DoStmt' in node) doBlock(fold, node.DoStmt, apply)
  else if ('CreateEventTrigStmt' in node) {
    const {trigname = '', funcname} = node.CreateEventTrigStmt
    createEventTrigger(fold, trigname, funcname)
  } else if (concernOf(node) === 'calls' || 'SelectStmt' in node) runQuery(fold, node)
  else noteUnfollowed(fold, node)
}

/** `CREATE TYPE t` announces a type, which a second CREATE TYPE fills in. */
function createBaseType(fold: Fold, name: Name, filled: boolean): void {
  if (filled && ownType(fold, name.schema, name.name) !== undefined) return
  createType(fold, name)
}

function runQuery(fold: Fold, node: Node): void {
  const handled = new Set<unknown>()
  if ('SelectStmt' in node) {
    const {intoClause, targetList = [], fromClause, whereClause, groupClause} = node.SelectStmt
    const {havingClause, limitCount, limitOffset} = node.SelectStmt
    if (intoClause !== undefined) createFromQuery(fold, intoClause, node, 'table', false)
    const clauses = [fromClause, whereClause, groupClause, havingClause, limitCount, limitOffset]
    const once = clauses.every((clause) => clause === undefined)
    for (const target of once ? targetList : []) {
      const value = 'ResTarget' in target ? target.ResTarget.val : undefined
      if (value === undefined || !('FuncCall' in value)) continue
      const {funcname, args = []} = value.FuncCall
      const {schema, name} = nameOf(funcname)
      const setting = constantOf(args[0])
      if (name !== 'set_config' || (schema !== null && schema !== 'pg_catalog') || setting === undefined)
        continue
      handled.add(value.FuncCall)
      setConfig(fold, setting.toLowerCase(), constantOf(args[1]), constantOf(args[2]) === 'true')
    }
  }
  // A long list of values is data, and the parser's own work enough.
  const values =
    'InsertStmt' in node && hasOnlyValues(node.InsertStmt) ? {...node.InsertStmt, selectStmt: {}} : undefined
  noteCalls(fold, values === undefined ? node : {InsertStmt: values}, handled)
}

function hasOnlyValues({selectStmt: rows}: InsertStmt): boolean {
  if (rows === undefined || !('SelectStmt' in rows)) return true
  return (
    rows.SelectStmt.valuesLists !== undefined &&
    nodesNamed(rows.SelectStmt.valuesLists, 'FuncCall').length === 0
  )
}

function noteUnfollowed(fold: Fold, node: Node): void {
  if ('AlterObjectDependsStmt' in node) {
    const {object, relation, extname, remove} = node.AlterObjectDependsStmt
    const words =
      object !== undefined && 'ObjectWithArgs' in object ? object.ObjectWithArgs.objname : undefined
    const subject = show(words === undefined ? rangeName(relation) : nameOf(words))
    if (remove !== true) fold.dependents.push({subject, extension: extname?.sval ?? ''})
  } else if ('DropOwnedStmt' in node) {
    const roles = rolesOf(fold, node.DropOwnedStmt.roles).join(', ')
    note(
      fold,
      roles,
      'DROP OWNED drops what they own and revokes what they hold, in ways that were not followed',
    )
  } else if ('AlterRoleSetStmt' in node || 'AlterDatabaseSetStmt' in node || 'AlterSystemStmt' in node) {
    const [{setstmt: set} = {}] = Object.values<{setstmt?: VariableSetStmt}>(node)
    const role = 'AlterRoleSetStmt' in node ? node.AlterRoleSetStmt.role?.rolename : undefined
    const own = role === undefined || role === fold.world.session.initial.role
    if (own && /^(?:search_path|role)$/i.test(set?.name ?? '')) {
      note(fold, set?.name ?? '', 'later sessions start with another one: later files may have run with it')
    }
  } else if ('DiscardStmt' in node) {
    if (node.DiscardStmt.target === 'DISCARD_ALL') discardAll(fold)
  } else if ('ImportForeignSchemaStmt' in node) {
    note(
      fold,
      node.ImportForeignSchemaStmt.local_schema ?? '',
      'IMPORT FOREIGN SCHEMA makes tables that only the other server knows',
    )
  } else if ('ExecuteStmt' in node) note(fold, 'EXECUTE', 'it runs a statement that was prepared')
  else if ('ExplainStmt' in node) {
    const analyze = (node.ExplainStmt.options ?? []).some(
      (option) => 'DefElem' in option && option.DefElem.defname === 'analyze',
    )
    const query = node.ExplainStmt.query
    if (analyze && query !== undefined) applyStatement(fold, query)
  } else note(fold, tagOf(node), 'a statement that is not followed')
}

/** A name of the statement, for a message about it. */
export function titleOf(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim().split(' ').slice(0, 6).join(' ')
  return words.length <= 60 ? words : `${words.slice(0, 59)}…`
}
