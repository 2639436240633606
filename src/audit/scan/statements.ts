/** PL/pgSQL → its statements, each on its own, and the labels that qualify names. */
import {depthStep, isMark, isWord} from './split.ts'
import type {Token} from './tokens.ts'

export type Statement = {
  /** The word that it follows, such as `then`; `undefined` after a semicolon. */
  readonly opener: string | undefined
  readonly tokens: Token[]
}

const boundaries = ['begin', 'then', 'else', 'loop', 'declare']

/** CASE as an expression has THEN and ELSE of its own; as a statement it stands first. */
export function splitStatements(tokens: readonly Token[]): Statement[] {
  const statements: Statement[] = [{opener: undefined, tokens: []}]
  let depth = 0
  let cases = 0
  tokens.forEach((token, index) => {
    depth += depthStep(token)
    const current = statements.at(-1)?.tokens ?? []
    // `r.case` and `r.then` are fields.
    const isKeyword = !isMark(tokens[index - 1], '.')
    if (isKeyword && isWord(token, 'case') && current.length > 0 && !isWord(current[0], 'end')) cases++
    if (isKeyword && isWord(token, 'end') && cases > 0) cases--
    if (depth === 0 && isMark(token, ';')) {
      cases = 0
      statements.push({opener: undefined, tokens: []})
    } else if (isKeyword && depth === 0 && cases === 0 && isWord(token, ...boundaries)) {
      statements.push({opener: token.text, tokens: []})
    } else {
      current.push(token)
    }
  })
  return statements
}

/** `b` of `<<b>>`. */
export function labelsOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, index) =>
    isMark(tokens[index - 1], '<<') && isMark(tokens[index + 1], '>>') ? [token.text] : [],
  )
}
