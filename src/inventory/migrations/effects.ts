/** A body in PL/pgSQL → what it runs: statements, dynamic SQL, and whether it runs them for sure. */
import {isRecord} from './uses.ts'

export type Effect = {
  /** `statement`: as it is written. `dynamic`: the expression after EXECUTE. `expression`: anything else. */
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
    case 'PLpgSQL_expr':
      effect('expression', {PLpgSQL_expr: node})
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
    case 'PLpgSQL_stmt_dynfors':
    case 'PLpgSQL_stmt_foreach_a':
    case 'PLpgSQL_exception':
      within(node, state, {certain: false, forgiven: false})
      return
    default:
      visit(node, state)
  }
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

function queryOf(expression: unknown): string | undefined {
  if (!isRecord(expression) || !isRecord(expression.PLpgSQL_expr)) return undefined
  const {query} = expression.PLpgSQL_expr
  return typeof query === 'string' ? query : undefined
}
