/** The argument list of an Object Name cell → the input types by which PostgreSQL tells overloads apart. */
import {showIdentifier} from '../model/identifier.ts'
import {builtinType} from '../model/type-name.ts'
import {scan} from './identifier-scanner.ts'

/** Types, or what is wrong with the list. */
export type Signature = {readonly types: readonly string[]} | {readonly fault: string}

/**
 * Read the arguments between the parentheses: `uuid, app_role`, or `p_id uuid DEFAULT NULL, OUT n integer`.
 *
 * Names, defaults, modifiers and OUT arguments are dropped: they are no part of a routine's identity.
 *
 * @returns Types as `format_type` prints them; types that are not builtin stay as qualified as they were written.
 * @see https://www.postgresql.org/docs/current/sql-createfunction.html
 */
export function readSignature(list: string): Signature {
  if (list.trim() === '') return {types: []}
  const types: string[] = []
  for (const argument of splitArguments(list)) {
    const declaration = argument.replace(/\s*(?:\bdefault\b|:?=)[\s\S]*$/i, '').trim()
    if (declaration === '') return {fault: 'an argument is empty'}
    const mode = /^(in\s+out|inout|in|out|variadic)\s+(?=\S)/i.exec(declaration)
    if (mode?.[1]?.toLowerCase() === 'out') continue
    const rest = declaration.slice(mode?.[0].length ?? 0)
    const type = readType(rest) ?? readType(withoutName(rest))
    if (type === undefined) return {fault: `\`${argument.trim()}\` is not a type`}
    types.push(type)
  }
  return {types}
}

/** Split at commas outside of parentheses, brackets and quotes. */
function splitArguments(list: string): string[] {
  const parts = ['']
  let depth = 0
  for (const token of list.match(/"(?:[^"]|"")*"|'(?:[^']|'')*'|[\s\S]/g) ?? []) {
    if (token === '(' || token === '[') depth++
    if (token === ')' || token === ']') depth--
    if (token === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += token
  }
  return parts
}

function withoutName(declaration: string): string {
  const scanner = scan(declaration)
  scanner.takeName()
  return scanner.rest()
}

/** One type, whole: `undefined` when anything is left over, as with a name before it. */
function readType(text: string): string | undefined {
  const scanner = scan(text)
  const base = readBuiltin(scanner) ?? readQualified(scanner)
  if (base === undefined) return undefined
  scanner.take(/\([^()]*\)/)
  const isArray = takeArray(scanner)
  if (!scanner.done()) return undefined
  return isArray ? `${base}[]` : base
}

/** However many dimensions are written, PostgreSQL keeps and prints one. */
function takeArray(scanner: ReturnType<typeof scan>): boolean {
  const brackets = scanner.take(/array\b/i) === undefined ? scanner.take(/\[\d*\]/) : 'array'
  while (scanner.take(/\[\d*\]/) !== undefined);
  return brackets !== undefined
}

/** Longest first: `timestamp(3) with time zone` is one name with a modifier in its middle. */
function readBuiltin(scanner: ReturnType<typeof scan>): string | undefined {
  const words = scanner.take(
    /(?:pg_catalog\.)?(?:timestamp|time)(?:\s*\(\d+\))?\s+with(?:out)?\s+time\s+zone\b|double\s+precision\b|(?:national\s+)?char(?:acter)?\s+varying\b|national\s+char(?:acter)?\b|bit\s+varying\b|interval\s+(?:year|month|day|hour|minute|second)(?:\s+to\s+(?:month|hour|minute|second))?\b/i,
  )
  if (words === undefined) return undefined
  const plain = words.replace(/^pg_catalog\./i, '').replace(/\s*\(\d+\)/, '')
  return builtinType(plain.toLowerCase().replace(/\s+/g, ' '))
}

function readQualified(scanner: ReturnType<typeof scan>): string | undefined {
  const first = scanner.takeName()
  if (first === undefined) return undefined
  const second = scanner.take(/\./) === undefined ? undefined : scanner.takeName()
  const name = second ?? first
  if (second !== undefined && first.name !== 'pg_catalog') {
    return `${showIdentifier(first.name)}.${showIdentifier(name.name)}`
  }
  return (name.quoted ? undefined : builtinType(name.name)) ?? showIdentifier(name.name)
}
