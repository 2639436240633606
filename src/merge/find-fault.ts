/** The merged document, read back: whatever is kept of its conflicts, its rows must be those that were to be there. */
import {type Finding, isError} from '../model/rules.ts'
import type {MergedRows, RowOutcome} from './merge-rows.ts'
import {type Side, type Standings, sideNames, standsOn} from './standing.ts'
import {keyOf, type Reading, type RowValue, readText, rowValue} from './take-apart.ts'
import type {Piece} from './write-merged.ts'

type Judged = {
  readonly pieces: readonly Piece[]
  readonly outcomes: MergedRows['outcomes']
  readonly standings: Standings
  readonly reading: Reading
}

/** @returns What is wrong, in words. */
export function findFault(judged: Judged): string | undefined {
  for (const side of sideNames) {
    const fault = findFaultOn(side, judged)
    if (fault !== undefined) return fault
  }
  const hasOthers = judged.pieces.some((piece) => typeof piece !== 'string' && piece.of === 'lines')
  return hasOthers ? findFaultOfBoth(judged) : undefined
}

/**
 * Where one side of every conflict is kept, each row says what it is to say. Of a table that only the other side shows,
 * whoever drops it sees that the rows go with it.
 */
function findFaultOn(side: Side, {pieces, outcomes, standings, reading}: Judged): string | undefined {
  const {entries, errors} = readKept(pieces, [side], reading)
  if (errors.length > 0) return 'what both sides say has errors when it stands together'
  const wanted = new Map(
    [...outcomes].filter(
      ([, outcome]) => standsOn(standings.get(outcome.table), side) && versionOn(side, outcome) !== undefined,
    ),
  )
  for (const value of entries) {
    const outcome = wanted.get(keyOf(value))
    if (!outcome || !isSaid(value, side, outcome))
      return `${value.id} would say something else than on the side that it comes from`
    wanted.delete(keyOf(value))
  }
  const [missing] = wanted.values()
  return missing && `${versionOn(side, missing)?.id} would be missing`
}

/** Whoever keeps both sides has rows twice, which the reader refuses; but none may be hidden, revived or reverted. */
function findFaultOfBoth({pieces, outcomes, reading}: Judged): string | undefined {
  for (const sides of [sideNames, sideNames.toReversed()]) {
    const {entries, errors} = readKept(pieces, sides, reading)
    // Then nobody takes it for merged.
    if (errors.some(({ruleId}) => ruleId !== 'duplicate-entry')) continue
    const missing = new Map(outcomes)
    for (const value of entries) {
      const outcome = outcomes.get(keyOf(value))
      if (!outcome || !sideNames.some((side) => isSaid(value, side, outcome)))
        return `${value.id} would say something else where both sides are kept`
      missing.delete(keyOf(value))
    }
    const [first] = missing.values()
    if (first !== undefined)
      return `${(versionOn('ours', first) ?? versionOn('theirs', first))?.id} would be missing where both sides are kept`
  }
  return undefined
}

/** `errors`: but for those of a row that is in conflict, which a person is to decide. */
function readKept(pieces: readonly Piece[], sides: readonly Side[], reading: Reading) {
  const lines: string[] = []
  const open = new Set<number>()
  for (const piece of pieces) {
    const kept = typeof piece === 'string' ? [piece] : sides.flatMap((side) => piece[side])
    for (const line of kept) {
      lines.push(line)
      if (typeof piece !== 'string' && piece.of === 'row') open.add(lines.length)
    }
  }
  const {registry, findings} = readText(lines.join('\n'), reading)
  const isOpen = pieces.some((piece) => typeof piece !== 'string')
  const isExpected = ({ruleId, place}: Finding): boolean =>
    place === undefined ? isOpen && ruleId === 'no-entries' : open.has(place.start.line)
  return {
    entries: registry.entries.map(({value}) => rowValue(value)),
    errors: findings.filter((finding) => isError(finding) && !isExpected(finding)),
  }
}

/** What is to be there where this side is kept. */
function versionOn(side: Side, {state, rows}: RowOutcome): RowValue | undefined {
  return (state === 'conflict' ? rows[side] : (rows.ours ?? rows.theirs))?.value
}

/** A row in conflict may refer to one that is gone, which the reader finds; never to another. */
function isSaid(value: RowValue, side: Side, outcome: RowOutcome): boolean {
  const version = versionOn(side, outcome)
  if (version === undefined) return false
  const isLoose = outcome.state === 'conflict' && value.sameAs === null
  return JSON.stringify(value) === JSON.stringify(isLoose ? {...version, sameAs: null} : version)
}
