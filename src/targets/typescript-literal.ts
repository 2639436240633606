/** Literals of TypeScript and of JSON. */
import {escapeInvisible, hex} from './escape.ts'

declare const language: unique symbol

/** Source text of a literal, ready to be placed in a template of that language. */
export type Literal<Language extends string> = string & {readonly [language]: Language}

/**
 * A double-quoted literal that is valid in JSON too.
 *
 * `</` and `<!` are broken up, so that a bundle can be inlined into a page.
 */
export function tsString(text: string): Literal<'typescript'> {
  const quoted = escapeInvisible(JSON.stringify(text), (codePoint) =>
    codePoint > 0xffff
      ? String.fromCodePoint(codePoint).split('').map(unit).join('')
      : unit(String.fromCharCode(codePoint)),
  )
  return quoted.replace(/<(?=[/!])/g, unit) as Literal<'typescript'>
}

function unit(character: string): string {
  return `\\u${hex(character.charCodeAt(0), 4)}`
}

/** Any JSON value on one line, with a blank behind each colon and comma. */
export function jsonLine(value: unknown): Literal<'json'> {
  return show(value, tsString) as Literal<'json'>
}

/** The same as an expression: there, a key `__proto__` names the prototype unless it is computed. */
export function tsLine(value: unknown): Literal<'typescript'> {
  return show(value, (key) =>
    key === '__proto__' ? `[${tsString(key)}]` : tsString(key),
  ) as Literal<'typescript'>
}

function show(value: unknown, showKey: (key: string) => string): string {
  if (typeof value === 'string') return tsString(value)
  if (Array.isArray(value)) return `[${value.map((item) => show(item, showKey)).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, field]) => `${showKey(key)}: ${show(field, showKey)}`)
    return `{${fields.join(', ')}}`
  }
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return JSON.stringify(value)
  throw new Error(`Unexpected ${typeof value} ${String(value)}, expected a value of JSON`)
}
