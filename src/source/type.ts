/** One type, as SQL writes it → as PostgreSQL prints it. */
import {builtinType, catalogType, isReserved, showTypeName} from '../model/type-name.ts'
import type {Scanner} from './identifier-scanner.ts'

/** Read the type at the cursor and leave the cursor behind it; `undefined` where none stands. */
export function readType(scanner: Scanner): string | undefined {
  const base = readSeveralWords(scanner) ?? readName(scanner)
  if (base === undefined) return undefined
  const modifier = scanner.take(/\([^()]*\)/)
  const type = base === 'float' ? sizedFloat(modifier) : base
  return takeArray(scanner) ? `${type}[]` : type
}

/** `float(24)` is one of two types, by its precision in bits. */
function sizedFloat(modifier: string | undefined): string {
  return Number(modifier?.slice(1, -1) ?? 53) <= 24 ? 'real' : 'double precision'
}

/** However many dimensions are written, PostgreSQL keeps and prints one. */
function takeArray(scanner: Scanner): boolean {
  if (scanner.take(/array\b/i) !== undefined) {
    scanner.take(/\[\d*\]/)
    return true
  }
  let found = false
  while (scanner.take(/\[\d*\]/) !== undefined) found = true
  return found
}

/** Longest first: `timestamp(3) with time zone` is one name with a modifier in its middle. */
function readSeveralWords(scanner: Scanner): string | undefined {
  const words = scanner.take(
    /(?:timestamp|time)(?: *\( *\d+ *\))? +with(?:out)? +time +zone\b|double +precision\b|(?:national +char(?:acter)?|nchar|char(?:acter)?) +varying\b|national +char(?:acter)?\b|bit +varying\b|interval +(?:year|month|day|hour|minute|second)(?: +to +(?:month|hour|minute|second))?\b/i,
  )
  if (words === undefined) return undefined
  return builtinType(
    words
      .replace(/\([^)]*\)/, ' ')
      .toLowerCase()
      .replace(/ +/g, ' '),
  )
}

function readName(scanner: Scanner): string | undefined {
  const first = scanner.takeName()
  if (first === undefined) return undefined
  if (scanner.take(/\./) === undefined) {
    if (first.quoted) return catalogType(first.name) ?? showTypeName(first.name)
    if (first.name === 'float') return 'float'
    return builtinType(first.name) ?? (isReserved(first.name) ? undefined : showTypeName(first.name))
  }
  const second = scanner.takeName()
  if (second === undefined) return undefined
  if (first.name !== 'pg_catalog') return `${showTypeName(first.name)}.${showTypeName(second.name)}`
  return catalogType(second.name) ?? (isGrammarOnly(second.name) ? undefined : showTypeName(second.name))
}

/** `integer` is a word of the grammar: there is no `pg_catalog.integer`. There is a `pg_catalog."char"`. */
function isGrammarOnly(name: string): boolean {
  return builtinType(name) !== undefined && name !== 'char' && name !== 'any'
}
