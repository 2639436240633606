/** The document after an edit, held against the one before: nothing but what was meant may be different. */
import type {Entry} from '../../model/entry.ts'
import {Failure} from '../../model/failure.ts'
import type {Located} from '../../model/registry.ts'
import {type Finding, isError} from '../../model/rules.ts'
import {applyEdits, type TextEdit} from '../../source/edit/text-edit.ts'
import type {ReadResult} from '../../source/registry.ts'
import {readDocument} from '../read.ts'
import type {OpenDocument} from './documents.ts'

export type Draft = {
  readonly edits: readonly TextEdit[]
  /** The row that is edited, as it was; `undefined` where it is new. */
  readonly old?: Located<Entry>
  /** The line on which it stands afterwards; `undefined` where it is taken away. */
  readonly line?: number
  /** What its record must say. */
  readonly wanted: Partial<Entry>
  /** The heading below which it must stand, where that is new. */
  readonly heading?: string
  /** Ids of rows that must refer to it afterwards. */
  readonly referrers?: readonly string[]
}

export type Judged = {
  readonly text: string
  readonly after: ReadResult
  /** The row afterwards. */
  readonly entry: Located<Entry> | undefined
  /** Errors that were not there before. */
  readonly newErrors: readonly Finding[]
  /** Why it must not be written, where no finding says so. */
  readonly refusal: Failure | undefined
}

export function judge(document: OpenDocument, draft: Draft, today: string): Judged {
  const text = applyEdits(document.text, draft.edits)
  const {registry, findings} = readDocument(document.config, new TextEncoder().encode(text), {today})
  if (registry === undefined) throw new Error('A document that was text is none after an edit')
  const after = {registry, findings}
  const entry = after.registry.entries.find(({row}) => row.start.line === draft.line)
  const newErrors = findNewErrors(document, text, findings)
  return {text, after, entry, newErrors, refusal: refuse(document, draft, after, entry)}
}

/** Places move with an edit; a finding is known by its rule and by the text that it points at. */
function findNewErrors({text, findings}: OpenDocument, fresh: string, after: readonly Finding[]): Finding[] {
  const known = new Map<string, number>()
  for (const finding of findings) {
    const key = keyOf(finding, text)
    known.set(key, (known.get(key) ?? 0) + 1)
  }
  return after.filter(isError).filter((finding) => {
    const key = keyOf(finding, fresh)
    const left = known.get(key) ?? 0
    known.set(key, left - 1)
    return left <= 0
  })
}

function keyOf({ruleId, place}: Finding, text: string): string {
  return `${ruleId} ${place === undefined ? '' : text.slice(place.start.offset, place.end.offset)}`
}

function refuse(
  {registry: before, config}: OpenDocument,
  {old, line, wanted, heading, referrers = []}: Draft,
  {registry}: ReadResult,
  entry: Located<Entry> | undefined,
): Failure | undefined {
  const hint = `Nothing was written. Edit ${config.document} by hand.`
  if (line !== undefined && entry === undefined)
    return new Failure(`Cannot write the row: nothing would be read from line ${line}`, {hint})
  for (const field of Object.keys(wanted) as (keyof Entry)[]) {
    if (JSON.stringify(entry?.value[field]) !== JSON.stringify(wanted[field]))
      return new Failure(`Cannot write the row: its ${field} would not be read back as it was typed`, {hint})
  }
  if (heading !== undefined && entry?.value.section.at(-1) !== heading)
    return new Failure(`Cannot write the heading ${JSON.stringify(heading)}: it would be read otherwise`, {
      hint,
    })
  const rest = registry.entries.filter((other) => other !== entry)
  const expected = before.entries.filter((other) => other !== old)
  for (const [index, {value}] of expected.entries()) {
    const actual = rest[index]?.value
    const isReferrer = entry !== undefined && referrers.includes(value.id)
    const meant = isReferrer ? {...value, sameAs: entry.value.id, risks: actual?.risks} : value
    if (JSON.stringify(actual) !== JSON.stringify(meant)) return changed(value, actual, hint)
  }
  if (rest.length !== expected.length || historyOf(registry) !== historyOf(before))
    return new Failure('Cannot write the row: other rows would be read otherwise', {hint})
  return undefined
}

function changed(value: Entry, actual: Entry | undefined, hint: string): Failure {
  if (actual?.id === value.id && actual.sameAs !== value.sameAs) {
    const [from, to] = [value.sameAs ?? 'nothing', actual.sameAs ?? 'nothing']
    return new Failure(`Cannot write the row: “Same as” of ${value.id} would mean ${to} instead of ${from}`, {
      hint: `Write the name with its schema in the row of ${value.id} first.`,
    })
  }
  return new Failure(`Cannot write the row: ${value.id} would be read otherwise`, {hint})
}

function historyOf({history}: ReadResult['registry']): string {
  return JSON.stringify(history.map(({value, extra}) => [value, extra]))
}
