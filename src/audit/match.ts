/** Rows of kind `security-definer` × routines: which row covers which routine, and which neither. */
import type {Entry} from '../model/entry.ts'
import {groupBy} from '../model/group-by.ts'
import type {Inventory, Routine} from '../model/inventory.ts'
import type {Located} from '../model/registry.ts'
import {fits, nameOf} from './naming.ts'

export type LocatedEntry = Located<Entry>

/** What became of a row of kind `security-definer`. */
export type RoutineMatch =
  | {readonly state: 'covered'; readonly entry: LocatedEntry; readonly routine: Routine}
  /** There is no routine of that name and signature in that schema. */
  | {readonly state: 'absent'; readonly entry: LocatedEntry; readonly namesakes: readonly Routine[]}
  /** There is none, but a definer without a row has that name and signature in another schema. */
  | {readonly state: 'elsewhere'; readonly entry: LocatedEntry; readonly routine: Routine}
  /** There is one, but it runs as its caller. */
  | {readonly state: 'invoker'; readonly entry: LocatedEntry; readonly routine: Routine}
  /** Several fit; the row does not say which. */
  | {readonly state: 'ambiguous'; readonly entry: LocatedEntry; readonly routines: readonly Routine[]}
  /** Whether its types are those of the row could not be established. */
  | {readonly state: 'unsure-types'; readonly entry: LocatedEntry; readonly routines: readonly Routine[]}
  /** Whether it is a definer could not be established. */
  | {readonly state: 'unsure-definer'; readonly entry: LocatedEntry; readonly routine: Routine}

export type Match = {
  /** In the order of the rows. */
  readonly rows: readonly RoutineMatch[]
  /** Definers, and routines that may be definers, that no row speaks of. */
  readonly undocumented: readonly Routine[]
}

export function matchRoutines(entries: readonly LocatedEntry[], inventory: Inventory): Match {
  const byName = groupBy(inventory.routines, nameOf)
  const rows = entries
    .filter(({value}) => value.kind === 'security-definer')
    .map((entry) => matchRow(entry, byName.get(nameOf(entry.value)) ?? []))
  const spokenOf = new Set(rows.flatMap(routinesOf))
  // An extension's own routines are many and its concern, unless they are run with somebody else's rights.
  const loose = inventory.routines.filter(
    (routine) =>
      !spokenOf.has(routine) &&
      (routine.securityDefiner === true || (routine.securityDefiner === null && routine.extension === null)),
  )
  return findElsewhere(rows, loose, new Set(inventory.coverage.leftOut.map(({schema}) => schema)))
}

/** What a row speaks of, clearly or not: none of it is undocumented besides. */
export function routinesOf(match: RoutineMatch): readonly Routine[] {
  if ('routine' in match) return [match.routine]
  return match.state === 'absent' ? [] : match.routines
}

function matchRow(entry: LocatedEntry, namesakes: readonly Routine[]): RoutineMatch {
  const {signature} = entry.value
  const sure =
    signature === null ? namesakes : namesakes.filter((one) => fits(signature, one.signature) === true)
  const unsure = signature === null ? [] : namesakes.filter((one) => one.signature === null)
  const fitting = sure.length > 0 ? sure : unsure
  const [routine] = fitting
  if (routine === undefined) return {state: 'absent', entry, namesakes}
  // Whichever of them the row means, it is no definer.
  if (fitting.every((one) => one.securityDefiner === false)) return {state: 'invoker', entry, routine}
  if (sure.length === 0) return {state: 'unsure-types', entry, routines: unsure}
  if (sure.length > 1) return {state: 'ambiguous', entry, routines: sure}
  return {state: routine.securityDefiner === null ? 'unsure-definer' : 'covered', entry, routine}
}

/**
 * A row and a definer that miss each other by the schema alone are one mistake, not two.
 *
 * One row takes one routine: what else has that name stays undocumented. A schema that was left out may well hold
 * what the row names.
 */
function findElsewhere(
  rows: readonly RoutineMatch[],
  loose: readonly Routine[],
  leftOut: ReadonlySet<string>,
): Match {
  const byBareName = groupBy(loose, ({name}) => name)
  const taken = new Set<Routine>()
  const found = rows.map((row): RoutineMatch => {
    if (row.state !== 'absent' || leftOut.has(row.entry.value.schema)) return row
    const {name, signature} = row.entry.value
    const routine = byBareName
      .get(name)
      ?.find(
        (one) =>
          !taken.has(one) &&
          one.schema !== row.entry.value.schema &&
          (signature === null || fits(signature, one.signature) === true),
      )
    if (routine === undefined) return row
    taken.add(routine)
    return {state: 'elsewhere', entry: row.entry, routine}
  })
  return {rows: found, undocumented: loose.filter((routine) => !taken.has(routine))}
}
