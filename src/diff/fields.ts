/** Two states of an entry → the fields that differ. */
import type {Entry} from '../model/entry.ts'
import {type FieldChange, type Part, textFields, type ValueField} from './change.ts'

export type CompareWords = (texts: {before: string; after: string}) => readonly Part[]

/** Every field but the sentences, in the order in which a reviewer asks. */
const valueFields = {
  id: true,
  kind: true,
  schema: true,
  name: true,
  signature: true,
  grant: true,
  sameAs: true,
  approval: true,
  section: true,
  extra: true,
} as const satisfies Record<ValueField, true>

export function compareFields(
  {before, after}: {before: Entry; after: Entry},
  compareWords: CompareWords,
): FieldChange[] {
  const texts = textFields
    .filter((field) => before[field] !== after[field])
    .map((field) => ({field, parts: compareWords({before: before[field], after: after[field]})}))
  const values = (Object.keys(valueFields) as ValueField[])
    .filter((field) => canonical(before[field]) !== canonical(after[field]))
    .map((field) => ({field, before: before[field], after: after[field]}) as FieldChange)
  return [...texts, ...values]
}

/** The same text for the same value, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))
      : inner,
  )
}
