/** The JSON manifest: every record, one a line. */
import {manifestVersion} from '../model/manifest-version.ts'
import {banner} from './banner.ts'
import type {Target} from './target.ts'
import {jsonLine} from './typescript-literal.ts'

export const json: Target = {
  id: 'json',
  file: 'security-exceptions.json',
  template: 'json',
  comment: null,
  prologue: [],
  view: ({source, entries, history, options}) => ({
    hasSchema: options.manifestSchema !== null,
    schema: jsonLine(options.manifestSchema),
    comment: jsonLine(banner(source)),
    version: jsonLine(manifestVersion),
    source: jsonLine(source),
    entries: entries.map(jsonLine),
    history: history.map(jsonLine),
  }),
}
