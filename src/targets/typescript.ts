/** The TypeScript whitelist: a tuple, its union type, a guard, and the records by id. */
import {commentedPath} from './banner.ts'
import {listKinds} from './kind-names.ts'
import type {Target} from './target.ts'
import {tsLine, tsString} from './typescript-literal.ts'

export const typescript: Target = {
  id: 'typescript',
  file: 'security-exceptions.ts',
  template: 'typescript',
  comment: '//',
  prologue: [
    '/* eslint-disable */',
    '// biome-ignore-all lint: generated',
    '// biome-ignore-all format: generated',
  ],
  view: ({source, entries, options}) => ({
    source: commentedPath(source),
    records: options.records,
    kinds: listKinds(entries).map((kind) => ({
      ...kind.names,
      isEmpty: kind.entries.length === 0,
      entries: kind.entries.map((entry) => ({id: tsString(entry.id), record: tsLine(entry)})),
    })),
  }),
}
