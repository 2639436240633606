/** Whether what an expression yields can carry SQL that a caller chose. */
import {trustsOfFormat} from './format.ts'
import {isHarmlessType} from './harmless-types.ts'
import {depthStep, inside, isMark, isWord, readName, splitAt} from './split.ts'
import type {Token} from './tokens.ts'

/**
 * `safe`: constant, or quoted. `tainted`: the text of an argument becomes SQL as it is. `opaque`: made elsewhere, or
 * in a way that this scan does not follow.
 */
export type Trust = 'safe' | 'opaque' | 'tainted'

/** What is known of a name in the body, which an argument, a variable or a column may have. */
export type TrustOfName = (parts: readonly string[]) => Trust

/** Functions whose result stands for one literal or one name, whatever goes in. */
const quoting = new Set(['quote_ident', 'quote_literal', 'quote_nullable'])

/** Functions whose result is made of their arguments. */
const passing = new Set([
  'coalesce',
  'nullif',
  'concat',
  'concat_ws',
  'greatest',
  'least',
  'string_agg',
  'array_to_string',
])

export const worst = (trusts: readonly Trust[]): Trust =>
  trusts.includes('tainted') ? 'tainted' : trusts.includes('opaque') ? 'opaque' : 'safe'

export function trustOf(expression: readonly Token[], ofName: TrustOfName): Trust {
  const operands = splitAt(expression, (token) => isMark(token, '||'))
  return worst(operands.map((operand) => trustOfOperand(operand, ofName)))
}

function trustOfOperand(operand: readonly Token[], ofName: TrustOfName): Trust {
  const [tokens = [], ...casts] = splitAt(operand, (token) => isMark(token, '::'))
  // `''::text <operator> p_name` is no cast alone.
  if (casts.some((type) => type.some(({kind}) => kind === 'operator'))) return worstNameIn(operand, ofName)
  const isHarmless = casts.some(isHarmlessType)
  const [first] = tokens
  if (first === undefined) return 'opaque'
  if (tokens.every(isConstant)) return 'safe'
  if (isMark(first, '(') && closesAtEnd(tokens, 0)) {
    const content = inside(tokens, 0)
    // Some query's result: what it was made of is not followed.
    if (isWord(content[0], 'select', 'with')) return 'opaque'
    return isHarmless ? 'safe' : trustOf(content, ofName)
  }
  if (isWord(first, 'case') && isWord(tokens.at(-1), 'end')) return trustOfCase(tokens.slice(1, -1), ofName)
  const name = readName(tokens, 0)
  if (name && isMark(tokens[name.length], '(') && closesAtEnd(tokens, name.length)) {
    return isHarmless ? 'safe' : trustOfCall(name.parts, inside(tokens, name.length), ofName)
  }
  if (isHarmless && (name?.length === tokens.length || first.kind === 'parameter')) return 'safe'
  if (name?.length === tokens.length) return ofName(name.parts)
  if (first.kind === 'parameter' && tokens.length === 1) return ofName([first.text])
  return worstNameIn(tokens, ofName)
}

function isConstant(token: Token): boolean {
  return token.kind === 'string' || token.kind === 'number' || isWord(token, 'true', 'false', 'null')
}

/** Of an expression that is not followed: an argument in it may come out as it went in. */
function worstNameIn(tokens: readonly Token[], ofName: TrustOfName): Trust {
  const names = tokens.flatMap((token, index) => {
    if (token.kind === 'parameter') return [[token.text]]
    const parts = isMark(tokens[index - 1], '.') ? undefined : readName(tokens, index)?.parts
    return parts === undefined ? [] : [parts]
  })
  return names.some((parts) => ofName(parts) === 'tainted') ? 'tainted' : 'opaque'
}

function closesAtEnd(tokens: readonly Token[], open: number): boolean {
  let depth = 0
  for (let index = open; index < tokens.length; index++) {
    const token = tokens[index]
    if (token) depth += depthStep(token)
    if (depth === 0) return index === tokens.length - 1
  }
  return false
}

/** PostgreSQL's own functions alone are known: any schema may have a `quote_ident` that does not quote. */
function trustOfCall(parts: readonly string[], content: readonly Token[], ofName: TrustOfName): Trust {
  const isOwn = parts.length === 1 || (parts.length === 2 && parts[0] === 'pg_catalog')
  const name = isOwn ? (parts.at(-1) ?? '') : ''
  if (quoting.has(name)) return 'safe'
  const list = splitAt(content, (token) => isMark(token, ','))
  if (name === 'format') return worst(trustsOfFormat(list, (part) => trustOf(part, ofName)))
  if (passing.has(name)) return worst(list.map((argument) => trustOf(argument, ofName)))
  // It may quote, as `build_query(p_name)` may; but it may as well be `lower(p_name)`.
  return list.some((argument) => trustOf(argument, ofName) === 'tainted') ? 'tainted' : 'opaque'
}

/** The results count; the conditions only choose among them. */
function trustOfCase(tokens: readonly Token[], ofName: TrustOfName): Trust {
  const results: Token[][] = []
  let nesting = 0
  let isResult = false
  for (const token of tokens) {
    if (isWord(token, 'case')) nesting++
    if (nesting === 0 && isWord(token, 'when', 'then', 'else')) {
      isResult = !isWord(token, 'when')
      if (isResult) results.push([])
    } else if (isResult) {
      results.at(-1)?.push(token)
    }
    if (isWord(token, 'end')) nesting--
  }
  return worst(results.map((result) => trustOf(result, ofName)))
}
