/** ALTER TABLE, ALTER VIEW, ALTER SEQUENCE and their like, but for new names and schemas. */
import type {AlterSeqStmt, AlterTableCmd, AlterTableStmt} from 'libpg-query'
import {reownAcl} from './acl.ts'
import {attachPartition, changeParents, detachPartition} from './ancestry.ts'
import {type Fold, note, originOf} from './context.ts'
import {removeObjects} from './drop.ts'
import {findRelation, isForeign, missing, rangeName, refuseOtherKind, show} from './names.ts'
import {Refusal} from './refusal.ts'
import {optionsOf} from './relations.ts'
import {knowRole, roleOf} from './roles-named.ts'
import {addSequence, constraintsOf, nameInOptions, ownerColumn, sequenceOfColumn} from './sequences.ts'
import {put, type RelationState, setEntry} from './world.ts'

/** @see https://www.postgresql.org/docs/current/sql-altertable.html */
export function alterTable(fold: Fold, statement: AlterTableStmt): void {
  if (statement.objtype === 'OBJECT_INDEX' || statement.objtype === 'OBJECT_TYPE') return
  const name = rangeName(statement.relation)
  const relation = findRelation(fold, name)
  if (relation === undefined) {
    if (statement.missing_ok || isForeign(fold, name)) return
    throw missing('relation', name)
  }
  refuseOtherKind(relation, statement.objtype)
  for (const node of statement.cmds ?? []) {
    if ('AlterTableCmd' in node) alter(fold, relation.oid, node.AlterTableCmd)
  }
}

function alter(fold: Fold, oid: number, command: AlterTableCmd): void {
  const relation = fold.world.relations.byOid.get(oid)
  if (relation === undefined) return
  const change = (changes: Partial<RelationState>) =>
    put(fold.world, fold.world.relations, {...relation, ...changes, origin: originOf(fold)})
  switch (command.subtype) {
    case 'AT_EnableRowSecurity':
    case 'AT_DisableRowSecurity':
      change({enabled: needTable(relation) && command.subtype === 'AT_EnableRowSecurity'})
      return
    case 'AT_ForceRowSecurity':
    case 'AT_NoForceRowSecurity':
      change({forced: needTable(relation) && command.subtype === 'AT_ForceRowSecurity'})
      return
    case 'AT_ChangeOwner':
      if (relation.ownedBy !== null)
        throw new Refusal('it is a sequence that belongs to a column', show(relation))
      reown(fold, relation, roleOf(fold, command.newowner))
      return
    case 'AT_SetRelOptions':
    case 'AT_ReplaceRelOptions':
      if (relation.kind === 'partitioned-table')
        throw new Refusal('it is partitioned, and stores nothing', show(relation))
      change({options: optionsOf(relation.options, listOf(command))})
      return
    case 'AT_ResetRelOptions': {
      const gone = new Set(Object.keys(optionsOf({}, listOf(command))))
      change({
        options: Object.fromEntries(Object.entries(relation.options).filter(([key]) => !gone.has(key))),
      })
      return
    }
    case 'AT_AttachPartition':
      attachPartition(fold, relation, command)
      return
    case 'AT_DetachPartition':
      detachPartition(fold, relation, command)
      return
    case 'AT_AddInherit':
    case 'AT_DropInherit':
      changeParents(fold, relation, command)
      return
    case 'AT_AddColumn':
    case 'AT_DropColumn':
    case 'AT_AddIdentity':
    case 'AT_DropIdentity':
      alterColumn(fold, relation, command)
      return
    default:
  }
}

/** @throws Refusal for what can have no row level security. */
function needTable(relation: RelationState): true {
  if (relation.kind === 'table' || relation.kind === 'partitioned-table') return true
  throw new Refusal('it is no table', show(relation))
}

function listOf(command: AlterTableCmd) {
  return command.def !== undefined && 'List' in command.def ? command.def.List.items : []
}

function hasFromAbove(fold: Fold, {partitionOf, inherits}: RelationState, column: string): boolean {
  const above = partitionOf === null ? inherits : [partitionOf]
  return above.some((oid) => fold.world.relations.byOid.get(oid)?.columns?.includes(column) === true)
}

