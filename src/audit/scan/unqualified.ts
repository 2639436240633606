/** Names in a body that PostgreSQL looks up in the caller's temporary schema first: relations and types, never functions. */
import {depthStep, isMark, isWord} from './split.ts'
import type {Token} from './tokens.ts'
import {relationsOf} from './unqualified-relations.ts'
import {declaredTypes, typesOf} from './unqualified-types.ts'

/**
 * @param tokens Of a body in SQL or PL/pgSQL that is parsed when it runs.
 * @returns Names without a schema, in order, each once.
 */
export function unqualifiedNames(tokens: readonly Token[]): string[] {
  const names: string[] = []
  let start = 0
  for (let index = 0; index <= tokens.length; index++) {
    if (index < tokens.length && !isMark(tokens[index], ';')) continue
    const statement = tokens.slice(start, index)
    const own = queryNames(statement)
    names.push(...relationsOf(statement).filter((name) => !own.has(name)), ...typesOf(statement))
    start = index + 1
  }
  names.push(...declaredTypes(tokens))
  return [...new Set(names)]
}

/** Names that WITH defines, which hide every relation of that name in this statement. */
function queryNames(tokens: readonly Token[]): Set<string> {
  const names = new Set<string>()
  tokens.forEach((token, index) => {
    if (!isWord(token, 'as')) return
    let after = index + 1
    while (isWord(tokens[after], 'not', 'materialized')) after++
    if (!isMark(tokens[after], '(')) return
    let before = index - 1
    if (isMark(tokens[before], ')')) {
      for (let depth = 0; before >= 0; before--) {
        const one = tokens[before]
        if (one) depth += depthStep(one)
        if (depth === 0) break
      }
      before--
    }
    const introduced = isWord(tokens[before - 1], 'with', 'recursive') || isMark(tokens[before - 1], ',')
    const name = tokens[before]
    if (introduced && name) names.add(name.text)
  })
  return names
}
