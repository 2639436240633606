/** Names of PostgreSQL's types: the many ways to write one, and the one that `format_type` prints. */

/** Spelling in lower case → what `format_type(oid, NULL)` prints. */
const spellings: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  int2: 'smallint',
  int8: 'bigint',
  decimal: 'numeric',
  dec: 'numeric',
  float: 'double precision',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  char: 'character',
  bpchar: 'character',
  nchar: 'character',
  'national char': 'character',
  'national character': 'character',
  varchar: 'character varying',
  'char varying': 'character varying',
  'national char varying': 'character varying',
  'national character varying': 'character varying',
  varbit: 'bit varying',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
  any: '"any"',
}

/** Builtin names of several words: no other type name has a blank in it. */
const severalWords = new Set([
  'double precision',
  'character varying',
  'char varying',
  'bit varying',
  'national char',
  'national character',
  'national char varying',
  'national character varying',
  'timestamp without time zone',
  'timestamp with time zone',
  'time without time zone',
  'time with time zone',
])

/** What may follow `interval`; `format_type` drops it as it drops every modifier. */
const intervalFields = /^interval (?:year|month|day|hour|minute|second)(?: to (?:month|hour|minute|second))?$/

/**
 * The name that PostgreSQL prints for a builtin type, or `undefined` when the words are not one of several words
 * and no known spelling of one.
 *
 * @param words Lower case, single blanks, no modifier, no array brackets.
 * @see https://www.postgresql.org/docs/current/datatype.html table 8.1
 */
export function builtinType(words: string): string | undefined {
  if (Object.hasOwn(spellings, words)) return spellings[words]
  if (severalWords.has(words)) return words
  if (intervalFields.test(words)) return 'interval'
  return undefined
}
