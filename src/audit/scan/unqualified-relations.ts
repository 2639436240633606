/** Relations that a statement names without a schema. */
import {depthStep, isMark, isWord, readName} from './split.ts'
import type {Token} from './tokens.ts'

/** Functions with a FROM of their own inside. */
const fromInside = ['extract', 'substring', 'trim', 'overlay', 'position']

/** What ends a list of tables. */
const clauses = [
  ...['where', 'group', 'order', 'having', 'limit', 'offset', 'fetch', 'union', 'intersect', 'except'],
  ...['returning', 'window', 'for', 'loop', 'then', 'into', 'set', 'values', 'select', 'when', 'begin'],
]

/** Functions that take the name of a relation as text. */
const takesRelation = ['nextval', 'currval', 'setval', 'to_regclass', 'pg_get_serial_sequence']

/** Names that WITH defines are among them. */
export function relationsOf(tokens: readonly Token[]): string[] {
  const names: string[] = []
  const openers: {word: string | undefined; isList: boolean}[] = [{word: undefined, isList: false}]
  const take = (at: number, mayCall: boolean) => {
    const name = relationAt(tokens, at, mayCall)
    if (name !== undefined) names.push(name)
  }
  tokens.forEach((token, index) => {
    const before = tokens[index - 1]
    const scope = openers.at(-1)
    if (depthStep(token) > 0) openers.push({word: before?.text, isList: isTableList(tokens, index)})
    else if (depthStep(token) < 0 && openers.length > 1) openers.pop()
    else if (isWord(token, ...clauses) && scope) scope.isList = false
    if (isWord(token, 'from') && scope && isFromClause(tokens, index, scope.word)) {
      scope.isList = true
      take(index + 1, true)
    } else if (isWord(token, 'join')) take(index + 1, true)
    else if (isMark(token, ',') && scope?.isList) take(index + 1, true)
    else if (isWord(token, 'into') && isWord(before, 'insert', 'merge')) take(index + 1, false)
    else if (isWord(token, 'update') && isUpdate(tokens, index)) take(index + 1, false)
    else if (isWord(token, 'using') && isMergeOrDelete(tokens, index)) take(index + 1, true)
    else if (isWord(token, 'truncate', 'lock') && !isMark(before, '.')) take(index + 1, false)
    else if (isWord(token, 'table') && isNamedTable(tokens, index)) take(index + 1, false)
    else if (isWord(token, 'like') && isCopied(tokens, index)) take(index + 1, false)
    const name = quotedRelation(tokens, index)
    if (name !== undefined) names.push(name)
  })
  return names
}

/** What stands before the TABLE of what is made, and not looked up. */
const creating = ['create', 'temp', 'temporary', 'unlogged', 'foreign', 'returns']

/** `TABLE job` is a query, too; after AS the word can be the name of a column. */
function isNamedTable(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]
  const after = tokens[index + 1]
  if (isMark(before, '.') || after === undefined) return false
  const isAltered = isWord(tokens[index - 2], 'alter', 'drop')
  if (isWord(before, ...creating) && !isAltered) return false
  return !isWord(after, 'from', ...clauses)
}

/** `(LIKE job)` of a table that is made; elsewhere LIKE stands between two values, or is a function. */
function isCopied(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]
  return (isMark(before, '(') || isMark(before, ',')) && !isMark(tokens[index + 1], '(')
}

/** `(` of `FROM (a JOIN b)`, where a name is a table's. */
function isTableList(tokens: readonly Token[], open: number): boolean {
  return isMark(tokens[open], '(') && isWord(tokens[open - 1], 'from', 'join')
}

function isFromClause(tokens: readonly Token[], index: number, opener: string | undefined): boolean {
  if (opener !== undefined && fromInside.includes(opener)) return false
  const isDistinct = isWord(tokens[index - 1], 'distinct') && isWord(tokens[index - 2], 'is', 'not')
  if (isDistinct) return false
  // `FETCH NEXT FROM cursor`, `REVOKE … FROM role`.
  const verb = tokens.slice(0, index).findLastIndex((token) => isWord(token, 'fetch', 'move', 'revoke'))
  const before = tokens[verb - 1]
  return verb === -1 || !(before === undefined || isWord(before, 'begin', 'then', 'else', 'loop'))
}

/** Not `FOR UPDATE`, `DO UPDATE SET`, `THEN UPDATE SET` of a MERGE, or the event of a trigger. */
function isUpdate(tokens: readonly Token[], index: number): boolean {
  if (isWord(tokens[index - 1], 'for', 'key', 'do', 'on', 'or', 'before', 'after', 'of', 'grant'))
    return false
  return (
    !isWord(tokens[index + 1], 'set', 'of', 'on', 'or', 'skip', 'nowait') && tokens[index + 1] !== undefined
  )
}

function isMergeOrDelete(tokens: readonly Token[], index: number): boolean {
  const before = tokens.slice(0, index)
  return (
    before.some((token) => isWord(token, 'merge', 'delete')) &&
    !before.some((token) => isWord(token, 'execute'))
  )
}

/** @param mayCall A name before `(` is a function's here, not a relation with its columns. */
function relationAt(tokens: readonly Token[], start: number, mayCall: boolean): string | undefined {
  let at = start
  while (isMark(tokens[at], '(') || isWord(tokens[at], 'only', 'lateral', 'table', 'if', 'exists')) at++
  if (isWord(tokens[at], 'select', 'values', 'with', 'rows', 'set')) return undefined
  const name = readName(tokens, at)
  if (name === undefined || name.parts.length > 1) return undefined
  return mayCall && isMark(tokens[at + name.length], '(') ? undefined : name.parts[0]
}

/** `'jobs'::regclass` and `nextval('jobs_id_seq')` are looked up when they run, too. */
function quotedRelation(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index]
  if (token?.kind !== 'string' || token.text.includes('.')) return undefined
  const isCast = isMark(tokens[index + 1], '::') && isWord(tokens[index + 2], 'regclass')
  const isArgument = isMark(tokens[index - 1], '(') && isWord(tokens[index - 2], ...takesRelation)
  return isCast || isArgument ? token.text : undefined
}
