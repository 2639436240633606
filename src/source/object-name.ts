/** Object Name cell → schema, name, signature. */
import {maxIdentifierBytes} from '../model/identifier.ts'
import type {ObjectClass} from '../model/kind.ts'
import {type ScannedName, type Scanner, scan} from './identifier-scanner.ts'
import {clip} from './shorten.ts'
import {readSignature} from './signature.ts'
import {readType} from './type.ts'

export type ObjectName = {
  readonly schema: string | undefined
  readonly name: string
  readonly signature: readonly string[] | null
}

/** What is wrong with a name: the rule and what its words need. */
export type NameFault =
  | {readonly ruleId: 'invalid-name'; readonly reason: string}
  | {readonly ruleId: 'upper-case-name'; readonly actual: string; readonly folded: string}

/**
 * Read `fn`, `fn()`, `fn(uuid, app_role)`, `fn(p_id uuid) → boolean`, `schema.fn(text)`, with quoted identifiers.
 *
 * `fn(...)` says that there are arguments but not which, and is read as `fn`.
 */
export function readObjectName(text: string, object: ObjectClass): ObjectName | NameFault {
  const scanner = scan(text)
  const first = scanner.takeName()
  if (first === undefined) return invalid('it does not begin with a name')
  const isQualified = scanner.take(/\./) !== undefined
  const second = isQualified ? scanner.takeName() : undefined
  if (isQualified && second === undefined) return invalid('no name follows the dot')
  const name = second ?? first
  const schema = second && first

  const list = scanner.takeList()
  const left = clip(scanner.rest())
  if (!scanner.done() && !(list !== undefined && takeResult(scanner)))
    return invalid(`\`${left}\` is left over`)
  for (const part of [schema, name]) {
    const fault = part && checkName(part)
    if (fault) return fault
  }

  const found = {schema: schema?.name, name: name.name}
  if (list === undefined) return {...found, signature: null}
  if (object === 'relation') return invalid('a table or view has no arguments')
  if (/^(?:\.\.\.|…)$/.test(list.slice(1, -1).trim())) return {...found, signature: null}
  const signature = readSignature(list.slice(1, -1))
  return 'fault' in signature ? invalid(signature.fault) : {...found, signature: signature.types}
}

/**
 * Read what a routine returns, which is no part of its identity, up to the end of the cell.
 *
 * @returns Whether there is nothing else: behind `fn() → uuid, gn()`, a second function would be lost.
 */
function takeResult(scanner: Scanner): boolean {
  if (scanner.take(/→|->|=>|:|returns\b/i) === undefined) return false
  scanner.take(/setof\b/i)
  const columns = scanner.take(/table(?= *\()/i) === undefined ? undefined : scanner.takeList()
  return (columns ?? readType(scanner)) !== undefined && scanner.done()
}

/** Read a Schema cell: one identifier. */
export function readSchemaName(text: string): string | NameFault {
  const scanner = scan(text)
  const name = scanner.takeName()
  if (name === undefined || !scanner.done()) return invalid('a schema is one identifier')
  return checkName(name) ?? name.name
}

function checkName({name, written, quoted}: ScannedName): NameFault | undefined {
  const bytes = new TextEncoder().encode(name).length
  if (bytes > maxIdentifierBytes) {
    return invalid(`a name of ${bytes} bytes, of which PostgreSQL keeps ${maxIdentifierBytes}`)
  }
  if (!quoted && name !== written) return {ruleId: 'upper-case-name', actual: written, folded: name}
  return undefined
}

function invalid(reason: string): NameFault {
  return {ruleId: 'invalid-name', reason}
}
