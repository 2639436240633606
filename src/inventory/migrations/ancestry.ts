/** What a table belongs to: ATTACH and DETACH PARTITION, INHERIT and NO INHERIT. */
import type {AlterTableCmd} from 'libpg-query'
import {showIdentifier} from '../../model/identifier.ts'
import {type Fold, originOf} from './context.ts'
import {findRelation, isForeign, missing, needRelation, rangeName, show} from './names.ts'
import {Refusal} from './refusal.ts'
import {put, type RelationState} from './world.ts'

export function attachPartition(fold: Fold, table: RelationState, command: AlterTableCmd): void {
  const partition = partitionIn(fold, command)
  if (table.kind !== 'partitioned-table') throw new Refusal('it is not partitioned', show(table))
  if (partition.partitionOf !== null || partition.oid === table.oid) {
    throw new Refusal('it is a partition already', show(partition))
  }
  const {byOid} = fold.world.relations
  const isParent = () => [...byOid.values()].some(({inherits}) => inherits.includes(partition.oid))
  if (partition.inherits.length > 0 || isParent()) {
    throw new Refusal('it inherits from a table, or a table from it', show(partition))
  }
  put(fold.world, fold.world.relations, {...partition, partitionOf: table.oid, origin: originOf(fold)})
}

export function detachPartition(fold: Fold, table: RelationState, command: AlterTableCmd): void {
  const partition = partitionIn(fold, command)
  if (partition.partitionOf !== table.oid)
    throw new Refusal('it is no partition of that table', show(partition))
  put(fold.world, fold.world.relations, {...partition, partitionOf: null, origin: originOf(fold)})
}

/** INHERIT and NO INHERIT, of a table that may be foreign or a platform's. */
export function changeParents(fold: Fold, table: RelationState, command: AlterTableCmd): void {
  const name = rangeName(command.def !== undefined && 'RangeVar' in command.def ? command.def.RangeVar : {})
  const parent = findRelation(fold, name)
  if (parent === undefined) {
    if (isForeign(fold, name)) return
    throw missing('parent table', name)
  }
  const isThere = table.inherits.includes(parent.oid)
  const isWanted = command.subtype === 'AT_AddInherit'
  if (isWanted) {
    for (const one of [table, parent])
      if (one.partitionOf !== null || one.kind === 'partitioned-table')
        throw new Refusal('it is partitioned, or a partition', show(one))
    if (inheritsFrom(fold, parent, table.oid)) throw new Refusal('it would inherit from itself', show(table))
    const missed = parent.columns?.find((column) => table.columns?.includes(column) === false)
    if (missed !== undefined) throw new Refusal(`it has no column ${showIdentifier(missed)}`, show(table))
  }
  if (isThere === isWanted)
    throw new Refusal(isThere ? 'it is a parent already' : 'it is no parent', show(parent))
  const inherits = isWanted
    ? [...table.inherits, parent.oid]
    : table.inherits.filter((oid) => oid !== parent.oid)
  put(fold.world, fold.world.relations, {...table, inherits, origin: originOf(fold)})
}

function inheritsFrom(fold: Fold, table: RelationState, oid: number): boolean {
  if (table.oid === oid) return true
  return table.inherits.some((above) => {
    const parent = fold.world.relations.byOid.get(above)
    return parent !== undefined && inheritsFrom(fold, parent, oid)
  })
}

function partitionIn(fold: Fold, command: AlterTableCmd): RelationState {
  const range =
    command.def !== undefined && 'PartitionCmd' in command.def ? command.def.PartitionCmd.name : undefined
  return needRelation(fold, rangeName(range))
}
