/** The text of a configuration: where a key or a value stands in it, and what is wrong with it as JSON. */
import type {ParseErrorCode} from 'jsonc-parser'
import {indexLines, placeAt} from '../model/lines.ts'
import type {Place} from '../model/place.ts'
import {collectFindings, type Finding} from '../model/rules.ts'

export type KeyPath = readonly (string | number)[]

export type ConfigSource = {
  /** Name of the configuration. */
  readonly file: string
  /** Its text where it is JSON; findings then have a place. */
  readonly text: string | undefined
  /** Keys above the configuration: `secdef` in a `package.json`. */
  readonly prefix: readonly string[]
  /** Where a value stands, or its key; `undefined` where that cannot be known. */
  readonly locate: (path: KeyPath, what: 'key' | 'value') => Promise<Place | undefined>
}

export function configSource(file: string, text: string | undefined): ConfigSource {
  const prefix = file === 'package.json' ? ['secdef'] : []
  return {
    file,
    text,
    prefix,
    locate: async (path, what) => (text === undefined ? undefined : place(text, [...prefix, ...path], what)),
  }
}

/** A key path as a person writes it. */
export function show(path: KeyPath, prefix: readonly string[] = []): string {
  const keys = [...prefix, ...path]
  return keys.length === 0 ? 'the configuration' : `\`${keys.join('.')}\``
}

/** Only a configuration that is wrong pays for the parser that knows places. */
async function place(text: string, path: KeyPath, what: 'key' | 'value'): Promise<Place | undefined> {
  const {findNodeAtLocation, parseTree} = await import('jsonc-parser')
  const tree = parseTree(text)
  for (let length = path.length; length >= 0; length--) {
    const value = tree && findNodeAtLocation(tree, path.slice(0, length))
    // What is missing has no place; what it is missing from has.
    if (!value) continue
    const node = what === 'key' && length === path.length ? value.parent?.children?.[0] : value
    return node && placeAt(indexLines(text), node.offset, node.offset + node.length)
  }
  return undefined
}

/** Why a text is no JSON. The engine's own words differ from version to version and rarely name a place. */
export async function syntaxFindings({file, text = ''}: ConfigSource): Promise<readonly Finding[]> {
  const {report, findings} = collectFindings(file)
  const {parseTree, printParseErrorCode} = await import('jsonc-parser')
  const errors: {error: ParseErrorCode; offset: number; length: number}[] = []
  parseTree(text, errors, {disallowComments: true})
  const [first] = errors
  const lines = indexLines(text)
  if (text.trim() === '')
    report('config-syntax', placeAt(lines, 0, 0), {reason: 'expected `{}` at least: it is empty'})
  else if (first === undefined) report('config-syntax', undefined, {reason: 'expected JSON'})
  else {
    const reason = reasons[printParseErrorCode(first.error)] ?? 'expected JSON'
    report('config-syntax', placeAt(lines, first.offset, first.offset + first.length), {reason})
  }
  return findings
}

const reasons: Readonly<Record<string, string>> = {
  InvalidSymbol: 'expected text in double quotes, a number, true, false or null',
  InvalidNumberFormat: 'expected a number',
  PropertyNameExpected: 'expected a key in double quotes',
  ValueExpected: 'expected a value',
  ColonExpected: 'expected a colon',
  CommaExpected: 'expected a comma',
  CloseBraceExpected: 'expected a closing brace',
  CloseBracketExpected: 'expected a closing bracket',
  EndOfFileExpected: 'expected the end of the file',
  InvalidCommentToken: 'expected no comment',
  UnexpectedEndOfComment: 'expected no comment',
  UnexpectedEndOfString: 'expected a closing quote',
  InvalidUnicode: 'expected four hexadecimal digits after \\u',
  InvalidEscapeCharacter: 'expected an escape sequence of JSON',
  InvalidCharacter: 'expected no control character in a text',
}

/** Keys that stand twice in one object: JSON keeps the last without a word, and a merge can leave two. */
export function duplicateKeys({file, text = '', prefix}: ConfigSource): readonly Finding[] {
  const {report, findings} = collectFindings(file)
  const levels: {keys: Set<string>; key: string}[] = []
  for (const match of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[[{}\]]/g)) {
    const [token, string, colon] = match
    if (token === '{' || token === '[') levels.push({keys: new Set(), key: token})
    else if (token === '}' || token === ']') levels.pop()
    const level = levels.at(-1)
    if (level === undefined || string === undefined || colon === undefined) continue
    const key: string = JSON.parse(string)
    const path = [...levels.slice(0, -1).map((outer) => outer.key), key]
    if (level.keys.has(key) && prefix.every((name, index) => path[index] === name)) {
      const at = placeAt(indexLines(text), match.index, match.index + string.length)
      report('config-invalid', at, {at: show([key]), reason: 'expected each key once, and it stands twice'})
    }
    level.keys.add(key)
    level.key = key
  }
  return findings
}
