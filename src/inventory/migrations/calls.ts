/** Functions that a statement calls: what they do when it runs, as far as the folder made them. */
import type {Node} from 'libpg-query'
import {concernOf} from './concerns.ts'
import {type Fold, note} from './context.ts'
import {deedsInTree} from './deeds.ts'
import {blank, dynamicText} from './dynamic.ts'
import {type Effect, effectsOf} from './effects.ts'
import type {Name} from './names.ts'
import {candidates, routineId} from './routine-lookup.ts'
import {calledNames, mentionedNames} from './uses.ts'
import {named, type RoutineState} from './world.ts'

/** Routines that are being looked at, or are known to do nothing: they may call each other in a circle. */
export type Seen = Set<RoutineState>
/** Which routines a name inside of a body may mean. */
export type Lookup = (name: Name) => readonly RoutineState[]

/**
 * Report what a statement does beyond its own rows, at whatever depth: by a call of a function of the folder that may
 * change facts, or by itself.
 *
 * @param handled Calls that are followed otherwise.
 */
export function noteCalls(fold: Fold, tree: unknown, handled?: ReadonlySet<unknown>): void {
  for (const {subject, why} of deedsInTree(fold.parser, tree, handled)) note(fold, subject, why)
  for (const routine of calledRoutines(fold, tree)) {
    const deed = deedOf(fold, routine, new Set(), madeNow(fold))
    if (deed !== undefined) note(fold, `a call of ${routineId(fold.world, routine)}`, deed)
  }
}

function calledRoutines(fold: Fold, tree: unknown): RoutineState[] {
  if (fold.world.routines.byOid.size === 0) return []
  return calledNames(tree).flatMap((name) =>
    name.schema === blank ? named(fold.world.routines, name.name) : candidates(fold, name),
  )
}

/** What a name means inside of a body, which may have a search_path of its own: one without a schema is any schema's. */
export function madeNow(fold: Fold): Lookup {
  return ({schema, name}) => {
    const found = named(fold.world.routines, name)
    return schema === null || schema === blank ? found : found.filter((routine) => routine.schema === schema)
  }
}

/** What a function does that cannot be followed; `undefined` if it only reads and writes rows. */
export function deedOf(fold: Fold, routine: RoutineState, seen: Seen, lookup: Lookup): string | undefined {
  if (seen.has(routine)) return undefined
  seen.add(routine)
  const {body, language, kind} = routine
  if (kind === 'aggregate') return undefined
  if (language !== 'sql' && language !== 'plpgsql')
    return `it is written in ${language}, which is not followed`
  if (body === null) return undefined
  if (language === 'plpgsql') {
    const effects = readBody(fold, routine.text)
    if (effects === undefined) return guessDeed(body) ?? guessCall(fold, body, seen, lookup)
    for (const effect of effects) {
      const deed = deedOfEffect(fold, effect, seen, lookup)
      if (deed !== undefined) return deed
    }
    return undefined
  }
  const sql = body
    .replace(/^begin\s+atomic\b/i, '')
    .replace(/\bend\s*$/i, '')
    .replace(/^return\b/i, 'SELECT ')
  return deedOfSql(fold, sql, seen, lookup)
}

function readBody(fold: Fold, text: string): Effect[] | undefined {
  try {
    return effectsOf(fold.parser.parseBody(text))
  } catch {
    return undefined
  }
}

function deedOfEffect(fold: Fold, effect: Effect, seen: Seen, lookup: Lookup): string | undefined {
  if (effect.kind !== 'dynamic') return deedOfSql(fold, effect.sql, seen, lookup)
  const dynamic = dynamicText(fold.parser, effect.sql)
  if (dynamic?.safe) return deedOfSql(fold, dynamic.text, seen, lookup)
  return `it runs dynamic SQL: EXECUTE ${firstWords(effect.sql)}`
}

function deedOfSql(fold: Fold, sql: string, seen: Seen, lookup: Lookup): string | undefined {
  let nodes: readonly Node[]
  try {
    nodes = fold.parser.parse(sql).flatMap(({stmt}) => (stmt === undefined ? [] : [stmt]))
  } catch {
    return guessDeed(sql) ?? guessCall(fold, sql, seen, lookup)
  }
  for (const node of nodes) {
    if (concernOf(node) === 'facts') return `it runs ${firstWords(sql)}`
    const [deed] = deedsInTree(fold.parser, node)
    if (deed !== undefined) return deed.why
    // What only names a function may have it run later.
    const names = concernOf(node) === 'nothing' ? mentionedNames(node) : calledNames(node)
    for (const routine of names.flatMap(lookup)) {
      const its = deedOf(fold, routine, seen, lookup)
      if (its !== undefined) return `by ${routineId(fold.world, routine)}: ${its}`
    }
  }
  return undefined
}

/** Where a body cannot be parsed: words that no harmless body needs. */
export function guessDeed(body: string): string | undefined {
  const found = /\b(?:execute|create|alter|drop|grant|revoke|reassign|set_config|security)\b/i.exec(body)
  return found === null ? undefined : `its body could not be read, and says ${found[0].toUpperCase()}`
}

/** Where a body cannot be parsed: a word that is the name of a function which does more. */
export function guessCall(fold: Fold, body: string, seen: Seen, lookup: Lookup): string | undefined {
  for (const [word] of body.matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu)) {
    for (const name of new Set([word, word.toLowerCase()])) {
      for (const routine of lookup({schema: null, name})) {
        const deed = deedOf(fold, routine, seen, lookup)
        if (deed !== undefined) return `by ${routineId(fold.world, routine)}, perhaps: ${deed}`
      }
    }
  }
  return undefined
}

/** The beginning of a text, on one line. */
export function firstWords(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`
}
