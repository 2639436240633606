/** Calls by name in a body, and what is handed over to them. */
import {type Trust, type TrustOfName, trustOf, worst} from './operand.ts'
import {inside, isMark, readName, splitAt} from './split.ts'
import type {Token} from './tokens.ts'

export type Call = {
  /** The name as it is written, with its schema where that is stated. */
  readonly parts: readonly string[]
  /** The worst of the arguments. */
  readonly trust: Trust
}

/** Whatever stands before a parenthesis: who knows the names that matter picks them out. */
export function callsIn(tokens: readonly Token[], ofName: TrustOfName): Call[] {
  return namesCalled(tokens).map(({parts, open}) => {
    const content = inside(tokens, open)
    const list = content.length === 0 ? [] : splitAt(content, (token) => isMark(token, ','))
    return {parts, trust: worst(list.map((argument) => trustOf(withoutKey(argument), ofName)))}
  })
}

/** Of a text that is SQL only when it runs: what its arguments will be is not followed. */
export function callsInText(tokens: readonly Token[]): Call[] {
  return namesCalled(tokens).map(({parts}) => ({parts, trust: 'opaque'}))
}

function namesCalled(tokens: readonly Token[]): {parts: readonly string[]; open: number}[] {
  return tokens.flatMap((_, index) => {
    const name = isMark(tokens[index - 1], '.') ? undefined : readName(tokens, index)
    const open = index + (name?.length ?? 0)
    return name !== undefined && isMark(tokens[open], '(') ? [{parts: name.parts, open}] : []
  })
}

/** `p_sql => …` and, as it used to be written, `p_sql := …`. */
function withoutKey(argument: readonly Token[]): readonly Token[] {
  return isMark(argument[1], '=>') || isMark(argument[1], ':=') ? argument.slice(2) : argument
}
