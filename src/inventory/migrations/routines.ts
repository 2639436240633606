/** Functions, procedures and aggregates: made, made again, altered. */
import type {AlterFunctionStmt, CreateFunctionStmt, DefElem, DefineStmt} from 'libpg-query'
import {type Fold, note, originOf} from './context.ts'
import {defElements, isOn} from './def-elements.ts'
import {initialAcl} from './default-privileges.ts'
import {creationSchema, nameOf, stringOf} from './names.ts'
import {Refusal} from './refusal.ts'
import {findRoutine, isInput, routineId} from './routine-lookup.ts'
import {outsOf, resultOf, resultType, typesOf} from './routine-result.ts'
import {changeSettings} from './routine-settings.ts'
import {sliceOfBody} from './slices.ts'
import {sameTypes, showType, typeRef} from './types.ts'
import {usesOf} from './uses.ts'
import {type Doubt, type Doubts, named, put, type RoutineState, type TypeRef, type World} from './world.ts'

/**
 * CREATE [OR REPLACE] FUNCTION and PROCEDURE. Replacing keeps the owner and the privileges, and loses SECURITY
 * DEFINER and every SET that is not said again.
 *
 * @see https://www.postgresql.org/docs/current/sql-createfunction.html
 */
export function createFunction(fold: Fold, statement: CreateFunctionStmt): void {
  const name = nameOf(statement.funcname)
  const parameters = (statement.parameters ?? []).flatMap((node) =>
    'FunctionParameter' in node ? [node.FunctionParameter] : [],
  )
  const ins = parameters.filter(isInput)
  const options = new Map(defElements(statement.options).map((option) => [option.defname ?? '', option]))
  const language = stringOf(options.get('language')?.arg).toLowerCase() || 'sql'
  const returns = statement.is_procedure ? null : resultOf(fold, statement, parameters)
  const settings = changeSettings([], defElements(statement.options))
  const inputs = ins.map((parameter) => typeRef(fold, parameter.argType))
  const types = [...inputs, ...typesOf(returns)]
  establish(fold, statement.replace === true, {
    schema: creationSchema(fold, name),
    name: name.name,
    kind: statement.is_procedure ? 'procedure' : isOn(options.get('window')) ? 'window' : 'function',
    inputs,
    all: parameters.map((parameter) => typeRef(fold, parameter.argType)),
    outs: outsOf(parameters).map((one) => ({name: one.name ?? '', type: typeRef(fold, one.argType)})),
    argumentNames: ins.map((parameter) => parameter.name ?? ''),
    defaults: ins.filter((parameter) => parameter.defexpr !== undefined).length,
    returns,
    language,
    volatility: volatilityOf(options.get('volatility')) ?? 'volatile',
    definer: isOn(options.get('security')),
    settings: settings.list,
    text: fold.source.text.slice(fold.source.start, fold.source.end),
    body: bodyOf(fold, statement, options.get('as'), language),
    uses: new Set([
      ...types.flatMap((type) => (type.kind === 'own' ? [type.oid] : [])),
      ...usesOf(fold, [statement.sql_body, parameters.map(({defexpr}) => defexpr)]),
    ]),
    doubts: settings.unknown ? new Set<Doubt>(['settings']) : new Set<Doubt>(),
    origin: originOf(fold),
  })
  if (settings.unknown) noteFromCurrent(fold)
}

/** CREATE AGGREGATE. @see https://www.postgresql.org/docs/current/sql-createaggregate.html */
export function createAggregate(fold: Fold, statement: DefineStmt): void {
  const name = nameOf(statement.defnames)
  const list = statement.args?.[0]
  const parameters = (list !== undefined && 'List' in list ? (list.List.items ?? []) : []).flatMap((node) =>
    'FunctionParameter' in node ? [node.FunctionParameter] : [],
  )
  const inputs = parameters.map((parameter) => typeRef(fold, parameter.argType))
  establish(fold, statement.replace === true, {
    schema: creationSchema(fold, name),
    name: name.name,
    kind: 'aggregate',
    inputs: statement.oldstyle ? oldStyleInputs(fold, statement) : inputs,
    all: inputs,
    outs: [],
    argumentNames: parameters.map((parameter) => parameter.name ?? ''),
    defaults: 0,
    returns: null,
    language: 'internal',
    volatility: 'immutable',
    definer: false,
    settings: [],
    body: null,
    text: '',
    uses: new Set(),
    doubts: new Set<Doubt>(),
    origin: originOf(fold),
  })
}

/** `CREATE AGGREGATE a (BASETYPE = t, …)`, as before 8.2. */
function oldStyleInputs(fold: Fold, statement: DefineStmt): TypeRef[] {
  const base = defElements(statement.definition).find((element) => element.defname === 'basetype')?.arg
  return base !== undefined && 'TypeName' in base ? [typeRef(fold, base.TypeName)] : []
}

type Definition = Omit<RoutineState, 'oid' | 'owner' | 'acl'>

