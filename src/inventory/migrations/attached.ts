/** Functions that run without a call of their own: of triggers, defaults, views, operators, domains, rules. */
import type {Node} from 'libpg-query'
import type {Location} from '../../model/place.ts'
import {deedOf, firstWords, type Lookup, type Seen} from './calls.ts'
import {type Fold, note} from './context.ts'
import {deedsInTree} from './deeds.ts'
import {blank} from './dynamic.ts'
import type {Name} from './names.ts'
import {Refusal} from './refusal.ts'
import {candidates, routineId} from './routine-lookup.ts'
import {mentionedNames} from './uses.ts'
import {named, type RoutineState} from './world.ts'

/** Something that was made, and the functions that it runs when it is used. */
export type Attachment = {readonly oids: readonly number[]; readonly by: string; readonly at: Location | null}

/**
 * Remember which functions of the folder a definition names. What they do is asked in the end, as a function may be
 * replaced by one that does more; what a definition does by itself is told at once.
 */
export function attach(fold: Fold, node: Node): void {
  const tree = definitionOf(node)
  if (tree === undefined) return
  for (const {subject, why} of deedsInTree(fold.parser, tree)) note(fold, subject, why)
  if (fold.world.routines.byOid.size > 0) attachNames(fold, mentionedNames(tree))
}

export function attachNames(fold: Fold, names: readonly Name[]): void {
  const oids = names.flatMap((name) => meant(fold, name).map(({oid}) => oid))
  if (oids.length === 0) return
  const {text, start, end} = fold.source
  fold.attachments.push({oids: [...new Set(oids)], by: firstWords(text.slice(start, end)), at: fold.at})
}

/** What of a statement stays behind and calls: of a function its defaults alone, as its body runs when it is called. */
function definitionOf(node: Node): unknown {
  if ('CreateFunctionStmt' in node) return node.CreateFunctionStmt.parameters
  const [tag = ''] = Object.keys(node)
  return definitions.has(tag) ? node : undefined
}

const definitions: ReadonlySet<string> = new Set(
  [
    'AlterDomainStmt AlterTableStmt CreateCastStmt CreateConversionStmt CreateDomainStmt',
    'CreateForeignTableStmt CreateOpClassStmt CreatePLangStmt CreatePolicyStmt AlterPolicyStmt CreateRangeStmt',
    'CreateStmt CreateTableAsStmt CreateTransformStmt CreateTrigStmt DefineStmt AlterOpFamilyStmt IndexStmt',
    'AlterOperatorStmt AlterTypeStmt CreateStatsStmt CreatePublicationStmt RuleStmt ViewStmt',
  ].flatMap((line) => line.split(' ')),
)

function meant(fold: Fold, name: Name): RoutineState[] {
  if (name.name === blank) return [...fold.world.routines.byOid.values()]
  if (name.schema === blank) return named(fold.world.routines, name.name)
  try {
    return candidates(fold, name)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return named(fold.world.routines, name.name)
  }
}

/** In the end: report what is attached and, in any version that there ever was, changes facts. */
export function noteAttached(fold: Fold): void {
  const lookup = everMade(fold)
  let harmless: Seen = new Set()
  for (const {oids, by, at} of fold.attachments) {
    for (const version of oids.flatMap((oid) => fold.versions.get(oid) ?? [])) {
      const seen: Seen = new Set(harmless)
      const deed = deedOf(fold, version, seen, lookup)
      // All that was looked at on the way does nothing either.
      if (deed === undefined) harmless = seen
      else {
        fold.at = at
        note(fold, `a use of ${routineId(fold.world, version)}`, `it is run by what ${by} made: ${deed}`)
      }
    }
  }
}

/** Every version of every routine that ever had the name. */
function everMade(fold: Fold): Lookup {
  const byName = new Map<string, Set<number>>()
  const list = ({name, oid}: RoutineState) => {
    const oids = byName.get(name) ?? new Set()
    byName.set(name, oids.add(oid))
  }
  for (const versions of fold.versions.values()) versions.forEach(list)
  for (const routine of fold.world.routines.byOid.values()) list(routine)
  const isIn = (routine: RoutineState, schema: string) =>
    routine.schema === schema || fold.world.routines.byOid.get(routine.oid)?.schema === schema
  return ({schema, name}) => {
    const found = [...(byName.get(name) ?? [])].flatMap((oid) => fold.versions.get(oid) ?? [])
    return schema === null || schema === blank ? found : found.filter((routine) => isIn(routine, schema))
  }
}
