/** Object Name cell → schema, name, signature. */
import {maxIdentifierBytes} from '../model/identifier.ts'
import type {ObjectClass} from '../model/kind.ts'
import {type ScannedName, scan} from './identifier-scanner.ts'
import {readSignature} from './signature.ts'

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
  const second = scanner.take(/\./) === undefined ? undefined : scanner.takeName()
  const name = second ?? first
  const schema = second && first

  const list = scanner.take(/\((?:[^()"]|"(?:[^"]|"")*"|\([^()]*\))*\)/)
  if (list !== undefined) scanner.take(/(?:→|->|=>|:|returns\b)[\s\S]*/i)
  if (!scanner.done()) return invalid(`\`${scanner.rest().trim()}\` is left over`)
  for (const part of [schema, name]) {
    const fault = part && checkName(part)
    if (fault) return fault
  }

  const found = {schema: schema?.name, name: name.name}
  if (list === undefined || /^\(\s*(?:\.\.\.|…)\s*\)$/.test(list)) return {...found, signature: null}
  if (object === 'relation') return invalid('a table or view has no arguments')
  const signature = readSignature(list.slice(1, -1))
  return 'fault' in signature ? invalid(signature.fault) : {...found, signature: signature.types}
}

/** Read a Schema cell: one identifier. */
export function readSchemaName(text: string): string | NameFault {
  const scanner = scan(text)
  const name = scanner.takeName()
  if (name === undefined || !scanner.done()) return invalid('a schema is one identifier')
  return checkName(name) ?? name.name
}

function checkName({name, written, quoted}: ScannedName): NameFault | undefined {
  if (!quoted && name !== written) return {ruleId: 'upper-case-name', actual: written, folded: name}
  const bytes = new TextEncoder().encode(name).length
  if (bytes > maxIdentifierBytes) {
    return invalid(`a name of ${bytes} bytes, of which PostgreSQL keeps ${maxIdentifierBytes}`)
  }
  return undefined
}

function invalid(reason: string): NameFault {
  return {ruleId: 'invalid-name', reason}
}