function alterColumn(fold: Fold, relation: RelationState, command: AlterTableCmd): void {
  const {world} = fold
  const definition =
    command.def !== undefined && 'ColumnDef' in command.def ? command.def.ColumnDef : undefined
  const column = definition?.colname ?? command.name ?? ''
  const there = relation.columns?.includes(column) === true
  const sequences = [...world.relations.byOid.values()].filter(
    (other) => other.ownedBy?.oid === relation.oid && other.ownedBy.column === column,
  )
  switch (command.subtype) {
    case 'AT_AddColumn':
      if (relation.partitionOf !== null)
        throw new Refusal('a partition has the columns of its table', show(relation))
      if (there && command.missing_ok) return
      if (there) throw new Refusal(`it has a column ${column} already`, show(relation))
      putColumns(fold, relation, (columns) => [...columns, column])
      if (definition !== undefined) sequenceOfColumn(fold, relation, definition)
      return
    case 'AT_DropColumn': {
      if (!there && relation.columns !== null) {
        if (command.missing_ok) return
        throw new Refusal(`it has no column ${column}`, show(relation))
      }
      if (hasFromAbove(fold, relation, column))
        throw new Refusal('it has the column from another table', show(relation))
      if (command.behavior === 'DROP_CASCADE') noteDependents(fold, relation)
      const columnAcls = new Map([...relation.columnAcls].filter(([name]) => name !== column))
      putColumns(fold, {...relation, columnAcls}, (columns) => columns.filter((name) => name !== column))
      for (const sequence of [...world.relations.byOid.values()]) {
        if (sequence.defaultOf?.oid !== relation.oid || sequence.defaultOf.column !== column) continue
        put(world, world.relations, {...sequence, defaultOf: null})
      }
      removeObjects(
        fold,
        sequences.map((sequence) => sequence.oid),
        true,
      )
      return
    }
    case 'AT_AddIdentity': {
      if (relation.columns !== null && !there) throw new Refusal(`it has no column ${column}`, show(relation))
      const taken = [...world.relations.byOid.values()].some(
        (other) => other.defaultOf?.oid === relation.oid && other.defaultOf.column === command.name,
      )
      if (taken || sequences.some((sequence) => sequence.ownedBy?.identity)) {
        throw new Refusal(`its column ${command.name} has a default already`, show(relation))
      }
      const constraint =
        command.def !== undefined && 'Constraint' in command.def ? command.def.Constraint : undefined
      const options = constraint?.options ?? (definition && constraintsOf(definition)[0]?.options)
      addSequence(fold, relation, command.name ?? column, nameInOptions(options), true)
      return
    }
    default:
      removeObjects(
        fold,
        sequences.filter((sequence) => sequence.ownedBy?.identity).map(({oid}) => oid),
        true,
      )
  }
}

/** Views and policies may use the column, or may not: which, only the server knows. */
function noteDependents(fold: Fold, relation: RelationState): void {
  for (const other of fold.world.relations.byOid.values()) {
    const uses =
      other.uses.has(relation.oid) || other.policies.some((policy) => policy.uses.has(relation.oid))
    if (uses || (other.oid === relation.oid && other.policies.length > 0)) {
      note(
        fold,
        show(other),
        'DROP COLUMN … CASCADE takes along the views and policies that use the column',
        'relations',
      )
    }
  }
}

/** A column comes and goes in the tables that inherit from it as well. */
function putColumns(
  fold: Fold,
  relation: RelationState,
  change: (columns: readonly string[]) => readonly string[],
): void {
  const columns = relation.columns === null ? null : change(relation.columns)
  put(fold.world, fold.world.relations, {...relation, columns})
  for (const child of [...fold.world.relations.byOid.values()]) {
    if (child.partitionOf === relation.oid || child.inherits.includes(relation.oid)) {
      // A column of its own may stay: then it is no longer plain which ones there are.
      put(fold.world, fold.world.relations, {...child, columns: null})
    }
  }
}

/** A new owner takes the place of the old one in every list of privileges, and gets the sequences of the table. */
export function reown(fold: Fold, relation: RelationState, owner: string): void {
  const {world} = fold
  knowRole(world, owner)
  const columnAcls = new Map(
    [...relation.columnAcls].map(([column, acl]) => [column, reownAcl(acl, relation.owner, owner)]),
  )
  const doubts = new Set([...relation.doubts].filter((doubt) => doubt !== 'owner'))
  const acl = reownAcl(relation.acl, relation.owner, owner)
  put(world, world.relations, {...relation, owner, acl, columnAcls, doubts, origin: originOf(fold)})
  for (const sequence of [...world.relations.byOid.values()]) {
    if (sequence.ownedBy?.oid === relation.oid && sequence.owner !== owner) reown(fold, sequence, owner)
  }
}

/** ALTER SEQUENCE … OWNED BY. */
export function alterSequence(fold: Fold, statement: AlterSeqStmt): void {
  const name = rangeName(statement.sequence)
  const sequence = findRelation(fold, name)
  if (sequence === undefined) {
    if (statement.missing_ok || isForeign(fold, name)) return
    throw missing('sequence', name)
  }
  const ownedBy = ownerColumn(fold, sequence, statement.options)
  if (ownedBy === undefined) return
  if (sequence.ownedBy?.identity)
    throw new Refusal('it is the sequence of an identity column', show(sequence))
  put(fold.world, fold.world.relations, {...sequence, ownedBy})
}

/** ALTER SCHEMA … OWNER TO. */
export function reownSchema(fold: Fold, name: string, owner: string): void {
  const schema = fold.world.schemas.get(name)
  if (schema === undefined) return
  knowRole(fold.world, owner)
  const acl =
    schema.acl === null || schema.owner === null ? schema.acl : reownAcl(schema.acl, schema.owner, owner)
  setEntry(fold.world, fold.world.schemas, name, {...schema, owner, acl})
}
