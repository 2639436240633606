/** Two texts → what they have in common and what not, word by word. */
import {diffWordsWithSpace} from 'diff'
import type {Part} from './change.ts'

/** The shortest answer costs the square of its length; past so many changed words, any answer will do. */
const maxChanges = 2000

/** @returns Parts of at least one character each. */
export function compareWords({before, after}: {before: string; after: string}): Part[] {
  const parts = diffWordsWithSpace(before, after, {maxEditLength: maxChanges}) ?? [
    {value: before, removed: true, added: false},
    {value: after, removed: false, added: true},
  ]
  return parts
    .filter(({value}) => value !== '')
    .map(({value, removed, added}) => ({
      kind: removed ? 'removed' : added ? 'added' : 'same',
      text: value,
    }))
}
