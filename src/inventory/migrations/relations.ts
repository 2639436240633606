/** Tables, views and sequences: made. */
import type {
  ColumnDef,
  CreateSeqStmt,
  CreateStmt,
  CreateTableAsStmt,
  DefElem,
  IntoClause,
  Node,
  RangeVar,
  ViewStmt,
} from 'libpg-query'
import {type Fold, originOf} from './context.ts'
import {establish} from './establish-relation.ts'
import {creationSchema, findRelation, isForeign, missing, rangeName, show, words} from './names.ts'
import {columnsOfQuery} from './query-columns.ts'
import {Refusal} from './refusal.ts'
import {addSequence, ownerColumn, sequenceColumns, sequenceOfColumn} from './sequences.ts'
import {constantOf} from './setting-value.ts'
import {usesOf} from './uses.ts'
import {find, put, type RelationState} from './world.ts'

/** CREATE TABLE and CREATE FOREIGN TABLE. @see https://www.postgresql.org/docs/current/sql-createtable.html */
export function createTable(fold: Fold, statement: CreateStmt, foreign: boolean): void {
  const parents = (statement.inhRelations ?? []).map((node) =>
    'RangeVar' in node ? node.RangeVar : undefined,
  )
  const above = parents.map((range) => parentOf(fold, range))
  const partition = statement.partbound !== undefined
  const [first] = above
  if (partition && first !== undefined && first.kind !== 'partitioned-table') {
    throw new Refusal('it is not partitioned', show(first))
  }
  for (const parent of partition ? [] : above) {
    if (parent === undefined) continue
    const plain = parent.kind === 'table' || parent.kind === 'foreign-table'
    if (!plain || parent.partitionOf !== null) throw new Refusal('nothing can inherit from it', show(parent))
  }
  const columns = columnsOf(fold, statement, above)
  const table = establish(fold, statement.relation, statement.if_not_exists === true, {
    kind: foreign ? 'foreign-table' : statement.partspec === undefined ? 'table' : 'partitioned-table',
    columns,
    partitionOf: partition ? (above[0]?.oid ?? null) : null,
    inherits: partition ? [] : above.flatMap((parent) => (parent === undefined ? [] : [parent.oid])),
    options: optionsOf({}, statement.options),
  })
  if (table === undefined) return
  for (const column of columnDefs(statement.tableElts)) sequenceOfColumn(fold, table, column)
  for (const source of identitySources(fold, statement)) {
    for (const sequence of fold.world.relations.byOid.values()) {
      if (sequence.ownedBy?.oid !== source.oid || !sequence.ownedBy.identity) continue
      addSequence(fold, table, sequence.ownedBy.column, undefined, true)
    }
  }
}

function parentOf(fold: Fold, range: RangeVar | undefined): RelationState | undefined {
  const found = findRelation(fold, rangeName(range))
  if (found === undefined && !isForeign(fold, rangeName(range)))
    throw missing('parent table', rangeName(range))
  return found
}

/** Tables after LIKE whose identity columns are taken over: bit 5 of its options, in `TableLikeOption`. */
function identitySources(fold: Fold, statement: CreateStmt): RelationState[] {
  return (statement.tableElts ?? []).flatMap((node) => {
    if (!('TableLikeClause' in node) || ((node.TableLikeClause.options ?? 0) & (1 << 5)) === 0) return []
    const found = findRelation(fold, rangeName(node.TableLikeClause.relation))
    return found === undefined ? [] : [found]
  })
}

/** `null` where a table that it takes columns from is not known. */
function columnsOf(
  fold: Fold,
  statement: CreateStmt,
  above: readonly (RelationState | undefined)[],
): readonly string[] | null {
  if (statement.ofTypename !== undefined) return null
  const found: string[] = []
  // Columns of parents come first, then its own in the order of the text.
  const sources = statement.tableElts ?? []
  for (const columns of [
    ...above.map((parent) => parent?.columns),
    ...sources.map((node) => columnsIn(fold, node)),
  ]) {
    if (columns == null) return null
    found.push(...columns)
  }
  return [...new Set(found)]
}

/** The columns that an element of CREATE TABLE brings; `null` where that is not known. */
function columnsIn(fold: Fold, node: Node): readonly string[] | null {
  if ('ColumnDef' in node) return [node.ColumnDef.colname ?? '']
  if (!('TableLikeClause' in node)) return []
  return findRelation(fold, rangeName(node.TableLikeClause.relation))?.columns ?? null
}

