/** Types whose text cannot carry SQL. */
import type {Token} from './tokens.ts'

/** Types whose text holds no quote and no word that could start SQL; the `reg…` types quote what they print. */
export const harmlessTypes: ReadonlySet<string> = new Set([
  ...['smallint', 'integer', 'bigint', 'int', 'int2', 'int4', 'int8', 'numeric', 'decimal', 'real', 'float4'],
  ...['float8', 'float', 'boolean', 'bool', 'uuid', 'oid', 'date', 'regclass', 'regtype', 'regproc'],
  ...['regprocedure', 'regnamespace', 'regrole', 'double precision', 'timestamp without time zone'],
  ...['timestamp with time zone', 'timestamptz', 'timestamp'],
])

/** In quotes it would be another type, one of the project. */
export function isHarmlessType(type: readonly Token[]): boolean {
  return type.every(({kind}) => kind === 'word') && harmlessTypes.has(type.map(({text}) => text).join(' '))
}
