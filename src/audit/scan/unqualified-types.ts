/** Types that a body names without a schema. */
import {depthStep, inside, isMark, isWord, readName, splitAt} from './split.ts'
import type {Token} from './tokens.ts'

/** Types that are grammar: PostgreSQL reads them as its own, whatever the path. */
const grammarTypes = new Set([
  ...[
    'int',
    'integer',
    'smallint',
    'bigint',
    'real',
    'float',
    'double',
    'decimal',
    'dec',
    'numeric',
    'boolean',
  ],
  ...['bit', 'character', 'char', 'varchar', 'nchar', 'national', 'time', 'timestamp', 'interval'],
])

/** After `::`, in `CAST(… AS type)`, and `date '2025-01-01'`. */
export function typesOf(tokens: readonly Token[]): string[] {
  const openers: (string | undefined)[] = []
  return tokens.flatMap((token, index) => {
    const next = tokens[index + 1]
    if (depthStep(token) > 0) openers.push(tokens[index - 1]?.text)
    else if (depthStep(token) < 0) openers.pop()
    if (isMark(token, '::') || (isWord(token, 'as') && openers.at(-1) === 'cast'))
      return typeAt(tokens, index + 1)
    if (isWord(token, 'as')) return columnTypes(tokens, index + 1)
    if (isWord(token, 'table') && isCreated(tokens, index)) return createdTypes(tokens, index + 1)
    const isLiteral = token.kind === 'word' && next?.kind === 'string' && literalTypes.has(token.text)
    return isLiteral && !isMark(tokens[index - 1], '.') ? [token.text] : []
  })
}

/** Of the columns in `AS r(id uuid, note text)`, which have none in `AS r(id, note)`. */
function columnTypes(tokens: readonly Token[], start: number): string[] {
  const at = isMark(tokens[start], '(') ? start : start + 1
  if (!isMark(tokens[at], '(') || isWord(tokens[at + 1], 'select', 'with', 'values')) return []
  const columns = splitAt(inside(tokens, at), (token) => isMark(token, ','))
  return columns.every((column) => readName(column, 0)?.length === 1 && readName(column, 1) !== undefined)
    ? columns.flatMap((column) => typeAt(column, 1))
    : []
}

function isCreated(tokens: readonly Token[], index: number): boolean {
  return tokens.slice(Math.max(0, index - 3), index).some((token) => isWord(token, 'create'))
}

const constraints = ['constraint', 'primary', 'unique', 'check', 'foreign', 'exclude', 'like']

/** Of the columns of a table that the routine makes. */
function createdTypes(tokens: readonly Token[], start: number): string[] {
  const name = isWord(tokens[start], 'if') ? start + 3 : start
  const open = name + (readName(tokens, name)?.length ?? 0)
  if (!isMark(tokens[open], '(')) return []
  return splitAt(inside(tokens, open), (token) => isMark(token, ',')).flatMap((column) =>
    isWord(column[0], ...constraints) ? [] : typeAt(column, 1),
  )
}

/** Those that people write before a literal; any other word before a string is a keyword more often than a type. */
const literalTypes = new Set([
  ...[
    'date',
    'timestamptz',
    'timetz',
    'uuid',
    'json',
    'jsonb',
    'text',
    'point',
    'inet',
    'cidr',
    'bytea',
    'xml',
  ],
  ...[
    'name',
    'int2',
    'int4',
    'int8',
    'float4',
    'float8',
    'bool',
    'regclass',
    'daterange',
    'tsrange',
    'tstzrange',
  ],
])

/** A type without a schema that is not grammar; `t.c%TYPE` and `t%ROWTYPE` name a relation. */
function typeAt(tokens: readonly Token[], start: number): string[] {
  const at = isWord(tokens[start], 'setof') ? start + 1 : start
  const name = readName(tokens, at)
  if (name === undefined) return []
  const [first = ''] = name.parts
  if (isMark(tokens[at + name.length], '%')) {
    const isRow = isWord(tokens[at + name.length + 1], 'rowtype')
    return name.parts.length === (isRow ? 1 : 2) ? [first] : []
  }
  const isGrammar = tokens[at]?.kind === 'word' && grammarTypes.has(first)
  return name.parts.length > 1 || isGrammar ? [] : [first]
}

/** Of variables, between DECLARE and BEGIN. */
export function declaredTypes(tokens: readonly Token[]): string[] {
  const types: string[] = []
  let isDeclaring = false
  tokens.forEach((token, index) => {
    if (isWord(token, 'declare')) isDeclaring = true
    else if (isWord(token, 'begin')) isDeclaring = false
    else if (isDeclaring && (isWord(tokens[index - 1], 'declare') || isMark(tokens[index - 1], ';'))) {
      const at = isWord(tokens[index + 1], 'constant') ? index + 2 : index + 1
      if (!isWord(tokens[at], 'alias', 'cursor', 'no', 'scroll')) types.push(...typeAt(tokens, at))
    }
  })
  return types
}