export function columnDefs(nodes: readonly Node[] | undefined): ColumnDef[] {
  return (nodes ?? []).flatMap((node) => ('ColumnDef' in node ? [node.ColumnDef] : []))
}

/** CREATE [OR REPLACE] VIEW. Replacing keeps the owner and the privileges, and loses options not said again. */
export function createView(fold: Fold, statement: ViewStmt): void {
  const uses = usesOf(fold, [statement.query])
  const columns =
    statement.aliases === undefined ? columnsOfQuery(fold, statement.query) : words(statement.aliases)
  const options = optionsOf({}, statement.options)
  if (statement.withCheckOption === 'LOCAL_CHECK_OPTION') options.check_option = 'local'
  if (statement.withCheckOption === 'CASCADED_CHECK_OPTION') options.check_option = 'cascaded'
  const name = rangeName(statement.view)
  const schema = creationSchema(fold, name)
  const old = statement.replace ? find(fold.world.relations, schema, name.name) : undefined
  if (old !== undefined) {
    if (old.kind !== 'view') throw new Refusal('it is no view', show(old))
    const lost =
      old.columns !== null && columns !== null && old.columns.some((column, at) => column !== columns[at])
    if (lost) throw new Refusal('OR REPLACE cannot rename or drop columns of a view', show(old))
    const doubts = new Set([...old.doubts].filter((doubt) => doubt !== 'options'))
    put(fold.world, fold.world.relations, {...old, columns, options, uses, doubts, origin: originOf(fold)})
    return
  }
  establish(fold, statement.view, false, {kind: 'view', columns, options, uses})
}

/** CREATE TABLE AS, SELECT INTO, and CREATE MATERIALIZED VIEW. */
export function createTableAs(fold: Fold, statement: CreateTableAsStmt): void {
  const kind = statement.objtype === 'OBJECT_MATVIEW' ? 'materialized-view' : 'table'
  createFromQuery(fold, statement.into, statement.query, kind, statement.if_not_exists === true)
}

export function createFromQuery(
  fold: Fold,
  into: IntoClause | undefined,
  query: Node | undefined,
  kind: 'table' | 'materialized-view',
  ifNotExists: boolean,
): void {
  establish(fold, into?.rel, ifNotExists, {
    kind,
    columns: into?.colNames === undefined ? columnsOfQuery(fold, query) : words(into.colNames),
    options: optionsOf({}, into?.options),
    // Only a materialised view keeps its query, and with it what the query reads.
    uses: kind === 'table' ? new Set() : usesOf(fold, [query]),
  })
}

/** CREATE SEQUENCE. */
export function createSequence(fold: Fold, statement: CreateSeqStmt): void {
  const sequence = establish(fold, statement.sequence, statement.if_not_exists === true, {
    kind: 'sequence',
    columns: sequenceColumns,
  })
  if (sequence === undefined) return
  const ownedBy = ownerColumn(fold, sequence, statement.options) ?? null
  put(fold.world, fold.world.relations, {...sequence, ownedBy})
}

/** `reloptions`: a name alone means `true`. */
export function optionsOf(
  old: Readonly<Record<string, string>>,
  nodes: readonly Node[] | undefined,
): Record<string, string> {
  const options: Record<string, string> = {...old}
  for (const element of (nodes ?? []).flatMap((node): DefElem[] =>
    'DefElem' in node ? [node.DefElem] : [],
  )) {
    // Those of the TOAST table are not its own.
    if (element.defnamespace !== undefined && element.defnamespace !== '') continue
    options[(element.defname ?? '').toLowerCase()] =
      element.arg === undefined ? 'true' : optionValue(element.arg)
  }
  return options
}

function optionValue(node: Node): string {
  if ('String' in node) return node.String.sval ?? ''
  if ('Integer' in node) return String(node.Integer.ival ?? 0)
  if ('Float' in node) return node.Float.fval ?? ''
  if ('Boolean' in node) return node.Boolean.boolval === true ? 'true' : 'false'
  if ('TypeName' in node) return words(node.TypeName.names).at(-1) ?? ''
  return constantOf(node) ?? ''
}
