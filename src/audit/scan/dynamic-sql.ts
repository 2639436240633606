/** PL/pgSQL's EXECUTE: what text it runs, and who can have a say in it. */
import {harmlessTypes, type Trust, trustOf} from './operand.ts'
import {depthStep, isMark, isWord, takeUntil} from './split.ts'
import type {Token} from './tokens.ts'

/** The names of the arguments, and their types where they are known. */
export type Arguments = {
  readonly names: readonly string[]
  readonly types: readonly string[] | null
}

/** What a variable can hold: every expression that is assigned to it, and whether anything else fills it. */
type Variable = {readonly expressions: Token[][]; isFilled: boolean; isHarmless: boolean}

/** @returns The trust of each EXECUTE, in order; none where there is no dynamic SQL. */
export function dynamicSql(tokens: readonly Token[], args: Arguments): Trust[] {
  const variables = collectVariables(tokens)
  return tokens.flatMap((token, index) => {
    if (!isWord(token, 'execute') || !isStatement(tokens, index)) return []
    const expression = takeUntil(
      tokens.slice(index + 1),
      (one) => isMark(one, ';') || isWord(one, 'into', 'using', 'loop'),
    )
    return [trustOf(expression, (parts) => trustOfName(parts, {variables, args}, new Set()))]
  })
}

/** Not `GRANT EXECUTE ON`, `EXECUTE FUNCTION` of a trigger, or a name. */
function isStatement(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]
  const after = tokens[index + 1]
  if (isWord(after, 'function', 'procedure', 'on') || isMark(after, ':=') || isMark(after, ',')) return false
  return !isMark(before, '.') && !isWord(before, 'grant', 'revoke') && after !== undefined
}

type Names = {readonly variables: ReadonlyMap<string, Variable>; readonly args: Arguments}

function trustOfName(parts: readonly string[], names: Names, seen: ReadonlySet<string>): Trust {
  const name = parts.at(-1) ?? ''
  const trust = trustOfArgument(parts, names.args)
  if (trust !== undefined) return trust
  // What a caller writes into a row reaches the trigger of its table.
  if (parts.length > 1) return isRow(parts[0]) ? 'tainted' : 'opaque'
  const variable = names.variables.get(name)
  if (variable === undefined) return 'opaque'
  if (variable.isHarmless) return 'safe'
  // `v := v || …` adds nothing that the rest does not.
  if (seen.has(name)) return 'safe'
  const deeper = new Set([...seen, name])
  const trusts = variable.expressions.map((expression) =>
    trustOf(expression, (other) => trustOfName(other, names, deeper)),
  )
  if (trusts.includes('tainted')) return 'tainted'
  return variable.isFilled || trusts.includes('opaque') ? 'opaque' : 'safe'
}

/** Of `p_id`, `$1`, `fn.p_id` and `p_row.id`; `undefined` for what is no argument. */
function trustOfArgument(parts: readonly string[], {names, types}: Arguments): Trust | undefined {
  const places = parts.map((part) => (/^\$\d+$/.test(part) ? Number(part.slice(1)) - 1 : names.indexOf(part)))
  const place = places.find((one) => one >= 0)
  if (place === undefined) return undefined
  const type = types?.[place]
  return type !== undefined && harmlessTypes.has(type) ? 'safe' : 'tainted'
}

const isRow = (name: string | undefined): boolean => name === 'new' || name === 'old'

const boundaries = ['begin', 'then', 'else', 'loop', 'declare']

/** Assignments and declarations, each statement on its own; a name in two blocks counts as one variable. */
function collectVariables(tokens: readonly Token[]): Map<string, Variable> {
  const variables = new Map<string, Variable>()
  const variable = (name: string): Variable => {
    const known = variables.get(name) ?? {expressions: [], isFilled: false, isHarmless: false}
    variables.set(name, known)
    return known
  }
  let isDeclaring = false
  for (const statement of splitStatements(tokens)) {
    const [head, ...rest] = statement.tokens
    if (statement.opener === 'declare') isDeclaring = true
    else if (statement.opener !== undefined) isDeclaring = false
    if (head === undefined) continue
    if (isDeclaring) declare(variable(head.text), rest)
    else if (isMark(rest[0], ':=') || isMark(rest[0], '='))
      variable(head.text).expressions.push(rest.slice(1))
    else if (isMark(rest[0], '[') && rest.some((token) => isMark(token, ':=')))
      variable(head.text).isFilled = true
    for (const name of filledBy(statement.tokens)) variable(name).isFilled = true
  }
  return variables
}

function declare(variable: Variable, rest: readonly Token[]): void {
  const type = takeUntil(
    rest,
    (token) => isMark(token, ':=') || isMark(token, '=') || isWord(token, 'default', 'not'),
  )
  const words = type.filter((token) => !isWord(token, 'constant')).map(({text}) => text)
  if (words[0] === 'alias') variable.isFilled = true
  // Whatever goes in comes out as text of that type.
  variable.isHarmless ||= harmlessTypes.has(words.join(' '))
  const start = rest.findIndex(
    (token) => isMark(token, ':=') || isMark(token, '=') || isWord(token, 'default'),
  )
  if (start !== -1) variable.expressions.push(rest.slice(start + 1))
}

/** Targets of INTO and of loops. */
function filledBy(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, index) => {
    if (isWord(token, 'for', 'foreach')) {
      const target = tokens[index + 1]
      return target && isWord(tokens[index + 2], 'in') ? [target.text] : []
    }
    if (!isWord(token, 'into') || isWord(tokens[index - 1], 'insert', 'merge')) return []
    const start = index + (isWord(tokens[index + 1], 'strict') ? 2 : 1)
    const end = tokens.findIndex(
      (one, at) => at >= start && !isMark(one, ',') && at > start && !isMark(tokens[at - 1], ','),
    )
    const targets = tokens.slice(start, end === -1 ? tokens.length : end)
    return targets.filter(({kind}) => kind === 'word' || kind === 'name').map(({text}) => text)
  })
}

/** CASE as an expression has THEN and ELSE of its own; as a statement it stands first. */
function splitStatements(tokens: readonly Token[]): {opener: string | undefined; tokens: Token[]}[] {
  const statements = [{opener: undefined as string | undefined, tokens: [] as Token[]}]
  let depth = 0
  let cases = 0
  for (const token of tokens) {
    depth += depthStep(token)
    const current = statements.at(-1)?.tokens ?? []
    if (isWord(token, 'case') && current.length > 0 && !isWord(current[0], 'end')) cases++
    if (isWord(token, 'end') && cases > 0) cases--
    if (depth === 0 && isMark(token, ';')) {
      cases = 0
      statements.push({opener: undefined, tokens: []})
    } else if (depth === 0 && cases === 0 && isWord(token, ...boundaries)) {
      statements.push({opener: token.text, tokens: []})
    } else {
      current.push(token)
    }
  }
  return statements
}
