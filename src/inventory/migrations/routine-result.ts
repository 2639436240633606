/** What a routine returns: read from its statement, and as PostgreSQL prints it. */
import type {CreateFunctionStmt, FunctionParameter} from 'libpg-query'
import {showTypeName} from '../../model/type-name.ts'
import type {Fold} from './context.ts'
import {isKnownType, showType, typeRef} from './types.ts'
import type {ReturnType, TypeRef, World} from './world.ts'

const record: TypeRef = {kind: 'builtin', name: 'record', array: false}

export function resultOf(
  fold: Fold,
  statement: CreateFunctionStmt,
  parameters: readonly FunctionParameter[],
): ReturnType {
  const columns = parameters.filter((parameter) => parameter.mode === 'FUNC_PARAM_TABLE')
  if (columns.length > 0) {
    const shown = columns.map((column) => ({name: column.name ?? '', type: typeRef(fold, column.argType)}))
    return {kind: 'table', columns: shown}
  }
  if (statement.returnType !== undefined) {
    const type = typeRef(fold, statement.returnType)
    return {kind: statement.returnType.setof ? 'set' : 'one', type}
  }
  const outs = outsOf(parameters)
  const [only] = outs
  if (only !== undefined && outs.length === 1) return {kind: 'one', type: typeRef(fold, only.argType)}
  return {kind: 'one', type: record}
}

/** Arguments that come out, the columns of a table among them. */
export function outsOf(parameters: readonly FunctionParameter[]): FunctionParameter[] {
  const modes = ['FUNC_PARAM_OUT', 'FUNC_PARAM_INOUT', 'FUNC_PARAM_TABLE']
  return parameters.filter(({mode}) => mode !== undefined && modes.includes(mode))
}

export function typesOf(returns: ReturnType): TypeRef[] {
  if (returns === null) return []
  return returns.kind === 'table' ? returns.columns.map((column) => column.type) : [returns.type]
}

/**
 * The type by which OR REPLACE knows whether the result stays the same; `null` where it is not known. A table of one
 * column is a set of that column's type, a longer one a set of records.
 */
export function resultType(world: World, returns: ReturnType): string | null {
  if (returns?.kind !== 'table') return showResult(world, returns)
  const [only, second] = returns.columns
  const isLonger = only === undefined || second !== undefined
  return showResult(world, {kind: 'set', type: isLonger ? record : only.type})
}

/** As `pg_get_function_result` prints it; `null` where a type is not known. */
export function showResult(world: World, returns: ReturnType): string | null {
  if (returns === null || !typesOf(returns).every(isKnownType)) return null
  if (returns.kind !== 'table')
    return `${returns.kind === 'set' ? 'SETOF ' : ''}${showType(world, returns.type)}`
  const columns = returns.columns.map(({name, type}) => `${showTypeName(name)} ${showType(world, type)}`)
  return `TABLE(${columns.join(', ')})`
}
