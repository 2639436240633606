/** Which routine a statement means: by its name alone, or by its name and argument types. */
import type {FunctionParameter, Node, ObjectType, ObjectWithArgs, TypeName} from 'libpg-query'
import {showIdentifier} from '../../model/identifier.ts'
import {type Fold, note} from './context.ts'
import {isForeign, lookupPath, missing, type Name, nameOf, show} from './names.ts'
import {Refusal} from './refusal.ts'
import {sameTypes, showType, typeRef} from './types.ts'
import {type Doubt, named, put, type RoutineState, type TypeRef, type World} from './world.ts'

/** `schema.name(type, type)`. */
export function routineId(world: World, routine: RoutineState): string {
  return `${show(routine)}(${routine.inputs.map((type) => showType(world, type)).join(', ')})`
}

/** A function is no procedure, but an aggregate and a window function are functions. */
function isOfSort(routine: RoutineState, sort: ObjectType): boolean {
  if (sort === 'OBJECT_ROUTINE') return true
  if (sort === 'OBJECT_AGGREGATE') return routine.kind === 'aggregate'
  return (routine.kind === 'procedure') === (sort === 'OBJECT_PROCEDURE')
}

/** All routines of a name along the search path; of those with the same arguments, the first one hides the others. */
export function candidates(fold: Fold, name: Name): RoutineState[] {
  return visible(fold, name, 'inputs')
}

function visible(fold: Fold, name: Name, by: 'inputs' | 'all'): RoutineState[] {
  const schemas = new Map<string, string>()
  return lookupPath(fold, name).flatMap((schema) =>
    named(fold.world.routines, name.name).filter((routine) => {
      if (routine.schema !== schema) return false
      const key = routine[by].map((type) => showType(fold.world, type)).join(', ')
      const nearest = schemas.get(key) ?? schema
      schemas.set(key, nearest)
      return nearest === schema
    }),
  )
}

/**
 * @param need Whether the statement fails where there is none. Then a routine that only may be the one is the one.
 * @returns `undefined` if there is none, and there need not be one, or it is a platform's.
 */
export function findRoutine(
  fold: Fold,
  object: ObjectWithArgs | undefined,
  sort: ObjectType,
  need: boolean,
): RoutineState | undefined {
  const name = nameOf(object?.objname)
  const match = object?.args_unspecified
    ? onlyOne(
        fold,
        name,
        candidates(fold, name).filter((routine) => isOfSort(routine, sort)),
        sort,
      )
    : byArguments(fold, name, sort, object, need)
  if (match === undefined) {
    if (!need || isForeign(fold, name)) return undefined
    throw missing(sortName(sort), name)
  }
  if (!isOfSort(match, sort)) throw new Refusal(`it is no ${sortName(sort)}`, routineId(fold.world, match))
  return match
}

function sortName(sort: ObjectType): string {
  return sort.replace('OBJECT_', '').toLowerCase()
}

function onlyOne(
  fold: Fold,
  name: Name,
  found: readonly RoutineState[],
  sort: ObjectType,
): RoutineState | undefined {
  if (found.length <= 1) return found[0]
  const ids = found.map((routine) => routineId(fold.world, routine)).sort()
  throw new Refusal(`more than one ${sortName(sort)} of this name: ${ids.join('; ')}`, show(name))
}

/**
 * By the types of what goes in; behind ROUTINE and PROCEDURE also by all types, unless an argument says its mode. The
 * manual tells so of a procedure's OUT arguments; to ROUTINE, the columns of RETURNS TABLE are arguments, too.
 *
 * @see https://www.postgresql.org/docs/current/sql-dropprocedure.html
 */
function byArguments(
  fold: Fold,
  name: Name,
  sort: ObjectType,
  object: ObjectWithArgs | undefined,
  need: boolean,
): RoutineState | undefined {
  const {types, isModed} = readArguments(fold, object)
  const isByAll = !isModed && (sort === 'OBJECT_ROUTINE' || sort === 'OBJECT_PROCEDURE')
  const byInputs = compare(fold, name, 'inputs', types)
  const byAll = isByAll ? compare(fold, name, 'all', types) : {same: [], likely: []}
  // Two of one schema are too many whatever they are; one that is no procedure is none for PROCEDURE.
  const nearest = byAll.same.filter(({schema}) => schema === byAll.same[0]?.schema)
  const whole = onlyOne(fold, name, nearest, sort)
  const wholes = whole !== undefined && isOfSort(whole, sort) ? [whole] : []
  const found = [...new Set([...byInputs.same.slice(0, 1), ...wholes])]
  if (found.length > 0) return onlyOne(fold, name, found, sort)
  // A type that nobody can name may be this one: sure where there is nothing else that it could be, and must be one.
  const likely = [...new Set([...byInputs.likely, ...byAll.likely])]
  if (!need) {
    for (const routine of likely) doubtExistence(fold, routine)
    return undefined
  }
  if (likely.length <= 1) return likely[0]
  throw new Refusal('which overload it means depends on types that the folder does not make', show(name))
}

/** The routines of a name that have these types, and those that may have them. */
function compare(fold: Fold, name: Name, by: 'inputs' | 'all', types: readonly TypeRef[]) {
  const found = visible(fold, name, by)
  const having = (answer: boolean | undefined) =>
    found.filter((routine) => sameTypes(fold.world, routine[by], types) === answer)
  return {same: having(true), likely: having(undefined)}
}

/** IF EXISTS, and nobody can say whether it did: nothing that is known of it holds for sure. */
function doubtExistence(fold: Fold, routine: RoutineState): void {
  const doubts = new Set<Doubt>([...routine.doubts, 'grants', 'owner', 'settings', 'securityDefiner'])
  put(fold.world, fold.world.routines, {...routine, doubts})
  note(
    fold,
    routineId(fold.world, routine),
    'DROP … IF EXISTS may mean it or nothing: its argument has a type that the folder does not make',
  )
}

/** The types by which a statement names a routine: without modes they may be all, with them they are what goes in. */
function readArguments(fold: Fold, object: ObjectWithArgs | undefined) {
  const parameters = (object?.objfuncargs ?? []).flatMap((node) =>
    'FunctionParameter' in node ? [node.FunctionParameter] : [],
  )
  const types = (object?.objargs ?? []).flatMap((node): TypeName[] =>
    'TypeName' in node ? [node.TypeName] : [],
  )
  return {
    types: types.map((type) => typeRef(fold, type)),
    isModed: parameters.some(({mode}) => mode !== 'FUNC_PARAM_DEFAULT'),
  }
}

/** Whether an argument goes in. */
export function isInput(parameter: FunctionParameter): boolean {
  return parameter.mode !== 'FUNC_PARAM_OUT' && parameter.mode !== 'FUNC_PARAM_TABLE'
}

/** What a statement is about when it names one routine, for a message. */
export function showRoutineName(object: ObjectWithArgs | undefined): string {
  const name = nameOf(object?.objname)
  return name.schema === null ? showIdentifier(name.name) : show(name)
}

/** What the parser calls a routine. */
export const routineSorts: ReadonlySet<ObjectType> = new Set([
  'OBJECT_FUNCTION',
  'OBJECT_PROCEDURE',
  'OBJECT_ROUTINE',
  'OBJECT_AGGREGATE',
])

/** The routine of a statement that names one, with its arguments. */
export function routineOf(fold: Fold, node: Node | undefined, sort: ObjectType): RoutineState | undefined {
  const object = node !== undefined && 'ObjectWithArgs' in node ? node.ObjectWithArgs : undefined
  return findRoutine(fold, object, sort, true)
}
