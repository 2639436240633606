/** String literals of TypeScript and of JSON. */
import {escapeInvisible, hex} from './escape.ts'

declare const language: unique symbol

/** Source text of a literal, ready to be placed in a template of that language. */
export type Literal<Language extends string> = string & {readonly [language]: Language}

/**
 * A double-quoted literal that is valid in JSON too.
 *
 * `</` is broken up, so that a bundle can be inlined into a page.
 */
export function tsString(text: string): Literal<'typescript'> {
  const quoted = escapeInvisible(JSON.stringify(text), (codePoint) =>
    codePoint > 0xffff
      ? String.fromCodePoint(codePoint).split('').map(unit).join('')
      : unit(String.fromCharCode(codePoint)),
  )
  return quoted.replaceAll('</', '<\\/') as Literal<'typescript'>
}

function unit(character: string): string {
  return `\\u${hex(character.charCodeAt(0), 4)}`
}

/** Any JSON value on one line, with a blank behind each colon and comma. */
export function jsonLine(value: unknown): Literal<'json'> {
  return show(value) as Literal<'json'>
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, field]) => `${tsString(key)}: ${show(field)}`)
    return `{${fields.join(', ')}}`
  }
  return typeof value === 'string' ? tsString(value) : JSON.stringify(value)
}
