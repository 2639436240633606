/** Lists of tokens, cut at marks and words outside of parentheses. */
import type {Token} from './tokens.ts'

export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text)
}

export function isMark(token: Token | undefined, mark: string): boolean {
  return (token?.kind === 'mark' || token?.kind === 'operator') && token.text === mark
}

/** +1 for what opens, -1 for what closes. */
export function depthStep(token: Token): number {
  if (token.kind !== 'mark') return 0
  if (token.text === '(' || token.text === '[') return 1
  return token.text === ')' || token.text === ']' ? -1 : 0
}

/** Cut where `isCut` holds outside of parentheses; what it holds for is dropped. */
export function splitAt(tokens: readonly Token[], isCut: (token: Token) => boolean): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    depth += depthStep(token)
    if (depth === 0 && isCut(token)) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

/** Up to the first token outside of parentheses for which `isEnd` holds. */
export function takeUntil(tokens: readonly Token[], isEnd: (token: Token) => boolean): Token[] {
  let depth = 0
  const end = tokens.findIndex((token) => {
    if (depth === 0 && (isEnd(token) || depthStep(token) < 0)) return true
    depth += depthStep(token)
    return false
  })
  return tokens.slice(0, end === -1 ? tokens.length : end)
}

/** What stands between the parentheses that the token at `open` opens. */
export function inside(tokens: readonly Token[], open: number): Token[] {
  return takeUntil(tokens.slice(open + 1), () => false)
}

/** A name of one or more parts: the last part, and how many tokens it takes. */
export function readName(
  tokens: readonly Token[],
  at: number,
): {readonly parts: readonly string[]; readonly length: number} | undefined {
  const parts: string[] = []
  let index = at
  for (;;) {
    const token = tokens[index]
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'name')) break
    parts.push(token.text)
    if (!isMark(tokens[index + 1], '.')) return {parts, length: index + 1 - at}
    index += 2
  }
  return parts.length === 0 ? undefined : {parts, length: index - at}
}
