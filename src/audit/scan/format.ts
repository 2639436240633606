/** Calls of `format`: which of its values become SQL as they are. */
import type {Trust} from './operand.ts'
import {isMark, isWord, splitAt} from './split.ts'
import {type Token, tokenize} from './tokens.ts'

const specifier = /%(?:(?<place>\d+)\$)?-?(?:\d+|\*(?:\d+\$)?)?(?<type>[sIL%])/g

/**
 * `%I` and `%L` quote; `%s` places its argument as it is.
 *
 * @param list The template and its values.
 * @returns The trust of each part of the result that is not sure to be safe.
 * @see https://www.postgresql.org/docs/current/functions-string.html#FUNCTIONS-STRING-FORMAT
 */
export function trustsOfFormat(
  list: readonly (readonly Token[])[],
  trustOf: (expression: readonly Token[]) => Trust,
): Trust[] {
  const [template = [], ...values] = list
  const texts = splitAt(template, (token) => isMark(token, '||'))
  if (
    !texts.every((part) => part.length > 0 && part.every(({kind, isPlain}) => kind === 'string' && isPlain))
  ) {
    return [trustOf(template) === 'tainted' ? 'tainted' : 'opaque']
  }
  const text = texts
    .flat()
    .map((token) => token.text)
    .join('')
  const isInQuotes = placesInQuotes(text)
  // `VARIADIC list`, and a width from the arguments, shift what is placed where.
  if (values.some((value) => isWord(value[0], 'variadic')) || text.includes('*')) {
    return isInQuotes || /%(?:\d+\$)?-?[\d*$]*s/.test(text) ? ['opaque'] : []
  }
  let next = 0
  const placed: Trust[] = []
  for (const {groups} of text.matchAll(specifier)) {
    if (groups?.type === '%') continue
    next = groups?.place === undefined ? next + 1 : Number(groups.place)
    const value = values[next - 1]
    const trust = value === undefined ? 'safe' : trustOf(value)
    if (groups?.type === 's') placed.push(trust)
    else if (isInQuotes && trust !== 'safe') placed.push('opaque')
  }
  return placed
}

/** `''%I''` and `$$ %L $$`: a quotation mark in what is placed there would end the text that it stands in. */
function placesInQuotes(template: string): boolean {
  const quoted = tokenize(template).filter(({kind}) => kind === 'string' || kind === 'name')
  return quoted.some(({text}) => [...text.matchAll(specifier)].some(({groups}) => groups?.type !== '%'))
}