function establish(fold: Fold, replace: boolean, definition: Definition): void {
  const {world} = fold
  const same = named(world.routines, definition.name).find(
    (other) =>
      other.schema === definition.schema && sameTypes(world, other.inputs, definition.inputs) === true,
  )
  if (same !== undefined) {
    if (!replace) throw new Refusal('it exists already', routineId(world, same))
    refuseReplacement(world, same, definition)
    const grants: Doubt[] = [...same.doubts].filter((doubt) => doubt === 'grants' || doubt === 'owner')
    const doubts = new Set([...definition.doubts, ...grants])
    putVersion(fold, {...definition, oid: same.oid, owner: same.owner, acl: same.acl, doubts})
    return
  }
  const owner = world.session.now.role
  const acl = initialAcl(fold, 'routine', owner, definition.schema)
  putVersion(fold, {...definition, oid: world.nextOid++, owner, acl})
}

/** What uses a routine may have run it in any of its versions. */
function putVersion(fold: Fold, routine: RoutineState): void {
  put(fold.world, fold.world.routines, routine)
  fold.versions.set(routine.oid, [...(fold.versions.get(routine.oid) ?? []), routine])
}

/** What OR REPLACE cannot change. */
function refuseReplacement(world: World, old: RoutineState, next: Definition): void {
  const id = routineId(world, old)
  if (old.kind !== next.kind) throw new Refusal(`OR REPLACE cannot make a ${next.kind} of a ${old.kind}`, id)
  const [before, after] = [resultType(world, old.returns), resultType(world, next.returns)]
  if (before !== null && after !== null && before !== after && next.kind !== 'aggregate') {
    throw new Refusal(`OR REPLACE cannot change what it returns, from ${before} to ${after}`, id)
  }
  const row = (routine: Definition) =>
    routine.outs.map(({name, type}) => `${name} ${showType(world, type)}`).join(', ')
  const isRecord = next.kind === 'procedure' || after === 'record' || after === 'SETOF record'
  if (isRecord && row(old) !== row(next)) {
    throw new Refusal('OR REPLACE cannot change the arguments that come out', id)
  }
  const renamed = old.argumentNames.findIndex(
    (name, index) => name !== '' && name !== next.argumentNames[index],
  )
  if (renamed >= 0) throw new Refusal(`OR REPLACE cannot rename its argument ${renamed + 1}`, id)
  if (old.defaults > next.defaults)
    throw new Refusal('OR REPLACE cannot take the default of an argument away', id)
}

/** ALTER FUNCTION, PROCEDURE, ROUTINE. @see https://www.postgresql.org/docs/current/sql-alterfunction.html */
export function alterFunction(fold: Fold, statement: AlterFunctionStmt): void {
  const routine = findRoutine(fold, statement.func, statement.objtype ?? 'OBJECT_FUNCTION', true)
  if (routine === undefined) return
  if (routine.kind === 'aggregate') throw new Refusal('it is an aggregate', routineId(fold.world, routine))
  const actions = defElements(statement.actions)
  const security = actions.findLast((action) => action.defname === 'security')
  const volatility = actions.findLast((action) => action.defname === 'volatility')
  if (routine.kind === 'procedure' && volatility !== undefined) {
    throw new Refusal('procedures have no volatility', routineId(fold.world, routine))
  }
  const settings = changeSettings(routine.settings, actions)
  let doubts = routine.doubts
  if (security !== undefined) doubts = without(doubts, 'securityDefiner')
  if (settings.cleared) doubts = without(doubts, 'settings')
  if (settings.unknown) {
    doubts = new Set<Doubt>([...doubts, 'settings'])
    noteFromCurrent(fold, routineId(fold.world, routine))
  }
  put(fold.world, fold.world.routines, {
    ...routine,
    definer: security === undefined ? routine.definer : isOn(security),
    volatility: volatilityOf(volatility) ?? routine.volatility,
    settings: settings.list,
    doubts,
    origin: originOf(fold),
  })
}

function without(doubts: Doubts, gone: Doubt): Doubts {
  return new Set([...doubts].filter((doubt) => doubt !== gone))
}

function noteFromCurrent(fold: Fold, subject = 'a SET clause'): void {
  note(fold, subject, 'SET … FROM CURRENT takes a value that only the server knows')
}

function volatilityOf(option: DefElem | undefined): RoutineState['volatility'] | undefined {
  const word = stringOf(option?.arg)
  return word === 'immutable' || word === 'stable' || word === 'volatile' ? word : undefined
}

function bodyOf(
  fold: Fold,
  statement: CreateFunctionStmt,
  as: DefElem | undefined,
  language: string,
): string | null {
  if (statement.sql_body !== undefined) return sliceOfBody(fold.source)
  const items = as?.arg !== undefined && 'List' in as.arg ? (as.arg.List.items ?? []) : []
  // Two strings name a library and a symbol in it; one names a function in the server itself.
  if (items.length !== 1 || language === 'c' || language === 'internal') return null
  return stringOf(items[0])
}
