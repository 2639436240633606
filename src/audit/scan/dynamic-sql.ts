/** PL/pgSQL's EXECUTE, and functions like it: what text they run, and who can have a say in it. */
import {callsIn} from './calls.ts'
import {harmlessTypes} from './harmless-types.ts'
import {type Trust, type TrustOfName, trustOf, worst} from './operand.ts'
import {isMark, isWord, takeUntil} from './split.ts'
import type {Token} from './tokens.ts'
import {collectVariables, type Variable, type Variables, withoutLabel} from './variables.ts'

/** The names of the arguments, and their types where they are known. */
export type Arguments = {
  readonly names: readonly string[]
  readonly types: readonly string[] | null
  /** The name of the routine, which qualifies them. */
  readonly routine?: string
}

/** Functions that run a text as SQL: PostgreSQL's own and those of tablefunc, in whichever schema that is. */
const runsText = new Set([
  ...['query_to_xml', 'query_to_xmlschema', 'query_to_xml_and_xmlschema', 'ts_stat'],
  ...['crosstab', 'crosstab2', 'crosstab3', 'crosstab4'],
])

/** @returns The trust of each call of a function that runs a text, with all that it is given. */
export function textsRun(tokens: readonly Token[], args: Arguments): Trust[] {
  const calls = callsIn(tokens, namesOf(tokens, args))
  return calls.filter(({parts}) => runsText.has(parts.at(-1) ?? '')).map(({trust}) => trust)
}

/** @returns The trust of each EXECUTE, in order; none where there is no dynamic SQL. */
export function dynamicSql(tokens: readonly Token[], args: Arguments): Trust[] {
  const ofName = namesOf(tokens, args)
  return tokens.flatMap((token, index) => {
    if (!isWord(token, 'execute') || !isStatement(tokens, index)) return []
    const expression = takeUntil(
      tokens.slice(index + 1),
      (one) => isMark(one, ';') || isWord(one, 'into', 'using', 'loop'),
    )
    return [trustOf(expression, ofName)]
  })
}

/** What is known of the names in a body. */
export function namesOf(tokens: readonly Token[], args: Arguments): TrustOfName {
  const names = {variables: collectVariables(tokens, args.routine), args}
  return (parts) => trustOfName(parts, names, new Set())
}

/** Not `GRANT EXECUTE ON`, `EXECUTE FUNCTION` of a trigger, or a name. */
function isStatement(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]
  const after = tokens[index + 1]
  if (isWord(after, 'on') || isMark(after, ':=') || isMark(after, ',')) return false
  if (isWord(after, 'function', 'procedure') && isInTrigger(tokens, index)) return false
  return !isMark(before, '.') && !isWord(before, 'grant', 'revoke') && after !== undefined
}

/** Variables may be named `function` and `procedure`, too. */
function isInTrigger(tokens: readonly Token[], index: number): boolean {
  const start = tokens.findLastIndex((token, at) => at < index && isMark(token, ';'))
  return tokens
    .slice(start + 1, index)
    .some(
      (token, at, statement) =>
        isWord(token, 'trigger') && isWord(statement[at - 1], 'create', 'replace', 'constraint', 'event'),
    )
}

type Names = {readonly variables: Variables; readonly args: Arguments}

function trustOfName(full: readonly string[], names: Names, seen: ReadonlySet<string>): Trust {
  const parts = withoutLabel(full, names.variables.labels)
  const [name = ''] = parts
  if (parts.length > 1) return trustOfField(parts, names)
  const argument = trustOfArgument(name, names)
  const variable = names.variables.byName.get(name)
  // An argument keeps its type, whatever is assigned to it.
  if (argument !== undefined && !variable?.isDeclared) return argument
  if (variable === undefined) return 'opaque'
  // Some block declares a variable of that name, too.
  const trust = trustOfVariable(name, variable, names, seen)
  return argument === undefined ? trust : worst([argument, trust])
}

/** Of `p_row.id` and, where the routine's name is not known, `fn.p_id`. */
function trustOfField([first = '', ...rest]: readonly string[], names: Names): Trust {
  // What a caller writes into a row reaches the trigger of its table.
  if (first === 'new' || first === 'old' || trustOfArgument(first, names) === 'tainted') return 'tainted'
  if (names.variables.byName.has(first)) return 'opaque'
  return rest.some((part) => trustOfArgument(part, names) === 'tainted') ? 'tainted' : 'opaque'
}

/** Of `p_id` and `$1`; `undefined` for what is no argument. */
function trustOfArgument(name: string, {variables, args}: Names): Trust | undefined {
  const isNumbered = /^\$\d+$/.test(name)
  const place = isNumbered ? Number(name.slice(1)) - 1 : args.names.indexOf(name)
  if (place < 0) return undefined
  const type = args.types?.[place]
  if (type === undefined || !harmlessTypes.has(type)) return 'tainted'
  // Numbers count the arguments for output, too, which are not among those here.
  const mayShift = [...variables.byName].some(([key, one]) => !one.isDeclared && !args.names.includes(key))
  return isNumbered && mayShift ? 'opaque' : 'safe'
}

function trustOfVariable(name: string, variable: Variable, names: Names, seen: ReadonlySet<string>): Trust {
  if (variable.isDeclared && variable.isHarmless) return 'safe'
  // `v := v || …` adds nothing that the rest does not.
  if (seen.has(name)) return 'safe'
  const deeper = new Set([...seen, name])
  const trusts = variable.expressions.map((expression) =>
    trustOf(expression, (other) => trustOfName(other, names, deeper)),
  )
  // What gets a value in no way that is known gets it in one that is not.
  return worst(variable.isFilled || trusts.length === 0 ? [...trusts, 'opaque'] : trusts)
}
