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
  const order = lookupPath(fold, name)
  const seen = new Set<string>()
  return order.flatMap((schema) =>
    named(fold.world.routines, name.name).filter((routine) => {
      if (routine.schema !== schema) return false
      const key = routine.inputs.map((type) => showType(fold.world, type)).join(', ')
      if (seen.has(key)) return false
      seen.add(key)
      return true
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
  const found = candidates(fold, name)
  const match = object?.args_unspecified
    ? onlyOne(
        fold,
        name,
        found.filter((routine) => isOfSort(routine, sort)),
        sort,
      )
    : byArguments(fold, name, found, object, need)
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

function byArguments(
  fold: Fold,
  name: Name,
  found: readonly RoutineState[],
  object: ObjectWithArgs | undefined,
  need: boolean,
): RoutineState | undefined {
  const {inputs, all, moded} = readArguments(fold, object)
  const exact = found.filter((routine) => sameTypes(fold.world, routine.inputs, inputs) === true)
  const [first] = exact
  if (first !== undefined) return first
  // A procedure may be named by all its arguments, those that only come out too.
  const procedures = found.filter((routine) => routine.kind === 'procedure')
  const whole = procedures.find(
    (routine) => sameTypes(fold.world, routine.all, moded ? all : inputs) === true,
  )
  if (whole !== undefined) return whole
  // A type that nobody can name may be this one: sure where there is nothing else that it could be, and must be one.
  const likely = found.filter((routine) => sameTypes(fold.world, routine.inputs, inputs) === undefined)
  if (!need) {
    for (const routine of likely) doubtExistence(fold, routine)
    return undefined
  }
  if (likely.length <= 1) return likely[0]
  throw new Refusal('which overload it means depends on types that the folder does not make', show(name))
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

type Arguments = {
  readonly inputs: readonly TypeRef[]
  readonly all: readonly TypeRef[]
  readonly moded: boolean
}

function readArguments(fold: Fold, object: ObjectWithArgs | undefined): Arguments {
  const parameters = (object?.objfuncargs ?? []).flatMap((node) =>
    'FunctionParameter' in node ? [node.FunctionParameter] : [],
  )
  if (parameters.length > 0) {
    const inputs = parameters.filter(isInput).map((parameter) => typeRef(fold, parameter.argType))
    const all = parameters.map((parameter) => typeRef(fold, parameter.argType))
    return {inputs, all, moded: parameters.some((parameter) => parameter.mode !== 'FUNC_PARAM_DEFAULT')}
  }
  const types = (object?.objargs ?? []).flatMap((node): TypeName[] =>
    'TypeName' in node ? [node.TypeName] : [],
  )
  const inputs = types.map((type) => typeRef(fold, type))
  return {inputs, all: inputs, moded: false}
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
