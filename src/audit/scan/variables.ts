/** The variables of a PL/pgSQL body, and everything that can get into each of them. */
import {isHarmlessType} from './harmless-types.ts'
import {inside, isMark, isWord, readName, takeUntil} from './split.ts'
import {labelsOf, splitStatements} from './statements.ts'
import type {Token} from './tokens.ts'

/** What a variable can hold: every expression that is assigned to it, and whether anything else fills it. */
export type Variable = {
  readonly expressions: Token[][]
  isFilled: boolean
  isDeclared: boolean
  /** Every declaration has a type whose text is harmless. */
  isHarmless: boolean
}

export type Variables = {
  /** A name in two blocks counts as one variable. */
  readonly byName: ReadonlyMap<string, Variable>
  readonly labels: ReadonlySet<string>
}

export function collectVariables(tokens: readonly Token[], routine?: string): Variables {
  const byName = new Map<string, Variable>()
  const labels = new Set([...labelsOf(tokens), ...(routine === undefined ? [] : [routine])])
  const variable = (name: string): Variable => {
    const known = byName.get(name) ?? {expressions: [], isFilled: false, isDeclared: false, isHarmless: true}
    byName.set(name, known)
    return known
  }
  const fill = (parts: readonly string[]) => {
    for (const name of withoutLabel(parts, labels).slice(0, 1)) variable(name).isFilled = true
  }
  let isDeclaring = false
  for (const statement of splitStatements(tokens)) {
    const [head, ...rest] = statement.tokens
    if (statement.opener === 'declare') isDeclaring = true
    else if (statement.opener !== undefined) isDeclaring = false
    if (head === undefined) continue
    if (isDeclaring) {
      declare(variable(head.text), rest)
      if (isWord(rest[0], 'alias')) fill(nameAt(rest, 2)?.parts ?? [])
      continue
    }
    const target = nameAt(statement.tokens, 0)
    const parts = withoutLabel(target?.parts ?? [], labels)
    const sign = statement.tokens[target?.length ?? 0]
    if (parts.length === 1 && (isMark(sign, ':=') || isMark(sign, '=')))
      variable(parts[0] ?? '').expressions.push(statement.tokens.slice((target?.length ?? 0) + 1))
    else for (const names of partlyAssigned(statement.tokens)) fill(names)
  }
  for (const parts of filledBy(tokens)) fill(parts)
  for (const name of cursorRows(tokens))
    Object.assign(variable(name), {isFilled: true, isDeclared: true, isHarmless: false})
  return {byName, labels}
}

/** `b.v` is the variable `v` where `b` is a block; else a field of `b`. */
export function withoutLabel(parts: readonly string[], labels: ReadonlySet<string>): readonly string[] {
  return parts.length > 1 && labels.has(parts[0] ?? '') ? parts.slice(1) : parts
}

function declare(variable: Variable, rest: readonly Token[]): void {
  const type = takeUntil(
    rest,
    (token) => isMark(token, ':=') || isMark(token, '=') || isWord(token, 'default', 'not'),
  )
  const words = type.filter((token) => !isWord(token, 'constant'))
  if (isWord(words[0], 'alias')) variable.isFilled = true
  variable.isDeclared = true
  // Whatever goes in comes out as text of that type; but another block may declare the name with another one.
  variable.isHarmless &&= isHarmlessType(words)
  const start = rest.findIndex(
    (token) => isMark(token, ':=') || isMark(token, '=') || isWord(token, 'default'),
  )
  if (start !== -1) variable.expressions.push(rest.slice(start + 1))
}

/** A name, or `$1`, which can be assigned to as well. */
function nameAt(tokens: readonly Token[], at: number): ReturnType<typeof readName> {
  const token = tokens[at]
  return token?.kind === 'parameter' ? {parts: [token.text], length: 1} : readName(tokens, at)
}

/** All names before `:=`, as in `v[n] := …` and `v.field := …`, or where the statement is not understood. */
function partlyAssigned(tokens: readonly Token[]): (readonly string[])[] {
  const end = takeUntil(tokens, (token) => isMark(token, ':=')).length
  const isAssigned = isMark(tokens[end], ':=')
  const afterName = nameAt(tokens, 0)?.length ?? 0
  // `v[n] = …`; elsewhere `=` compares.
  const isField = afterName > 1 && isMark(tokens[afterName], '=')
  const isElement =
    isMark(tokens[afterName], '[') && takeUntil(tokens, (one) => isMark(one, '=')).length < tokens.length
  return isAssigned || isField || isElement ? namesIn(tokens.slice(0, isAssigned ? end : afterName)) : []
}

/** Targets of INTO, of loops, of GET DIAGNOSTICS, and arguments of CALL, which can be INOUT. */
function filledBy(tokens: readonly Token[]): (readonly string[])[] {
  return tokens.flatMap((token, index) => {
    if (isWord(token, 'for', 'foreach')) {
      const {names, end} = targetsAt(tokens, index + 1)
      return isWord(tokens[end], 'in', 'slice') ? names : []
    }
    if (isWord(token, 'diagnostics')) return namesIn(takeUntil(tokens.slice(index + 1), endsStatement))
    if (isWord(token, 'call')) {
      const open = index + 1 + (readName(tokens, index + 1)?.length ?? 0)
      return isMark(tokens[open], '(') ? namesIn(inside(tokens, open)) : []
    }
    if (!isWord(token, 'into') || isWord(tokens[index - 1], 'insert', 'merge')) return []
    return targetsAt(tokens, index + (isWord(tokens[index + 1], 'strict') ? 2 : 1)).names
  })
}

const endsStatement = (token: Token): boolean => isMark(token, ';')

function targetsAt(tokens: readonly Token[], start: number): {names: (readonly string[])[]; end: number} {
  const names: (readonly string[])[] = []
  let end = start
  for (;;) {
    const name = nameAt(tokens, end)
    if (name === undefined) return {names, end}
    names.push(name.parts)
    end += name.length
    if (!isMark(tokens[end], ',')) return {names, end}
    end++
  }
}

/** `FOR r IN cursor LOOP` makes a row of its own, whatever `r` is outside. */
function cursorRows(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, index) => {
    const target = tokens[index + 1]
    if (!isWord(token, 'for') || target === undefined || !isWord(tokens[index + 2], 'in')) return []
    const after = index + 3 + (readName(tokens, index + 3)?.length ?? 0)
    return after > index + 3 && (isWord(tokens[after], 'loop') || isMark(tokens[after], '('))
      ? [target.text]
      : []
  })
}

function namesIn(tokens: readonly Token[]): (readonly string[])[] {
  return tokens.flatMap((_, index) => {
    const name = isMark(tokens[index - 1], '.') ? undefined : nameAt(tokens, index)
    return name === undefined ? [] : [name.parts]
  })
}
