/** The argument list of an Object Name cell → the input types by which PostgreSQL tells overloads apart. */
import {isReserved} from '../model/type-name.ts'
import {scan} from './identifier-scanner.ts'
import {splitArguments} from './parentheses.ts'
import {clip} from './shorten.ts'
import {readType} from './type.ts'

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
    if (argument.trim() === '') return {fault: 'an argument is empty'}
    const read = readArgument(argument.trim())
    if (read === undefined) return {fault: `\`${clip(argument)}\` is not a type`}
    if (read.mode !== 'out') types.push(read.type)
  }
  return {types}
}

type Argument = {readonly mode: string; readonly type: string}

/** `[mode] [name] type [default]`, or `name mode type [default]`, the order that PostgreSQL takes too. */
function readArgument(argument: string): Argument | undefined {
  const {mode, rest} = takeMode(argument)
  const type = readDeclared(rest)
  if (type !== undefined) return {mode, type}

  const unnamed = withoutName(rest)
  if (unnamed === undefined) return undefined
  const later = mode === '' ? takeMode(unnamed) : {mode, rest: unnamed}
  const named = readDeclared(later.rest)
  return named === undefined ? undefined : {mode: later.mode, type: named}
}

function takeMode(text: string): {mode: string; rest: string} {
  const written = /^(?:in\s+out|inout|in|out|variadic)(?=\s+\S)/i.exec(text)?.[0] ?? ''
  return {mode: written.toLowerCase(), rest: text.slice(written.length).trimStart()}
}

/** What follows a name that an argument can have, or `undefined` where no name stands: `setof` is a keyword. */
function withoutName(declaration: string): string | undefined {
  const scanner = scan(declaration)
  const name = scanner.takeName()
  if (name === undefined || (!name.quoted && isReserved(name.name))) return undefined
  return scanner.rest().trimStart()
}

/** A type, whole, with or without a default. */
function readDeclared(text: string): string | undefined {
  const scanner = scan(text)
  const type = readType(scanner)
  return scanner.done() || scanner.take(/(?:default\b|:?=)[\s\S]/i) !== undefined ? type : undefined
}
