/** The JSON Schema of the manifest. */
import {banner} from './banner.ts'
import type {Target} from './target.ts'
import {manifestSchemaFields} from './templates.gen.ts'
import {jsonLine} from './typescript-literal.ts'

export const jsonSchema: Target = {
  id: 'json-schema',
  file: 'security-exceptions.schema.json',
  template: 'json-schema',
  comment: null,
  prologue: [],
  view: ({source}) => ({comment: jsonLine(banner(source)), fields: manifestSchemaFields}),
}
