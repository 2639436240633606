/** The body of a routine → tokens, the way PostgreSQL's lexer cuts them: right about quotes and comments. */

export type Token = {
  /** `word`: an identifier or keyword without quotes, in lower case. `name`: an identifier in quotes. */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'parameter' | 'operator' | 'mark'
  /** What it means: identifiers folded and unquoted, strings without quotes, the rest as written. */
  readonly text: string
  /** A string without escapes that could not be read for sure. */
  readonly isPlain: boolean
}

const wordPattern = /[\p{L}_\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*/uy
const numberPattern = /(?:\d[\d_]*\.(?!\.)[\d_]*|\.\d[\d_]*|\d[\d_]*)(?:e[+-]?\d+)?[a-z_]*/iy
const dollarPattern = /\$(?:[\p{L}_\u0080-\uffff][\p{L}\p{N}_\u0080-\uffff]*)?\$/uy
const parameterPattern = /\$\d+/y
const operatorPattern = /:=|::|=>|\.\.|[+\-*/<>=~!@#%^&|`?]+/y
const stringPattern = /(?:([eE])|[bBxXnN]|([uU]&))?'/y
const quotedPattern = /([uU]&)?"/y

/**
 * Nothing here throws: what is not closed goes on to the end.
 *
 * @see https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(sql)
  }
  const push = (kind: Token['kind'], text: string, isPlain = true) => tokens.push({kind, text, isPlain})

  while (at < sql.length) {
    const comment = skipComment(sql, at)
    if (comment > at) {
      at = comment
      continue
    }
    if (' \t\n\r\f\v'.includes(sql[at] ?? 'x')) {
      at++
      continue
    }
    const string = match(stringPattern)
    if (string) {
      const escapes = string[1] !== undefined
      const {text, end} = readQuoted(sql, at + string[0].length, "'", escapes)
      push('string', text, string[2] === undefined && !(escapes && text.includes('\\')))
      at = end
      continue
    }
    const quoted = match(quotedPattern)
    if (quoted) {
      const {text, end} = readQuoted(sql, at + quoted[0].length, '"', false)
      push('name', text, quoted[1] === undefined)
      at = end
      continue
    }
    const dollar = match(dollarPattern)
    if (dollar) {
      const start = at + dollar[0].length
      const close = sql.indexOf(dollar[0], start)
      push('string', sql.slice(start, close === -1 ? sql.length : close))
      at = close === -1 ? sql.length : close + dollar[0].length
      continue
    }
    const [kind, text] = readPlain(match, sql, at)
    push(kind, kind === 'word' ? text.toLowerCase() : text)
    at += text.length
  }
  return tokens
}

function readPlain(
  match: (pattern: RegExp) => RegExpExecArray | null,
  sql: string,
  at: number,
): [Token['kind'], string] {
  const word = match(wordPattern)
  if (word) return ['word', word[0]]
  const parameter = match(parameterPattern)
  if (parameter) return ['parameter', parameter[0]]
  const number = match(numberPattern)
  if (number) return ['number', number[0]]
  const operator = match(operatorPattern)
  if (operator) return ['operator', cutAtComment(operator[0])]
  return ['mark', sql[at] ?? '']
}

/** An operator ends where a comment starts. */
function cutAtComment(operator: string): string {
  const comment = operator.search(/--|\/\*/)
  return comment > 0 ? operator.slice(0, comment) : operator
}

/** @returns The offset behind a comment that starts here; block comments nest. */
function skipComment(sql: string, at: number): number {
  if (sql.startsWith('--', at)) {
    const line = /[^\r\n]*/y
    line.lastIndex = at
    return at + (line.exec(sql)?.[0].length ?? 0)
  }
  if (!sql.startsWith('/*', at)) return at
  let depth = 0
  const marks = /\/\*|\*\//g
  marks.lastIndex = at
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return marks.lastIndex
  }
  return sql.length
}

/** @param at Behind the opening quote. A doubled quote stands for one. */
function readQuoted(sql: string, at: number, quote: string, escapes: boolean): {text: string; end: number} {
  let end = at
  for (; end < sql.length; end++) {
    if (escapes && sql[end] === '\\') end++
    else if (sql[end] === quote && sql[end + 1] === quote) end++
    else if (sql[end] === quote) break
  }
  const text = sql.slice(at, end).replaceAll(quote + quote, quote)
  return {text, end: Math.min(end + 1, sql.length)}
}
