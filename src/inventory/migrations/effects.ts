/** A body in PL/pgSQL → what it runs: statements, dynamic SQL, and whether it runs them for sure. */
import {tokenAt} from './lexer.ts'
import {isRecord} from './uses.ts'

export type Effect = {
  /** `statement`: as it is written. `dynamic`: the expression after EXECUTE. `expression`: read by a query. */
  readonly kind: 'statement' | 'dynamic' | 'expression'
  readonly sql: string
  /** Runs exactly once, whatever the database holds. */
  readonly certain: boolean
  /** Stands alone in a block that carries on if it fails: `EXCEPTION WHEN duplicate_object THEN NULL`. */
  readonly forgiven: boolean
}

type State = {certain: boolean; forgiven: boolean; found: Effect[]; left: boolean}

/** @param tree What the parser gave for one DO or CREATE FUNCTION. */
export function effectsOf(tree: unknown): Effect[] {
  const state: State = {certain: true, forgiven: false, found: [], left: false}
  visit(tree, state)
  return state.found
}

function visit(node: unknown, state: State): void {
  if (Array.isArray(node)) {
    for (const child of node) visit(child, state)
    return
  }
  if (!isRecord(node)) return
  for (const [key, child] of Object.entries(node)) visitNamed(key, child, state)
}

function visitNamed(key: string, node: unknown, state: State): void {
  if (!isRecord(node)) return
  const effect = (kind: Effect['kind'], expression: unknown) => {
    const sql = queryOf(expression)
    if (sql === undefined) return
    state.found.push({kind, sql, certain: state.certain && !state.left, forgiven: state.forgiven})
  }
  switch (key) {
    case 'PLpgSQL_stmt_execsql':
      effect('statement', node.sqlstmt)
      return
    case 'PLpgSQL_stmt_perform':
    case 'PLpgSQL_stmt_call':
      effect('statement', node.expr)
      return
    case 'PLpgSQL_stmt_dynexecute':
      effect('dynamic', node.query)
      visit(node.params, state)
      return
    case 'PLpgSQL_expr': {
      const sql = asQuery(node)
      if (sql !== undefined)
        state.found.push({
          kind: 'expression',
          sql,
          certain: state.certain && !state.left,
          forgiven: state.forgiven,
        })
      return
    }
    case 'dynquery':
      // RETURN QUERY EXECUTE, OPEN … FOR EXECUTE.
      effect('dynamic', node)
      return
    case 'PLpgSQL_stmt_dynfors':
      effect('dynamic', node.query)
      within([node.params, node.body], state, {certain: false, forgiven: false})
      return
    case 'PLpgSQL_stmt_rollback':
      takeBack(state)
      return
    case 'PLpgSQL_stmt_raise':
      visit(Object.values(node), state)
      // What it fails with for sure undoes all that it did.
      if (node.elog_level === errorLevel && state.certain && !state.left) {
        takeBack(state)
        state.left = true
      }
      return
    case 'PLpgSQL_stmt_block':
      visitBlock(node, state)
      return
    case 'PLpgSQL_stmt_return':
    case 'PLpgSQL_stmt_exit':
      // What stands after it may never be reached. The RETURN that closes every body has no line; an EXIT without a
      // label leaves a loop, no more.
      visit(Object.values(node), state)
      if ('lineno' in node && (key === 'PLpgSQL_stmt_return' || 'label' in node)) state.left = true
      return
    case 'PLpgSQL_stmt_if':
    case 'PLpgSQL_stmt_case':
    case 'PLpgSQL_stmt_loop':
    case 'PLpgSQL_stmt_while':
    case 'PLpgSQL_stmt_fori':
    case 'PLpgSQL_stmt_fors':
    case 'PLpgSQL_stmt_forc':
    case 'PLpgSQL_stmt_foreach_a':
    case 'PLpgSQL_exception':
      within(node, state, {certain: false, forgiven: false})
      return
    default:
      visit(node, state)
  }
}

/** RAISE EXCEPTION, by the number that PostgreSQL 18 has for it. */
const errorLevel = 21

/** What ran before is undone, or may be. */
function takeBack(state: State): void {
  state.found = state.found.map((effect) => ({...effect, certain: false}))
}

function visitBlock(node: Readonly<Record<string, unknown>>, state: State): void {
  if (node.exceptions === undefined) {
    visit(node, state)
    return
  }
  const body = Array.isArray(node.body) ? node.body : []
  within(body, state, {certain: false, forgiven: body.length === 1 && state.certain && !state.left})
  within(node.exceptions, state, {certain: false, forgiven: false})
}

function within(node: unknown, state: State, inner: {certain: boolean; forgiven: boolean}): void {
  const {certain, forgiven} = state
  Object.assign(state, inner)
  visit(node, state)
  Object.assign(state, {certain, forgiven})
}

/** How the parser says what an expression is: a whole statement, a value, or an assignment. */
const [statementMode, valueMode] = [0, 2]

/** An expression as a query that can be parsed: `f()` → `SELECT f()`, `x := f()` → `SELECT x, f()`. */
function asQuery({query, parseMode}: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof query !== 'string' || parseMode === statementMode)
    return typeof query === 'string' ? query : undefined
  if (parseMode === valueMode) return `SELECT ${query}`
  const sign = assignmentAt(query)
  if (sign === undefined) return `SELECT ${query}`
  return `SELECT ${query.slice(0, sign)}, ${query.slice(sign).replace(/^:?=/, '')}`
}

/** Where the `:=` or `=` of an assignment stands: outside of quotes and of subscripts. */
function assignmentAt(text: string): number | undefined {
  let depth = 0
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at)
    const sign = text[token.start]
    if (sign === '[' || sign === '(') depth++
    else if (sign === ']' || sign === ')') depth--
    else if (depth === 0 && (sign === '=' || (sign === ':' && text[at + 1] === '='))) return at
    at = token.end
  }
  return undefined
}

function queryOf(expression: unknown): string | undefined {
  if (!isRecord(expression) || !isRecord(expression.PLpgSQL_expr)) return undefined
  const {query} = expression.PLpgSQL_expr
  return typeof query === 'string' ? query : undefined
}
