/** Routines that run text as SQL with the rights of their caller, and who calls them. */
import {compareCodePoints} from '../../model/compare.ts'
import type {Routine} from '../../model/inventory.ts'
import {searchPathOf} from '../path.ts'
import {type Call, callsIn, callsInText} from './calls.ts'
import {type Arguments, dynamicSql, namesOf, textsRun} from './dynamic-sql.ts'
import {type Trust, worst} from './operand.ts'
import {tokenize} from './tokens.ts'

/** `tainted`: what runs is made of arguments and constants. `opaque`: of who knows what. */
export type Helpers = ReadonlyMap<Routine, 'tainted' | 'opaque'>

/** Also those that hand on what they get to another one. */
export function findHelpers(routines: readonly Routine[]): Helpers {
  const candidates = routines.filter(mayHelp).map((routine) => ({routine, own: trustForCaller(routine)}))
  const helpers = new Map<Routine, 'tainted' | 'opaque'>()
  const calls = new Map<Routine, readonly Call[]>()
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false
    for (const {routine, own} of candidates) {
      const handedOn = handedOver(routine, helpers, calls).map(({trust}) => trust)
      const trust = worseForCaller([own, ...handedOn])
      if (trust === 'safe' || trust === helpers.get(routine)) continue
      helpers.set(routine, trust)
      hasChanged = true
    }
  }
  return helpers
}

/** The helpers that a routine calls with anything but constants and quoted text, sorted by id. */
export function helpersOf(routine: Routine, helpers: Helpers): Routine[] {
  const called = handedOver(routine, helpers, new Map()).map(({helper}) => helper)
  return called.sort((a, b) => compareCodePoints(a.id, b.id))
}

/** The trust of each text that a routine itself executes. */
export function trustsOf(routine: Routine): Trust[] {
  const {language, body} = routine
  // A SQL function has no dynamic SQL of its own.
  if (language === 'sql') return body === null ? [] : textsRun(tokenize(body), argumentsOf(routine))
  if (language !== 'plpgsql' || body === null) return ['opaque']
  const tokens = tokenize(body)
  const args = argumentsOf(routine)
  return [...dynamicSql(tokens, args), ...textsRun(tokens, args)]
}

/** A definer is judged for itself; extensions, and what is compiled, are taken for what they say they are. */
function mayHelp({securityDefiner, extension, language}: Routine): boolean {
  return securityDefiner !== true && extension === null && language !== 'c' && language !== 'internal'
}

/** `tainted` only where nothing but harmless arguments is wanted to make it safe. */
function trustForCaller(routine: Routine): Trust {
  const own = worst(trustsOf(routine))
  if (own !== 'tainted') return own
  const harmless = trustsOf({...routine, signature: routine.argumentNames.map(() => 'integer')})
  return worst(harmless) === 'safe' ? 'tainted' : 'opaque'
}

/** Text of an argument is the caller's own choice; what comes from elsewhere is beyond it. */
function worseForCaller(trusts: readonly Trust[]): Trust {
  return trusts.includes('opaque') ? 'opaque' : worst(trusts)
}

function handedOver(
  routine: Routine,
  helpers: Helpers,
  known: Map<Routine, readonly Call[]>,
): {helper: Routine; trust: Trust}[] {
  if (helpers.size === 0) return []
  const calls = known.get(routine) ?? callsOf(routine)
  known.set(routine, calls)
  return [...helpers].flatMap(([helper, own]) => {
    const meant = calls.filter((call) => mayMean(call, helper, routine))
    if (meant.length === 0) return []
    const trust = own === 'opaque' ? own : worseForCaller(meant.map((call) => call.trust))
    return trust === 'safe' ? [] : [{helper, trust}]
  })
}

/** In a query a column comes before an argument of the same name. */
function argumentsOf({name, language, argumentNames, signature}: Routine): Arguments {
  return {names: language === 'sql' ? [] : argumentNames, types: signature, routine: name}
}

function callsOf(routine: Routine): readonly Call[] {
  const {language, body} = routine
  if (body === null) return []
  const tokens = tokenize(body)
  const args = argumentsOf(routine)
  const calls = callsIn(tokens, namesOf(tokens, args))
  if (language !== 'plpgsql' || dynamicSql(tokens, args).length === 0) return calls
  const texts = tokens.filter(({kind}) => kind === 'string')
  return [...calls, ...texts.flatMap(({text}) => callsInText(tokenize(text)))]
}

/** A name without a schema means what is on the path: the routine's own, or whichever its caller has. */
function mayMean({parts}: Call, helper: Routine, caller: Routine): boolean {
  if (parts.at(-1) !== helper.name) return false
  const schema = parts.at(-2)
  if (schema !== undefined) return schema === helper.schema
  const path = searchPathOf(caller)
  return !path || path.includes('$user') || path.includes(helper.schema)
}
