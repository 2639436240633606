/** Functions that a statement calls: what they do when it runs, as far as the folder made them. */
import type {Node} from 'libpg-query'
import {concernOf} from './concerns.ts'
import {type Fold, note} from './context.ts'
import {dynamicText} from './dynamic.ts'
import {type Effect, effectsOf} from './effects.ts'
import {candidates, routineId} from './routine-lookup.ts'
import {calledNames} from './uses.ts'
import type {RoutineState} from './world.ts'

/** Report every call, at whatever depth, of a function of the folder that may change facts. */
export function noteCalls(fold: Fold, tree: unknown): void {
  for (const routine of calledRoutines(fold, tree)) {
    const deed = deedOf(fold, routine, new Set())
    if (deed !== undefined) note(fold, `a call of ${routineId(fold.world, routine)}`, deed)
  }
}

function calledRoutines(fold: Fold, tree: unknown): RoutineState[] {
  if (fold.world.routines.byOid.size === 0) return []
  return calledNames(tree).flatMap((name) => candidates(fold, name))
}

/**
 * What a function does that cannot be followed; `undefined` if it only reads and writes rows.
 *
 * @param seen Functions that are being looked at, which may call each other in a circle.
 */
export function deedOf(fold: Fold, routine: RoutineState, seen: Set<number>): string | undefined {
  if (seen.has(routine.oid)) return undefined
  seen.add(routine.oid)
  const {body, language} = routine
  if (body === null) return undefined
  if (language === 'plpgsql') {
    const effects = readBody(fold, routine.text)
    if (effects === undefined) return guessDeed(body)
    for (const effect of effects) {
      const deed = deedOfEffect(fold, effect, seen)
      if (deed !== undefined) return deed
    }
    return undefined
  }
  if (language !== 'sql') return guessDeed(body)
  return deedOfSql(fold, body.replace(/^begin\s+atomic\b/i, '').replace(/\bend\s*$/i, ''), seen) ?? undefined
}

function readBody(fold: Fold, text: string): Effect[] | undefined {
  try {
    return effectsOf(fold.parser.parseBody(text))
  } catch {
    return undefined
  }
}

function deedOfEffect(fold: Fold, effect: Effect, seen: Set<number>): string | undefined {
  if (effect.kind === 'dynamic') {
    const dynamic = dynamicText(fold.parser, effect.sql)
    if (dynamic?.safe) return deedOfSql(fold, dynamic.text, seen)
    return `it runs dynamic SQL: EXECUTE ${firstWords(effect.sql)}`
  }
  return deedOfSql(
    fold,
    effect.kind === 'expression' ? `SELECT ${withoutTarget(effect.sql)}` : effect.sql,
    seen,
  )
}

function deedOfSql(fold: Fold, sql: string, seen: Set<number>): string | undefined {
  let nodes: readonly Node[]
  try {
    nodes = fold.parser.parse(sql).flatMap(({stmt}) => (stmt === undefined ? [] : [stmt]))
  } catch {
    return guessDeed(sql)
  }
  for (const node of nodes) {
    if (concernOf(node) === 'facts') return `it runs ${firstWords(sql)}`
    if (concernOf(node) === 'nothing') continue
    for (const routine of calledRoutines(fold, node)) {
      const deed = deedOf(fold, routine, seen)
      if (deed !== undefined) return `by ${routineId(fold.world, routine)}: ${deed}`
    }
  }
  return undefined
}

/** `x := f()` → `f()`. */
export function withoutTarget(expression: string): string {
  return expression.replace(/^\s*[\w."[\]]+\s*:?=(?!=)\s*/, '')
}

/** Where a body cannot be parsed: words that no harmless body needs. */
export function guessDeed(body: string): string | undefined {
  const found = /\b(?:execute|create|alter|drop|grant|revoke|reassign|set_config|security)\b/i.exec(body)
  return found === null ? undefined : `its body could not be read, and says ${found[0].toUpperCase()}`
}

/** The beginning of a text, on one line. */
export function firstWords(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`
}
