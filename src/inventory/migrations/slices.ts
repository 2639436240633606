/** Pieces of a statement as they are written, where the tree has no text: bodies of SQL, expressions of policies. */
import type {Source} from './context.ts'
import {skipBlank, type Token, tokenAt} from './lexer.ts'

/** The body of a routine that is written as statements: `BEGIN ATOMIC … END`, or `RETURN …`. */
export function sliceOfBody(source: Source): string | null {
  const start = findWord(source, (word, next) => (word === 'begin' && next === 'atomic') || word === 'return')
  return start === undefined ? null : source.text.slice(start.start, source.end).trimEnd()
}

/** The expression of a policy, without its parentheses: after USING, or after WITH CHECK. */
export function sliceOfClause(source: Source, clause: 'using' | 'check'): string | null {
  const found = findWord(source, (word) => word === clause)
  if (found === undefined) return null
  const start = skipBlank(source.text, found.end)
  let depth = 0
  for (let at = start; at < source.end; ) {
    const token = tokenAt(source.text, at)
    if (token.kind === 'open') depth++
    else if (token.kind === 'close' && --depth === 0) return source.text.slice(start + 1, token.start).trim()
    at = token.end
  }
  return null
}

/** The first word outside of parentheses that is looked for. */
function findWord(source: Source, wanted: (word: string, next: string) => boolean): Token | undefined {
  let depth = 0
  for (let at = source.start; at < source.end; ) {
    const token = tokenAt(source.text, at)
    if (token.kind === 'open') depth++
    else if (token.kind === 'close') depth--
    else if (token.kind === 'word' && depth === 0) {
      const following = tokenAt(source.text, skipBlank(source.text, token.end))
      if (wanted(lower(source.text, token), lower(source.text, following))) return token
    }
    at = token.end
  }
  return undefined
}

function lower(text: string, token: Token): string {
  return text.slice(token.start, token.end).toLowerCase()
}
