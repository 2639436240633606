/** Every output that comes with the tool. Adding one is adding a file, its id to the configuration, and a line. */
import type {TargetId} from '../model/default-registry.ts'
import {json} from './json.ts'
import {jsonSchema} from './json-schema.ts'
import {pgtap} from './pgtap.ts'
import {python} from './python.ts'
import {sql} from './sql.ts'
import type {Target} from './target.ts'
import {typescript} from './typescript.ts'

export const targets: Readonly<Record<TargetId, Target>> = {
  typescript,
  python,
  sql,
  json,
  'json-schema': jsonSchema,
  pgtap,
}
