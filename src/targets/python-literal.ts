/** String literals of Python. */
import {escapeInvisible, hex} from './escape.ts'
import type {Literal} from './typescript-literal.ts'

/**
 * A double-quoted literal, valid from Python 3.9 on in a UTF-8 file.
 *
 * @see https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals
 */
export function pyString(text: string): Literal<'python'> {
  const escaped = text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')
  const visible = escapeInvisible(escaped, (codePoint) =>
    codePoint > 0xffff ? `\\U${hex(codePoint, 8)}` : `\\u${hex(codePoint, 4)}`,
  )
  return `"${visible}"` as Literal<'python'>
}

export function pyOptional(text: string | null): Literal<'python'> {
  return text === null ? ('None' as Literal<'python'>) : pyString(text)
}

/** One item needs its comma; an empty tuple is `()`. */
export function pyTuple(items: readonly string[]): Literal<'python'> {
  const list = items.map(pyString).join(', ')
  return `(${list}${items.length === 1 ? ',' : ''})` as Literal<'python'>
}
