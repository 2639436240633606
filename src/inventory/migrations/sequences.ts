/** Sequences that belong to a column: serial, identity, OWNED BY. */
import type {ColumnDef, Constraint, Node} from 'libpg-query'
import type {Fold} from './context.ts'
import {establish} from './establish-relation.ts'
import {findRelation, isForeign, missing, type Name, show, words} from './names.ts'
import {Refusal} from './refusal.ts'
import {find, type RelationState} from './world.ts'

const serials = new Set(['serial', 'bigserial', 'smallserial', 'serial2', 'serial4', 'serial8'])

/** What a sequence looks like as a table. */
export const sequenceColumns: readonly string[] = ['last_value', 'log_cnt', 'is_called']

/** The sequence that a column brings along. */
export function sequenceOfColumn(fold: Fold, table: RelationState, column: ColumnDef): void {
  const identity = constraintsOf(column).find((constraint) => constraint.contype === 'CONSTR_IDENTITY')
  const serial = serials.has(words(column.typeName?.names).at(-1) ?? '')
  if (identity === undefined && !serial) return
  addSequence(fold, table, column.colname ?? '', nameInOptions(identity?.options), identity !== undefined)
}

export function addSequence(
  fold: Fold,
  table: RelationState,
  column: string,
  name: Name | undefined,
  identity: boolean,
): void {
  const schema = name?.schema ?? table.schema
  const relname = name?.name ?? chooseName(fold, table, column)
  const range = {schemaname: schema, relname}
  establish(fold, range, false, {
    kind: 'sequence',
    columns: sequenceColumns,
    owner: table.owner,
    ownedBy: {oid: table.oid, column, identity},
    defaultOf: identity ? null : {oid: table.oid, column},
  })
}

export function constraintsOf(column: ColumnDef): Constraint[] {
  return (column.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []))
}

/** `SEQUENCE NAME` among the options of an identity column. */
export function nameInOptions(nodes: readonly Node[] | undefined): Name | undefined {
  const found = listInOptions(nodes, 'sequence_name')
  return found === undefined ? undefined : {schema: found.at(-2) ?? null, name: found.at(-1) ?? ''}
}

function listInOptions(nodes: readonly Node[] | undefined, name: string): string[] | undefined {
  for (const node of nodes ?? []) {
    if (!('DefElem' in node) || node.DefElem.defname !== name) continue
    const {arg} = node.DefElem
    return arg !== undefined && 'List' in arg ? words(arg.List.items) : []
  }
  return undefined
}

/**
 * The column that a sequence is to belong to: of a table in its schema, with its owner.
 *
 * @returns `undefined` if the statement says nothing of an owner, `null` for OWNED BY NONE.
 */
export function ownerColumn(
  fold: Fold,
  sequence: RelationState,
  options: readonly Node[] | undefined,
): RelationState['ownedBy'] | undefined {
  const found = listInOptions(options, 'owned_by')
  if (found === undefined) return undefined
  const column = found.at(-1) ?? ''
  if (found.length < 2) return null
  const name = {schema: found.at(-3) ?? null, name: found.at(-2) ?? ''}
  const table = findRelation(fold, name)
  if (table === undefined) {
    if (isForeign(fold, name)) return null
    throw missing('table', name)
  }
  if (table.columns !== null && !table.columns.includes(column)) {
    throw new Refusal(`it has no column ${column}`, show(table))
  }
  if (table.schema !== sequence.schema || table.owner !== sequence.owner) {
    throw new Refusal('a sequence belongs to a table of the same schema and owner', show(sequence))
  }
  return {oid: table.oid, column, identity: false}
}

/** `ChooseRelationName`: `table_column_seq`, cut to 63 bytes, with a number if that is taken. */
function chooseName(fold: Fold, table: RelationState, column: string): string {
  for (let pass = 0; ; pass++) {
    const label = pass === 0 ? 'seq' : `seq${pass}`
    const name = joinName(table.name, column, label)
    if (find(fold.world.relations, table.schema, name) === undefined) return name
  }
}

/** `makeObjectName`: the longer of the two names gives way. */
function joinName(first: string, second: string, label: string): string {
  const bytes = (text: string) => new TextEncoder().encode(text).length
  const room = 63 - label.length - 2
  let [a, b] = [first, second]
  while (bytes(a) + bytes(b) > room) {
    if (bytes(a) > bytes(b)) a = [...a].slice(0, -1).join('')
    else b = [...b].slice(0, -1).join('')
  }
  return `${a}_${b}_${label}`
}
