/** What became of every row and of every definer without one, as numbers that add up. */
import type {Routine} from '../model/inventory.ts'
import {routinesOf} from './match.ts'
import type {Judgement} from './rule.ts'
import type {Subject} from './subject.ts'

/** `documented + undocumented = verified + refuted + unknown`. */
export type Tallies = {
  /** Rows, of every kind. */
  readonly documented: number
  /** Definers, and routines that may be definers, that no row speaks of. */
  readonly undocumented: number
  /** No error is told of the row or its routine, and nothing about them is unknown. */
  readonly verified: number
  readonly refuted: number
  readonly unknown: number
}

type Verdict = 'verified' | 'refuted' | 'unknown'

/** @param sawNothing Then nothing can be verified, and no rule but that one was judged. */
export function tally(subject: Subject, judgements: readonly Judgement[], sawNothing: boolean): Tallies {
  const ofRow = new Map<object, Verdict>()
  const ofRoutine = new Map<Routine, Verdict>()
  const ofObject = new Map<string, Verdict>()
  for (const {verdict, entry, routines, object} of judgements) {
    if (entry) worsen(ofRow, entry.row, verdict)
    for (const routine of routines ?? []) worsen(ofRoutine, routine, verdict)
    worsen(ofObject, object, verdict)
  }
  const verdictOf = (verdicts: readonly (Verdict | undefined)[]): Verdict => {
    if (verdicts.includes('refuted')) return 'refuted'
    return sawNothing || verdicts.includes('unknown') ? 'unknown' : 'verified'
  }
  const about = (routine: Routine) => [ofRoutine.get(routine), ofObject.get(routine.id)]
  const byRow = new Map(subject.match.rows.map((row) => [row.entry, routinesOf(row)]))
  const outcomes = [
    ...subject.entries.map((entry) =>
      verdictOf([ofRow.get(entry), ...(byRow.get(entry) ?? []).flatMap(about)]),
    ),
    ...subject.match.undocumented.map((routine) => verdictOf(about(routine))),
  ]
  const count = (verdict: Verdict) => outcomes.filter((outcome) => outcome === verdict).length
  return {
    documented: subject.entries.length,
    undocumented: subject.match.undocumented.length,
    verified: count('verified'),
    refuted: count('refuted'),
    unknown: count('unknown'),
  }
}

function worsen<Key>(verdicts: Map<Key, Verdict>, key: Key, verdict: Verdict): void {
  if (verdicts.get(key) !== 'refuted') verdicts.set(key, verdict)
}
