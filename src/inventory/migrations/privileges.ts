/** Privileges as bits, and which of them each kind of object knows. */

/** In the order of PostgreSQL's own bits. @see https://www.postgresql.org/docs/current/ddl-priv.html table 5.1 */
const names = [
  'INSERT',
  'SELECT',
  'UPDATE',
  'DELETE',
  'TRUNCATE',
  'REFERENCES',
  'TRIGGER',
  'EXECUTE',
  'USAGE',
  'CREATE',
  'MAINTAIN',
] as const

const bitOf: Readonly<Record<string, number>> = Object.fromEntries(
  names.map((name, index) => [name, 1 << index]),
)

/** What privileges are held on. A view, a materialised view and a foreign table are tables here. */
export type AclKind = 'table' | 'column' | 'sequence' | 'routine' | 'schema' | 'type'

const kinds: Readonly<Record<AclKind, number>> = {
  table: mask('INSERT SELECT UPDATE DELETE TRUNCATE REFERENCES TRIGGER MAINTAIN'),
  column: mask('INSERT SELECT UPDATE REFERENCES'),
  sequence: mask('SELECT UPDATE USAGE'),
  routine: mask('EXECUTE'),
  schema: mask('USAGE CREATE'),
  type: mask('USAGE'),
}

/** What PUBLIC holds on a new object. @see https://www.postgresql.org/docs/current/ddl-priv.html table 5.2 */
export const publicRights: Readonly<Record<AclKind, number>> = {
  table: 0,
  column: 0,
  sequence: 0,
  routine: mask('EXECUTE'),
  schema: 0,
  type: mask('USAGE'),
}

function mask(words: string): number {
  return words.split(' ').reduce((sum, word) => sum | (bitOf[word] ?? 0), 0)
}

/**
 * All privileges of a kind of object.
 *
 * @param version Major version of the server: MAINTAIN came with 17.
 */
export function allRights(kind: AclKind, version: number): number {
  return version >= 17 ? kinds[kind] : kinds[kind] & ~(bitOf.MAINTAIN ?? 0)
}

/** @returns `undefined` for a word that names no privilege. */
export function rightNamed(word: string): number | undefined {
  const name = word.toUpperCase()
  return Object.hasOwn(bitOf, name) ? bitOf[name] : undefined
}

/** Names of the privileges in a set of bits. */
export function rightNames(rights: number): string[] {
  return names.filter((name) => (rights & (bitOf[name] ?? 0)) !== 0)
}
