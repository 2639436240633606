/** Names of PostgreSQL's types: the many ways to write one, and the one that `format_type` prints. */
import {quoteIdentifier, showIdentifier} from './identifier.ts'

/** Spellings that are names in `pg_catalog`, and so hold in quotes and behind `pg_catalog.` too. */
const catalogNames: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  bit: 'bit',
  varbit: 'bit varying',
  bpchar: 'character',
  varchar: 'character varying',
  numeric: 'numeric',
  json: 'json',
  interval: 'interval',
  time: 'time without time zone',
  timetz: 'time with time zone',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
}

/** Spellings that are grammar: keywords, of one word or several, that hold only without quotes and a schema. */
const grammarNames: Readonly<Record<string, string>> = {
  smallint: 'smallint',
  int: 'integer',
  integer: 'integer',
  bigint: 'bigint',
  real: 'real',
  float: 'double precision',
  'double precision': 'double precision',
  dec: 'numeric',
  decimal: 'numeric',
  boolean: 'boolean',
  'bit varying': 'bit varying',
  char: 'character',
  character: 'character',
  nchar: 'character',
  'national char': 'character',
  'national character': 'character',
  'char varying': 'character varying',
  'character varying': 'character varying',
  'nchar varying': 'character varying',
  'national char varying': 'character varying',
  'national character varying': 'character varying',
  'time without time zone': 'time without time zone',
  'time with time zone': 'time with time zone',
  'timestamp without time zone': 'timestamp without time zone',
  'timestamp with time zone': 'timestamp with time zone',
  // Not grammar: without quotes it is an error. But there is nothing else that it could mean.
  any: '"any"',
}

/** What may follow `interval`; `format_type` drops it as it drops every modifier. */
const intervalFields = /^interval (?:year|month|day|hour|minute|second)(?: to (?:month|hour|minute|second))?$/

/** Every spelling whose printed form is another one. */
export const typeSpellings: readonly string[] = [...Object.keys(catalogNames), ...Object.keys(grammarNames)]

/**
 * The name that PostgreSQL prints for a builtin type that is written without quotes and without a schema, or
 * `undefined` for any other words.
 *
 * @param words Lower case, single blanks, no modifier, no array brackets.
 * @see https://www.postgresql.org/docs/current/datatype.html table 8.1
 */
export function builtinType(words: string): string | undefined {
  if (Object.hasOwn(grammarNames, words)) return grammarNames[words]
  return catalogType(words) ?? (intervalFields.test(words) ? 'interval' : undefined)
}

/** The name that PostgreSQL prints for a name of `pg_type` in `pg_catalog`, where that is another one. */
export function catalogType(name: string): string | undefined {
  return Object.hasOwn(catalogNames, name) ? catalogNames[name] : undefined
}

/** Keywords that must be quoted as the name of a type or of an argument. PostgreSQL 18. */
const reserved = new Set(
  [
    'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create',
    'current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc',
    'distinct do else end except false fetch for foreign from grant group having in initially intersect into',
    'lateral leading limit localtime localtimestamp not null offset on only or order placing primary references',
    'returning select session_user some symmetric system_user table then to trailing true union unique user using',
    'variadic when where window with',
    'between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int',
    'integer interval json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar',
    'json_serialize json_table json_value least merge_action national nchar none normalize nullif numeric out',
    'overlay position precision real row setof smallint substring time timestamp treat trim values varchar',
    'xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize',
    'xmltable',
  ].flatMap((words) => words.split(' ')),
)

/** Keywords that a type or an argument may have as its name, but that PostgreSQL prints in quotes. */
const quotedWhenPrinted = new Set(
  [
    'authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left',
    'like natural notnull outer overlaps right similar tablesample verbose',
  ].flatMap((words) => words.split(' ')),
)

/** @see https://www.postgresql.org/docs/current/sql-keywords-appendix.html */
export function isReserved(word: string): boolean {
  return reserved.has(word)
}

/** The name of a type, or of its schema, as PostgreSQL prints it: a keyword in quotes. */
export function showTypeName(name: string): string {
  return reserved.has(name) || quotedWhenPrinted.has(name) ? quoteIdentifier(name) : showIdentifier(name)
}
