/** Changes as JSON, for scripts. */
import type {FieldChange, JudgedChange} from '../diff/change.ts'
import {concerns, levels} from '../diff/concerns.ts'
import type {Finding} from '../model/rules.ts'
import type {DiffView} from './diff-words.ts'
import {jsonReport} from './json.ts'
import type {RegistrySummary} from './summary.ts'
import {visibleJson} from './visible.ts'

export type JsonDiff = {
  readonly verdict: 'clean' | 'findings' | 'undecided'
  readonly findings: readonly Finding[]
  readonly documents: readonly RegistrySummary[]
  readonly base: DiffView['base']
  readonly isConfigKnown: boolean
  /** `undefined` where nothing was compared. */
  readonly registries: DiffView['registries'] | undefined
}

/** Paths are relative to the project's root; lines and columns are 1-based, in UTF-16 code units. */
export function jsonDiff(diff: JsonDiff): string {
  const {verdict, findings, documents, base, isConfigKnown, registries} = diff
  const all = registries?.flatMap(({changes}) => changes) ?? []
  const counted = Object.fromEntries(
    levels.map((level) => [level, all.filter((change) => change.level === level).length]),
  )
  const {revision, commit, day} = base
  const frame: object = JSON.parse(jsonReport({command: 'diff', findings, documents, outputs: []}))
  const whole = {
    ...frame,
    verdict,
    base: {revision, commit, day, isConfigKnown},
    diff: registries === undefined ? null : {levels: counted, registries: registries.map(jsonRegistry)},
  }
  return visibleJson(`${JSON.stringify(whole, null, 2)}\n`)
}

function jsonRegistry({name, before, after, changes}: DiffView['registries'][number]) {
  return {
    name: name ?? null,
    before: before ?? null,
    after: after ?? null,
    changes: changes.map(jsonChange),
  }
}

function jsonChange(change: JudgedChange) {
  const {level, type} = change
  const said = {level, type, concerns: change.concerns.map((id) => ({id, says: concerns[id].says}))}
  if ('event' in change) {
    const {value, extra, row} = change.event
    return {...said, event: {...value, ...(extra && {extra})}, place: row}
  }
  if (change.type !== 'changed') return {...said, entry: change.entry.value, place: change.entry.row}
  const {before, after, fields, dependents} = change
  return {
    ...said,
    before: before.value,
    after: after.value,
    fields: fields.map(jsonField),
    dependents,
    place: after.row,
  }
}

function jsonField(change: FieldChange) {
  return 'parts' in change ? {field: change.field, words: change.parts} : change
}
