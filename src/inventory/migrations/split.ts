/** SQL text → statements, where the text as a whole does not parse: one at a time, whatever the others are. */
import {lineEnd, skipBlank, tokenAt} from './lexer.ts'

export type Piece = {
  /** `meta`: a command of psql, to the end of its line. */
  readonly kind: 'sql' | 'meta'
  readonly start: number
  /** Without the semicolon. */
  readonly end: number
  /** Where the next piece begins. */
  readonly next: number
  /** Why the piece has no end of its own: it reaches to the end of the text. */
  readonly open: 'quote' | 'parenthesis' | 'copy' | undefined
}

/** @returns `undefined` if there is nothing but blanks and comments from `from` on. */
export function nextPiece(text: string, from: number): Piece | undefined {
  let start = skipBlank(text, from)
  while (text[start] === ';') start = skipBlank(text, start + 1)
  if (start >= text.length) {
    return commentOpen(text, from)
      ? {kind: 'sql', start: from, end: start, next: start, open: 'quote'}
      : undefined
  }
  if (text[start] === '\\') {
    const end = lineEnd(text, start)
    return {kind: 'meta', start, end, next: end, open: undefined}
  }
  return sqlPiece(text, start)
}

function sqlPiece(text: string, start: number): Piece {
  let parentheses = 0
  let blocks = 0
  let previous = ''
  const words: string[] = []
  for (let at = start; at < text.length; ) {
    const token = tokenAt(text, at)
    if (token.open) return {kind: 'sql', start, end: text.length, next: text.length, open: 'quote'}
    if (token.kind === 'open') parentheses++
    else if (token.kind === 'close') parentheses--
    else if (token.kind === 'word') {
      const word = text.slice(token.start, token.end).toLowerCase()
      if (words.length < 40) words.push(word)
      // A body of SQL, with semicolons of its own. CASE ends with END as well.
      if (word === 'atomic' && previous === 'begin') blocks = 1
      else if (blocks > 0 && word === 'case') blocks++
      else if (blocks > 0 && word === 'end') blocks--
      previous = word
    } else if (token.kind === 'backslash') {
      return {kind: 'sql', start, end: at, next: at, open: undefined}
    } else if (token.kind === 'semicolon' && parentheses <= 0 && blocks === 0) {
      return isCopy(words)
        ? copyPiece(text, start, at)
        : {kind: 'sql', start, end: at, next: token.end, open: undefined}
    }
    at = token.end
  }
  const open = parentheses > 0 || blocks > 0 ? 'parenthesis' : undefined
  return {kind: 'sql', start, end: text.length, next: text.length, open}
}

function isCopy(words: readonly string[]): boolean {
  return words[0] === 'copy' && words.some((word, index) => word === 'from' && words[index + 1] === 'stdin')
}

/** The lines after `COPY … FROM stdin;` are data, to a line with nothing but `\.`. */
function copyPiece(text: string, start: number, end: number): Piece {
  const close = /^\\\.[ \t\r]*$/gm
  close.lastIndex = lineEnd(text, end)
  const found = close.exec(text)
  if (found === null) return {kind: 'sql', start, end, next: text.length, open: 'copy'}
  return {kind: 'sql', start, end, next: found.index + found[0].length, open: undefined}
}

function commentOpen(text: string, from: number): boolean {
  for (let at = from; at < text.length; ) {
    const token = tokenAt(text, at)
    if (token.open) return true
    at = token.end
  }
  return false
}

/** Statements that stand at the start of a line even where the line before is broken. */
const starts =
  /^(?:create|alter|drop|grant|revoke|comment|reassign|set|reset|begin|commit|rollback|do\s+(?:language\s+\w+\s+)?\$|copy|insert\s+into|select)\b/gim

/**
 * Where to read on after a piece that does not parse: at the next line that begins like a statement, as a missing
 * quote may have drawn it in.
 *
 * @returns `undefined` if there is none before `end`.
 */
export function resume(text: string, after: number, end: number): number | undefined {
  const pattern = new RegExp(starts)
  pattern.lastIndex = lineEnd(text, after) + 1
  const found = pattern.exec(text)
  return found !== null && found.index < end ? found.index : undefined
}
