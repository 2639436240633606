/** The columns of a view, as far as its query says them. */
import type {Node} from 'libpg-query'
import type {Fold} from './context.ts'
import {findRelation, rangeName, stringOf} from './names.ts'

/**
 * `FigureColname` for the plain cases.
 *
 * @returns `null` if any column's name, or the number of columns, is not plain to see.
 */
export function columnsOfQuery(fold: Fold, query: Node | undefined): readonly string[] | null {
  if (query === undefined || !('SelectStmt' in query)) return null
  const select = query.SelectStmt
  const list = select.larg !== undefined ? columnsOfQuery(fold, {SelectStmt: select.larg}) : undefined
  if (list !== undefined) return list
  const found: string[] = []
  for (const node of select.targetList ?? []) {
    const target = 'ResTarget' in node ? node.ResTarget : undefined
    const names =
      target?.name !== undefined ? [target.name] : namesOf(fold, target?.val, select.fromClause ?? [])
    if (names === undefined) return null
    found.push(...names)
  }
  return found.length === 0 ? null : found
}

function namesOf(fold: Fold, value: Node | undefined, from: readonly Node[]): readonly string[] | undefined {
  if (value === undefined) return undefined
  if ('FuncCall' in value) return [stringOf(value.FuncCall.funcname?.at(-1))]
  if (!('ColumnRef' in value)) return 'A_Const' in value ? ['?column?'] : undefined
  const fields = value.ColumnRef.fields ?? []
  const last = fields.at(-1)
  if (last === undefined || !('A_Star' in last)) return [stringOf(last)]
  const [only] = from
  if (fields.length > 1 || from.length !== 1 || only === undefined || !('RangeVar' in only)) return undefined
  return findRelation(fold, rangeName(only.RangeVar))?.columns ?? undefined
}
