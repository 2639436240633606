/** What a routine returns: read from its statement, and as PostgreSQL prints it. */
import type {CreateFunctionStmt, FunctionParameter} from 'libpg-query'
import {showTypeName} from '../../model/type-name.ts'
import type {Fold} from './context.ts'
import {isKnownType, showType, typeRef} from './types.ts'
import type {ReturnType, TypeRef, World} from './world.ts'

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
  return {kind: 'one', type: {kind: 'builtin', name: 'record', array: false}}
}

export function outsOf(parameters: readonly FunctionParameter[]): FunctionParameter[] {
  return parameters.filter(({mode}) => mode === 'FUNC_PARAM_OUT' || mode === 'FUNC_PARAM_INOUT')
}

export function typesOf(returns: ReturnType): TypeRef[] {
  if (returns === null) return []
  return returns.kind === 'table' ? returns.columns.map((column) => column.type) : [returns.type]
}

/** As `pg_get_function_result` prints it; `null` where a type is not known. */
export function showResult(world: World, returns: ReturnType): string | null {
  if (returns === null || !typesOf(returns).every(isKnownType)) return null
  if (returns.kind !== 'table')
    return `${returns.kind === 'set' ? 'SETOF ' : ''}${showType(world, returns.type)}`
  const columns = returns.columns.map(({name, type}) => `${showTypeName(name)} ${showType(world, type)}`)
  return `TABLE(${columns.join(', ')})`
}
