/** Merges three texts as the driver does, with git for all that is no row. */
import stringWidth from 'string-width'
import {expect} from 'vitest'
import {mergeFile} from '../../src/io/merge-file.ts'
import {type MergedDocument, mergeDocuments} from '../../src/merge/merge-documents.ts'
import {mapSides, type Sides} from '../../src/merge/sides.ts'
import type {Entry} from '../../src/model/entry.ts'
import {prettierWidth} from '../../src/source/format/prettier-width.ts'
import {documentPath} from '../support/documents.ts'
import {read, today} from '../support/read.ts'

const labels = {ours: 'ours', base: 'base', theirs: 'theirs'}

export function merge(texts: Sides<string>): Promise<MergedDocument> {
  return mergeDocuments(texts, {
    reading: {path: documentPath, today, columns: {}, measure: prettierWidth(stringWidth)},
    markers: {size: 7, ours: 'ours', theirs: 'theirs'},
    async mergeLines(lines, markerSize) {
      const bytes = mapSides(lines, (text) => new TextEncoder().encode(text))
      const merged = await mergeFile('/', bytes, {markerSize, labels, conflictStyle: 'merge'})
      return new TextDecoder().decode(merged.bytes)
    },
  })
}

/** A text with its conflicts decided for one side. */
export function decided(text: string, side: 'ours' | 'theirs'): string {
  return kept(text, [side])
}

/** A text of whose conflicts these sides are kept. */
export function kept(text: string, sides: readonly ('ours' | 'theirs')[]): string {
  return text.replace(
    /^<<<<<<< ours\r?\n([\s\S]*?)^=======\r?\n([\s\S]*?)^>>>>>>> theirs(?:\r?\n|$)/gm,
    (_, ours: string, theirs: string) => sides.map((side) => ({ours, theirs})[side]).join(''),
  )
}

/** What each row says, by its id; no row may stand there twice. */
export function recordsOf(text: string): Map<string, string> {
  const {registry, findings} = read(text)
  // Each side may have taken away what the other has left.
  expect(findings.filter(({ruleId}) => ruleId !== 'no-entries')).toEqual([])
  return new Map(registry.entries.map(({value}) => [value.id, textOf(value)]))
}

/** Without the headings above it, which say nothing of a row. */
export function textOf({section: _, ...value}: Entry): string {
  return JSON.stringify(value)
}
