/** SQL text → tokens, as PostgreSQL's scanner and psql cut it: strings, dollar quotes, comments that nest. */

export type TokenKind =
  | 'space'
  | 'comment'
  | 'string'
  | 'identifier'
  | 'word'
  | 'semicolon'
  | 'open'
  | 'close'
  | 'backslash'
  | 'other'

export type Token = {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  /** A quote or a comment that the text never closes: the token reaches to the end of the text. */
  readonly open: boolean
}

const blanks = /[ \t\n\r\f\v]+/y
// What PostgreSQL takes for a letter: every byte above 127 is one.
const word = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y
const number = /[0-9][A-Za-z0-9_.]*/y
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y
const quotePrefix = /^(?:[ebxn]|u&)$/i

/**
 * The token that starts at `start`, which must lie within the text.
 *
 * @see https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
export function tokenAt(text: string, start: number): Token {
  const character = text[start] ?? ''
  const token = (kind: TokenKind, end: number, open = false): Token => ({kind, start, end, open})
  switch (character) {
    case ';':
      return token('semicolon', start + 1)
    case '(':
      return token('open', start + 1)
    case ')':
      return token('close', start + 1)
    case '\\':
      return token('backslash', start + 1)
    case "'":
      return quoted(text, start, start, "'", false)
    case '"':
      return quoted(text, start, start, '"', false)
    case '$': {
      const tag = match(dollarTag, text, start)
      if (tag === undefined) return token('other', start + 1)
      const close = text.indexOf(tag, start + tag.length)
      return close < 0 ? token('string', text.length, true) : token('string', close + tag.length)
    }
    case '-':
      if (text[start + 1] !== '-') return token('other', start + 1)
      return token('comment', lineEnd(text, start))
    case '/':
      return text[start + 1] === '*' ? blockComment(text, start) : token('other', start + 1)
  }
  const space = match(blanks, text, start)
  if (space !== undefined) return token('space', start + space.length)
  const letters = match(word, text, start)
  if (letters !== undefined) return afterWord(text, start, letters)
  const digits = match(number, text, start)
  return token('other', start + (digits?.length ?? 1))
}

function afterWord(text: string, start: number, letters: string): Token {
  const end = start + letters.length
  const next = text[end]
  if (next === "'" && quotePrefix.test(letters)) {
    return quoted(text, start, end, "'", letters.toLowerCase() === 'e')
  }
  if (next === '&' && letters.toLowerCase() === 'u') {
    const quote = text[end + 1]
    if (quote === "'" || quote === '"') return quoted(text, start, end + 1, quote, false)
  }
  return {kind: 'word', start, end, open: false}
}

function quoted(text: string, start: number, at: number, quote: string, escapes: boolean): Token {
  const kind = quote === "'" ? 'string' : 'identifier'
  for (let index = at + 1; index < text.length; index++) {
    const character = text[index]
    if (escapes && character === '\\') index++
    else if (character === quote) {
      if (text[index + 1] !== quote) return {kind, start, end: index + 1, open: false}
      index++
    }
  }
  return {kind, start, end: text.length, open: true}
}

function blockComment(text: string, start: number): Token {
  let depth = 0
  const edges = /\/\*|\*\//g
  edges.lastIndex = start
  for (let edge = edges.exec(text); edge !== null; edge = edges.exec(text)) {
    depth += edge[0] === '/*' ? 1 : -1
    if (depth === 0) return {kind: 'comment', start, end: edge.index + 2, open: false}
  }
  return {kind: 'comment', start, end: text.length, open: true}
}

/** Where the line ends: at its line feed, or at the end of the text. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** The first place from `from` on that is neither blank nor comment. */
export function skipBlank(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const token = tokenAt(text, at)
    if (token.kind !== 'space' && token.kind !== 'comment') return at
    at = token.end
  }
  return at
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  // Each call sets where to look, so that nothing is carried over from the call before.
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
